"""What must hold of whatever was read of any bytes; each raises AssertionError where it does not."""

import unicodedata
from collections.abc import Iterable, Sequence

from tlsglass.limits import DEFAULTS, MOST_PROBLEMS
from tlsglass.text import COMBINING_RUN, printable_in_body
from tlsglass.x509.elements import UNREADABLE, Element
from tlsglass.x509.model import Extension, Field, Name, Problem, PublicKey, Span
from tlsglass.x509.parts import Part

_SAID = 1_000
"""Characters of a sentence about what is wrong."""

_COPIES = 160
"""How many characters are shown for one byte at most, all lines together: hex and colons on every level of nesting."""

_LARGEST_FIXED = 32 * 1024
"""Bits of the largest key of an algorithm that has keys of one size only."""

_ANY = 20_000
"""Characters that may be shown of anything."""


def nothing(_data: bytes, _result: object) -> None:
    """That it was read at all is what is asked."""


def tiles(elements: Sequence[Element], start: int, end: int, depth: int = 0) -> None:
    """Each byte from start to end belongs to exactly one of the elements, and so on inside each."""
    position = start
    for element in elements:
        assert (element.start, element.depth) == (position, depth)
        assert element.start + element.header <= element.end
        position = element.end + element.trailer
        if element.tag == UNREADABLE:
            assert (element.header, element.trailer, element.children) == (0, 0, ())
        elif element.constructed and depth < DEFAULTS.depth:
            tiles(element.children, element.start + element.header, element.end, depth + 1)
        else:
            assert element.children == ()
    assert position == end


def problems(found: Sequence[Problem], size: int, *, bounded: bool = True) -> None:
    """Sentences, each at a place that exists; `bounded` where what holds them says how many are left out."""
    assert not bounded or len(found) <= MOST_PROBLEMS + 1
    for problem in found:
        sentence(problem.text)
        assert problem.offset is None or 0 <= problem.offset <= size, problem


def sentence(text: str) -> None:
    """A sentence of sensible length."""
    assert text.endswith((".", "…")), text[-80:]
    assert len(text) <= _SAID, len(text)
    text.encode()


def span(found: Span | None, size: int) -> None:
    """A place that exists."""
    assert found is None or (0 <= found.start <= found.end <= size and 0 <= found.header <= size), found


def fields(found: Iterable[Field], size: int) -> None:
    """Every line has a label, a place that exists and an id of its own, and all together are not too long."""
    lines = list(_flat(found))
    shown = 0
    for line in lines:
        assert line.label
        span(line.span, size)
        problems(line.problems, size)
        shown += _text(line.value) + _text(line.summary) + _text(line.label)
    ids = [line.id for line in lines]
    assert len(ids) == len(set(ids))
    assert shown <= _ANY + _COPIES * size, f"{shown:,} characters are shown of {size:,} bytes"


def parts(found: Iterable[Part], size: int) -> None:
    """The same of parts, which have no ids yet."""
    shown = 0
    waiting = list(found)
    while waiting:
        part = waiting.pop()
        assert part.label
        span(part.span, size)
        shown += _text(part.value) + _text(part.summary) + _text(part.label)
        waiting.extend(part.children)
    assert shown <= _ANY + _COPIES * size, f"{shown:,} characters are shown of {size:,} bytes"


def name(found: Name) -> None:
    """Its string can be encoded and is no longer than its bytes allow."""
    assert _text(found.rfc4514) <= _ANY + 64 * len(found.der)
    _text(found.label)
    assert all(attribute.oid and attribute.name for relative in found.rdns for attribute in relative)


def key(found: PublicKey) -> None:
    """Its size is one: no larger than its bytes, unless its algorithm has but one size."""
    assert found.bits is None or 0 <= found.bits <= max(8 * len(found.der), _LARGEST_FIXED)
    _text(found.algorithm)


def extensions(found: Iterable[Extension], size: int) -> None:
    """Each has its bytes, a value and lines."""
    for extension in found:
        span(extension.span, size)
        fields(extension.fields, size)
        _text(extension.value)
        _text(extension.oid)


def drawable(text: str) -> None:
    """Lines without a character that a terminal would obey or hide, and without a flood of marks."""
    marks = 0
    for character in text:
        assert character == "\n" or printable_in_body(character) == character, f"{character!r} in {text!r:.200}"
        marks = marks + 1 if unicodedata.combining(character) else 0
        assert marks <= COMBINING_RUN, f"{text!r:.200}"


def covers_all(pieces: Iterable[tuple[int, int]], size: int) -> None:
    """Pieces follow each other without a gap or an overlap from the first byte to the last."""
    at = 0
    for start, stop in pieces:
        assert start == at, (start, at)
        assert stop >= start
        at = stop
    assert at == size, (at, size)


def _text(text: str) -> int:
    """That it can be encoded; its length."""
    text.encode()
    return len(text)


def _flat(found: Iterable[Field]) -> Iterable[Field]:
    for line in found:
        yield line
        yield from _flat(line.children)
