"""What is written to the terminal, cut to what changes there.

Textual repaints whole widgets: a cursor that moves down by a line costs several kilobytes, and holding the key more
than a slow line carries. Here each cell of the terminal is remembered, and only cells that are to look different are
written. What is not understood passes as it is, and what it may have done to the screen is forgotten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import get_character_cell_size

_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H|\x1b\[(?P<style>[\d;]*)m|(?P<line>\n)|(?P<text>[^\x00-\x1f]+)"
)
_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?:7|25|100\d|101\d|2004|2026|2031|2048)(?:[hl]|\$p)|\x1b\[[<>=?]\d*[uc]|\x1b\][^\x07\x1b]*\x07)*"
)
"""Modes, questions and the clipboard: none changes a cell."""

_GAP = 6
"""Unchanged cells that are rather written again than jumped over."""

_ERASED_FROM = 6
"""Blank cells up to the end of a line from which on erasing is shorter than writing them."""

_VISIBLE_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where nothing is written: underline, reverse, strike, and the like. ECMA-48 §8.3.117."""


def is_harmless(data: str) -> bool:
    """Whether a write changes no cell of the terminal."""
    return _HARMLESS.fullmatch(data) is not None


Cell = tuple[str, str]
"""What stands in a cell, and its style as the parameters of SGR; what is wide leaves the next cell's text empty."""

_UNKNOWN: Cell = ("\0", "")


@dataclass(slots=True)
class _Span:
    """Cells that are written beside each other."""

    row: int
    column: int
    cells: list[Cell]
    odd: bool = False
    """Whether a character in it has a width that terminals may disagree on."""


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
        self._odd: set[int] = set()
        """Rows with a character whose width terminals may disagree on."""

        self._cursor: tuple[int, int] | None = None
        self._cursor_shown: tuple[int, int] | None = None

    def forget(self) -> None:
        """Take all cells for unknown: the terminal may have changed them."""
        self._wanted.clear()
        self._shown.clear()
        self._changed.clear()
        self._odd.clear()
        self._cursor_shown = None

    def take(self, data: str) -> bool:
        """Note what a write wants the terminal to look like.

        Args:
            data: text with movements of the cursor, styles and line feeds.

        Returns:
            Whether it was that. Anything else is to be written as it is, and unless it is harmless all is to be
            forgotten.
        """
        found = _spans(data, colours=self._colours)
        if found is None or not data:
            return False
        spans, self._cursor = found
        for span in spans:
            row = self._wanted.setdefault(span.row, [])
            end = span.column + len(span.cells)
            row.extend([_UNKNOWN] * (end - len(row)))
            row[span.column : end] = span.cells
            self._changed.add(span.row)
            if span.odd:
                self._odd.add(span.row)
        return True

    def drawn(self, width: int) -> str:
        """What is to be written for the terminal to look as wanted; empty where it does.

        Args:
            width: columns of the terminal.
        """
        pen = _Pen()
        for row in sorted(self._changed):
            self._draw(row, pen, width)
        self._changed.clear()
        if self._cursor is not None and (pen.written or self._cursor != self._cursor_shown):
            pen.style("")
            pen.move(*self._cursor)
        self._cursor_shown = self._cursor
        return "".join(pen.written)

    def _draw(self, row: int, pen: "_Pen", width: int) -> None:
        wanted, shown = self._wanted[row], self._shown.setdefault(row, [])
        shown.extend([_UNKNOWN] * (len(wanted) - len(shown)))
        if wanted == shown:
            return
        blanks_from = self._erased_from(wanted, shown, width)
        if row in self._odd:  # nothing in it is sure to stand where it should
            changed = [(0, blanks_from)]
            if all(len(text) == 1 for text, _ in wanted):
                self._odd.remove(row)
        else:
            changed = list(_changed(shown[:blanks_from], wanted[:blanks_from]))
        for start, stop in changed:
            pen.write(row, start, wanted[start:stop])
        if blanks_from < len(wanted):
            pen.erase(row, blanks_from, wanted[blanks_from][1])
        shown[:] = wanted

    def _erased_from(self, wanted: list[Cell], shown: list[Cell], width: int) -> int:
        """Where the blanks begin that are better erased than written; the end of the row where none are."""
        end = len(wanted)
        start = _blanks_from(wanted) if end >= width else end
        can_be = self._erases_in_colour or wanted[-1:] == [(" ", "")]
        return start if can_be and end - start >= _ERASED_FROM and wanted[start:] != shown[start:] else end


class _Pen:
    """Writes cells with as few bytes as it needs for where it is and how it looks."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._at: tuple[int, int] | None = None
        self._style = ""

    def move(self, row: int, column: int) -> None:
        if self._at != (row, column):
            self.written.append(f"\x1b[{row + 1};{column + 1}H")
            self._at = (row, column)

    def style(self, style: str) -> None:
        if style != self._style:
            self.written.append(_transition(self._style, style))
            self._style = style

    def write(self, row: int, column: int, cells: list[Cell]) -> None:
        # What follows a character of doubtful width is put where it belongs by a movement of its own.
        for at, cell in enumerate(cells, column):
            text, style = cell
            if cell == _UNKNOWN or not text:
                continue
            self.move(row, at)
            if text != " " or _on_blanks(self._style) != style:
                self.style(style)
            self.written.append(text)
            self._at = (row, at + 1) if text.isascii() or _is_plain(text) else None

    def erase(self, row: int, column: int, style: str) -> None:
        self.move(row, column)
        if _on_blanks(self._style) != style:
            self.style(style)
        self.written.append("\x1b[K")


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
                seen = style if colours else ";".join(_parts(style)[0])
            case "line":  # a movement follows each
                span = None
            case _:
                if span is None:
                    return None
                cursor = None
                _put(span, token["text"], seen)
    return spans, cursor


def _put(span: _Span, text: str, style: str) -> None:
    blank = _on_blanks(style)
    if text.isascii():
        span.cells.extend((character, blank if character == " " else style) for character in text)
        return
    for character in text:
        size = get_character_cell_size(character)
        if size == 1:
            span.cells.append((character, style if character != " " else blank))
            continue
        span.odd = True
        if size == 0:
            if span.cells:
                span.cells[-1] = (span.cells[-1][0] + character, span.cells[-1][1])
        else:
            span.cells.extend([(character, style), ("", style)])


@lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    return len(text) == 1 and get_character_cell_size(text) == 1


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


def _blanks_from(cells: list[Cell]) -> int:
    """Where the blanks begin with which cells end, all of one style."""
    last = cells[-1] if cells else _UNKNOWN
    at = len(cells)
    if last[0] != " " or _VISIBLE_ON_BLANKS & set(_parts(last[1])[0]):
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


@lru_cache(maxsize=4096)
def _on_blanks(style: str) -> str:
    """The style as far as it is seen where nothing stands."""
    attributes, _, background = _parts(style)
    if _VISIBLE_ON_BLANKS & set(attributes):
        return style
    return background


@lru_cache(maxsize=4096)
def _parts(style: str) -> tuple[tuple[str, ...], str, str]:
    """Attributes, foreground and background of a style, each as parameters of SGR; empty where it is the terminal's."""
    attributes: list[str] = []
    foreground = background = ""
    parameters = style.split(";") if style else []
    while parameters:
        parameter = parameters.pop(0)
        if parameter in {"38", "48"} and parameters:
            length = 4 if parameters[0] == "2" else 2
            colour = ";".join([parameter, *parameters[:length]])
            del parameters[:length]
            foreground, background = (colour, background) if parameter == "38" else (foreground, colour)
        elif re.fullmatch(r"3[0-7]|9[0-7]", parameter):
            foreground = parameter
        elif re.fullmatch(r"4[0-7]|10[0-7]", parameter):
            background = parameter
        elif parameter in {"39", "49"}:
            foreground, background = ("", background) if parameter == "39" else (foreground, "")
        else:
            attributes.append(parameter)
    return tuple(attributes), foreground, background


@lru_cache(maxsize=4096)
def _transition(old: str, new: str) -> str:
    """The shortest SGR sequence from one style to another."""
    if not new:
        return "\x1b[m"
    before, after = _parts(old), _parts(new)
    added = list(after[0][len(before[0]) :])
    if after[0][: len(before[0])] != before[0]:
        return f"\x1b[;{new}m"
    for was, now, usual in ((before[1], after[1], "39"), (before[2], after[2], "49")):
        if was != now:
            added.append(now or usual)
    return f"\x1b[{';'.join(added)}m" if len(";".join(added)) < len(new) + 1 else f"\x1b[;{new}m"
