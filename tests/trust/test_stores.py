"""Stores: what they hold, how they are called, and CA files that aren't any."""

import os
import ssl
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import certifi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority, ec_key
from tests.trust.cases import check_named, judged
from tlsglass.errors import Fault, InputError, Phase
from tlsglass.limits import LARGEST_CA_FILE
from tlsglass.trust import anchors
from tlsglass.trust.model import StoreLabel
from tlsglass.trust.stores import Store, load_store
from tlsglass.trust.transparency.log_list import known_logs
from tlsglass.x509.certificate import parse_certificate

_ROOT = Authority.root()


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


def test_every_anchor_is_found_by_its_subject() -> None:
    """The index that is made without parsing agrees with the parsed names."""
    store = load_store("mozilla")
    for anchor in list(store._ders)[:20]:
        certificate = parse_certificate(anchor)
        assert store.contains(certificate)
        assert certificate in store.named(certificate.subject.der)


def test_anchors_are_loaded_once_and_all() -> None:
    """OpenSSL gets every certificate, and the same objects at each probe."""
    store = load_store("mozilla")
    assert len(store.anchors()) == store.size
    assert store.anchors() is store.anchors()


def test_a_store_can_be_supposed_to_have_more_or_fewer_anchors() -> None:
    """What it is derived from stays as it is, and its label says that it is supposed; no change is no supposition."""
    other = Authority.root("Other Root", key=ec_key(7))
    store = Store.from_der("own", [_ROOT.der])
    more = store.with_anchors([other.der, _ROOT.der])
    assert [more.contains(each.parsed) for each in (_ROOT, other)] == [True, True]
    assert str(more.label) == "own as supposed"
    fewer = more.without([_ROOT.der])
    assert [fewer.contains(each.parsed) for each in (_ROOT, other)] == [False, True]
    assert fewer.named(_ROOT.parsed.subject.der) == ()
    assert (store.size, str(store.label)) == (1, "own")
    assert store.with_anchors([_ROOT.der]) is store
    assert store.without([other.der]) is store


def test_where_an_anchor_is_from_is_known_of_a_supposed_store_too() -> None:
    """Rules ask whether a root is Mozilla's."""
    store = load_store("mozilla")
    first, second = list(store._ders)[:2]
    assert store.without([first]).origin(parse_certificate(second)) == "mozilla"


def test_what_is_no_certificate_is_left_out() -> None:
    """A store of hand-picked bytes is used as far as it can be."""
    store = Store.from_der("odd", [b"\x30\x00", _ROOT.der, _ROOT.der])
    assert store.size == 2
    assert len(store.anchors()) == 1
    assert store.issuers_of(_ROOT.issues("a.test").parsed) == (_ROOT.parsed,)


def test_a_store_may_bring_its_own_label() -> None:
    """A text is as good as a label."""
    label = StoreLabel(name="zoo", date=None)
    assert Store.from_der(label, []).label is label
    assert str(Store.from_der("zoo", []).label) == "zoo"


def test_no_store_is_empty() -> None:
    """It has no anchors and says so."""
    store = load_store("none")
    assert (store.size, store.anchors(), str(store.label)) == (0, (), "none")


def test_a_ca_file_is_added(tmp_path: Path) -> None:
    """Its certificates stand beside the others, and the label names it after the date."""
    path = tmp_path / "ca.pem"
    other = Authority.root("Other", key=ec_key(3))
    path.write_bytes(b"some words before\n" + _ROOT.pem + other.pem)
    store = load_store("none", path)
    assert str(store.label) == "none + ca.pem"
    assert store.contains(_ROOT.parsed)
    assert store.contains(other.parsed)
    dated = replace(load_store("mozilla", path).label, date=date(2026, 10, 18))
    assert str(dated) == "Mozilla 2026-10-18 + ca.pem"
    assert load_store("mozilla", path).size == load_store("mozilla").size + 2


def _refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_store("none", path)
    assert caught.value.fault is Fault.BAD_CA_FILE
    assert caught.value.phase is Phase.INPUT
    assert caught.value.hint
    return caught.value


def test_a_ca_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the reason."""
    assert _refused(tmp_path / "no.pem").message.endswith("no.pem can't be read: No such file or directory.")


def test_a_folder_or_a_device_is_refused_unopened(tmp_path: Path) -> None:
    """Reading a pipe could wait for ever."""
    assert _refused(tmp_path).message.endswith("is a folder.")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _refused(pipe).message.endswith("is not an ordinary file.")


def test_a_ca_file_with_an_impossible_name_is_refused() -> None:
    """NUL can't be in a file name; the system call is never made."""
    assert "can't be read" in _refused(Path("a\0b")).message


def test_a_ca_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal of the system is told, whoever runs the tests."""
    path = tmp_path / "ca.pem"
    path.write_bytes(_ROOT.pem)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert _refused(path).message.endswith("can't be read: Permission denied.")


def test_a_ca_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """A sparse file of one byte too many."""
    path = tmp_path / "large.pem"
    with path.open("wb") as file:
        file.truncate(LARGEST_CA_FILE + 1)
    assert _refused(path).message.endswith("is larger than 16 MiB.")


def test_a_private_key_is_refused_with_a_warning(tmp_path: Path) -> None:
    """It is the wrong file, and one that should not be passed around."""
    path = tmp_path / "key.pem"
    path.write_bytes(_ROOT.key_pem)
    assert "private key" in _refused(path).hint


def test_a_certificate_in_der_is_as_good(tmp_path: Path) -> None:
    """By itself, and with the end of a line that an editor left behind."""
    path = tmp_path / "ca.der"
    for data in (_ROOT.der, _ROOT.der + b"\n"):
        path.write_bytes(data)
        assert load_store("none", path).contains(_ROOT.parsed)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff" * 100, b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"]
)
def test_what_holds_no_certificate_is_refused(data: bytes, tmp_path: Path) -> None:
    """Empty, binary or garbled."""
    path = tmp_path / "ca.pem"
    path.write_bytes(data)
    assert "is no CA file" in _refused(path).message


def test_a_block_that_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    """Well-formed PEM around other bytes; the block is counted."""
    path = tmp_path / "ca.pem"
    path.write_bytes(_ROOT.pem + ssl.DER_cert_to_PEM_cert(b"\x30\x00").encode())
    assert "block number 2" in _refused(path).message


def test_the_system_store_is_what_the_ssl_module_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, and a folder with hashed names as Debian has it; what else lies in that folder is passed over."""
    other = Authority.root("Other", key=ec_key(3))
    file = tmp_path / "bundle.pem"
    file.write_bytes(_ROOT.pem)
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
    assert store.contains(_ROOT.parsed)
    assert store.contains(other.parsed)
    assert not store.named(Authority.root("Hidden", key=ec_key(4)).parsed.subject.der)


def test_a_system_without_a_folder_of_certificates_has_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where OpenSSL was built without one."""
    file = tmp_path / "bundle.pem"
    file.write_bytes(_ROOT.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "absent"))
    assert load_store("system").contains(_ROOT.parsed)


def test_stores_load_neither_openssl_nor_cryptography_before_they_need_them() -> None:
    """The app paints before these are imported."""
    import subprocess  # noqa: PLC0415 - only this test starts a process

    code = "import sys; from tlsglass.trust import judge, stores; stores.load_store('mozilla').named(b''); "
    code += "sys.exit(int(bool({'OpenSSL', 'cryptography'} & {*sys.modules})))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_anchors_know_whose_list_they_are_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mozilla's also where the system has them; those of a file are nobody's."""
    own = tmp_path / "ca.pem"
    own.write_bytes(_ROOT.pem)
    mozilla = load_store("mozilla", own)
    public = parse_certificate(next(iter(mozilla._ders)))
    assert (mozilla.origin(public), mozilla.origin(_ROOT.parsed)) == ("mozilla", "none")
    monkeypatch.setattr(anchors, "system", lambda: (public.der, _ROOT.der))
    system = load_store("system")
    assert (system.origin(public), system.origin(_ROOT.parsed)) == ("mozilla", "system")
    assert _ROOT.store().origin(_ROOT.parsed) == "none"


def _folder(tmp_path: Path) -> Path:
    """A folder as systems have it: files, hashed links to them, and what is no certificate."""
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "root.pem").write_bytes(_ROOT.pem)
    (folder / "12345678.0").symlink_to("root.pem")
    (folder / "other.der").write_bytes(_OTHER.der)
    (folder / "README").write_text("Certificates.")
    (folder / "key.pem").write_bytes(_ROOT.key_pem)
    (folder / "nowhere.pem").symlink_to("gone.pem")
    (folder / "loop.pem").symlink_to("loop.pem")
    (folder / "below").mkdir()
    (folder / "below" / "hidden.pem").write_bytes(Authority.root("Hidden", key=ec_key(4)).pem)
    os.mkfifo(folder / "pipe.pem")
    return folder


_OTHER = Authority.root("Other", key=ec_key(3))


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    """PEM and DER, links once; pipes, loops, keys and what lies deeper are passed over."""
    store = load_store(str(_folder(tmp_path)))
    assert (str(store.label), store.size) == ("certs", 2)
    assert store.contains(_ROOT.parsed)
    assert store.contains(_OTHER.parsed)
    assert store.stores_of(_ROOT.parsed) == ("certs",)
    assert store.origin(_ROOT.parsed) == "none"


def test_a_file_is_a_store(tmp_path: Path) -> None:
    """Called by its name; one that Mozilla's list has is a public one wherever it lies."""
    path = tmp_path / "ca.pem"
    public = load_store("mozilla")._ders
    path.write_bytes(_ROOT.pem + ssl.DER_cert_to_PEM_cert(next(iter(public))).encode())
    store = load_store(str(path))
    assert (str(store.label), store.size) == ("ca.pem", 2)
    assert [store.origin(parse_certificate(der)) for der in store._ders] == ["none", "mozilla"]


def test_several_stores_are_one(tmp_path: Path) -> None:
    """In their order and each once; every anchor knows which of them have it."""
    folder, extra = _folder(tmp_path), tmp_path / "extra.pem"
    extra.write_bytes(_ROOT.pem)
    mozilla = load_store("mozilla")
    store = load_store(["mozilla", str(folder), "none", "mozilla"], [extra, extra])
    assert store.size == mozilla.size + 2
    assert str(store.label) == f"{mozilla.label} + certs + extra.pem"
    assert (store.label.names, store.label.count) == ("Mozilla + certs", 3)
    assert store.stores_of(_ROOT.parsed) == ("certs", "extra.pem")
    assert store.stores_of(_OTHER.parsed) == ("certs",)
    assert store.stores_of(parse_certificate(next(iter(mozilla._ders)))) == ("Mozilla",)
    assert store.stores_of(Authority.root("Nowhere", key=ec_key(5)).parsed) == ()


def test_none_leaves_only_the_files(tmp_path: Path) -> None:
    """Several of them, and by one name where they have none of their own."""
    one, two = tmp_path / "one.pem", tmp_path / "two.der"
    one.write_bytes(_ROOT.pem)
    two.write_bytes(_OTHER.der)
    store = load_store("none", [one, two])
    assert (str(store.label), store.size, store.label.count) == ("none + one.pem, two.der", 2, 2)
    named = load_store("none", [one, two], added="demo root")
    assert (str(named.label), named.stores_of(_ROOT.parsed)) == ("none + demo root", ("demo root",))


def test_a_store_of_certificates_at_hand_has_its_own_name() -> None:
    """Unless an anchor is only supposed, which no store has."""
    store = Store.from_der("zoo", [_ROOT.der])
    assert store.stores_of(_ROOT.parsed) == ("zoo",)
    assert store.stores_of(_OTHER.parsed) == ()
    assert store.with_anchors([_OTHER.der]).stores_of(_OTHER.parsed) == ()
    assert load_store("mozilla").with_anchors([_OTHER.der]).stores_of(_OTHER.parsed) == ()


def _no_store(store: Path | str) -> InputError:
    with pytest.raises(InputError) as caught:
        load_store(str(store))
    assert caught.value.fault is Fault.BAD_CA_FILE
    return caught.value


def test_a_word_that_is_no_store_is_refused_with_those_that_are() -> None:
    """A misspelt name leads to no file."""
    error = _no_store("mozila")
    assert error.message == "The CA file mozila can't be read: No such file or directory."
    assert error.hint.endswith("Or name a store: mozilla, system or none.")


def test_what_is_no_store_is_refused_unopened(tmp_path: Path) -> None:
    """Pipes, devices, links that go round in a circle, and names that no file can have."""
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    assert _no_store(pipe).message.endswith("is not an ordinary file.")
    assert _no_store("/dev/zero").message.endswith("is not an ordinary file.")
    assert _no_store(loop).message.endswith("can't be read: Too many levels of symbolic links.")
    assert "can't be read" in _no_store("a\0b").message


def test_a_folder_without_certificates_is_refused(tmp_path: Path) -> None:
    """Empty, or with other things in it."""
    assert _no_store(tmp_path).message == f"No file of the folder {tmp_path} is a certificate."
    (tmp_path / "README").write_text("Nothing.")
    assert "/etc/ssl/certs" in _no_store(tmp_path).hint


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal of the system is told, whoever runs the tests."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert _no_store(tmp_path).message.endswith("can't be read: Permission denied.")


def test_folders_are_read_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many entries, and so many bytes together."""
    folder = _folder(tmp_path)
    monkeypatch.setattr(anchors, "MOST_CA_FILES", 3)
    assert _no_store(folder).message.endswith("has more than 3 entries.")
    monkeypatch.setattr(anchors, "MOST_CA_FILES", 20)
    monkeypatch.setattr(anchors, "LARGEST_CA_FOLDER", len(_ROOT.pem))
    assert "MiB together" in _no_store(folder).message


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 600), st.integers(0, 255))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes, place: int, octet: int) -> None:
    """Bytes of any kind, and certificates with one byte changed: nothing but certificates, or a sentence."""
    damaged = bytearray(_ROOT.der)
    damaged[place % len(damaged)] = octet
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ca"
        for content in (data, bytes(damaged), _ROOT.pem[: place % len(_ROOT.pem)] + data):
            path.write_bytes(content)
            with suppress(InputError):
                assert anchors.in_path(path)


def test_an_anchor_can_stand_in_for_a_public_one() -> None:
    """It is judged alike, and said to stand in; the store stays what it is otherwise."""
    store = _ROOT.store()
    assert not store.is_public(_ROOT.parsed)
    logs = known_logs().with_more("more", {b"id": next(iter(known_logs().logs.values()))})
    public = store.standing_in([_ROOT.der], logs)
    assert (public.origin(_ROOT.parsed), public.is_public(_ROOT.parsed)) == ("stand-in", True)
    assert (public.label, public.size, public.log_list) == (store.label, store.size, logs)
    assert public.standing_in([]).log_list is logs
    assert str(logs).startswith("cryptodatahub with more, ")
    assert b"id" in logs.logs
    assert b"id" not in known_logs().logs
    path = check_named(judged([_ROOT.issues("a.test")], store=public).checks, "path")
    assert path.detail.endswith("It stands in for a root of a public list here.")
