"""Loading stores: those of Mozilla and the system, files and folders, several as one, and what that is called."""

import ssl
from dataclasses import replace
from datetime import date
from pathlib import Path

import certifi
import pytest

from tests.trust.authority import Authority, ec_key
from tests.trust.stores.folders import OTHER, ROOT, folder_of_certificates
from tlsglass.trust.model import StoreLabel
from tlsglass.trust.stores import anchors, load_store
from tlsglass.x509.certificate import parse_certificate


def test_the_mozilla_store_is_the_one_that_certifi_brings_with_its_date() -> None:
    """All of it: as many as the ssl module counts, with certifi's version as date."""
    context = ssl.create_default_context(cafile=certifi.where())
    store = load_store("mozilla")
    assert store.size == len(context.get_ca_certs())
    year, month, day = map(int, certifi.__version__.split(".")[:3])
    assert store.label == StoreLabel(name="Mozilla", date=date(year, month, day))
    assert str(store.label) == f"Mozilla {year}-{month:02}-{day:02}"


def test_a_version_that_is_no_date_leaves_the_label_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """The label must not invent one."""
    monkeypatch.setattr(certifi, "__version__", "unknown")
    anchors.mozilla.cache_clear()
    assert str(load_store("mozilla").label) == "Mozilla"
    anchors.mozilla.cache_clear()


def test_the_system_store_is_what_the_ssl_module_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, and a folder with hashed names as Debian has it; what else lies in that folder is passed over."""
    other = Authority.root("Other", key=ec_key(3))
    file = tmp_path / "bundle.pem"
    file.write_bytes(ROOT.pem)
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "12345678.0").write_bytes(other.pem)
    (folder / "12345678.1").write_bytes(b"nothing")
    (folder / "12345679.0").mkdir()
    (folder / "README").write_bytes(Authority.root("Hidden", key=ec_key(4)).pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    store = load_store("system")
    assert str(store.label) == "system"
    assert store.contains(ROOT.parsed)
    assert store.contains(other.parsed)
    assert not store.named(Authority.root("Hidden", key=ec_key(4)).parsed.subject.der)


def test_a_system_without_a_folder_of_certificates_has_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where OpenSSL was built without one."""
    file = tmp_path / "bundle.pem"
    file.write_bytes(ROOT.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "absent"))
    assert load_store("system").contains(ROOT.parsed)


def test_no_store_is_empty() -> None:
    """It has no anchors and says so."""
    store = load_store("none")
    assert (store.size, store.anchors(), str(store.label)) == (0, (), "none")


def test_a_ca_file_is_added(tmp_path: Path) -> None:
    """Its certificates stand beside the others, and the label names it after the date."""
    path = tmp_path / "ca.pem"
    other = Authority.root("Other", key=ec_key(3))
    path.write_bytes(b"some words before\n" + ROOT.pem + other.pem)
    store = load_store("none", path)
    assert str(store.label) == "none + ca.pem"
    assert store.contains(ROOT.parsed)
    assert store.contains(other.parsed)
    dated = replace(load_store("mozilla", path).label, date=date(2026, 10, 18))
    assert str(dated) == "Mozilla 2026-10-18 + ca.pem"
    assert load_store("mozilla", path).size == load_store("mozilla").size + 2


def test_a_certificate_in_der_is_as_good(tmp_path: Path) -> None:
    """By itself, and with the end of a line that an editor left behind."""
    path = tmp_path / "ca.der"
    for data in (ROOT.der, ROOT.der + b"\n"):
        path.write_bytes(data)
        assert load_store("none", path).contains(ROOT.parsed)


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    """PEM and DER, links once; pipes, loops, keys and what lies deeper are passed over."""
    store = load_store(str(folder_of_certificates(tmp_path)))
    assert (str(store.label), store.size) == ("certs", 2)
    assert store.contains(ROOT.parsed)
    assert store.contains(OTHER.parsed)
    assert store.stores_of(ROOT.parsed) == ("certs",)
    assert store.origin(ROOT.parsed) == "none"


def test_a_file_is_a_store(tmp_path: Path) -> None:
    """Called by its name; one that Mozilla's list has is a public one wherever it lies."""
    path = tmp_path / "ca.pem"
    public = load_store("mozilla")._ders
    path.write_bytes(ROOT.pem + ssl.DER_cert_to_PEM_cert(next(iter(public))).encode())
    store = load_store(str(path))
    assert (str(store.label), store.size) == ("ca.pem", 2)
    assert [store.origin(parse_certificate(der)) for der in store._ders] == ["none", "mozilla"]


def test_several_stores_are_one(tmp_path: Path) -> None:
    """In their order and each once; every anchor knows which of them have it."""
    folder, extra = folder_of_certificates(tmp_path), tmp_path / "extra.pem"
    extra.write_bytes(ROOT.pem)
    mozilla = load_store("mozilla")
    store = load_store(["mozilla", str(folder), "none", "mozilla"], [extra, extra])
    assert store.size == mozilla.size + 2
    assert str(store.label) == f"{mozilla.label} + certs + extra.pem"
    assert (store.label.names, store.label.count) == ("Mozilla + certs", 3)
    assert store.stores_of(ROOT.parsed) == ("certs", "extra.pem")
    assert store.stores_of(OTHER.parsed) == ("certs",)
    assert store.stores_of(parse_certificate(next(iter(mozilla._ders)))) == ("Mozilla",)
    assert store.stores_of(Authority.root("Nowhere", key=ec_key(5)).parsed) == ()


def test_none_leaves_only_the_files(tmp_path: Path) -> None:
    """Several of them, and what is at hand by the name that is given for it."""
    one, two = tmp_path / "one.pem", tmp_path / "two.der"
    one.write_bytes(ROOT.pem)
    two.write_bytes(OTHER.der)
    store = load_store("none", [one, two])
    assert (str(store.label), store.size, store.label.count) == ("none + one.pem, two.der", 2, 2)
    named = load_store("none", two, added={"demo roots": (ROOT.der, OTHER.der)})
    assert (str(named.label), named.size, named.label.count) == ("none + two.der, demo roots", 2, 2)
    assert named.stores_of(ROOT.parsed) == ("demo roots",)
    assert named.stores_of(OTHER.parsed) == ("two.der", "demo roots")


def test_anchors_know_whose_list_they_are_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mozilla's also where the system has them; those of a file are nobody's."""
    own = tmp_path / "ca.pem"
    own.write_bytes(ROOT.pem)
    mozilla = load_store("mozilla", own)
    public = parse_certificate(next(iter(mozilla._ders)))
    assert (mozilla.origin(public), mozilla.origin(ROOT.parsed)) == ("mozilla", "none")
    monkeypatch.setattr(anchors, "system", lambda: (public.der, ROOT.der))
    system = load_store("system")
    assert (system.origin(public), system.origin(ROOT.parsed)) == ("mozilla", "system")
    assert ROOT.store().origin(ROOT.parsed) == "none"
