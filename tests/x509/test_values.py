"""Single ASN.1 values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.x509.der_writer import BIT_STRING, BOOLEAN, INTEGER, OID, bit_string, number, oid, seq, tlv
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element, tag_name
from tlsglass.x509.model import Problem
from tlsglass.x509.values import (
    Contents,
    bit_numbers,
    bits,
    boolean,
    inner,
    integer,
    object_identifier,
    small_integer,
    string,
)

_BOUNDED = settings(derandomize=True, max_examples=100, deadline=None, database=None)


def _element(der: bytes) -> Element:
    return read(der).elements[0]


@_BOUNDED
@given(st.integers(-(2**200), 2**200))
def test_integers_come_back(value: int) -> None:
    """Any number is read as it was written, sign included."""
    problems: list[Problem] = []
    assert integer(_element(number(value)), problems) == value
    assert problems == []


@pytest.mark.parametrize(("content", "value"), [(b"\0\x05", 5), (b"\xff\x80", -128)])
def test_integers_that_are_too_long(content: bytes, value: int) -> None:
    """X.690 §8.3.2."""
    problems: list[Problem] = []
    assert integer(_element(tlv(INTEGER, content)), problems) == value
    assert [problem.text for problem in problems] == ["An INTEGER is not written in its shortest form."]


def test_integers_that_are_none() -> None:
    """An empty one, and one that is too large for what it counts."""
    with pytest.raises(DecodeError, match="is empty"):
        integer(_element(tlv(INTEGER)), [])
    with pytest.raises(DecodeError, match="9 octets is too large"):
        small_integer(_element(tlv(INTEGER, b"\x01" * 9)))
    assert small_integer(_element(number(2**62))) == 2**62


@pytest.mark.parametrize(("content", "value", "count"), [(b"\0", False, 0), (b"\xff", True, 0), (b"\x01", True, 1)])
def test_booleans(content: bytes, value: bool, count: int) -> None:  # noqa: FBT001 - a table of values
    """X.690 §11.1."""
    problems: list[Problem] = []
    assert boolean(_element(tlv(BOOLEAN, content)), problems) is value
    assert len(problems) == count


def test_a_boolean_of_two_octets() -> None:
    """It is none."""
    with pytest.raises(DecodeError, match="one octet, not 2"):
        boolean(_element(tlv(BOOLEAN, b"\0\0")), [])


_arcs = st.lists(st.integers(0, 2**130), max_size=8)


@_BOUNDED
@given(st.sampled_from([(0, 39), (1, 2), (2, 5), (2, 999)]), _arcs)
def test_identifiers_come_back(root: tuple[int, int], arcs: list[int]) -> None:
    """Any OID is read as it was written, UUIDs as arcs included."""
    dotted = ".".join(map(str, (*root, *arcs)))
    assert object_identifier(_element(oid(dotted))) == dotted


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty or cut off"),
        (b"\x2b\x86", "empty or cut off"),
        (b"\x80\x01", "not in its shortest form"),
        (b"\x2b" + b"\x81" * 20 + b"\x01", "too large"),
        (b"\x2b" * 257, "257 octets is too long"),
    ],
)
def test_identifiers_that_are_none(content: bytes, message: str) -> None:
    """X.690 §8.19, within bounds."""
    with pytest.raises(DecodeError, match=message):
        object_identifier(_element(tlv(OID, content)))


def test_bits() -> None:
    """The first octet tells how many bits at the end don't count."""
    assert bits(_element(bit_string(b"\x80", 7))) == (b"\x80", 7)
    assert bit_numbers(_element(bit_string(b"\x86\x80", 7))) == {0, 5, 6, 8}
    assert bit_numbers(_element(bit_string(b""))) == set()
    with pytest.raises(DecodeError, match="9 octets are too many"):
        bit_numbers(_element(bit_string(b"\1" * 9)))


@pytest.mark.parametrize("der", [tlv(BIT_STRING), bit_string(b"a", 8), bit_string(b"", 1), tlv(0x23, bit_string(b"a"))])
def test_bits_that_are_none(der: bytes) -> None:
    """X.690 §8.6.2."""
    with pytest.raises(DecodeError, match="how many of its bits are unused"):
        bits(_element(der))


def test_no_string() -> None:
    """A number is no string, and neither is a string in pieces."""
    with pytest.raises(DecodeError, match="not INTEGER"):
        string(_element(number(1)), [])
    with pytest.raises(DecodeError, match="character string was expected"):
        string(_element(tlv(0x2C, tlv(0x0C, b"a"))), [])


def test_contents_are_taken_in_order() -> None:
    """Each element is taken once, optional ones only where they have the type."""
    contents = Contents(_element(seq(number(1), oid("1.2.3"), number(2))))
    assert contents.optional("BOOLEAN") is None
    assert contents.take("INTEGER", "BOOLEAN").content == b"\1"
    with pytest.raises(DecodeError, match="INTEGER was expected here, not OBJECT IDENTIFIER"):
        contents.take("INTEGER")
    with pytest.raises(DecodeError, match="OBJECT IDENTIFIER is not expected at the end of this SEQUENCE"):
        contents.finish()
    assert contents.optional("OBJECT IDENTIFIER") is not None
    assert [element.content for element in contents.rest()] == [b"\2"]
    assert contents.peek() is None
    contents.finish()
    with pytest.raises(DecodeError, match="INTEGER is missing at the end of this SEQUENCE"):
        contents.take("INTEGER")


def test_contents_of_what_holds_none() -> None:
    """A primitive element has no parts, whatever its tag says."""
    with pytest.raises(DecodeError, match="primitive form"):
        Contents(_element(tlv(0x10, b"")))
    with pytest.raises(DecodeError, match="not INTEGER"):
        Contents(_element(number(1)))
    with pytest.raises(DecodeError, match="is not expected"):
        inner(_element(tlv(0xA0, number(1), number(2))))


@pytest.mark.parametrize(
    ("tag_class", "tag", "expected"),
    [
        (0, 23, "UTCTime"),
        (0, 99, "[UNIVERSAL 99]"),
        (1, 1, "[APPLICATION 1]"),
        (2, 3, "[3]"),
        (3, 4, "[PRIVATE 4]"),
    ],
)
def test_names_of_tags(tag_class: int, tag: int, expected: str) -> None:
    """X.680 §8.4, table 1."""
    assert tag_name(tag_class, tag) == expected
