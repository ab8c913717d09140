"""Extensions of revocation lists, their entries and OCSP responses, each decoded as its standard has it."""

import pytest

from tests.x509.der_writer import (
    GENERALIZED_TIME,
    NAME,
    NULL,
    OCTET_STRING,
    bit_string,
    certificate,
    extension,
    number,
    seq,
    tlv,
)
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Extension

_ENUMERATED = 0x0A
REVOCATION = [
    ("2.5.29.20", number(1234), "1234"),
    ("2.5.29.20", number(1 << 200), f"{1 << 200:#x}"),
    ("2.5.29.21", tlv(_ENUMERATED, b"\1"), "keyCompromise"),
    ("2.5.29.21", tlv(_ENUMERATED, b"\7"), "reason 7"),
    ("2.5.29.24", tlv(GENERALIZED_TIME, b"20260101000000Z"), "2026-01-01 00:00:00 UTC"),
    ("2.5.29.27", number(7), "7"),
    (
        "2.5.29.28",
        seq(
            tlv(0xA0, tlv(0xA0, tlv(0x86, b"http://a/"))),
            tlv(0x82, b"\xff"),
            tlv(0x83, b"\5\x60\0\0"),
            tlv(0x84, b"\xff"),
        ),
        "URI: http://a/\nOnly CA certificates: yes\nReasons: keyCompromise, cACompromise\nIndirect: yes",
    ),
    ("2.5.29.28", seq(tlv(0x83, b"\0\0\x40")), "Reasons: bit 9"),
    ("2.5.29.28", seq(tlv(0x81, b"\xff")), "Only user certificates: yes"),
    ("2.5.29.29", seq(tlv(0xA4, NAME)), "DIRNAME:CN=a.example"),
    ("1.3.6.1.5.5.7.48.1.2", tlv(OCTET_STRING, b"\1\2"), "01:02"),
    ("1.3.6.1.5.5.7.48.1.6", tlv(GENERALIZED_TIME, b"20260101000000Z"), "2026-01-01 00:00:00 UTC"),
    ("1.3.6.1.5.5.7.48.1.9", tlv(NULL), "present"),
    ("1.3.6.1.4.1.311.21.4", tlv(GENERALIZED_TIME, b"20260101000000Z"), "2026-01-01 00:00:00 UTC"),
    (
        "1.3.6.1.4.1.311.21.14",
        seq(seq(tlv(0xA0, tlv(0xA0, tlv(0x86, b"ldap:///CN=a"))))),
        "URI: ldap:///CN=a",
    ),
]


def _read(dotted: str, value: bytes) -> Extension:
    return parse_certificate(certificate(extension(dotted, value))).extensions[0]


@pytest.mark.parametrize(("dotted", "value", "expected"), REVOCATION)
def test_a_good_one(dotted: str, value: bytes, expected: str) -> None:
    """It is decoded without a complaint."""
    found = _read(dotted, value)
    assert (found.value, found.problem) == (expected, None)


@pytest.mark.parametrize(
    ("dotted", "value", "problem"),
    [
        ("2.5.29.21", number(1), "ENUMERATED was expected here, not INTEGER."),
        ("2.5.29.20", tlv(_ENUMERATED, b"\1"), "INTEGER was expected here, not ENUMERATED."),
        ("2.5.29.28", seq(tlv(0x86, b"")), "[6] is not expected at the end of this SEQUENCE."),
        ("1.3.6.1.5.5.7.48.1.2", seq(), "OCTET STRING was expected here, not SEQUENCE."),
    ],
)
def test_a_bad_one(dotted: str, value: bytes, problem: str) -> None:
    """Its bytes are shown, and why they can't be decoded."""
    found = _read(dotted, value)
    assert found.problem is not None
    assert (found.value, found.problem.text) == (value.hex(), problem)


def test_some_reasons_are_missing_from_the_numbers() -> None:
    """There is no bit 1: 'unused' is bit 0. RFC 5280 §4.2.1.13."""
    assert _read("2.5.29.28", seq(bit_string(b"\x80").replace(b"\3", b"\x83", 1))).value == "Reasons: unused"
