"""Cells of the terminal as the bytes that draw them: as few as it takes from where the cursor is and how it writes.

Only what xterm, screen and tmux have in common is used, by their entries in terminfo; erasing some cells of a line
(ECH) only where the terminal has it.
"""

import re
from functools import lru_cache

from rich.cells import get_character_cell_size

Cell = tuple[str, str]
"""What stands in a cell, and its style as the parameters of SGR; what is wide leaves the next cell's text empty."""

UNKNOWN: Cell = ("\0", "")
"""A cell of which nothing is known."""

BLANK: Cell = (" ", "")
"""A cell as a terminal has it that was just cleared."""

_ERASED_FROM = 6
"""Blank cells at the end of what is written from which on erasing is shorter than writing them."""

_SKIPPED_FROM = 11
"""The same in the middle, where the cursor has to get behind them too."""

_VISIBLE_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where nothing is written: underline, reverse, strike, and the like. ECMA-48 §8.3.117."""

_ENDED_BY = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""Attributes with what ends each alone. ECMA-48 §8.3.117; bold and faint end together."""


class Pen:
    """Writes cells with as few bytes as it needs for where it is and how it looks."""

    def __init__(self, width: int, *, erases_in_colour: bool) -> None:
        """Begin anywhere, in the terminal's own style.

        Args:
            width: columns of the terminal.
            erases_in_colour: whether the terminal erases with the colour that is set, and cells in the middle of a
                line too.
        """
        self._written: list[str] = []
        self._at: tuple[int, int] | None = None
        self._is_sure = False
        """Whether it is there on terminals too that have some characters wider than others do."""

        self._style = ""
        self._width = width
        self._erases_in_colour = erases_in_colour

    def taken(self) -> str:
        """What was written since this was asked last."""
        written = "".join(self._written)
        self._written.clear()
        return written

    def move(self, row: int, column: int) -> None:
        """Go to a cell."""
        if self._at == (row, column):
            return
        self._written.append(_movement(self._at if self._is_sure else None, row, column))
        self._at = (row, column)
        self._is_sure = True

    def style(self, style: str) -> None:
        """Write in a style from now on."""
        if style != self._style:
            self._written.append(_transition(self._style, style))
            self._style = style

    def write(self, row: int, column: int, cells: list[Cell]) -> None:
        """Write cells beside each other, leaving those that are unknown as they are."""
        # What follows a character of doubtful width is put where it belongs by a movement of its own.
        at, end = 0, len(cells)
        while at < end:
            text, style = cell = cells[at]
            if cell == UNKNOWN or not text:
                at += 1
                continue
            self.move(row, column + at)
            if text == " ":
                blanks = _blanks(cells, at)
                if blanks >= (_ERASED_FROM if at + blanks == end else _SKIPPED_FROM) and self._erase(style, blanks):
                    at += blanks
                    continue
            if text != " " or on_blanks(self._style) != style:
                self.style(style)
            self._written.append(text)
            at += 1
            # Behind the last column cursors stand where terminals disagree on.
            self._at = (row, column + at) if column + at < self._width and _is_plain(text) else None
            self._is_sure = self._is_sure and text.isascii()

    def erase(self, row: int, column: int, style: str) -> None:
        """Make all blank from a cell to the end of its line."""
        self.move(row, column)
        if on_blanks(self._style) != style:
            self.style(style)
        self._written.append("\x1b[K")

    def scroll(self, top: int, bottom: int, by: int) -> None:
        """Move the lines between two, which are moved too; what comes in is blank.

        Args:
            top: the first row.
            bottom: the last row, another.
            by: by how many rows they move up; down where it is negative.
        """
        self.style("")
        direction = "M" if by > 0 else "L"
        count = "" if abs(by) == 1 else abs(by)
        self._written.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{direction}\x1b[r")
        self._at = None

    def _erase(self, style: str, count: int) -> bool:
        """Erase cells from the cursor on, which stays; False where that can't be."""
        if not self._erases_in_colour or shows_on_blanks(style):
            return False
        if on_blanks(self._style) != style:
            self.style(style)
        self._written.append(f"\x1b[{count}X")
        return True


def on_blanks(style: str) -> str:
    """The style as far as it is seen where nothing stands."""
    return style if shows_on_blanks(style) else parts(style)[2]


@lru_cache(maxsize=4096)
def shows_on_blanks(style: str) -> bool:
    """Whether there is more to be seen of it on blanks than a colour."""
    return not _VISIBLE_ON_BLANKS.isdisjoint(parts(style)[0])


@lru_cache(maxsize=4096)
def parts(style: str) -> tuple[tuple[str, ...], str, str]:
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


def _blanks(cells: list[Cell], start: int) -> int:
    """How many cells are alike from one on."""
    at = start + 1
    while at < len(cells) and cells[at] == cells[start]:
        at += 1
    return at - start


@lru_cache(maxsize=4096)
def _movement(at: tuple[int, int] | None, row: int, column: int) -> str:
    """The shortest way to a cell."""
    if at is not None and at[0] == row and column > at[1]:
        return f"\x1b[{column - at[1]}C" if column - at[1] > 1 else "\x1b[C"
    return f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"


@lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    return text.isascii() or (len(text) == 1 and get_character_cell_size(text) == 1)


@lru_cache(maxsize=4096)
def _transition(old: str, new: str) -> str:
    """The shortest SGR sequence from one style to another."""
    if not new:
        return "\x1b[m"
    anew = f"\x1b[;{new}m"
    before, after = parts(old), parts(new)
    if not set(before[0]) ^ set(after[0]) <= _ENDED_BY.keys():
        return anew
    changes = list(dict.fromkeys(_ENDED_BY[each] for each in before[0] if each not in after[0]))
    changes += [each for each in after[0] if each not in before[0] or _ENDED_BY.get(each) in changes]
    for was, now, usual in ((before[1], after[1], "39"), (before[2], after[2], "49")):
        if was != now:
            changes.append(now or usual)
    added = f"\x1b[{';'.join(changes)}m"
    return added if len(added) < len(anew) else anew
