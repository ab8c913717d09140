"""Extensions of proxies and of mail, and logotypes; names and keys whose structure is shown as elements."""

import pytest

from tests.x509.der_writer import (
    IA5,
    NULL,
    OCTET_STRING,
    OID,
    SET,
    UTF8,
    bit_string,
    certificate,
    extension,
    number,
    oid,
    seq,
    tlv,
)
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Extension, Field

_PROXY = "1.3.6.1.5.5.7.1.14"
_LOGOTYPE = "1.3.6.1.5.5.7.1.12"
_MAIL = "1.2.840.113549.1.9.15"
_HASH = seq(seq(oid("2.16.840.1.101.3.4.2.1"), tlv(NULL)), tlv(OCTET_STRING, b"\1\2"))
_ADDRESS = tlv(IA5, b"https://a.example/logo")
_DETAILS = seq(tlv(IA5, b"image/svg+xml"), seq(_HASH), seq(_ADDRESS))
_DIRECT = tlv(0xA0, seq(seq(_DETAILS, seq(number(5)))), tlv(0xA0, seq(_DETAILS)))
_INDIRECT = tlv(0xA1, seq(_HASH), seq(_ADDRESS))
_AT = "https://a.example/logo"

_EXAMPLES = [
    (_PROXY, seq(number(2), seq(oid("1.3.6.1.5.5.7.21.1"))), "Path length: 2\nLanguage: inherit all"),
    (_PROXY, seq(seq(oid("1.2.3"), tlv(OCTET_STRING, b"\1"))), "Language: 1.2.3\nPolicy: 01"),
    (
        _MAIL,
        seq(
            seq(oid("2.16.840.1.101.3.4.1.42")),
            seq(oid("1.2.840.113549.3.2"), number(128)),
            seq(oid("1.2.840.113549.1.1.1"), tlv(NULL)),
            seq(oid("1.2.3"), seq(number(1))),
        ),
        "AES-256-CBC\nRC2-CBC (128)\nRSA\n1.2.3",
    ),
    (_LOGOTYPE, seq(tlv(0xA2, _DIRECT)), f"{_AT}, {_AT}"),
    (_LOGOTYPE, seq(tlv(0xA0, seq(_INDIRECT, tlv(0xA0))), tlv(0xA1, _INDIRECT)), f"{_AT}\ndirect\n{_AT}"),
    (_LOGOTYPE, seq(tlv(0xA3, seq(seq(oid("1.2.3"), _INDIRECT)))), _AT),
]
"""The extension, what it holds and what is read in it."""


def _read(dotted: str, value: bytes) -> Extension:
    return parse_certificate(certificate(extension(dotted, value))).extensions[0]


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]


def _fields(found: Certificate) -> dict[str, Field]:
    return {field.id: field for field in _flat(certificate_fields(found))}


@pytest.mark.parametrize(("dotted", "value", "text"), _EXAMPLES)
def test_extensions_are_decoded(dotted: str, value: bytes, text: str) -> None:
    """As their RFCs have them."""
    found = _read(dotted, value)
    assert (found.value, found.problem) == (text, None)


def test_a_logotype_is_taken_apart() -> None:
    """Each file with its kind, its place and its hash; details of pictures stay elements."""
    (picture,) = _read(_LOGOTYPE, seq(tlv(0xA2, _DIRECT))).fields
    told = [("Media type", "image/svg+xml"), ("Address", _AT), ("Hash, SHA256", "01:02")]
    assert picture.label == "Subject"
    assert [(part.label, part.value) for part in picture.children] == [*told, ("SEQUENCE", "3003020105"), *told]
    (other,) = _read(_LOGOTYPE, seq(tlv(0xA3, seq(seq(oid("1.2.3"), _INDIRECT))))).fields
    assert other.label == "Other (1.2.3)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (seq(tlv(0xA4, _INDIRECT)), "[4] is no kind of logotype."),
        (seq(tlv(0xA2, tlv(0xA2))), "[1] was expected here, not [2]."),
        (seq(tlv(0xA2, tlv(0xA0, tlv(0xA1)))), "SEQUENCE or [0] was expected here, not [1]."),
    ],
)
def test_broken_logotypes_say_so(value: bytes, text: str) -> None:
    """And are shown as elements."""
    found = _read(_LOGOTYPE, value)
    assert found.problem is not None
    assert found.problem.text == text
    assert found.value == value.hex()


def test_structured_capabilities_are_shown_as_elements() -> None:
    """Parameters that are no single value."""
    fields = _read(_MAIL, seq(seq(oid("1.2.3"), seq(number(7))))).fields
    assert [child.value for child in fields[0].children[0].children] == ["7"]


def test_structured_names_are_shown_as_elements() -> None:
    """The value of an OtherName that is not known has its elements below it."""
    value = tlv(0xA0, oid("1.2.3"), tlv(0xA0, seq(number(5), tlv(UTF8, b"five"))))
    (name,) = _read("2.5.29.17", seq(value)).fields
    assert [part.label for part in name.children] == ["OBJECT IDENTIFIER", "[0]"]
    assert [part.value for part in name.children[1].children[0].children] == ["5", "five"]


def test_multi_valued_names_say_so() -> None:
    """Each attribute is a line, which says that it stands beside others."""
    attributes = [seq(oid(kind), tlv(UTF8, b"a")) for kind in ("2.5.4.3", "2.5.4.51")]
    fields = _fields(parse_certificate(certificate(subject=seq(tlv(SET, *attributes), tlv(SET, attributes[0])))))
    assert fields["subject"].value == "CN=a,CN=a+2.5.4.51=a"
    assert [child.label for child in fields["subject"].children] == ["Common name", "House", "Common name"]
    together = ["one relative name together" in child.meaning for child in fields["subject"].children]
    assert together == [True, True, False]


@pytest.mark.parametrize(
    ("algorithm", "wrong"),
    [
        ("1.2.840.10040.4.3", True),
        ("1.2.840.10045.4.3.2", True),
        ("1.3.101.112", True),
        ("2.16.840.1.101.3.4.3.18", True),
        ("2.16.840.1.101.3.4.3.2", True),
        ("1.2.840.113549.1.1.11", False),
        ("2.16.840.1.101.3.4.3.14", False),
        ("1.2.3", False),
    ],
)
def test_parameters_that_have_to_be_absent(algorithm: str, *, wrong: bool) -> None:
    """NULL belongs to RSA only; elsewhere it is said where it is."""
    identifier = seq(oid(algorithm), tlv(NULL))
    found = parse_certificate(certificate(inner=identifier, algorithm=identifier))
    assert found.signature_algorithm.oid == algorithm
    assert [problem.text.partition(" has ")[2] for problem in found.problems] == (
        ["parameters (NULL), which have to be left out."] if wrong else []
    )
    for problem in found.problems:
        assert found.der[problem.offset :].startswith(tlv(NULL))
    assert "signature.parameters" not in _fields(found)


def test_parameters_of_unknown_algorithms_are_shown_as_elements() -> None:
    """Of the signature, in both places, and of the key."""
    identifier = seq(oid("1.2.3"), seq(number(9)))
    fields = _fields(
        parse_certificate(
            certificate(inner=identifier, algorithm=identifier, spki=seq(identifier, bit_string(b"\1\2")))
        )
    )
    for holder in ("signature", "signature.signed_algorithm", "public_key"):
        (shown,) = fields[f"{holder}.parameters"].children
        assert [child.value for child in shown.children] == ["9"]
    assert fields["public_key.key"].value == "01:02"


def test_an_unreadable_signed_algorithm_is_told() -> None:
    """It has a line all the same."""
    fields = _fields(parse_certificate(certificate(inner=seq(tlv(OID)))))
    assert fields["signature.signed_algorithm"].summary == "unreadable"
    assert fields["signature.algorithm"].value == "ecdsa-with-SHA256"
