"""The elements of one level of some bytes, without opening them: for lists of any length. X.690 §8.1.

`x509.der` reads whole trees and keeps them; here a list of a hundred thousand elements costs only their headers.
"""

from collections.abc import Iterator

from tlsglass.frozen import dataclass
from tlsglass.turns import give_way
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element, tag_name
from tlsglass.x509.model import Problem

_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_MORE = 0x80
_LONG_FORM = 0x80
_LONG_TAG_OCTETS = 4
_LONGEST_LENGTH = 8
_END_OF_CONTENTS = b"\0\0"


@dataclass(frozen=True, slots=True)
class Header:
    """Where one element lies; what is in it has not been looked at."""

    start: int
    """Offset of the identifier octet."""

    content: int
    """Offset of the first content octet."""

    end: int
    """Offset after the last content octet."""

    after: int
    """Offset of what follows; two more than `end` where the length is indefinite."""

    tag: str
    """The type in words, as `x509.elements.tag_name` has it."""

    constructed: bool


def header(source: bytes, start: int, end: int, *, clip: bool = False) -> Header:
    """The element at an offset.

    Args:
        source: the bytes.
        start: where it begins.
        end: where what holds it ends.
        clip: whether an element that is longer than what holds it is taken as far as it goes.

    Raises:
        DecodeError: there is none, it is cut off or its length makes no sense.
    """
    give_way()
    found = _read(source, start, end)
    if found.end > end:
        if not clip:
            text = "The element is longer than what holds it."
            raise DecodeError(text, start)
        return Header(start, found.content, end, end, found.tag, found.constructed)
    if found.end >= 0:
        return found
    stop, after = _end_of_indefinite(source, found.content, end)
    return Header(start, found.content, stop, after, found.tag, found.constructed)


def children(source: bytes, holder: Header, problems: list[Problem]) -> Iterator[Header]:
    """The elements in an element, as far as they can be told apart.

    Args:
        source: the bytes.
        holder: what holds them.
        problems: where it does not go on, that is added here.
    """
    position = holder.content if holder.constructed else holder.end
    while position < holder.end:
        try:
            found = header(source, position, holder.end)
        except DecodeError as error:
            problems.append(error.problem)
            return
        yield found
        position = found.after


def opened(source: bytes, found: Header, problems: list[Problem]) -> Element:
    """The same element with all that it holds.

    Args:
        source: the bytes.
        found: where it lies.
        problems: what in it is not DER is added here.
    """
    reading = read(source, found.start, found.after)
    problems.extend(reading.problems)
    return reading.elements[0]


def _read(source: bytes, start: int, limit: int) -> Header:
    """One header; its end is -1 where the length is indefinite, and may lie after the limit."""
    if start + 2 > limit:
        text = "An element is cut off before its length."
        raise DecodeError(text, start)
    first = source[start]
    number, position = first & _LONG_TAG, start + 1
    if number == _LONG_TAG:
        number, position = _long_tag(source, start, limit)
    length = source[position]
    position += 1
    constructed = bool(first & _CONSTRUCTED)
    tag = tag_name(first >> 6, number)
    if length == _LONG_FORM and constructed:
        return Header(start, position, -1, -1, tag, constructed)
    if length >= _LONG_FORM:
        octets = length - _LONG_FORM
        if not 0 < octets <= _LONGEST_LENGTH or position + octets > limit:
            text = "A length is cut off or uses a form that no one uses."
            raise DecodeError(text, start)
        length = int.from_bytes(source[position : position + octets])
        position += octets
    end = position + length
    return Header(start, position, end, end, tag, constructed)


def _long_tag(source: bytes, start: int, limit: int) -> tuple[int, int]:
    """A tag number of several octets, and the offset of the length; there is at least one octet left for it."""
    number = 0
    for position in range(start + 1, min(start + 1 + _LONG_TAG_OCTETS, limit - 1)):
        number = number << 7 | source[position] & 0x7F
        if source[position] < _MORE:
            return number, position + 1
    text = "The tag is cut off or too large."
    raise DecodeError(text, start)


def _end_of_indefinite(source: bytes, start: int, limit: int) -> tuple[int, int]:
    """The offsets of the end-of-contents octets that end an element, and of what follows them. X.690 §8.1.5."""
    position, depth = start, 0
    while position < limit:
        if source[position : min(position + 2, limit)] == _END_OF_CONTENTS:
            if depth == 0:
                return position, position + 2
            depth -= 1
            position += 2
            continue
        found = _read(source, position, limit)
        if found.end < 0:
            depth += 1
        position = found.content if found.end < 0 else found.end
    text = "An element of indefinite length is never ended."
    raise DecodeError(text, start)
