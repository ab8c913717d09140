"""The reader of elements, one rule at a time; what holds of all bytes is in `test_hostile`."""

import pytest

from tests.x509.der_writer import certificate, number, seq, tlv
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, Element


def test_a_tree_with_offsets() -> None:
    """Elements know their place, their type and what holds them."""
    reading = read(seq(number(5), tlv(0xA3, tlv(0x0C, b"hi"))))
    assert reading.problems == ()
    (top,) = reading.elements
    first, second = top.children
    assert [(e.start, e.header, e.end, e.tag, e.depth, e.constructed) for e in (top, first, second)] == [
        (0, 2, 11, "SEQUENCE", 0, True),
        (2, 2, 5, "INTEGER", 1, False),
        (5, 2, 11, "[3]", 1, True),
    ]
    text = second.children[0]
    assert (text.content, text.encoded, text.tag_class, text.number) == (b"hi", b"\x0c\x02hi", 0, 12)
    assert (text.span.start, text.span.header, text.span.end, text.span.tag) == (7, 2, 11, "UTF8String")


def test_long_forms() -> None:
    """Large tags and lengths in more than one octet are read."""
    (element,) = read(b"\xbf\x81\x00\x81\x80" + bytes(0x80)).elements
    assert (element.tag, element.header, element.end) == ("[128]", 5, 0x85)


@pytest.mark.parametrize(
    ("der", "text", "offset"),
    [
        (b"\x30\x05\x05\x00", "longer than what holds it", 0),
        (b"\x05\x81\x00", "length is not written in its shortest form", 0 + 1),
        (b"\x04\x82\x00\x80" + bytes(0x80), "length is not written in its shortest form", 1),
        (b"\x9f\x05\x00", "tag number is not written in its shortest form", 0),
        (b"\x9f\x80\x20\x00", "tag number is not written in its shortest form", 0),
        (b"\x9f\xff\xff\xff\xff\x01\x00", "tag is cut off or too large", 0),
        (b"\x1f", "tag is cut off or too large", 0),
        (b"\x05", "cut off before its length", 1),
        (b"\x05\x82\x01", "length is cut off or uses a reserved form", 1),
        (b"\x05\xff" + bytes(200), "length is cut off or uses a reserved form", 1),
        (b"\x24\x03\x04\x01a", "OCTET STRING is in the constructed form", 0),
        (b"\x10\x00", "SEQUENCE is in the primitive form", 0),
        (b"\x00\x00", "end-of-contents octets where nothing is to be ended", 0),
        (b"\x30\x80\x05\x00\x00\x00", "length is indefinite", 0),
        (b"\x04\x80ab", "length is indefinite", 0),
    ],
)
def test_what_is_not_der(der: bytes, text: str, offset: int) -> None:
    """Each broken rule is told, with the place."""
    (problem,) = read(der).problems
    assert text in problem.text
    assert problem.offset == offset


def test_what_can_not_be_read_is_an_element_too() -> None:
    """It stands beside those before it, and what follows its holder is read."""
    reading = read(seq(seq(number(1), b"\x05"), number(2)))
    (top,) = reading.elements
    inner, after = top.children
    assert [child.tag for child in inner.children] == ["INTEGER", UNREADABLE]
    assert (inner.children[1].encoded, inner.children[1].tag_class) == (b"\x05", -1)
    assert after.content == b"\2"


def test_indefinite_length() -> None:
    """It ends at its end-of-contents octets, nested ones at their own; or where its holder ends."""
    reading = read(b"\x30\x80\xa0\x80\x05\x00\x00\x00\x05\x00\x00\x00\x02\x01\x05")
    first, second = reading.elements
    assert (first.end, first.trailer, len(first.encoded), second.tag) == (10, 2, 12, "INTEGER")
    assert [(child.tag, child.trailer) for child in first.children] == [("[0]", 2), ("NULL", 0)]
    unended = read(b"\x30\x04\x30\x80\x05\x00\x05\x00")
    assert [problem.text for problem in unended.problems if "never ended" in problem.text] == [
        "An element of indefinite length is never ended."
    ]
    assert [element.tag for element in unended.elements] == ["SEQUENCE", "NULL"]


def _count(element: Element) -> int:
    return 1 + sum(map(_count, element.children))


def test_a_whole_certificate_has_no_problem() -> None:
    """What follows all rules gives no problem."""
    reading = read(certificate())
    assert reading.problems == ()
    assert _count(reading.elements[0]) > 25
