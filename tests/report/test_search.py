"""Finding text, object identifiers and bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import LEAF, TRUSTED
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.report.search import Hit, hits, places, wanted
from tlsglass.x509.containers.model import Kind, item
from tlsglass.x509.model import Field


def _found(typed: str) -> list[Hit]:
    looked_for = wanted(typed)
    assert looked_for is not None
    return list(hits(outline(TRUSTED), looked_for))


def test_nothing_is_looked_for() -> None:
    """An empty line is no search."""
    assert wanted("  ") is None


def test_text_in_labels_and_values() -> None:
    """In any case; the innermost line that says it, in the order of the tree."""
    keys = [hit.key for hit in _found("CN=MIDDLE")]
    assert keys
    assert all(key.endswith(("/subject", "/issuer")) for key in keys)
    assert [hit.key.rpartition("/")[2] for hit in _found("Serial")][:1] == ["serial"]
    assert _found("no such thing") == []


def test_an_object_identifier_is_found_in_the_bytes() -> None:
    """Subject alternative name: 2.5.29.17, whose DER no line spells."""
    found = [hit for hit in _found("2.5.29.17") if hit.key.startswith(LEAF.sha256)]
    spelled = {LEAF.der[hit.start : hit.end] for hit in found if hit.start is not None}
    assert spelled == {b"\x55\x1d\x11"}


@pytest.mark.parametrize("typed", ["55 1d 11", "55:1d:11", "0x551d11", "551d11"])
def test_bytes(typed: str) -> None:
    """As pairs of digits, with or without something between them."""
    assert any(hit.start is not None for hit in _found(typed))


def test_short_words_of_digits_are_no_bytes() -> None:
    """Unless only bytes are looked at."""
    as_text, as_bytes = wanted("de"), wanted("de", as_bytes=True)
    assert as_text is not None
    assert as_text.pattern is None
    assert list(places(b"\xde", as_text)) == []
    assert as_bytes is not None
    assert [hit.start for hit in places(b"\xde DE", as_bytes)] == [0, 2]


def test_wide_characters() -> None:
    """A BMPString is found by its text."""
    looked_for = wanted("Büro")
    assert looked_for is not None
    assert [(hit.start, hit.end) for hit in places(b"x" + "BÜRO".encode("utf-16-be"), looked_for)] == [(1, 9)]


def test_large_arcs() -> None:
    """X.690 §8.19: base 128, the high bit on all octets but the last."""
    looked_for = wanted("1.2.840.113549")
    assert looked_for is not None
    assert [hit.start for hit in places(bytes.fromhex("00 2a864886f70d"), looked_for)] == [1]


def test_very_many_places_end() -> None:
    """A value made of one byte a million times is no trap."""
    der = b"\xab" * 100_000
    line = Node(key="x", label="", summary="", item=item(Kind.REQUEST, der, ""))
    looked_for = wanted("ab:ab")
    assert looked_for is not None
    assert [hit.key for hit in hits([line], looked_for)] == ["x"]


def test_a_folded_line_is_not_found_for_what_it_folds() -> None:
    """The line 'Fields' repeats what the lines in it say."""
    assert not any(hit.key.endswith("/") for hit in _found("CN=Root"))


def test_a_parent_says_it_when_no_child_does() -> None:
    """A value that is split over two children is still found."""
    children = (
        Node(key="a/b.0", label="x", summary="one", field=Field(id="b.0", label="x", value="one")),
        Node(key="a/b.1", label="x", summary="two", field=Field(id="b.1", label="x", value="two")),
    )
    parent = Node(key="a/b", label="y", summary="", field=Field(id="b", label="y", value="one,two"), children=children)
    for typed, keys in (("one,t", ["a/b"]), ("one", ["a/b.0"]), ("y", ["a/b"])):
        looked_for = wanted(typed)
        assert looked_for is not None
        assert [hit.key for hit in hits([parent], looked_for)] == keys


@settings(max_examples=60)
@given(st.text(max_size=20))
def test_any_text(typed: str) -> None:
    """Nothing raises, and whatever is found has a key."""
    looked_for = wanted(typed)
    if looked_for is not None:
        assert all(hit.key for hit in hits(outline(TRUSTED), looked_for))
