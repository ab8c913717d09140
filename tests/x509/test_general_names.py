"""Names of all kinds."""

import ipaddress

import pytest
from cryptography import x509

from tests.x509.der_writer import BMP, NAME, SAN_OID, UTF8, certificate, extension, issued, number, oid, seq, tlv
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.general_names import NamedElement, read_general_name
from tlsglass.x509.model import Problem


def _read(der: bytes, *, masks: bool = False) -> tuple[NamedElement, list[str]]:
    problems: list[Problem] = []
    found = read_general_name(read(der).elements[0], problems, masks=masks)
    return found, [problem.text for problem in problems]


def _other(kind: str, value: bytes) -> bytes:
    return tlv(0xA0, oid(kind), tlv(0xA0, value))


@pytest.mark.parametrize(
    ("der", "name", "text"),
    [
        (tlv(0x81, b"a@example"), "EMAIL:a@example", "a@example"),
        (tlv(0x82, b"*.a.example"), "DNS:*.a.example", "*.a.example"),
        (tlv(0x86, b"https://a.example/"), "URI:https://a.example/", "https://a.example/"),
        (tlv(0x87, b"\xc0\0\2\1"), "IP:192.0.2.1", "192.0.2.1"),
        (tlv(0x87, b"\x20\1\x0d\xb8" + bytes(11) + b"\1"), "IP:2001:db8::1", "2001:db8::1"),
        (tlv(0xA4, NAME), "DIRNAME:CN=a.example", "CN=a.example"),
        (tlv(0x88, b"\x2a\3"), "RID:1.2.3", "1.2.3"),
        (tlv(0xA3, seq()), "X400:a3023000", "a3023000"),
        (tlv(0xA5, seq()), "EDI:a5023000", "a5023000"),
        (
            _other("1.3.6.1.4.1.311.20.2.3", tlv(UTF8, b"a@example")),
            "OTHER:1.3.6.1.4.1.311.20.2.3",
            "a@example (UPN)",
        ),
        (_other("1.3.6.1.5.5.7.8.7", tlv(0x16, b"_imap.a")), "OTHER:1.3.6.1.5.5.7.8.7", "_imap.a (SRV name)"),
        (
            _other("1.3.6.1.5.5.7.8.9", tlv(UTF8, "ö@example".encode())),
            "OTHER:1.3.6.1.5.5.7.8.9",
            "ö@example (SmtpUTF8 mailbox)",
        ),
        (_other("1.2.3.4", tlv(BMP, b"\0a")), "OTHER:1.2.3.4", "a (1.2.3.4)"),
        (_other("1.2.3.4", number(5)), "OTHER:1.2.3.4", "020105 (1.2.3.4)"),
    ],
)
def test_every_kind(der: bytes, name: str, text: str) -> None:
    """The form for reports, and the one for people."""
    found, problems = _read(der)
    assert (str(found.name), found.text, problems) == (name, text, [])
    assert found.part.value == text


def test_a_directory_name_opens_to_its_attributes() -> None:
    """Its parts are those of any name."""
    found, _ = _read(tlv(0xA4, NAME))
    assert [(part.label, part.value) for part in found.part.children] == [("Common name", "a.example")]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (bytes([10, 0, 0, 0, 255, 0, 0, 0]), "10.0.0.0/8"),
        (bytes([10, 1, 2, 3, 255, 255, 255, 255]), "10.1.2.3/32"),
        (bytes(8), "0.0.0.0/0"),
        (ipaddress.ip_address("2001:db8::").packed + b"\xff" * 4 + bytes(12), "2001:db8::/32"),
    ],
)
def test_masks(content: bytes, text: str) -> None:
    """RFC 5280 §4.2.1.10: an address and a mask, in the short form that everyone writes."""
    found, problems = _read(tlv(0x87, content), masks=True)
    assert (found.text, problems) == (text, [])


@pytest.mark.parametrize(
    ("der", "masks", "text", "problem"),
    [
        (tlv(0x87, b"\1\2\3"), False, "010203", "An IP address has 4 or 16 bytes, not 3."),
        (tlv(0x87, b"\1\2\3"), True, "010203", "An IP address with its mask has 8 or 32 bytes, not 3."),
        (tlv(0x87, b"\1" * 9), True, "01" * 9, "An IP address with its mask has 8 or 32 bytes, not 9."),
        (tlv(0x87, b"\x0a\0\0\0\xff\0\xff\0"), True, "10.0.0.0/255.0.255.0", "The mask of an IP address has gaps."),
        (tlv(0x82, b"\xff"), False, "\\xff", "IA5String holds bytes that it may not hold."),
    ],
)
def test_names_with_problems(der: bytes, masks: bool, text: str, problem: str) -> None:  # noqa: FBT001 - a table
    """They are shown as far as they go."""
    found, problems = _read(der, masks=masks)
    assert (found.text, problems) == (text, [problem])


@pytest.mark.parametrize("der", [tlv(0x89, b""), number(1), tlv(0x80, b""), tlv(0xA4), tlv(0x88, b"")])
def test_no_name(der: bytes) -> None:
    """What is no name is refused with its place."""
    with pytest.raises(DecodeError) as caught:
        _read(der)
    assert caught.value.problem.offset is not None


def test_one_bad_name_hides_no_other() -> None:
    """The others are facts, and the problem is told where it is."""
    names = seq(tlv(0x82, b"a.example"), tlv(0x89, b""), tlv(0x82, b"b.example"))
    found = parse_certificate(certificate(extension(SAN_OID, names)))
    assert [str(name) for name in found.san] == ["DNS:a.example", "DNS:b.example"]
    (read_back,) = found.extensions
    assert read_back.value == "DNS:a.example\nDNS:b.example"
    assert read_back.problem is not None
    assert read_back.problem.text == "[9] is no kind of name."
    assert found.der[read_back.problem.offset or 0] == 0x89


def test_agrees_with_cryptography() -> None:
    """All that another library writes is read as it was meant."""
    directory = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a,b")])
    names = x509.SubjectAlternativeName(
        [
            x509.DNSName("a.example"),
            x509.IPAddress(ipaddress.ip_address("2001:db8::1")),
            x509.RFC822Name("a@example"),
            x509.UniformResourceIdentifier("https://a.example"),
            x509.DirectoryName(directory),
            x509.RegisteredID(x509.ObjectIdentifier("1.2.3")),
            x509.OtherName(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"),
        ]
    )
    found = parse_certificate(issued((names, False)))
    assert [str(name) for name in found.san] == [
        "DNS:a.example",
        "IP:2001:db8::1",
        "EMAIL:a@example",
        "URI:https://a.example",
        "DIRNAME:CN=a\\,b",
        "RID:1.2.3",
        "OTHER:1.2.3.4",
    ]
    assert found.problems == ()


def test_internationalised_names_are_shown_in_both_forms() -> None:
    """In the tree; what is copied is the name as it stands. So it is for a host's name in the subject."""
    host = b"xn--bcher-kva.test"
    read_back = parse_certificate(
        certificate(
            extension(SAN_OID, seq(tlv(0x82, host), tlv(0x82, b"a.test"))),
            subject=seq(tlv(0x31, seq(b"\x06\x03\x55\x04\x03", tlv(0x0C, host)))),
        )
    )
    assert [name.value for name in read_back.san] == ["xn--bcher-kva.test", "a.test"]
    found = {field.id: field for top in certificate_fields(read_back) for field in (top, *top.children)}
    both = "xn--bcher-kva.test (bücher.test)"
    assert (found["names.0"].value, found["names.0"].summary) == ("xn--bcher-kva.test", both)
    assert found["names.1"].summary == ""
    assert found["subject.0"].summary == both
