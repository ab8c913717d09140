"""Certificates as a whole: each part is read on its own, and damage hides only what it hits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.x509.der_writer import (
    ALGORITHM,
    BOOLEAN,
    GENERALIZED_TIME,
    NAME,
    OCTET_STRING,
    SAN_OID,
    SPKI,
    UTC_TIME,
    VALIDITY,
    bit_string,
    certificate,
    extension,
    issued,
    number,
    oid,
    seq,
    tlv,
)
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate, PublicKey

_CA = extension("2.5.29.19", bytes.fromhex("30030101ff"), critical=tlv(BOOLEAN, b"\xff"))


def _texts(found: Certificate) -> list[str]:
    return [problem.text for problem in found.problems]


def test_a_sound_one() -> None:
    """All facts are there and there is no problem."""
    found = parse_certificate(certificate(_CA))
    assert found.problems == ()
    assert (found.version, found.serial, found.serial_hex) == (3, 77, "4d")
    assert (found.subject.rfc4514, found.issuer.label) == ("CN=a.example", "a.example")
    assert found.not_before == datetime(2026, 1, 1, tzinfo=UTC)
    assert found.not_after == datetime(2026, 4, 1, tzinfo=UTC)
    assert found.signature == b"signed"
    assert found.is_ca
    assert found.is_self_issued
    assert not found.must_staple
    assert (found.key_usage, found.extended_key_usage, found.subject_key_id) == (None, None, None)


@pytest.mark.parametrize("der", [b"", b"\0", b"hello", b"\x30", b"\x30\0", b"\x30\x03\x30\x01\x30", seq(number(1))])
def test_garbage(der: bytes) -> None:
    """It gives a certificate that says nothing and has problems."""
    found = parse_certificate(der)
    assert found.problems
    assert found.der == der
    assert (found.serial, found.not_before, found.not_after, found.extensions) == (None, None, None, ())
    assert found.public_key == PublicKey(der=b"", oid="", algorithm="", bits=None, curve=None)
    assert (found.subject.rfc4514, found.issuer.rdns, found.spki_sha256, found.serial_hex) == ("", (), "", "")
    assert found.label == "(empty name)"
    assert not found.is_self_issued


@pytest.mark.parametrize(
    ("der", "changes", "problem"),
    [
        (certificate(_CA, version=tlv(0xA0, number(6))), {"version": 7}, "There is no version 7 of certificates."),
        (certificate(_CA, version=tlv(0xA0, tlv(0x82, b"\2"))), {"version": 3}, "INTEGER was expected here, not [2]."),
        (
            certificate(_CA, version=tlv(0xA0, tlv(2, b"\1" * 9))),
            {"version": None},
            "An INTEGER of 9 octets is too large for its purpose.",
        ),
        (
            certificate(_CA, version=b""),
            {"version": 1},
            "There are extensions, which version 1 of certificates doesn't have.",
        ),
        (certificate(_CA, serial=number(-5)), {"serial": -5}, "The serial number is not positive."),
        (certificate(_CA, serial=number(0)), {"serial": 0}, "The serial number is not positive."),
        (
            certificate(_CA, serial=number(2**167)),
            {"serial": 2**167},
            "The serial number has 22 octets, more than 20.",
        ),
        (certificate(_CA, serial=tlv(2)), {"serial": None}, "An INTEGER is empty."),
        (
            certificate(_CA, serial=tlv(OCTET_STRING, b"5")),
            {"serial": None},
            "The serial number should be INTEGER but is OCTET STRING.",
        ),
        (certificate(_CA, serial=b""), {"serial": None}, "The serial number is missing."),
        (
            certificate(_CA, inner=seq(oid("1.2.3"))),
            {},
            "The signature algorithm differs from the one in the signed part.",
        ),
        (
            certificate(_CA, validity=seq(tlv(UTC_TIME, b"261301000000Z"), tlv(UTC_TIME, b"260401000000Z"))),
            {"not_before": None},
            "UTCTime does not name a moment that exists.",
        ),
        (
            certificate(_CA, validity=seq(tlv(UTC_TIME, b"260101000000Z"))),
            {"not_after": None},
            "The validity should have two times but has 1.",
        ),
        (
            certificate(_CA, validity=seq(tlv(UTC_TIME, b"260101000000Z"), tlv(GENERALIZED_TIME, b"20260401000000Z"))),
            {},
            "A time before 2050 has to be written as UTCTime.",
        ),
        (certificate(_CA, signature=tlv(3)), {"signature": b""}, "A BIT STRING does not say"),
        (certificate(_CA, signature=bit_string(b"signed"), after=b"abc"), {}, "3 bytes follow the end"),
        (
            certificate(_CA, unique_ids=tlv(0xA4, number(1))),
            {},
            "[4] is not expected at this place.",
        ),
        (certificate(_CA, unique_ids=number(1)), {}, "INTEGER is not expected at this place."),
        (
            certificate(_CA, unique_ids=tlv(0x81, b"\x1d")),
            {},
            "A BIT STRING does not say how many of its bits are unused, or wrongly.",
        ),
    ],
)
def test_damage_hides_nothing_else(der: bytes, changes: dict[str, object], problem: str) -> None:
    """One part is damaged; all other facts are those of the sound certificate."""
    found = parse_certificate(der)
    sound = parse_certificate(certificate(_CA))
    assert any(text.startswith(problem) for text in _texts(found))
    for field in (
        "version",
        "serial",
        "subject",
        "issuer",
        "not_before",
        "not_after",
        "public_key",
        "signature_algorithm",
        "signature",
        "basic_constraints",
    ):
        assert getattr(found, field) == changes.get(field, getattr(sound, field)), field


def test_missing_ends() -> None:
    """A certificate that is cut off keeps what came before the cut."""
    whole = certificate(_CA)
    cut = parse_certificate(whole[: whole.index(SPKI)])
    assert (cut.serial, cut.subject.label) == (77, "a.example")
    assert (cut.public_key.der, cut.signature_algorithm.oid, cut.signature) == (b"", "", b"")
    assert "The public key is missing." in _texts(cut)
    unsigned = parse_certificate(seq(seq(number(1), ALGORITHM, NAME, VALIDITY, NAME, SPKI)))
    assert (unsigned.version, unsigned.serial) == (1, 1)
    assert _texts(unsigned) == ["The signature algorithm is missing.", "The signature is missing."]


def test_a_damaged_extension_hides_no_other() -> None:
    """Each is there, in its order, with its own problem."""
    parts = (
        extension("2.5.29.15", number(5)),
        seq(number(1)),
        seq(oid("2.5.29.14")),
        extension("2.5.29.17", seq(tlv(0x82, b"a.example")), critical=tlv(BOOLEAN, b"\0")),
        seq(oid("2.5.29.18"), tlv(OCTET_STRING, seq()), number(1)),
        extension("2.5.29.37", b"\xff\xff\xff"),
        _CA,
        extension("1.2.3.4", b"\1\2\3"),
        extension("2.5.29.32", b""),
    )
    found = parse_certificate(certificate(*parts))
    told = [(e.oid, e.name, e.problem.text if e.problem else None) for e in found.extensions]
    assert told == [
        ("2.5.29.15", "keyUsage", "BIT STRING was expected here, not INTEGER."),
        ("", "", "OBJECT IDENTIFIER was expected here, not INTEGER."),
        ("2.5.29.14", "subjectKeyIdentifier", "OCTET STRING is missing at the end of this SEQUENCE."),
        ("2.5.29.17", "subjectAltName", "The extension says that it is not critical, which DER leaves out."),
        ("2.5.29.18", "issuerAltName", "INTEGER is not expected at the end of this SEQUENCE."),
        ("2.5.29.37", "extKeyUsage", "The tag is cut off or too large."),
        ("2.5.29.19", "basicConstraints", None),
        ("1.2.3.4", "1.2.3.4", None),
        ("2.5.29.32", "certificatePolicies", "The value of the extension should be one element but is 0."),
    ]
    assert found.extensions[0].value == "020105"
    assert found.extensions[5].value == "ffffff"
    assert found.extensions[6].critical
    assert [str(name) for name in found.san] == ["DNS:a.example"]
    assert (found.key_usage, found.subject_key_id, found.extended_key_usage) == (None, None, None)
    assert found.is_ca


def test_extensions_twice() -> None:
    """Both are shown; the facts are those of the first; it is a problem."""
    first, second = (extension(SAN_OID, seq(tlv(0x82, name))) for name in (b"a.example", b"b.example"))
    found = parse_certificate(certificate(first, second))
    assert [e.value for e in found.extensions] == ["DNS:a.example", "DNS:b.example"]
    assert [str(name) for name in found.san] == ["DNS:a.example"]
    assert _texts(found) == ["The extension 2.5.29.17 is there more than once."]


def test_a_damaged_list_of_extensions() -> None:
    """What can be read of it is."""
    block = tlv(0xA3, seq(_CA), number(1))
    found = parse_certificate(certificate(unique_ids=block))
    assert found.is_ca
    assert _texts(found) == ["INTEGER is not expected at the end of this [3]."]
    assert parse_certificate(certificate(unique_ids=tlv(0xA3))).extensions == ()
    twice = parse_certificate(certificate(_CA, unique_ids=tlv(0xA3, seq(_CA))))
    assert _texts(twice) == ["[3] is not expected at this place."]


def test_facts_of_the_other_extensions() -> None:
    """Those that judging a chain needs."""
    access = seq(
        seq(oid("1.3.6.1.5.5.7.48.1"), tlv(0x86, b"http://ocsp.example")),
        seq(oid("1.3.6.1.5.5.7.48.1"), tlv(0x82, b"ocsp.example")),
        seq(oid("1.3.6.1.5.5.7.48.2"), tlv(0x86, b"http://ca.example/a.crt")),
    )
    found = parse_certificate(
        certificate(
            extension("1.3.6.1.5.5.7.1.1", access),
            extension("1.3.6.1.5.5.7.1.24", seq(number(5))),
            extension("2.5.29.35", seq(tlv(0x80, b"issuer"))),
            extension("2.5.29.14", tlv(OCTET_STRING, b"subject")),
            extension("2.5.29.15", bit_string(b"\xa0", 5)),
            extension("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1"), oid("1.2.3"))),
        )
    )
    assert found.ocsp_responders == ("http://ocsp.example",)
    assert found.ca_issuers == ("http://ca.example/a.crt",)
    assert found.must_staple
    assert (found.authority_key_id, found.subject_key_id) == (b"issuer", b"subject")
    assert found.key_usage == frozenset({"digitalSignature", "keyEncipherment"})
    assert found.extended_key_usage == ("1.3.6.1.5.5.7.3.1", "1.2.3")
    assert not found.is_ca


def test_values_of_the_model() -> None:
    """Labels, and what equality rests on."""
    unnamed = parse_certificate(certificate(extension(SAN_OID, seq(tlv(0x82, b"b.example"))), subject=seq()))
    assert unnamed.label == "b.example"
    assert not unnamed.is_self_issued
    found = parse_certificate(issued())
    assert found.label == "a.example"
    assert found == replace(found, serial=1)
    assert found != unnamed
    assert parse_certificate(certificate(issuer=seq())).issuer.label == "(empty name)"
    unit = seq(tlv(0x31, seq(oid("2.5.4.97"), tlv(12, b"X-1"))))
    assert parse_certificate(certificate(subject=unit)).subject.label == "2.5.4.97=X-1"
    assert unnamed.subject.common_name is None
    assert found.subject.common_name == "a.example"


def test_a_traceback_names_it_in_a_line() -> None:
    """A terminal app's fault shows the values on its way; one of 500 names would fill the screen."""
    found = parse_certificate(certificate(_CA))
    assert repr(found) == f"<Certificate {found.sha256}>"
