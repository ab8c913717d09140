"""Distinguished names."""

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.x509.der_writer import (
    BMP,
    IA5,
    NULL,
    PRINTABLE,
    SET,
    T61,
    UNIVERSAL,
    UTF8,
    VISIBLE,
    name,
    number,
    oid,
    seq,
    tlv,
)
from tlsglass.text import LINE_ENDS
from tlsglass.x509.der import read
from tlsglass.x509.model import Name, Problem
from tlsglass.x509.names import name_parts, read_name
from tlsglass.x509.oids.attributes import attribute_label, attribute_name

_CN = "2.5.4.3"


def _read(der: bytes) -> tuple[Name, list[Problem]]:
    problems: list[Problem] = []
    return read_name(read(der).elements[0], problems), problems


def _common_name(tag: int, content: bytes) -> tuple[str, str, int]:
    """Value, RFC 4514 form and the number of problems of a name with one common name."""
    found, problems = _read(name((_CN, tag, content)))
    return found.rdns[0][0].value, found.rfc4514, len(problems)


@pytest.mark.parametrize(
    ("tag", "content", "value", "problems"),
    [
        (UTF8, "Zoë".encode(), "Zoë", 0),
        (UTF8, b"Zo\xeb", "Zo\\xeb", 1),
        (PRINTABLE, b"Demo Root CA", "Demo Root CA", 0),
        (PRINTABLE, b"*.example", "*.example", 1),
        (PRINTABLE, "Zoë".encode(), "Zoë", 1),
        (IA5, b"a@example", "a@example", 0),
        (IA5, b"\xff", "\\xff", 1),
        (VISIBLE, b"a\nb", "a\nb", 1),
        (T61, b"Zo\xeb", "Zoë", 0),
        (BMP, "Zoë 😀".encode("utf-16-be"), "Zoë 😀", 0),
        (BMP, b"\xd8\x00", "\\xd8\\x00", 1),
        (UNIVERSAL, "Zoë".encode("utf-32-be"), "Zoë", 0),
    ],
)
def test_all_string_types(tag: int, content: bytes, value: str, problems: int) -> None:
    """Each is read in its own character set; what breaks it stays visible and is a problem."""
    assert _common_name(tag, content)[::2] == (value, problems)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('a,b+c"d\\e<f>g;h', 'CN=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h'),
        ("#a", "CN=\\#a"),
        (" a ", "CN=\\ a\\ "),
        (" ", "CN=\\ "),
        ("  ", "CN=\\ \\ "),
        ("a\0b", "CN=a\\00b"),
        ("a=b", "CN=a=b"),
        ("", "CN="),
    ],
)
def test_escapes(value: str, expected: str) -> None:
    """RFC 4514 §2.4."""
    assert _common_name(UTF8, value.encode())[1] == expected


def _hex_pairs(character: str) -> str:
    """A line end as RFC 4514 §2.4 lets any character stand."""
    return "".join(f"\\{octet:02X}" for octet in character.encode()) if character in LINE_ENDS else character


_values = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda value: len(value.encode()) <= 64)


@settings(derandomize=True, max_examples=150, deadline=None, database=None)
@given(st.lists(st.tuples(st.sampled_from(["2.5.4.3", "2.5.4.10", "2.5.4.97", "2.5.4.9"]), _values), max_size=5))
def test_strings_agree_with_cryptography(attributes: list[tuple[str, str]]) -> None:
    """The RFC 4514 form of any name is the one that another reader gives, order and escapes included.

    But for line ends, which that one leaves as they are: ours stands in one line, and is read back as the same.
    """
    theirs = x509.Name([x509.NameAttribute(x509.ObjectIdentifier(kind), value) for kind, value in attributes])
    ours, problems = _read(theirs.public_bytes())
    assert ours.rfc4514 == "".join(map(_hex_pairs, theirs.rfc4514_string()))
    assert len(f"{ours.rfc4514}.".splitlines()) == 1
    read_back = x509.Name.from_rfc4514_string(ours.rfc4514) if attributes else theirs
    assert [attribute.value for attribute in read_back] == [value for _, value in attributes]
    assert [rdn[0].value for rdn in ours.rdns] == [value for _, value in attributes]
    assert problems == []


def test_several_attributes_in_one_relative_name() -> None:
    """They stay together, with a plus between them, in the order of encoding."""
    first, second = (seq(oid(kind), tlv(UTF8, value)) for kind, value in ((_CN, b"a"), ("2.5.4.10", b"b")))
    der = seq(tlv(SET, seq(oid("2.5.4.6"), tlv(PRINTABLE, b"DE"))), tlv(SET, first, second))
    found, problems = _read(der)
    assert found.rfc4514 == "CN=a+O=b,C=DE" == x509.Name.from_bytes(der).rfc4514_string()
    assert [len(rdn) for rdn in found.rdns] == [1, 2]
    assert problems == []


def test_types_without_a_short_name_stand_as_oids_in_the_string_only() -> None:
    """RFC 4514 §2.3: `emailAddress` is not in its table, so the string has the OID; people get the name."""
    found, _ = _read(name(("1.2.840.113549.1.9.1", IA5, b"a@example"), ("1.2.3.4", UTF8, b"x")))
    assert found.rfc4514 == "1.2.3.4=x,1.2.840.113549.1.9.1=a@example"
    assert [rdn[0].name for rdn in found.rdns] == ["emailAddress", "1.2.3.4"]
    assert (attribute_name("2.5.4.97"), attribute_label("2.5.4.97")) == (
        "organizationIdentifier",
        "Organization identifier",
    )
    assert attribute_label("1.2.3.4") == "1.2.3.4"


def test_a_value_that_is_no_string_is_hex() -> None:
    """RFC 4514 §2.4: a number sign and the whole encoding."""
    found, problems = _read(name((_CN, NULL, b"")))
    assert found.rfc4514 == "CN=#0500"
    assert found.rdns[0][0].value == "#0500"
    assert problems == []


def test_damage_hides_only_what_it_hits() -> None:
    """Each attribute is read on its own."""
    good = seq(oid(_CN), tlv(UTF8, b"a"))
    der = seq(
        tlv(SET),
        number(1),
        tlv(SET, seq(oid(_CN)), number(2), good, seq(oid(_CN), tlv(UTF8, b"b"), number(3))),
    )
    found, problems = _read(der)
    assert found.rfc4514 == "CN=a"
    assert [problem.text for problem in problems] == [
        "A relative name has no attribute.",
        "SET was expected here, not INTEGER.",
        "An element is missing at the end of this SEQUENCE.",
        "SEQUENCE was expected here, not INTEGER.",
        "INTEGER is not expected at the end of this SEQUENCE.",
    ]
    assert [part.value for part in name_parts(read(der).elements[0])] == ["a"]


def test_no_name_at_all() -> None:
    """Something else in the place of a name is a problem."""
    found, problems = _read(number(1))
    assert (found.rdns, found.rfc4514) == ((), "")
    assert [problem.text for problem in problems] == ["SEQUENCE was expected here, not INTEGER."]


def test_parts_say_where_they_are() -> None:
    """Each attribute has the bytes of its value."""
    der = name(("2.5.4.6", PRINTABLE, b"DE"), (_CN, UTF8, b"a.example"))
    parts = name_parts(read(der).elements[0])
    assert [(part.label, part.value) for part in parts] == [("Country", "DE"), ("Common name", "a.example")]
    for part in parts:
        assert part.span is not None
        assert der[part.span.start + part.span.header : part.span.end] == part.value.encode()
