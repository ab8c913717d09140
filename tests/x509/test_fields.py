"""The lines of the tree."""

import hashlib
from base64 import b64encode

from tests.x509.der_writer import (
    BOOLEAN,
    NULL,
    OCTET_STRING,
    PRINTABLE,
    SAN_OID,
    SPKI,
    UTC_TIME,
    bit_string,
    certificate,
    extension,
    issued,
    name,
    number,
    oid,
    seq,
    tlv,
)
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Field

_IDS = [
    "subject",
    "issuer",
    "serial",
    "validity",
    "names",
    "public_key",
    "signature",
    "fingerprints",
    "version",
    "extensions",
]


def _fields(der: bytes) -> dict[str, Field]:
    return {field.id: field for field in _flat(certificate_fields(parse_certificate(der)))}


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]


def _san(*names: bytes) -> bytes:
    return extension(SAN_OID, seq(*(tlv(0x82, found) for found in names)))


def test_order_and_labels() -> None:
    """As the screen is drawn."""
    fields = certificate_fields(parse_certificate(certificate(_san(b"a.example"))))
    assert [field.id for field in fields] == _IDS
    assert [field.label for field in fields] == [
        "Subject",
        "Issuer",
        "Serial",
        "Validity",
        "Names",
        "Public key",
        "Signature",
        "Fingerprints",
        "Version",
        "Extensions",
    ]


def test_values() -> None:
    """Each is what one would copy; summaries are short forms for the tree."""
    der = issued()
    fields = _fields(der)
    told = {key: (field.value, field.summary) for key, field in fields.items()}
    assert told["subject"] == ("CN=a.example", "")
    assert told["subject.0"] == ("a.example", "")
    assert told["serial"] == ("4f:1a:9c", "")
    assert told["validity"] == (
        "2026-08-22T12:00:00Z\n2026-11-20T12:00:00Z",
        "2026-08-22 12:00:00 UTC to 2026-11-20 12:00:00 UTC",
    )
    assert told["validity.not_before"] == ("2026-08-22T12:00:00Z", "2026-08-22 12:00:00 UTC")
    assert told["validity.not_after"] == ("2026-11-20T12:00:00Z", "2026-11-20 12:00:00 UTC")
    assert told["names"] == ("", "none")
    assert told["public_key"] == ("EC P-256", "")
    assert told["public_key.bits"] == ("256", "256 bits")
    assert told["public_key.spki"][1] == "91 bytes"
    assert told["signature"] == ("ecdsa-with-SHA256", "")
    assert told["signature.algorithm"][1] == "ecdsa-with-SHA256 (1.2.840.10045.4.3.2)"
    assert told["fingerprints.sha256"] == (hashlib.sha256(der).digest().hex(":"), "")
    assert told["fingerprints.sha1"][0] == hashlib.sha1(der).digest().hex(":")  # noqa: S324 - a fingerprint
    assert told["fingerprints.spki_sha256"][0] == b64encode(hashlib.sha256(SPKI).digest()).decode()
    assert told["fingerprints"][1] == f"SHA-256 {hashlib.sha256(der).digest().hex(':')}"
    assert told["version"] == ("3", "")
    assert told["extensions"] == ("", "none")


def test_names_are_those_of_the_extension() -> None:
    """With their kinds, and with the bytes that they were read from."""
    der = certificate(extension(SAN_OID, seq(tlv(0x82, b"a.example"), tlv(0x87, b"\x7f\0\0\1"))))
    fields = _fields(der)
    assert (fields["names"].value, fields["names"].summary) == ("a.example\n127.0.0.1", "a.example  +1")
    assert [(field.label, field.value) for field in fields["names"].children] == [
        ("DNS name", "a.example"),
        ("IP address", "127.0.0.1"),
    ]
    span = fields["names.0"].span
    assert span is not None
    assert der[span.start + span.header : span.end] == b"a.example"
    assert span == fields[f"extensions.{SAN_OID}.0"].span
    assert _fields(certificate(_san(b"a.example")))["names"].summary == "a.example"


def test_extensions_have_ids_of_their_own() -> None:
    """By their OID; a second one of the same kind is told from the first."""
    critical = extension("2.5.29.19", seq(tlv(BOOLEAN, b"\xff")), critical=tlv(BOOLEAN, b"\xff"))
    long = extension("2.5.29.37", seq(*(oid(f"1.3.6.1.5.5.7.3.{number}") for number in (1, 2, 3, 4, 5, 6, 7))))
    fields = _fields(certificate(critical, _san(b"a.example"), _san(b"b.example"), seq(number(1)), long))
    assert [child.id for child in fields["extensions"].children] == [
        "extensions.2.5.29.19",
        "extensions.2.5.29.17",
        "extensions.2.5.29.17#2",
        "extensions.unreadable",
        "extensions.2.5.29.37",
    ]
    assert (fields["extensions"].summary, fields["extensions"].value.split("\n")[3]) == ("5", "unreadable")
    assert fields["extensions.2.5.29.17#2.0"].value == "b.example"
    assert fields["extensions.2.5.29.19"].summary == "critical · CA: yes"
    assert fields["extensions.2.5.29.19"].label == "Basic constraints"
    assert fields["extensions.2.5.29.19.critical"].value == "yes"
    assert fields["extensions.2.5.29.17.critical"].value == "no"
    assert fields["extensions.2.5.29.17.oid"].value == SAN_OID
    assert fields["extensions.unreadable"].label == "Unreadable extension"
    assert fields["extensions.unreadable.oid"].summary == "unreadable"
    assert fields["extensions.2.5.29.37"].summary == "serverAuth  +6"


def test_garbage_has_all_lines_too() -> None:
    """Each says that it can't be read."""
    fields = certificate_fields(parse_certificate(b"hello"))
    assert [field.id for field in fields] == [*_IDS, "problems"]
    unreadable = [field.id for field in fields if field.summary == "unreadable"]
    assert unreadable == ["subject", "issuer", "serial", "public_key", "signature", "version"]
    assert fields[3].summary == "unreadable to unreadable"
    assert fields[-1].summary.endswith("problems")
    assert "no certificate" in fields[-1].value


def test_problems_are_told_where_they_are() -> None:
    """Each stands at the innermost field whose bytes it lies in, and all of them stand together at the end."""
    der = certificate(
        _san(b"a.example", b"\xff"),
        serial=number(-5),
        validity=seq(tlv(UTC_TIME, b"never"), tlv(UTC_TIME, b"260401000000Z")),
        subject=name(("2.5.4.3", PRINTABLE, b"*.example")),
    )
    fields = _fields(der)
    told = {key: [problem.text for problem in field.problems] for key, field in fields.items() if field.problems}
    assert told.pop("problems") == [
        "The serial number is not positive.",
        "UTCTime does not name a moment that exists.",
        "PrintableString holds characters that it may not hold.",
        "IA5String holds bytes that it may not hold.",
    ]
    assert told == {
        "serial": ["The serial number is not positive."],
        "validity.not_before": ["UTCTime does not name a moment that exists."],
        "subject.0": ["PrintableString holds characters that it may not hold."],
        "names.1": ["IA5String holds bytes that it may not hold."],
        f"extensions.{SAN_OID}.1": ["IA5String holds bytes that it may not hold."],
    }
    assert fields["problems"].summary == "4 problems"
    assert fields["problems.0"].label.startswith("At 0x")
    assert (fields["validity.not_before"].value, fields["validity.not_before"].summary) == (
        "never",
        "unreadable: never",
    )
    assert fields["serial"].value == "-05"
    single = _fields(certificate(serial=number(-5)))["problems"]
    assert single.summary == "The serial number is not positive."


def test_unusual_parts() -> None:
    """Unique ids, an empty subject, keys and algorithms that are not known."""
    unknown = seq(oid("1.2.3.4"), tlv(NULL))
    der = certificate(
        subject=seq(),
        unique_ids=tlv(0x81, b"\0\1\2") + tlv(0x82, b"\0\3"),
        spki=seq(unknown, bit_string(b"key")),
        inner=unknown,
        algorithm=unknown,
    )
    fields = _fields(der)
    assert fields["subject"].summary == "empty"
    assert fields["issuer_unique_id"].value == "01:02"
    assert fields["subject_unique_id"].value == "03"
    assert (fields["public_key"].value, fields["public_key.algorithm"].summary) == ("1.2.3.4", "")
    assert fields["signature.algorithm"].summary == "1.2.3.4"
    ed25519 = seq(seq(oid("1.3.101.112")), bit_string(bytes(32)))
    assert _fields(certificate(spki=ed25519))["public_key"].value == "ED25519"
    rsa = seq(seq(oid("1.2.840.113549.1.1.1"), tlv(NULL)), bit_string(seq(number(2**2047), number(3))))
    assert _fields(certificate(spki=rsa))["public_key"].value == "RSA 2048 bits"


def test_spans_are_offsets_in_the_certificate() -> None:
    """The bytes at a span are those of the field."""
    der = certificate(extension("2.5.29.14", tlv(OCTET_STRING, b"\1\2")))
    fields = _fields(der)
    for key, content in (
        ("serial", b"\x4d"),
        ("validity.not_after", b"260401000000Z"),
        ("subject.0", b"a.example"),
        ("extensions.2.5.29.14.key_id", b"\1\2"),
        ("signature.value", b"\0signed"),
    ):
        span = fields[key].span
        assert span is not None
        assert der[span.start + span.header : span.end] == content
    assert [field.span.tag for field in fields["validity"].children if field.span] == ["UTCTime", "UTCTime"]


def test_many_names() -> None:
    """Five hundred names are five hundred lines, twice."""
    names = [f"host{count}.example".encode() for count in range(500)]
    fields = _fields(certificate(_san(*names)))
    assert len(fields["names"].children) == 500
    assert fields["names"].summary == "host0.example  +499"
    assert fields["names.499"].value == fields[f"extensions.{SAN_OID}.499"].value == "host499.example"
