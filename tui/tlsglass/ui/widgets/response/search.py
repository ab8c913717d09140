"""Finding bytes in an answer: what was typed as a pattern, the scan in bounded steps, and the places found.

Who scans in a thread calls `scan` there: it holds the interpreter for a few milliseconds a step and looks at a stop
flag between the steps. It only yields values.
"""

import re
import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from tlsglass.frozen import dataclass
from tlsglass.ui.widgets.response.source import Source

STEP = 64 * 1024
"""Bytes scanned at a time."""

KEPT = 100_000
"""Places that are kept; a scan ends there."""

_HEX = re.compile(r"(?:0x)?(?:[0-9a-f]{2}[\s:]*)+\Z", re.IGNORECASE)

_BETWEEN = re.compile(r"[\s:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for."""

    text: str
    """As typed."""

    length: int
    """The longest that a match can be, in bytes."""

    spans_in: Callable[[bytes], Iterator[tuple[int, int]]]
    """The matches in some bytes, in order and without overlap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One step of a scan."""

    starts: tuple[int, ...]
    """First byte of each match, in order."""

    stops: tuple[int, ...]
    """The byte after the last of each."""

    scanned: int
    """Bytes from the start that have been looked at."""


def query(text: str, *, codec: str, as_bytes: bool) -> Query | None:
    """What was typed as a pattern, or None for nothing.

    Args:
        text: what was typed; upper and lower case are the same.
        codec: how the answer is read.
        as_bytes: whether pairs of hexadecimal digits stand for bytes.
    """
    if not text:
        return None
    if as_bytes and could_be_bytes(text):
        wanted = bytes.fromhex(_BETWEEN.sub("", text.strip().lower().removeprefix("0x")))
        return Query(text=text, length=len(wanted), spans_in=lambda data: _spans(data, wanted))
    if text.isascii():
        folded = text.lower().encode("ascii")
        return Query(text=text, length=len(folded), spans_in=lambda data: _spans(data.lower(), folded))
    pattern, length = _pattern(text, codec)
    return Query(text=text, length=length, spans_in=lambda data: (match.span() for match in pattern.finditer(data)))


def could_be_bytes(text: str) -> bool:
    """Whether text is pairs of hexadecimal digits, so that it means something else where bytes are looked for."""
    return _HEX.match(text.strip()) is not None


def _spans(data: bytes, wanted: bytes) -> Iterator[tuple[int, int]]:
    """The places of some bytes; ten times as quick as a pattern that ignores case."""
    at = data.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = data.find(wanted, at + len(wanted))


def _pattern(text: str, codec: str) -> tuple[re.Pattern[bytes], int]:
    """A pattern for text in any case, as bytes of a charset, and the most bytes that it can match."""
    parts: list[bytes] = []
    length = 0
    for character in text:
        forms = {form.encode(codec, "replace") for form in (character, character.lower(), character.upper())}
        length += max(map(len, forms))
        alternatives = b"|".join(re.escape(form) for form in sorted(forms))
        parts.append(b"(?:" + alternatives + b")")
    return re.compile(b"".join(parts)), length


def scan(source: Source, wanted: Query, start: int, is_stopped: Callable[[], bool]) -> Iterator[Found]:
    """Look for a query from an offset to the end of what the source holds by now.

    Args:
        source: where to look.
        wanted: what to look for.
        start: the first byte at which a match may begin.
        is_stopped: asked before each step; true ends the scan.

    Yields:
        What each step found, in order; matches don't overlap.
    """
    at = start
    size = source.size
    while at < size and not is_stopped():
        data = source.read(at, STEP + wanted.length - 1)
        if not data:
            return
        after = min(STEP, len(data))
        starts, stops = [], []
        for start_in, stop_in in wanted.spans_in(data):
            if start_in >= STEP:
                break
            starts.append(at + start_in)
            stops.append(at + stop_in)
            after = max(after, stop_in)
        at += after
        yield Found(starts=tuple(starts), stops=tuple(stops), scanned=min(at, size))


def gathered(steps: Iterable[Found], seconds: float) -> Iterator[Found]:
    """The steps of a scan, those of so many seconds put together, so that telling of them costs little."""
    starts: list[int] = []
    stops: list[int] = []
    scanned = 0
    told = time.monotonic()
    for step in steps:
        starts += step.starts
        stops += step.stops
        scanned = step.scanned
        if time.monotonic() - told >= seconds or len(starts) >= KEPT:
            yield Found(starts=tuple(starts), stops=tuple(stops), scanned=scanned)
            starts, stops, told = [], [], time.monotonic()
    if scanned:
        yield Found(starts=tuple(starts), stops=tuple(stops), scanned=scanned)


class Places:
    """The matches found so far, in order and in little memory."""

    def __init__(self) -> None:
        """Begin with none."""
        self._starts = array("Q")
        self._stops = array("Q")
        self.scanned = 0
        """Bytes from the start that have been looked at."""

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self._starts[index], self._stops[index]

    @property
    def full(self) -> bool:
        """Whether no more are kept."""
        return len(self._starts) >= KEPT

    def add(self, found: Found) -> bool:
        """Take in one step of a scan, and say whether more can be kept."""
        self.scanned = found.scanned
        room = KEPT - len(self._starts)
        self._starts.extend(found.starts[:room])
        self._stops.extend(found.stops[:room])
        return not self.full

    def resume(self, wanted: Query) -> int:
        """Where to go on once there is more: a match may have begun in the last bytes looked at."""
        return max(self._stops[-1] if self._stops else 0, self.scanned - wanted.length + 1)

    def at_or_after(self, offset: int) -> int | None:
        """The index of the first match that begins at an offset or later."""
        index = bisect_left(self._starts, offset)
        return index if index < len(self._starts) else None

    def within(self, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Index, first byte and byte after the last of each match that touches a range."""
        index = bisect_right(self._stops, start)
        while index < len(self._starts) and self._starts[index] < stop:
            yield index, self._starts[index], self._stops[index]
            index += 1
