"""Which bytes stand in which row: as text, wrapped or not, and as hexadecimal.

An answer of any size opens at once because nothing is counted up front. It is laid out in chunks of 16 KiB, each alone
and only when it comes near the eye; a chunk not yet seen has an estimate of its rows. Whoever scrolls calls `settle`,
which lays out what is around a row and says where that row went, so that what is drawn is always exact and only the
scroll bar is an estimate.
"""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from typing import Protocol

from tlsglass.ui.widgets.response.charset import boundary, drawn, is_plain
from tlsglass.ui.widgets.response.source import Source

CHUNK = 16 * 1024
"""Bytes laid out at a time. A chunk's rows reach over its end to the end of its last line, or one chunk at most."""

SEGMENT = 2048
"""Bytes after which a line that isn't wrapped goes on in the next row."""

LAYOUTS_KEPT = 32
_BYTES_A_CELL = 16
"""Bytes that one cell can hold at most before a row ends, so that a flood of marks without width can't make one row."""


class Rows(Protocol):
    """A way to cut an answer into rows."""

    @property
    def total(self) -> int:
        """Rows in all, as far as known."""

    def settle(self, row: int, margin: int) -> int:
        """Make all exact from `margin` rows before a row to as many after it, and say which number it has now."""

    def extent(self, row: int) -> tuple[int, int]:
        """First byte of a row, and the one after its last, its line end included."""

    def row_of(self, offset: int) -> int:
        """The row that holds a byte."""

    def grow(self) -> None:
        """Take in what the source holds by now."""


class HexRows:
    """Rows of so many bytes each."""

    def __init__(self, source: Source, per_row: int) -> None:
        """Cut a source into rows of `per_row` bytes."""
        self._source = source
        self._size = source.size
        self.per_row = per_row

    @property
    def total(self) -> int:
        """Rows in all."""
        return -(-self._size // self.per_row)

    def settle(self, row: int, margin: int) -> int:  # noqa: ARG002 - a row of bytes is where it is
        """All is exact already."""
        return row

    def extent(self, row: int) -> tuple[int, int]:
        """First byte of a row, and the one after its last."""
        start = row * self.per_row
        return start, min(start + self.per_row, self._size)

    def row_of(self, offset: int) -> int:
        """The row that holds a byte."""
        return max(0, min(offset, self._size - 1)) // self.per_row

    def grow(self) -> None:
        """Take in what the source holds by now."""
        self._size = self._source.size


class TextRows:
    """Rows of text: lines, cut where they are wider than the view or longer than `SEGMENT` bytes."""

    def __init__(self, source: Source, *, wrap: int | None, codec: str = "utf-8") -> None:
        """Cut a source into rows.

        Args:
            source: the bytes, which may still grow.
            wrap: cells that a row holds, or None for rows as long as their lines.
            codec: how the bytes are read.
        """
        self._source = source
        self._wrap = wrap
        self._codec = codec
        self._chunk = CHUNK if wrap is None else max(1, CHUNK // wrap) * wrap
        self._size = 0
        self._counts: list[int] = []
        self._bases: list[int] | None = None
        self._known: set[int] = set()
        self._seen_rows = 0
        self._layouts: OrderedDict[int, array[int]] = OrderedDict()
        self.grow()

    @property
    def total(self) -> int:
        """Rows in all: exact for what has been laid out, an estimate for the rest."""
        return self._base(len(self._counts))

    def settle(self, row: int, margin: int) -> int:
        """Make all exact from `margin` rows before a row to as many after it, and say which number it has now."""
        if not self._counts:
            return 0
        chunk, index = self._locate(row)
        guessed = self._counts[chunk]
        exact = self._measure(chunk)
        if guessed != exact:
            index = index * (exact - 1) // max(1, guessed - 1)  # the last row stays the last
        index = max(0, min(index, exact - 1))
        for step, missing in ((-1, margin - index), (1, margin - (exact - index))):
            at, rows = chunk + step, missing
            while rows > 0 and 0 <= at < len(self._counts):
                rows -= self._measure(at)
                at += step
        return min(self._base(chunk) + index, self.total - 1)

    def extent(self, row: int) -> tuple[int, int]:
        """First byte of a row, and the one after its last, its line end included."""
        if not 0 <= row < self.total:
            return self._size, self._size
        chunk, index = self._locate(row)
        starts = self._layout(chunk)
        if index + 1 >= len(starts):
            return self._size, self._size
        return starts[index], starts[index + 1]

    def row_of(self, offset: int) -> int:
        """The row that holds a byte, whose surroundings become exact up to its chunk's ends."""
        if not self._counts:
            return 0
        offset = max(0, min(offset, self._size - 1))
        chunk = offset // self._chunk
        if offset < self._start(chunk):
            chunk -= 1
        self._measure(chunk)
        return self._base(chunk) + max(0, bisect_right(self._layout(chunk), offset) - 1)

    def grow(self) -> None:
        """Take in what the source holds by now; only the last two chunks can come to hold other rows."""
        size = self._source.size
        if size == self._size:
            return
        self._size = size
        for chunk in range(max(0, len(self._counts) - 2), len(self._counts)):
            self._layouts.pop(chunk, None)
            if chunk in self._known:
                self._known.discard(chunk)
                self._seen_rows -= self._counts[chunk]
        self._bases = None
        if not self._counts:
            self._counts.append(0)
        self._measure(0)
        missing = -(-size // self._chunk) - len(self._counts)
        if missing > 0:
            self._counts.extend([max(1, self._seen_rows // len(self._known))] * missing)
            self._bases = None

    def _base(self, chunk: int) -> int:
        if self._bases is None:
            self._bases = list(accumulate(self._counts, initial=0))
        return self._bases[chunk]

    def _locate(self, row: int) -> tuple[int, int]:
        self._base(0)
        bases = self._bases or [0]
        chunk = max(0, min(bisect_right(bases, max(0, row)) - 1, len(self._counts) - 1))
        return chunk, max(0, row) - bases[chunk]

    def _measure(self, chunk: int) -> int:
        if chunk not in self._known:
            rows = len(self._layout(chunk)) - 1
            self._known.add(chunk)
            self._seen_rows += rows
            if rows != self._counts[chunk]:
                self._counts[chunk] = rows
                self._bases = None
        return self._counts[chunk]

    def _start(self, chunk: int) -> int:
        """Where a chunk's first row starts: at its first line start, or inside of a line that has no end in it."""
        if chunk == 0:
            return 0
        nominal = chunk * self._chunk
        if nominal >= self._size:
            return self._size
        data = self._source.read(nominal - 1, self._chunk)
        line_end = data.find(b"\n")
        if line_end >= 0:
            return min(nominal + line_end, self._size)
        if self._codec != "utf-8":
            return nominal
        before = self._source.read(nominal - 4, 8)
        return nominal - 4 + boundary(before, 4, self._codec)

    def _layout(self, chunk: int) -> "array[int]":
        """Where each row of a chunk starts, and where the last one ends."""
        kept = self._layouts.get(chunk)
        if kept is not None:
            self._layouts.move_to_end(chunk)
            return kept
        start, stop = self._start(chunk), self._start(chunk + 1)
        starts = array("Q")
        data = self._source.read(start, stop - start)
        at = 0
        while at < len(data):
            line_end = data.find(b"\n", at)
            after = len(data) if line_end < 0 else line_end + 1
            starts.append(start + at)
            self._cut(data[at:after], start + at, starts)
            at = after
        starts.append(stop)
        self._layouts[chunk] = starts
        if len(self._layouts) > LAYOUTS_KEPT:
            self._layouts.popitem(last=False)
        return starts

    def _cut(self, line: bytes, offset: int, starts: "array[int]") -> None:
        """Add where the second and further rows of a line start."""
        text = without_line_end(line)
        if self._wrap is None:
            at = boundary(text, SEGMENT, self._codec)
            while at < len(text):
                starts.append(offset + at)
                at += boundary(text[at : at + SEGMENT + 1], SEGMENT, self._codec)
        elif len(text) > self._wrap and is_plain(text):
            starts.extend(range(offset + self._wrap, offset + len(text), self._wrap))
        elif not is_plain(text):
            self._cut_by_cells(text, offset, starts)

    def _cut_by_cells(self, text: bytes, offset: int, starts: "array[int]") -> None:
        wrap = self._wrap or SEGMENT
        at = 0
        while at < len(text):
            column = 0
            cut = len(text)
            # A row is drawn from its own first byte, so tabs are counted from there and not from the line's start.
            for inner, _, cells in drawn(text[at : at + wrap * _BYTES_A_CELL], self._codec):
                column += cells
                if column > wrap and inner:
                    cut = at + inner
                    break
            else:
                cut = at + boundary(text[at:], wrap * _BYTES_A_CELL, self._codec)
            at = cut
            if at < len(text):
                starts.append(offset + at)


def extents(rows: Rows, top: int, height: int) -> list[tuple[int, int]]:
    """The bytes of each of so many rows; what they are is always the same, as an answer only grows.

    Args:
        rows: all of them.
        top: the first.
        height: how many, unless there are fewer.
    """
    return [rows.extent(row) for row in range(top, min(top + height, rows.total))]


def without_line_end(line: bytes) -> bytes:
    r"""A row without its line end, `\n` or `\r\n`."""
    if not line.endswith(b"\n"):
        return line
    return line[:-2] if line.endswith(b"\r\n") else line[:-1]
