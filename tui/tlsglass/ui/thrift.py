"""What is written to the terminal, cut to what changes there.

Textual repaints whole widgets: a cursor that moves down by a line costs several kilobytes, and holding the key more
than a slow line carries. Here each cell of the terminal is remembered, and only cells that are to look different are
written. What is not understood passes as it is, and what it may have done to the screen is forgotten.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import get_character_cell_size

from tlsglass.ui.pen import UNKNOWN, Cell, Pen, on_blanks, parts, shows_on_blanks
from tlsglass.ui.shifts import Lines, Shift, likely_shift

_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H|\x1b\[(?P<style>[\d;]*)m|(?P<line>\n)|(?P<text>[^\x00-\x1f]+)"
)
_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?:7|25|100\d|101\d|2004|2026|2031|2048)(?:[hl]|\$p)|\x1b\[[<>=?]\d*[uc]|\x1b\][^\x07\x1b]*\x07)*"
)
"""Modes, questions and the clipboard: none changes a cell."""

_GAP = 4
"""Unchanged cells that are rather written again than jumped over."""

_ERASED_FROM = 6
"""Blank cells up to the end of a line from which on erasing is shorter than writing them."""

_END = 16
"""Bytes that a part of a picture ends with at most: the terminal's own style, and the cursor where it belongs."""


def is_harmless(data: str) -> bool:
    """Whether a write changes no cell of the terminal."""
    return _HARMLESS.fullmatch(data) is not None


@dataclass(slots=True)
class _Span:
    """Cells that are written beside each other."""

    row: int
    column: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, in steps after each of which one may stop."""

    shift: Shift | None
    """Rows that are moved first."""

    steps: list[tuple[int, str]]
    """For each row that is drawn what draws it; the shift comes along with the first."""

    end: str
    """What comes after the last."""

    size: int
    """Bytes of it all."""


class Canvas:
    """The terminal's cells: as they are wanted, and as they were written last."""

    def __init__(self, *, erases_in_colour: bool, colours: bool = True) -> None:
        """Know nothing of the terminal's cells yet.

        Args:
            erases_in_colour: whether the terminal erases with the colour that is set, or only with its own.
            colours: whether colours are written; else of each style only attributes such as bold and reverse are.
        """
        self._colours = colours
        self._erases_in_colour = erases_in_colour
        self._wanted: dict[int, list[Cell]] = {}
        self._shown: dict[int, list[Cell]] = {}
        self._changed: set[int] = set()
        self._cursor: tuple[int, int] | None = None
        self._cursor_shown: tuple[int, int] | None = None
        self._planned: tuple[int, _Plan] | None = None
        """For which width it was, and the plan, until something else is wanted."""

    def forget(self) -> None:
        """Take all cells for unknown: the terminal may have changed them."""
        self._wanted.clear()
        self._shown.clear()
        self._changed.clear()
        self._cursor_shown = None
        self._planned = None

    def take(self, data: str, columns: int, rows: int) -> bool:
        """Note what a write wants the terminal to look like.

        What lies outside of the terminal is passed over, as what is drawn for the size of before is: terminals would
        put it into their last line or column.

        Args:
            data: text with movements of the cursor, styles and line feeds.
            columns: of the terminal.
            rows: of the terminal.

        Returns:
            Whether it was that. Anything else is to be written as it is, and unless it is harmless all is to be
            forgotten.
        """
        found = _spans(data, colours=self._colours)
        if found is None or not data:
            return False
        spans, self._cursor = found
        for span in _within(spans, columns, rows):
            row = self._wanted.setdefault(span.row, [])
            end = span.column + len(span.cells)
            row.extend([UNKNOWN] * (end - len(row)))
            for half in (span.column, end):  # of a wide character the other half stays behind, blank
                if half < len(row) and not row[half][0]:
                    at = half - 1 if half == span.column else half
                    row[at] = " ", on_blanks(row[at][1])
            row[span.column : end] = span.cells
            self._changed.add(span.row)
        self._planned = None
        return True

    def size(self, width: int) -> int:
        """How many bytes are to be written for the terminal to look as wanted.

        Args:
            width: columns of the terminal.
        """
        return self._plan(width).size

    def drawn(self, width: int, most: int | None = None) -> str:
        """What is to be written for the terminal to look as wanted; empty where it does.

        Args:
            width: columns of the terminal.
            most: bytes that it may be; the rest is for another time. A line that alone is longer comes nevertheless.
        """
        plan = self._plan(width)
        self._planned = None
        if most is None or plan.size <= most:
            self._note(plan.shift, [row for row, _ in plan.steps])
            self._changed.clear()
            self._cursor_shown = self._cursor
            return "".join(text for _, text in plan.steps) + plan.end
        written: list[tuple[int, str]] = []
        room = most - _END
        for row, text in plan.steps:
            room -= len(text.encode())
            if written and room < 0:
                break
            written.append((row, text))
        self._note(plan.shift, [row for row, _ in written])
        self._cursor_shown = None
        return "".join(text for _, text in written) + "\x1b[m"

    def _note(self, shift: Shift | None, rows: Iterable[int]) -> None:
        """Take what a plan says for done: that lines are moved, and rows drawn."""
        if shift is not None:
            self._shown.update(shift.moved(self._shown))
            self._changed.update(range(shift.top, shift.bottom + 1))
        for row in rows:
            self._shown[row] = list(self._wanted[row])
            self._changed.discard(row)

    def _plan(self, width: int) -> _Plan:
        if self._planned is None or self._planned[0] != width:
            self._planned = width, self._shortest(width)
        return self._planned[1]

    def _shortest(self, width: int) -> _Plan:
        plain = self._drafted(None, self._shown, self._changed, width)
        shift = likely_shift(self._wanted, self._shown, self._changed, width)
        if shift is None:
            return plain
        shown = {**self._shown, **shift.moved(self._shown)}
        shifted = self._drafted(shift, shown, self._changed.union(range(shift.top, shift.bottom + 1)), width)
        return min(plain, shifted, key=lambda plan: plan.size)

    def _drafted(self, shift: Shift | None, shown: Lines, changed: Iterable[int], width: int) -> _Plan:
        pen = Pen(width, erases_in_colour=self._erases_in_colour)
        if shift is not None:
            pen.scroll(shift.top, shift.bottom, shift.by)
        steps = []
        for row in sorted(changed):
            self._draw(row, shown.get(row, []), pen, width)
            if text := pen.taken():
                steps.append((row, text))
        pen.style("")
        if self._cursor is not None and (steps or shift is not None or self._cursor != self._cursor_shown):
            pen.move(*self._cursor)
        end = pen.taken()
        size = len(end) + sum(len(text.encode()) for _, text in steps)
        return _Plan(shift, steps, end, size)

    def _draw(self, row: int, shown: list[Cell], pen: Pen, width: int) -> None:
        wanted = self._wanted[row]
        shown = shown + [UNKNOWN] * (len(wanted) - len(shown))
        if wanted == shown:
            return
        blanks_from = self._erased_from(wanted, shown, width)
        if _is_odd(wanted) or _is_odd(shown):  # nothing in it is sure to stand where it should
            changed: Iterable[tuple[int, int]] = [(0, blanks_from)]
        else:
            changed = _changed(shown[:blanks_from], wanted[:blanks_from])
        for start, stop in changed:
            pen.write(row, start, wanted[start:stop])
        if blanks_from < len(wanted):
            pen.erase(row, blanks_from, wanted[blanks_from][1])

    def _erased_from(self, wanted: list[Cell], shown: list[Cell], width: int) -> int:
        """Where the blanks begin that are better erased than written; the end of the row where none are."""
        end = len(wanted)
        start = _blanks_from(wanted) if end >= width else end
        can_be = self._erases_in_colour or wanted[-1:] == [(" ", "")]
        return start if can_be and end - start >= _ERASED_FROM and wanted[start:] != shown[start:] else end


def _spans(data: str, *, colours: bool) -> tuple[list[_Span], tuple[int, int] | None] | None:
    """The cells that are written, and where the cursor is left if it is moved last; None where there is more to it."""
    spans: list[_Span] = []
    span: _Span | None = None
    style, seen, at = "", "", 0
    cursor: tuple[int, int] | None = None
    while at < len(data):
        token = _TOKEN.match(data, at)
        if token is None:
            return None
        at = token.end()
        match token.lastgroup:
            case "column":
                cursor = int(token["row"]) - 1, int(token["column"]) - 1
                span = _Span(row=cursor[0], column=cursor[1], cells=[])
                spans.append(span)
            case "style":
                style = _added(style, token["style"])
                seen = style if colours else ";".join(parts(style)[0])
            case "line":  # a movement follows each
                span = None
            case _:
                if span is None:
                    return None
                cursor = None
                _put(span, token["text"], seen)
    return [span for span in spans if span.cells], cursor


def _within(spans: Iterable[_Span], columns: int, rows: int) -> Iterator[_Span]:
    """What of them lies on the terminal."""
    for span in spans:
        cells = span.cells[: max(0, columns - span.column)]
        if span.row >= rows or not cells:
            continue
        if len(cells) < len(span.cells) and not span.cells[len(cells)][0]:  # a wide character of which half is outside
            cells[-1] = " ", on_blanks(cells[-1][1])
        yield _Span(span.row, span.column, cells)


def _put(span: _Span, text: str, style: str) -> None:
    blank = on_blanks(style)
    if text.isascii():
        span.cells.extend((character, blank if character == " " else style) for character in text)
        return
    for character in text:
        size = get_character_cell_size(character)
        if size == 1:
            span.cells.append((character, style if character != " " else blank))
            continue
        if size == 0:
            if span.cells:
                span.cells[-1] = (span.cells[-1][0] + character, span.cells[-1][1])
        else:
            span.cells.extend([(character, style), ("", style)])


def _changed(before: list[Cell], after: list[Cell]) -> Iterator[tuple[int, int]]:
    """Ranges that differ, those with few cells between them as one."""
    start = stop = -1
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if start >= 0 and at - stop > _GAP:
            yield start, stop
            start = -1
        if start < 0:
            start = at
        stop = at + 1
    if start >= 0:
        yield start, stop


def _is_odd(cells: list[Cell]) -> bool:
    """Whether there is a character whose width terminals may disagree on."""
    return any(len(text) != 1 for text, _ in cells)


def _blanks_from(cells: list[Cell]) -> int:
    """Where the blanks begin with which cells end, all of one style."""
    last = cells[-1] if cells else UNKNOWN
    at = len(cells)
    if last[0] != " " or shows_on_blanks(last[1]):
        return at
    while at > 0 and cells[at - 1] == last:
        at -= 1
    return at


@lru_cache(maxsize=4096)
def _added(style: str, more: str) -> str:
    """A style with what one more SGR sequence adds to it."""
    if more in {"", "0"}:
        return ""
    return f"{style};{more}" if style else more
