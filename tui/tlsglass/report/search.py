"""Finding text, object identifiers and bytes in the outline, and in what its lines were read from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tlsglass.frozen import dataclass
from tlsglass.report.lines import Node
from tlsglass.report.lookup import line_at

_BYTES = re.compile(r"(?:0x)?[0-9a-f]{2}(?:[\s:]*[0-9a-f]{2})*\Z", re.IGNORECASE)
_OID = re.compile(r"[0-2](?:\.[0-9]{1,20}){2,40}\Z")
_CLEARLY_BYTES = 6
"""Digits from which digits alone are taken for bytes too: shorter words may be made of them by chance."""

_SHORTEST_IN_BYTES = 3
"""Characters of a text that is also looked for in the bytes behind the lines."""

_MOST_PLACES = 10_000
"""Places that are looked at in the bytes of one certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for."""

    text: str
    """As typed, in lower case."""

    pattern: re.Pattern[bytes] | None
    """Finds it in bytes; None where only lines are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where it is."""

    key: str
    """The key of the line; empty where only bytes are looked at."""

    start: int | None = None
    """The first byte of it, where it is in the bytes."""

    end: int | None = None
    """The byte after the last."""


def wanted(typed: str, *, as_bytes: bool = False) -> Wanted | None:
    """Understand what was typed.

    Args:
        typed: text in any case, an object identifier, or bytes as pairs of hexadecimal digits.
        as_bytes: whether bytes are looked at only, so that two digits already stand for one.

    Returns:
        None where nothing was typed.
    """
    text = typed.strip().lower()
    if not text:
        return None
    digits = re.sub(r"[\s:]", "", text.removeprefix("0x"))
    alternatives = []
    if _BYTES.match(text) and (as_bytes or text != digits or len(digits) >= _CLEARLY_BYTES):
        alternatives.append(re.escape(bytes.fromhex(digits)))
    if _OID.match(text):
        alternatives.append(re.escape(_object_identifier(text)))
    if as_bytes or len(text) >= _SHORTEST_IN_BYTES:
        alternatives += [_in_any_case(text, codec) for codec in ("utf-8", "utf-16-be")]
    return Wanted(text=text, pattern=re.compile(b"|".join(alternatives)) if alternatives else None)


def places(der: bytes, looked_for: Wanted) -> Iterator[Hit]:
    """Where it is in some bytes.

    Args:
        der: the bytes.
        looked_for: what is looked for.

    Yields:
        The places in order, without overlap.
    """
    if looked_for.pattern is None:
        return
    for match in looked_for.pattern.finditer(der):
        yield Hit(key="", start=match.start(), end=match.end())


def hits(lines: Iterable[Node], looked_for: Wanted) -> Iterator[Hit]:
    """Where it is in the outline: in labels and values, and in the bytes that they were read from.

    Args:
        lines: the top lines. They are made as the search comes to them.
        looked_for: what is looked for.

    Yields:
        A hit a line, in the order in which the tree shows them.
    """
    for line in lines:
        yield from _hits_in(line, looked_for, {})


def _hits_in(line: Node, looked_for: Wanted, found: dict[str, Hit]) -> Iterator[Hit]:
    if "/" not in line.key and line.der:
        found = _by_line(line, looked_for)
    below: Sequence[Hit] = ()
    own = found.get(line.key)
    if own is None and _says(line.label, looked_for):
        own = Hit(key=line.key)
    if own is None and _in_value(line, looked_for):
        # What holds others is read as all of them together: the innermost line that says it is meant.
        below = [hit for child in line.children for hit in _hits_in(child, looked_for, found)]
        own = Hit(key=line.key) if not below else None
        yield from (own,) if own is not None else below
        return
    if own is not None:
        yield own
    for child in line.children:
        yield from _hits_in(child, looked_for, found)


def _says(text: str, looked_for: Wanted) -> bool:
    return looked_for.text in text.lower()


def _in_value(line: Node, looked_for: Wanted) -> bool:
    if line.key.endswith("/"):
        return False  # the line that folds the others
    values = (line.summary, line.note) if line.field is None else (line.summary, line.field.value, line.field.reference)
    return any(_says(value, looked_for) for value in values)


def _by_line(line: Node, looked_for: Wanted) -> dict[str, Hit]:
    """The first place in the bytes for each line that such places belong to."""
    found: dict[str, Hit] = {}
    for number, place in enumerate(places(line.der, looked_for)):
        if number == _MOST_PLACES:
            break
        key = line_at(line, place.start or 0).key
        found.setdefault(key, replace(place, key=key))
    return found


def _in_any_case(text: str, codec: str) -> bytes:
    """A pattern for text in a charset, upper and lower case alike."""
    parts = []
    for character in text:
        forms = {form.encode(codec, "replace") for form in (character, character.lower(), character.upper())}
        parts.append(b"(?:" + b"|".join(re.escape(form) for form in sorted(forms)) + b")")
    return b"".join(parts)


def _object_identifier(dotted: str) -> bytes:
    """The content octets of an object identifier. X.690 §8.19."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    octets = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        octets += bytes(reversed(groups))
    return bytes(octets)
