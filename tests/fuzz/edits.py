"""Damage to real material, as values: each edit changes some bytes, and a list of them makes an input of a seed.

Edits are total: whatever their numbers are, they fit the bytes that they meet. So a random generator and hypothesis
can both make them up, and a failing list can be made shorter edit by edit.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz.parser import Form
from tests.fuzz.tokens import TOKENS
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, Element

LARGEST = 48 * 1024
"""Bytes that an input may have: enough to tell linear from quadratic."""

_PLACES = 1 << 16
_WIDTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change."""

    kind: int
    """What is done, as a number of `_BY_FORM`, taken modulo their count."""

    place: int
    """Where, in parts of `_PLACES` of the whole."""

    size: int
    """How much, or how often."""

    data: bytes
    """What is put in, where something is."""


def edited(seed: bytes, edits: Sequence[Edit], form: Form, others: Sequence[bytes]) -> bytes:
    """Make an input.

    Args:
        seed: real material.
        edits: what is done to it, one after the other.
        form: what is known of it.
        others: further material, of which pieces are put in.

    Returns:
        At most `LARGEST` bytes, unless the seed itself has more.
    """
    data = seed
    most = max(LARGEST, len(seed))
    for edit in edits:
        ways = _BY_FORM[form]
        data = ways[edit.kind % len(ways)](data, edit, others)[:most]
    return data


def random_edits(random_source: random.Random, form: Form, most: int = 6) -> list[Edit]:
    """Some edits, a few more often than many.

    Args:
        random_source: decides.
        form: whose tokens are put in.
        most: how many at most.
    """
    made = []
    for _ in range(1 + int(most * random_source.random() ** 2)):
        odd = random_source.random()
        if odd < 0.5:
            data = random_source.choice(TOKENS[form])
        else:
            data = random_source.randbytes(int(24 * random_source.random() ** 3))
        size = int(600 * random_source.random() ** 4)
        made.append(Edit(random_source.randrange(1 << 10), random_source.randrange(_PLACES), size, data))
    return made


def edits(form: Form) -> st.SearchStrategy[list[Edit]]:
    """The same for hypothesis, none at all included."""
    data = st.sampled_from(TOKENS[form]) | st.binary(max_size=24)
    size = st.integers(0, 40) | st.integers(0, 40) | st.integers(0, 600)
    one = st.builds(Edit, st.integers(0, len(_BY_FORM[form]) - 1), st.integers(0, _PLACES - 1), size, data)
    return st.lists(one, max_size=6)


def _at(data: bytes, edit: Edit) -> int:
    return edit.place * (len(data) + 1) // _PLACES


def _put_in(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    at = _at(data, edit)
    return data[:at] + edit.data + data[at:]


def _overwrite(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    at = _at(data, edit)
    new = edit.data or bytes([edit.size & 0xFF])
    return data[:at] + new + data[at + len(new) :]


def _take_out(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    at = _at(data, edit)
    return data[:at] + data[at + 1 + edit.size % 64 :]


def _cut(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return data[: _at(data, edit)]


def _repeat(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    """A piece over and over, up to the largest size."""
    at = _at(data, edit)
    piece = edit.data or data[at : at + 1 + edit.size % 64]
    times = min(1 + edit.size, max(0, LARGEST - len(data)) // max(1, len(piece)))
    return data[:at] + piece * times + data[at:]


def _borrow(data: bytes, edit: Edit, others: Sequence[bytes]) -> bytes:
    """A piece of other material in the place of one of the same size."""
    other = others[edit.size % len(others)]
    at, theirs = _at(data, edit), _at(other, edit)
    size = 1 + edit.size % 200
    return data[:at] + other[theirs : theirs + size] + data[at + size :]


def _swap(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    """Two pieces that follow each other, the other way round."""
    at, size = _at(data, edit), 1 + edit.size
    return data[:at] + data[at + size : at + 2 * size] + data[at : at + size] + data[at + 2 * size :]


def _flip(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    at = _at(data, edit) % max(1, len(data))
    return data[:at] + bytes([data[at] ^ 1 << edit.size % 8]) + data[at + 1 :] if data else b""


# ── ASN.1: an element is changed, and all lengths around it are written anew. ─────────────────────────────────────────


def _content(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return _with_element(data, edit, lambda whole, head: _head(whole[:head], len(edit.data)) + edit.data)


def _element_gone(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return _with_element(data, edit, lambda _whole, _head_size: b"")


def _element_again(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    def again(whole: bytes, _head_size: int) -> bytes:
        return whole * min(1 + edit.size, max(1, LARGEST // max(1, len(whole))))

    return _with_element(data, edit, again)


def _element_else(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return _with_element(data, edit, lambda _whole, _head_size: edit.data)


def _element_before(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return _with_element(data, edit, lambda whole, _head_size: edit.data + whole)


def _tag(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    return _with_element(data, edit, lambda whole, _head_size: bytes([edit.size & 0xFF]) + whole[1:])


def _deeper(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    """An element in so many others."""

    def wrapped(whole: bytes, _head_size: int) -> bytes:
        tag = edit.data[:1] if edit.data[:1] and edit.data[0] & 0x1F != 0x1F else b"\x30"
        for _ in range(1 + edit.size % 40):
            whole = _head(tag, len(whole)) + whole
        return whole

    return _with_element(data, edit, wrapped)


def _graft(data: bytes, edit: Edit, others: Sequence[bytes]) -> bytes:
    """An element of other material in the place of one."""
    other = others[edit.size % len(others)]
    theirs = _elements(other)
    found = theirs[edit.size * 7 % len(theirs)].encoded if theirs else b""
    return _with_element(data, edit, lambda _whole, _head_size: found)


def _edit_inside(data: bytes, edit: Edit, others: Sequence[bytes]) -> bytes:
    """Any change to the content of a primitive element."""

    def inside(whole: bytes, head: int) -> bytes:
        way = _ANYWHERE[edit.size % len(_ANYWHERE)]
        new = way(whole[head:], edit, others)[:LARGEST]
        return _head(whole[:head], len(new)) + new

    return _with_element(data, edit, inside)


def _elements(data: bytes) -> list[Element]:
    """All elements, each before those that it holds; an OCTET STRING holds those that it is the encoding of."""
    found: list[Element] = []
    waiting = list(reversed(read(data).elements))
    while waiting and len(found) < 2000:
        element = waiting.pop()
        if element.tag == UNREADABLE:
            continue
        found.append(element)
        inside = element.children
        if element.tag == "OCTET STRING" and element.content[:1] in {b"\x30", b"\x31"}:
            inside = read(data, element.start + element.header, element.end).elements
        waiting.extend(reversed(inside))
    return found


def _with_element(data: bytes, edit: Edit, change: Callable[[bytes, int], bytes]) -> bytes:
    """The bytes with one element changed, and the lengths of all that hold it made right."""
    found = _elements(data)
    if not found:
        return _put_in(data, edit, ())
    chosen = found[edit.place * len(found) // _PLACES]
    start, end = chosen.start, chosen.end + chosen.trailer
    new = change(data[start:end], chosen.header)
    holders = [each for each in found if each.start + each.header <= start and end <= each.end and each is not chosen]
    for holder in sorted(holders, key=lambda each: each.start, reverse=True):
        content = data[holder.start + holder.header : start] + new + data[end : holder.end]
        new = _head(data[holder.start : holder.start + holder.header], len(content)) + content
        start, end = holder.start, holder.end + holder.trailer
    return data[:start] + new + data[end:]


def _head(old: bytes, size: int) -> bytes:
    """Identifier and length octets, the identifier as it was."""
    identifier = 1
    if old[:1] and old[0] & 0x1F == 0x1F:
        while identifier < len(old) and old[identifier] >= 0x80:
            identifier += 1
        identifier += 1
    if size < 0x80:
        return old[:identifier] + bytes([size])
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return old[:identifier] + bytes([0x80 | len(length)]) + length


# ── TLS: what stands behind a length is changed, and the lengths that hold it are made right. ─────────────────────────


def _vector(data: bytes, edit: Edit, others: Sequence[bytes]) -> bytes:
    """Any change inside of a vector, whose length follows; likewise the lengths of those that end where it ends."""
    at = _at(data, edit)
    found = _lengths_before(data, at)
    if not found:
        return _overwrite(data, edit, others)
    place, width = found[edit.size % len(found)]
    end = place + width + int.from_bytes(data[place : place + width])
    way = _ANYWHERE[edit.size // 8 % len(_ANYWHERE)]
    new = way(data[place + width : end], edit, others)[:LARGEST]
    grown = len(new) - (end - place - width)
    out = bytearray(data[: place + width] + new + data[end:])
    for outer, size in (*_holders(data, place, end), (place, width)):
        value = int.from_bytes(data[outer : outer + size]) + grown
        out[outer : outer + size] = max(0, min(value, (1 << 8 * size) - 1)).to_bytes(size)
    return bytes(out)


def _whole_ones(data: bytes, edit: Edit, _others: Sequence[bytes]) -> bytes:
    """Whole records or messages: one left out, one sent again, or two the other way round."""
    units = _units(data)
    if not units:
        return data
    at = edit.place * len(units) // _PLACES
    match edit.size % 4:
        case 0:
            del units[at]
        case 1:
            units[at:at] = [units[at]] * (1 + edit.size // 4)
        case 2:
            units[at : at + 2] = reversed(units[at : at + 2])
        case _:
            units = units[at:] + units[:at]
    return b"".join(units)


def _units(data: bytes) -> list[bytes]:
    """The records of some bytes, or the handshake messages where they are none; the last one may be cut off."""
    head, width = (5, 2) if data[1:2] == b"\x03" else (4, 3)
    found, at = [], 0
    while at < len(data):
        end = at + head + int.from_bytes(data[at + head - width : at + head])
        found.append(data[at:end])
        at = end
    return found


def _lengths_before(data: bytes, at: int) -> list[tuple[int, int]]:
    """Places before one where a length may stand whose vector holds it."""
    return [
        (place, width)
        for place in range(max(0, at - 40), at)
        for width in _WIDTHS
        if place + width <= at < place + width + int.from_bytes(data[place : place + width]) <= len(data)
    ]


def _holders(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Lengths of vectors around one, as far as they end where it ends or hold it closely before it."""
    return [
        (place, width)
        for place in range(max(0, start - 16), start)
        for width in (3, 2)
        if place + width <= start and place + width + int.from_bytes(data[place : place + width]) == end
    ]


_Way = Callable[[bytes, Edit, Sequence[bytes]], bytes]

_ANYWHERE: tuple[_Way, ...] = (_put_in, _overwrite, _take_out, _cut, _repeat, _borrow, _swap, _flip)
_ON_ELEMENTS: tuple[_Way, ...] = (
    _content, _element_gone, _element_again, _element_else, _element_before, _tag, _deeper, _graft, _edit_inside,
    _edit_inside, _edit_inside,
)  # fmt: skip
_BY_FORM: dict[Form, tuple[_Way, ...]] = {
    Form.BYTES: _ANYWHERE,
    Form.ELEMENTS: (*_ANYWHERE, *_ON_ELEMENTS),
    Form.RECORDS: (*_ANYWHERE, _vector, _vector, _vector, _vector, _whole_ones, _whole_ones),
    Form.LINES: _ANYWHERE,
}
