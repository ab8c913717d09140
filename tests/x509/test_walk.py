"""The elements of one level, without opening them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.x509.der_writer import number, seq, tlv
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.model import Problem
from tlsglass.x509.walk import children, header, opened


def _walked(data: bytes) -> tuple[list[tuple[int, int, int, str]], list[str]]:
    problems: list[Problem] = []
    top = header(data, 0, len(data))
    found = [(child.start, child.content, child.end, child.tag) for child in children(data, top, problems)]
    return found, [problem.text for problem in problems]


def test_elements_are_told_apart() -> None:
    """With their offsets, by their tags, long ones too."""
    data = seq(number(5), tlv(0x04, bytes(200)), b"\x9f\x81\x01\x01x", b"\x7f\x21\x00")
    assert _walked(data) == (
        [
            (3, 5, 6, "INTEGER"),
            (6, 9, 209, "OCTET STRING"),
            (209, 213, 214, "[129]"),
            (214, 217, 217, "[APPLICATION 33]"),
        ],
        [],
    )


def test_indefinite_lengths_end_where_they_are_ended() -> None:
    """Others in them are passed over. X.690 §8.1.5."""
    inner = b"\x24\x80" + tlv(0x04, b"\0\0") + b"\0\0"
    data = b"\x30\x80" + inner + number(1) + b"\0\0" + b"after"
    top = header(data, 0, len(data))
    assert (top.end, top.after) == (len(data) - 7, len(data) - 5)
    found = list(children(data, top, []))
    assert [child.tag for child in found] == ["OCTET STRING", "INTEGER"]
    assert found[0].after - found[0].end == 2
    problems: list[Problem] = []
    assert opened(data, found[0], problems).children[0].content == b"\0\0"
    assert problems


def test_what_is_primitive_has_no_children() -> None:
    """Whatever its bytes look like."""
    assert _walked(tlv(0x04, number(1))) == ([], [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "An element is cut off before its length."),
        (b"\x30", "An element is cut off before its length."),
        (b"\x30\x05\x00", "The element is longer than what holds it."),
        (b"\x30\xff", "A length is cut off or uses a form that no one uses."),
        (b"\x30\x82\x01", "A length is cut off or uses a form that no one uses."),
        (b"\x04\x80", "A length is cut off or uses a form that no one uses."),
        (b"\x30\x89" + bytes(9), "A length is cut off or uses a form that no one uses."),
        (b"\x1f\xff", "The tag is cut off or too large."),
        (b"\x1f\xff\xff\xff\xff\xff\x01\x00", "The tag is cut off or too large."),
        (b"\x30\x80\x30\x80\0\0", "An element of indefinite length is never ended."),
        (b"\x30\x80\x05", "An element is cut off before its length."),
    ],
)
def test_what_is_no_element_is_refused(data: bytes, text: str) -> None:
    """With its offset; in a list that ends it."""
    with pytest.raises(DecodeError) as raised:
        header(data, 0, len(data))
    assert str(raised.value) == text
    problems: list[Problem] = []
    held = tlv(0x30, number(1), data) if data else tlv(0x30)
    list(children(held, header(held, 0, len(held)), problems))
    assert bool(problems) == bool(data)


def test_what_is_cut_off_can_be_taken_as_far_as_it_goes() -> None:
    """Where that is asked for."""
    assert header(b"\x30\x05\x00", 0, 3, clip=True).end == 3


@settings(derandomize=True, max_examples=200, deadline=None, database=None)
@given(
    st.recursive(
        st.builds(tlv, st.sampled_from([2, 4, 5, 12]), st.binary(max_size=200)),
        lambda parts: st.builds(lambda found: seq(*found), st.lists(parts, max_size=4)),
        max_leaves=12,
    )
)
def test_the_reader_of_trees_agrees(data: bytes) -> None:
    """On every well-formed value."""
    top = header(data, 0, len(data))
    element = read(data).elements[0]
    assert (top.start, top.end, top.tag, top.constructed) == (
        element.start,
        element.end,
        element.tag,
        element.constructed,
    )
    assert [(child.start, child.end) for child in children(data, top, [])] == [
        (child.start, child.end) for child in element.children
    ]
