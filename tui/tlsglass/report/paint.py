"""Colour for text that goes to a terminal as it is: the few ANSI sequences that a report needs. ECMA-48 §8.3.117."""

from enum import Enum


class Style(Enum):
    """What a line is, which decides its colour. All are of the 16 that each terminal's theme defines."""

    PLAIN = ""
    TITLE = "1"
    GOOD = "32"
    DOUBTFUL = "33"
    BAD = "31"


def paint(text: str, style: Style, *, color: bool) -> str:
    """Text in a style; unchanged where colour is not wanted, the style has none or there is nothing to colour."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if color and style.value and text else text
