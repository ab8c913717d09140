"""Extensions, each decoded as its standard has it."""

import pytest

from tests.x509.der_writer import (
    BMP,
    BOOLEAN,
    GENERALIZED_TIME,
    IA5,
    NAME,
    NULL,
    OCTET_STRING,
    PRINTABLE,
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
from tests.x509.test_revocation_extensions import REVOCATION
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.extensions.decode import DECODERS
from tlsglass.x509.model import Extension, Field
from tlsglass.x509.oids.extensions import EXTENSIONS, extension_type

_PKIX = "1.3.6.1.5.5.7"
_MICROSOFT = "1.3.6.1.4.1.311"
_NETSCAPE = "2.16.840.1.113730.1"


def _read(dotted: str, value: bytes) -> Extension:
    return parse_certificate(certificate(extension(dotted, value))).extensions[0]


def _uri(text: bytes) -> bytes:
    return tlv(0x86, text)


_HASHES = seq(seq(seq(oid("2.16.840.1.101.3.4.2.1")), tlv(OCTET_STRING, b"\1\2")))
_PICTURE = seq(seq(tlv(0x16, b"image/svg+xml"), _HASHES, seq(tlv(0x16, b"https://a/x"))), number(1))
_ELSEWHERE = tlv(0xA1, _HASHES, seq(tlv(0x16, b"https://b")))

_GOOD = [
    (
        f"{_PKIX}.1.12",
        seq(
            tlv(0xA0, seq(tlv(0xA0, seq(_PICTURE)))),
            tlv(0xA1, _ELSEWHERE),
            tlv(0xA2, tlv(0xA0)),
            tlv(0xA3, seq(seq(oid("1.2.3"), _ELSEWHERE))),
        ),
        "https://a/x\nhttps://b\ndirect\nhttps://b",
    ),
    (
        f"{_PKIX}.1.14",
        seq(number(2), seq(oid(f"{_PKIX}.21.1"))),
        "Path length: 2\nLanguage: inherit all",
    ),
    (
        f"{_PKIX}.1.14",
        seq(seq(oid("1.2.3"), tlv(OCTET_STRING, b"\1\2"))),
        "Language: 1.2.3\nPolicy: 01:02",
    ),
    (
        "1.2.840.113549.1.9.15",
        seq(
            seq(oid("2.16.840.1.101.3.4.1.42")),
            seq(oid("1.2.840.113549.3.2"), number(128)),
            seq(oid("1.2.3"), seq(number(1))),
            seq(oid("1.2.840.113549.3.7"), tlv(NULL)),
        ),
        "AES-256-CBC\nRC2-CBC (128)\n1.2.3\nDES-EDE3-CBC",
    ),
    ("2.5.29.19", seq(), "CA: no"),
    ("2.5.29.19", seq(tlv(BOOLEAN, b"\xff"), number(3)), "CA: yes\nPath length: 3"),
    ("2.5.29.15", bit_string(b"\x03\x80", 7), "cRLSign\nencipherOnly\ndecipherOnly"),
    ("2.5.29.15", bit_string(b"\0\1", 0), "bit 15"),
    (
        "2.5.29.37",
        seq(oid(f"{_PKIX}.3.1"), oid("2.5.29.37.0"), oid("1.2.3")),
        "serverAuth\nanyExtendedKeyUsage\n1.2.3",
    ),
    ("2.5.29.16", seq(tlv(0x81, b"20270101000000Z")), "Not after: 2027-01-01 00:00:00 UTC"),
    (f"{_NETSCAPE}.1", bit_string(b"\x42"), "SSL server\nS/MIME CA"),
    ("2.5.29.14", tlv(OCTET_STRING, b"\1\2"), "01:02"),
    (
        "2.5.29.35",
        seq(tlv(0x80, b"\1\2"), tlv(0xA1, tlv(0xA4, NAME)), tlv(0x82, b"\5")),
        "Key id: 01:02\nIssuer of the issuer: DIRNAME:CN=a.example\nSerial: 05",
    ),
    ("2.5.29.17", seq(tlv(0x82, b"a"), tlv(0x87, b"\x7f\0\0\1")), "DNS:a\nIP:127.0.0.1"),
    ("2.5.29.18", seq(tlv(0x81, b"a@example")), "EMAIL:a@example"),
    (
        "2.5.29.9",
        seq(seq(oid(f"{_PKIX}.9.4"), tlv(SET, tlv(PRINTABLE, b"DE"), tlv(PRINTABLE, b"AT")))),
        "Country of citizenship: DE, AT",
    ),
    (
        "2.5.29.30",
        seq(tlv(0xA0, seq(tlv(0x82, b".example")), seq(tlv(0x87, b"\x0a" + bytes(3) + b"\xff" + bytes(3))))),
        "Permitted: DNS:.example\nPermitted: IP:10.0.0.0/8",
    ),
    ("2.5.29.30", seq(tlv(0xA1, seq(tlv(0xA4, NAME)))), "Excluded: DIRNAME:CN=a.example"),
    (
        "2.5.29.36",
        seq(tlv(0x80, b"\0"), tlv(0x81, b"\2")),
        "Require explicit policy: after 0\nInhibit policy mapping: after 2",
    ),
    ("2.5.29.54", number(1), "after 1"),
    ("2.5.29.56", tlv(NULL), "present"),
    (
        "2.5.29.32",
        seq(
            seq(oid("2.23.140.1.2.2")),
            seq(oid("2.23.140.1.1")),
            seq(oid("2.23.140.1.2.1")),
            seq(oid("2.23.140.1.2.3")),
            seq(oid("2.5.29.32.0")),
            seq(oid("1.2.3")),
        ),
        (
            "organization-validated (OV), 2.23.140.1.2.2\nextended-validation (EV), 2.23.140.1.1\n"
            "domain-validated (DV), 2.23.140.1.2.1\nindividual-validated (IV), 2.23.140.1.2.3\n"
            "anyPolicy, 2.5.29.32.0\n1.2.3"
        ),
    ),
    ("2.5.29.33", seq(seq(oid("1.2.3"), oid("2.5.29.32.0"))), "1.2.3 -> anyPolicy, 2.5.29.32.0"),
    (
        "2.5.29.31",
        seq(seq(tlv(0xA0, tlv(0xA0, _uri(b"http://crl.example/1"), _uri(b"http://crl.example/2"))))),
        "URI: http://crl.example/1\nURI: http://crl.example/2",
    ),
    (
        "2.5.29.46",
        seq(
            seq(tlv(0xA0, tlv(0xA1, seq(oid("2.5.4.3"), tlv(UTF8, b"a,b")), seq(oid("1.2.3"), tlv(UTF8, b"c"))))),
            seq(tlv(0x81, b"\6\x42\x40"), tlv(0xA2, tlv(0xA4, NAME))),
        ),
        "Relative name: CN=a\\,b+1.2.3=c\nReasons: keyCompromise, certificateHold, bit 9\nCRL issuer: CN=a.example",
    ),
    (
        f"{_PKIX}.1.1",
        seq(
            seq(oid(f"{_PKIX}.48.1"), _uri(b"http://ocsp.example")),
            seq(oid(f"{_PKIX}.48.2"), _uri(b"http://ca.example")),
            seq(oid("1.2.3"), tlv(0xA4, NAME)),
        ),
        "OCSP: http://ocsp.example\nCA issuers: http://ca.example\n1.2.3: CN=a.example",
    ),
    (f"{_PKIX}.1.11", seq(seq(oid(f"{_PKIX}.48.5"), _uri(b"http://a"))), "CA repository: http://a"),
    (f"{_PKIX}.1.24", seq(number(5), number(17), number(99)), "status_request\nstatus_request_v2\nextension 99"),
    (f"{_PKIX}.1.31", tlv(OCTET_STRING, bytes(32)), ":".join(["00"] * 32)),
    (f"{_PKIX}.48.1.5", tlv(NULL), "present"),
    ("1.3.6.1.4.1.11129.2.4.3", tlv(NULL), "present"),
    (f"{_NETSCAPE}.13", tlv(IA5, b"a remark"), "a remark"),
    (f"{_MICROSOFT}.20.2", tlv(BMP, "WebServer".encode("utf-16-be")), "WebServer"),
    (f"{_MICROSOFT}.21.1", number(2 << 16 | 3), "Certificate index: 3\nKey index: 2"),
    (f"{_MICROSOFT}.21.2", tlv(OCTET_STRING, b"\1\2"), "01:02"),
    (f"{_MICROSOFT}.21.7", seq(oid("1.2.3")), "Template: 1.2.3"),
    (
        f"{_MICROSOFT}.21.7",
        seq(oid("1.2.3"), number(100), number(7)),
        "Template: 1.2.3\nMajor version: 100\nMinor version: 7",
    ),
    (f"{_MICROSOFT}.21.10", seq(seq(oid(f"{_PKIX}.3.2")), seq(oid("1.2.3"))), "clientAuth\n1.2.3"),
    (
        f"{_MICROSOFT}.25.2",
        seq(tlv(0xA0, oid(f"{_MICROSOFT}.25.2.1"), tlv(0xA0, tlv(OCTET_STRING, b"S-1-5-21-1")))),
        "S-1-5-21-1",
    ),
    (
        "2.23.140.3.1",
        seq(tlv(PRINTABLE, b"NTR"), tlv(PRINTABLE, b"DE"), tlv(0x80, b"BY"), tlv(UTF8, b"HRB 1")),
        "Register: NTR\nCountry: DE\nState or province: BY\nNumber: HRB 1",
    ),
    (
        "2.23.140.3.1",
        seq(tlv(PRINTABLE, b"VAT"), tlv(PRINTABLE, b"DE"), tlv(UTF8, b"1")),
        "Register: VAT\nCountry: DE\nNumber: 1",
    ),
    (
        f"{_PKIX}.1.3",
        seq(
            seq(oid("0.4.0.1862.1.1")),
            seq(oid("0.4.0.1862.1.2"), seq(tlv(PRINTABLE, b"EUR"), number(5), number(3))),
            seq(oid("0.4.0.1862.1.2"), seq(number(978), number(5), number(-1))),
            seq(oid("0.4.0.1862.1.3"), number(15)),
            seq(oid("0.4.0.1862.1.5"), seq(seq(tlv(IA5, b"https://a"), tlv(PRINTABLE, b"en")))),
            seq(oid("0.4.0.1862.1.6"), seq(oid("0.4.0.1862.1.6.3"), oid("1.2.3"))),
            seq(oid("0.4.0.1862.1.7"), seq(tlv(PRINTABLE, b"CH"))),
            seq(
                oid("0.4.0.19495.2"),
                seq(seq(seq(oid("0.4.0.19495.1.1"), tlv(UTF8, b"PSP_AS"))), tlv(UTF8, b"BaFin"), tlv(UTF8, b"DE-X")),
            ),
            seq(oid(f"{_PKIX}.11.2"), seq(oid("1.2.3"))),
            seq(oid("1.2.3"), number(7)),
        ),
        (
            "QcCompliance: yes\nQcLimitValue: 5000 EUR\nQcLimitValue: 5e-1 978\nQcRetentionPeriod: 15 years\n"
            "QcPDS: https://a (en)\nQcType: website authentication, 1.2.3\nQcCClegislation: CH\n"
            "PSD2: PSP_AS; BaFin (DE-X)\nid-qcs-pkixQCSyntax-v2: 300406022a03\n1.2.3: 7"
        ),
    ),
]


@pytest.mark.parametrize(("dotted", "value", "expected"), _GOOD)
def test_decoded(dotted: str, value: bytes, expected: str) -> None:
    """The value in words, with a part and a name for each piece."""
    found = _read(dotted, value)
    assert found.value == expected
    assert found.problem is None
    assert found.name == EXTENSIONS[dotted].name
    assert found.der == value
    assert bool(found.fields) == (expected != "present")


def test_all_decoders_are_tested_and_named() -> None:
    """No decoder is without an example above, but for those that have tests of their own or share one."""
    alike = {f"{_NETSCAPE}.{n}" for n in (2, 3, 4, 7, 8, 12)} | {"1.3.6.1.4.1.44363.44", "0.4.0.194121.2.1"}
    timestamps = "1.3.6.1.4.1.11129.2.4.2"
    assert DECODERS.keys() - {dotted for dotted, _, _ in _GOOD} == alike | {timestamps, "1.3.6.1.4.1.11129.2.4.5"} | {
        dotted for dotted, _, _ in REVOCATION
    }
    assert DECODERS.keys() <= EXTENSIONS.keys()
    for kind in EXTENSIONS.values():
        assert kind.meaning.endswith(".")


@pytest.mark.parametrize(
    ("dotted", "value", "expected", "problem"),
    [
        ("2.5.29.19", seq(tlv(BOOLEAN, b"\0")), "CA: no", "That it is no CA is said, which DER leaves out."),
        ("2.5.29.19", seq(number(-1)), "CA: no\nPath length: -1", "The path length is negative."),
        ("2.5.29.15", bit_string(b""), "", "No usage is named: none of the bits is set."),
        ("2.5.29.37", seq(), "", "The list of purposes is empty."),
        ("2.5.29.17", seq(), "", "A list of names holds no name."),
        ("2.5.29.36", seq(), "", "The policy constraints constrain nothing."),
        (
            "2.5.29.30",
            seq(tlv(0xA0, seq(tlv(0x82, b"a"), tlv(0x80, b"\1")))),
            "Permitted: DNS:a",
            "A subtree has limits, which are not allowed.",
        ),
        (f"{_PKIX}.48.1.5", tlv(NULL, b"a"), "present", "NULL is not empty."),
        (f"{_PKIX}.1.31", tlv(OCTET_STRING, b"a"), "61", "The hash has 1 bytes, not 32."),
        (
            "2.5.29.9",
            seq(seq(oid(f"{_PKIX}.9.1"), tlv(SET, tlv(GENERALIZED_TIME, b"soon")))),
            "Date of birth: 736f6f6e",
            "GeneralizedTime does not name a moment that exists.",
        ),
    ],
)
def test_decoded_with_a_problem(dotted: str, value: bytes, expected: str, problem: str) -> None:
    """What breaks a rule but can be read is shown and said."""
    found = _read(dotted, value)
    assert found.value == expected
    assert found.problem is not None
    assert found.problem.text == problem


@pytest.mark.parametrize("dotted", sorted(DECODERS))
@pytest.mark.parametrize("value", [tlv(0x41, b"a"), seq(tlv(0x41, b"a")), seq(seq(tlv(0x41, b"a")))])
def test_what_can_not_be_decoded_is_shown_as_bytes(dotted: str, value: bytes) -> None:
    """The problem has its place; the value is the bytes and their elements."""
    found = _read(dotted, value)
    assert found.value == value.hex()
    assert found.problem is not None
    assert found.problem.offset is not None
    assert [field.label for field in found.fields[:2]] == ["Length", "Bytes"]
    assert found.fields[-1].label == ("[APPLICATION 1]" if value[0] == 0x41 else "SEQUENCE")


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]


def test_an_unknown_one() -> None:
    """Its OID, its length, its bytes, and its elements where they can be read."""
    value = seq(
        tlv(BOOLEAN, b"\xff"),
        tlv(BOOLEAN, b"\0"),
        number(5),
        number(2**200),
        oid("1.2.3"),
        tlv(UTF8, b"text"),
        tlv(GENERALIZED_TIME, b"20270101000000Z"),
        tlv(OCTET_STRING, b"\1"),
        tlv(2),
        tlv(0x0A, b"\1"),
        seq(),
    )
    found = _read("1.2.3.4", value)
    assert (found.name, found.value, found.problem) == ("1.2.3.4", value.hex(), None)
    length, octets, tree = found.fields
    assert (length.value, octets.value, octets.id) == (str(len(value)), value.hex(), "extensions.1.2.3.4.bytes")
    assert (tree.label, tree.summary, tree.id) == ("SEQUENCE", "11 elements", "extensions.1.2.3.4.2")
    assert [child.value for child in tree.children] == [
        "yes",
        "no",
        "5",
        f"01{'00' * 25}",
        "1.2.3",
        "text",
        "2027-01-01 00:00:00 UTC",
        "01",
        "",
        "1",
        "",
    ]
    assert extension_type("1.2.3.4").label == "1.2.3.4"


@pytest.mark.parametrize("value", [b"\xff\xff", b"\x30\x05\x05\x00", b"\x05\x00\x05\x00", b""])
def test_an_unknown_one_that_is_no_der(value: bytes) -> None:
    """It has no tree, and no problem, as bytes of others' own making often are something else."""
    found = _read("1.2.3.4", value)
    assert (found.value, found.problem) == (value.hex(), None)
    assert [field.label for field in found.fields] == ["Length", "Bytes"]


def test_an_unknown_one_that_is_huge() -> None:
    """Its tree is left out, which is told; the bytes are there."""
    deep = seq(*[seq(tlv(NULL), tlv(NULL))] * 600)
    found = _read("1.2.3.4", deep)
    assert [field.label for field in found.fields] == ["Length", "Bytes", "Elements"]
    assert found.fields[-1].value == "more than 1,000, which are not shown one by one"


def test_policies_with_qualifiers() -> None:
    """RFC 5280 §4.2.1.4: where the statement is, and the notice."""
    notice = seq(seq(tlv(UTF8, b"Demo"), seq(number(1), number(2))), tlv(UTF8, b"As is."))
    qualifiers = seq(
        seq(oid(f"{_PKIX}.2.1"), tlv(IA5, b"https://cps.example")),
        seq(oid(f"{_PKIX}.2.2"), notice),
        seq(oid(f"{_PKIX}.2.2"), seq(tlv(UTF8, b"As is."))),
        seq(oid(f"{_PKIX}.2.2"), seq(seq(tlv(UTF8, b"Demo"), seq()))),
        seq(oid("1.2.3"), number(9)),
    )
    found = _read("2.5.29.32", seq(seq(oid("2.23.140.1.2.1"), qualifiers)))
    assert found.problem is None
    assert [(field.label, field.value) for field in found.fields[0].children] == [
        ("CPS", "https://cps.example"),
        ("Notice", "As is. · Demo, 1, 2"),
        ("Notice", "As is."),
        ("Notice", "Demo"),
        ("Qualifier 1.2.3", "9"),
    ]


def test_parts_explain_themselves() -> None:
    """Usages and purposes say what they are for; parts that say nothing take over what holds them."""
    usage = _read("2.5.29.15", bit_string(b"\x80", 7)).fields[0]
    assert usage.meaning == "The key may sign data, such as a TLS handshake."
    purpose = _read("2.5.29.37", seq(oid(f"{_PKIX}.3.1"))).fields[0]
    assert purpose.meaning == f"The certificate may be used for identifying a TLS server ({_PKIX}.3.1)."
    key_id = _read("2.5.29.14", tlv(OCTET_STRING, b"a")).fields[0]
    assert (key_id.meaning, key_id.reference) == (EXTENSIONS["2.5.29.14"].meaning, "RFC 5280 §4.2.1.2")


@pytest.mark.parametrize(("dotted", "value", "expected"), _GOOD)
def test_parts_point_at_their_bytes(dotted: str, value: bytes, expected: str) -> None:
    """Each part's bytes lie inside the extension's."""
    found = _read(dotted, value)
    assert found.span is not None
    for field in _flat(found.fields):
        if field.span is not None:
            assert found.span.start < field.span.start < field.span.end <= found.span.end
    assert found.value == expected


@pytest.mark.parametrize(("dotted", "value", "expected"), _GOOD)
def test_cut_off_anywhere(dotted: str, value: bytes, expected: str) -> None:
    """Wherever a value is cut off, there is a problem, and it is not taken for the whole one."""
    for length in range(len(value)):
        found = _read(dotted, value[:length])
        assert found.problem is not None, expected


def test_an_unknown_kind_of_logotype() -> None:
    """Said with its offset, while the bytes are shown."""
    found = _read(f"{_PKIX}.1.12", seq(tlv(0xA5, seq())))
    assert found.problem is not None
    assert found.problem.text == "[5] is no kind of logotype."
