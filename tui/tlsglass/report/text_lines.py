"""The lines of the text report, and how they are fitted to a width."""

import textwrap
import unicodedata
from collections.abc import Iterator

from tlsglass.characters import REPORT
from tlsglass.report.paint import Style, paint
from tlsglass.text import printable

Line = tuple[str, str, Style]
"""What stands before the text (further lines are indented by its width), the text, the colour of both."""

VALUE_LIMIT = 400
"""Characters of a value that are shown."""

NO_BREAK = "\u00a0"
"""Holds words of our own together where a line is broken; none from outside gets past `printable`."""

_HANG = "  "
"""How much further in a line goes on."""

_SECOND_CELL = "\uffff"
"""Stands behind a character that takes two cells; no text has it that was made printable."""

COLUMN = 14
"""How wide the column of labels is."""


def fact(label: str, value: str) -> Line:
    """A label and what it stands for; a value from outside is made printable."""
    return f"  {label:{COLUMN}}", printable(value, limit=VALUE_LIMIT) or "-", Style.PLAIN


def fitted(line: Line, *, width: int, color: bool, in_ascii: bool) -> Iterator[str]:
    """A line as so many as it takes.

    Args:
        line: what is to be said.
        width: columns of each.
        color: whether to use ANSI colours.
        in_ascii: whether to use ASCII alone.
    """
    lead, text, style = line
    if in_ascii:
        lead, text = lead.translate(REPORT), NO_BREAK.join(part.translate(REPORT) for part in text.split(NO_BREAK))
    room = max(width - len(lead), 20)
    # A source that stands alone stays whole, to be copied.
    is_source = lead.isspace() and text.startswith("https://") and text.isascii() and " " not in text
    for number, part in enumerate([text] if is_source else wrapped(text, room)):
        start = lead if number == 0 else " " * len(lead)
        yield paint(f"{start}{part}".rstrip().replace(NO_BREAK, " "), style, color=color)


def wrapped(text: str, room: int) -> list[str]:
    """A text as lines, none of which a terminal would break once more.

    What goes on stands further in than whatever we begin, so that no text can pass for the next line of ours.

    Args:
        text: what was made printable.
        room: cells of a line.

    Returns:
        At least one line.
    """
    if not text.isascii():
        text = "".join(map(_in_cells, text))
    if _SECOND_CELL in text:
        room -= 1  # a character may be parted from its second cell, which then is one more than there is room for
    lines = textwrap.wrap(text, room, subsequent_indent=_HANG, break_on_hyphens=False)
    return [line.replace(_SECOND_CELL, "") for line in lines] or [""]


def _in_cells(character: str) -> str:
    return character + _SECOND_CELL if unicodedata.east_asian_width(character) in {"W", "F"} else character
