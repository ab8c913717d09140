"""Revocation lists: what others say of them, and what is damaged."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.x509.der_writer import ALGORITHM, KEY, NAME, UTC_TIME, bit_string, extension, number, seq, tlv
from tests.x509.vectors import vector, vector_der, vectors
from tlsglass.limits import MOST_ENTRIES_SHOWN
from tlsglass.x509.documents.model import RevocationList
from tlsglass.x509.documents.revocation_lists import entries, parse_revocation_list
from tlsglass.x509.model import Field

_TIME = tlv(UTC_TIME, b"260101000000Z")


def _list(*parts: bytes) -> bytes:
    return seq(seq(*parts), ALGORITHM, bit_string(b"signed"))


def _field(found: RevocationList, field_id: str) -> Field:
    return next(field for field in found.fields if field.id == field_id)


@pytest.mark.parametrize("name", vectors("x509/custom/crl*"))
def test_others_agree(name: str) -> None:
    """Issuer, times, entries and signature are those that cryptography finds, where it does."""
    ours = parse_revocation_list(vector_der(name))
    data = vector(name)
    try:
        theirs = x509.load_pem_x509_crl(data) if b"-----BEGIN" in data else x509.load_der_x509_crl(data)
        updates = (theirs.last_update_utc, theirs.next_update_utc)
    except (ValueError, x509.InvalidVersion):
        assert ours.problems
        return
    assert ours.issuer.der == theirs.issuer.public_bytes()
    assert (ours.this_update, ours.next_update) == updates
    assert ours.signature == theirs.signature
    assert ours.count == len(theirs)
    for entry, revoked in zip(entries(ours), theirs, strict=True):
        try:
            when = revoked.revocation_date_utc
        except ValueError:
            continue
        assert (entry.serial, entry.revoked_at) == (revoked.serial_number, when)
        try:
            why = revoked.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
        except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
            continue
        assert entry.reason == why


def test_one_made_by_openssl(tmp_path: Path) -> None:
    """An empty list, with its number."""
    run = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "k.pem",
        "-out",
        "c.pem",
        "-subj",
        "/CN=CA",
    ]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    tmp_path.joinpath("index.txt").write_text("")
    tmp_path.joinpath("number").write_text("1F")
    config = (
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=1\n"
        "crl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n"
    )
    tmp_path.joinpath("c.cnf").write_text(config)
    words = "openssl ca -gencrl -config c.cnf -keyfile k.pem -cert c.pem -out l.pem"
    subprocess.run(words.split(), cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(
        ["openssl", "crl", "-in", "l.pem", "-outform", "DER", "-out", "l.der"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    found = parse_revocation_list(tmp_path.joinpath("l.der").read_bytes())
    assert (found.label, found.version, found.number, found.count, found.problems) == ("CA", 2, "31", 0, ())
    assert _field(found, "revoked").summary == "none"


def test_a_long_list_is_counted_and_its_first_entries_are_shown() -> None:
    """The others are read when they are asked for."""
    count = MOST_ENTRIES_SHOWN + 5
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateRevocationListBuilder().last_update(start).next_update(start + timedelta(days=1))
    builder = builder.issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "CA")]))
    for serial in range(1, count + 1):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(start)
        builder = builder.add_revoked_certificate(entry.build())
    found = parse_revocation_list(builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER))
    assert (found.count, len(found.first), found.problems) == (count, MOST_ENTRIES_SHOWN, ())
    assert [entry.serial for entry in entries(found, count - 2)] == [count - 1, count]
    revoked = _field(found, "revoked")
    assert revoked.summary == f"{count:,} certificates"
    assert revoked.children[-1].value == "5 more are not shown"
    assert revoked.children[15].label == "10"


@pytest.mark.parametrize(
    ("der", "problem"),
    [
        (b"", "An element is cut off before its length."),
        (b"\x30\x82\xff\xff\x30", "The element is longer than what holds it."),
        (_list(ALGORITHM, NAME, _TIME) + b"\5\0", "2 bytes follow the end of the list."),
        (_list(ALGORITHM, NAME), "The time of this update is missing."),
        (_list(number(2), ALGORITHM, NAME, _TIME), "There is no version 3 of lists."),
        (_list(tlv(2), ALGORITHM, NAME, _TIME), "An INTEGER is empty."),
        (_list(ALGORITHM, NAME, _TIME, number(1)), "INTEGER is not expected at this place."),
        (_list(ALGORITHM, NAME, tlv(UTC_TIME, b"26")), "UTCTime does not name a moment that exists."),
        (_list(seq(), NAME, _TIME), "The signature algorithm differs from the one in the signed part."),
        (_list(ALGORITHM, NAME, _TIME, seq(seq(number(1)))), "An entry lacks its serial number or its time."),
        (_list(ALGORITHM, NAME, _TIME, seq(seq())), "An entry lacks its serial number or its time."),
        (
            _list(ALGORITHM, NAME, _TIME, seq(seq(_TIME, _TIME))),
            "The serial number of an entry should be INTEGER but is UTCTime.",
        ),
        (_list(ALGORITHM, NAME, _TIME, tlv(0x30, b"\x30\x05\1")), "The element is longer than what holds it."),
        (seq(), "The inner signature algorithm is missing."),
        (_list(ALGORITHM, NAME, _TIME, tlv(0xA0, seq(extension("2.5.29.20", b"")))), None),
    ],
)
def test_what_is_damaged_hides_nothing_else(der: bytes, problem: str | None) -> None:
    """Each problem has its place, and the rest stands."""
    found = parse_revocation_list(der)
    assert found.problems
    assert problem is None or problem in [seen.text for seen in found.problems]
    assert found.fields[0].id == "issuer"
    if b"a.example" in der:
        assert found.label == "a.example"
    assert [entry.serial for entry in entries(found)] == [entry.serial for entry in found.first]


def test_a_serial_that_is_negative_or_unreadable_is_shown_as_it_is() -> None:
    """Neither is a reason to hide the entry."""
    found = parse_revocation_list(_list(ALGORITHM, NAME, _TIME, seq(seq(number(-5), _TIME), seq(tlv(2), _TIME))))
    assert [entry.serial_hex for entry in found.first] == ["05", ""]
    first, second = _field(found, "revoked").children
    assert (first.label, second.label) == ("-05", "unreadable")
