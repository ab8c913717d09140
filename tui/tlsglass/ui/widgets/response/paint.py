"""A row's bytes as a strip of cells, and the way back from a character on the screen to its byte."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tlsglass.frozen import dataclass
from tlsglass.ui.widgets.response.charset import drawn, is_plain

WIDE_HEX = 76
"""Cells that sixteen bytes a row need."""

_GROUP = 8
_VISIBLE = range(0x20, 0x7F)


class Part(Enum):
    """What a row belongs to."""

    STATUS = auto()
    FIELD = auto()
    """The first row of a header field: its name stands before a colon."""

    VALUE = auto()
    """A further row of the head."""

    BODY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The styles of one theme."""

    body: Style
    status: Style
    name: Style
    escape: Style
    """For what stands for something that can't be drawn, so that it is told from the same characters as text."""

    offset: Style
    match: Style
    current: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row to be painted."""

    data: bytes
    """Without its line end."""

    offset: int
    """Of its first byte."""

    part: Part = Part.BODY
    matches: tuple[tuple[int, int, bool], ...] = ()
    """First byte, byte after the last, and whether it is the current one; in order."""


def paint_text(row: Row, palette: Palette, codec: str) -> Strip:
    """A row of text."""
    pieces: list[Segment] = []
    if is_plain(row.data):
        text = row.data.decode("ascii")
        for start, stop, style in _stretches(row, palette):
            pieces.append(Segment(text[start:stop], style))
        return Strip(pieces, len(text))
    stretches = _stretches(row, palette)
    _, until, style = next(stretches)
    run: list[str] = []
    width = 0
    run_style = style
    for at, text, cells in drawn(row.data, codec):
        while at >= until:
            _, until, style = next(stretches)
        wanted = style + palette.escape if len(text) > 1 and text[0] == "\\" else style
        if wanted is not run_style and wanted != run_style:
            pieces.append(Segment("".join(run), run_style))
            run, run_style = [], wanted
        run.append(text)
        width += cells
    pieces.append(Segment("".join(run), run_style))
    return Strip([piece for piece in pieces if piece.text], width)


def text_index(row: Row, codec: str, byte: int) -> int:
    """How many cells of a row of text come before a byte of the answer."""
    return sum(cells for at, _, cells in drawn(row.data, codec) if row.offset + at < byte)


def byte_of_text(row: Row, codec: str, index: int) -> int:
    """The byte of the answer that the character at an index of a row's text stands for."""
    length = 0
    for at, text, _ in drawn(row.data, codec):
        length += len(text)
        if length > index:
            return row.offset + at
    return row.offset + len(row.data)


def paint_hex(row: Row, palette: Palette, per_row: int) -> Strip:
    """A row of bytes: offset, hexadecimal in groups of eight, and the visible ones as ASCII."""
    pairs: list[Segment] = []
    letters: list[Segment] = []
    styles = [style for start, stop, style in _stretches(row, palette) for _ in range(start, stop)]
    for index in range(per_row):
        gap = "" if index == 0 else "  " if index % _GROUP == 0 else " "
        if index >= len(row.data):
            pairs.append(Segment(gap + "  ", palette.body))
            continue
        byte, style = row.data[index], styles[index]
        # The gap inside of a match belongs to it, so that a match reads as one bar.
        joined = index > 0 and style is styles[index - 1]
        pairs.append(Segment(gap, style if joined else palette.body))
        pairs.append(Segment(f"{byte:02x}", style))
        visible = byte in _VISIBLE
        letters.append(Segment(chr(byte) if visible else "·", style if visible else style + palette.escape))
    pieces = [Segment(f"{row.offset:08x}  ", palette.offset), *pairs, Segment("  ", palette.body), *letters]
    return Strip(Segment.simplify(piece for piece in pieces if piece.text))


def byte_of_hex(row: Row, per_row: int, index: int) -> int:
    """The byte of the answer under a column of a row of bytes."""
    first = 10
    letters = first + per_row * 3 - 1 + (per_row - 1) // _GROUP + 2
    if index >= letters:
        place = index - letters
    else:
        column = max(0, index - first)
        place = (column - column // (_GROUP * 3 + 1)) // 3
    return row.offset + min(place, len(row.data))


def _stretches(row: Row, palette: Palette) -> Iterator[tuple[int, int, Style]]:
    """Start, stop and style of each stretch of a row, relative to it; together they are the row."""
    at = 0
    for start, stop, style in _base_stretches(row, palette):
        for match_start, match_stop, style_over in _relative(row, palette):
            begin, end = max(at, start, match_start), min(stop, match_stop)
            if begin >= end:
                continue
            if begin > at:
                yield at, begin, style
            yield begin, end, style + style_over
            at = end
        if at < stop:
            yield at, stop, style
            at = stop
    if not row.data:
        yield 0, 0, palette.body


def _relative(row: Row, palette: Palette) -> Iterable[tuple[int, int, Style]]:
    return [
        (start - row.offset, stop - row.offset, palette.current if is_current else palette.match)
        for start, stop, is_current in row.matches
    ]


def _base_stretches(row: Row, palette: Palette) -> Iterator[tuple[int, int, Style]]:
    end = len(row.data)
    if row.part is Part.STATUS:
        yield 0, end, palette.status
        return
    colon = row.data.find(b":") if row.part is Part.FIELD else -1
    if colon > 0:
        yield 0, colon, palette.name
    yield max(0, colon), end, palette.body
