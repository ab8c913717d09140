"""The one gate between text or bytes from strangers and anything that a person sees.

What a server or a file says may hold escape sequences, bidirectional overrides, invisible characters, a flood of
combining marks, or frames and check marks that look like ours. `printable` shows each of these as a visible escape, and
bounds the length. The true value stays with whoever holds it: copying gives that one. Where several values are put
under each other only we break lines (`one_a_line`): a stranger's line end would begin one that passes for ours.

Letters of all scripts pass, also wide ones, which take two cells. What passes is of a width on which terminals agree:
modifiers of emoji, halves of flags and the parts of decomposed Hangul, on which they don't, stand as escapes.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LIMIT = 4096
"""Characters shown of one value unless the caller says otherwise."""

COMBINING_RUN = 4
"""Combining marks that may follow each other before further ones are escaped."""

_PLAIN = re.compile(r"[ -~]*\Z")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs", "Me"})
"""Control, formatting, half, private and unassigned characters, separators, blanks and marks that enclose others."""

_BLANKS = " \u3000"
"""Blanks that can be told from nothing: the space, and that of the width of a Chinese character."""

_FURTHER_BLANK = re.compile("(?<=[ \u3000]{4})[ \u3000]")
"""A blank behind four others. Where lines are wrapped many of them would bring what follows to the start of the next
one, at any width, as if it was a line of ours."""

_COMBINING_CATEGORIES = frozenset({"Mn", "Mc"})
_INVISIBLE = (
    "[\u034f\u115f-\u11ff\u17b4\u17b5\u180b-\u180f\u2800\u3164\ud7b0-\ud7ff\ufe00-\ufe0f\uffa0"
    "\U00016fe4\U0001d159\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""What is of no width, or of one on which terminals differ, though its category does not tell: fillers, joiners,
variation selectors, vowels and finals of Hangul, blank patterns, halves of flags, modifiers of emoji, tags."""

LINE_ENDS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
"""All that ends a line somewhere: UAX #14 §5.1 (BK, CR, LF, NL), and the separators of ASCII as Python has it."""

_LINE_END = f"[{LINE_ENDS}]"

_OURS = "[\u2500-\u259f\u25b2-\u25c5\u2611-\u2612\u2705\u2713-\u2718\u274c\u274e\u26a0]"
"""Frames, bars, arrows of trees and marks of judgements: drawn by us they mean something, so nobody else draws them."""


def printable(value: str | bytes, *, limit: int = LIMIT) -> str:
    r"""One line of text that is safe to draw, whatever the value holds.

    Args:
        value: text from outside, or bytes, which are read as UTF-8 with `\xNN` for what isn't.
        limit: how many characters of the value are shown; what is left out is counted.

    Returns:
        Text without control, formatting, invisible, unassigned or private characters, marks that combine with what
        stands before the text, frames and marks like our own, and rows of more than four blanks; these stand as
        `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
    """
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
    left_out = len(text) - limit
    if left_out > 0:
        text = text[:limit]
    if not _PLAIN.match(text):
        text = "".join(_escaped_characters(text))
    text = _FURTHER_BLANK.sub(lambda found: escape(found[0]), text)
    return f"{text}… and {left_out:,} more" if left_out > 0 else text


def beginning(value: str, most: int) -> str:
    """A value from outside at a length that a sentence bears, with an ellipsis where that is not all of it.

    Args:
        value: text from outside.
        most: how many characters of it stay.
    """
    return value if len(value) <= most else f"{value[:most]}…"


def holds_hidden(value: str) -> bool:
    """Whether a value holds characters that `printable` would show as escapes, wherever they stand."""
    return not _PLAIN.match(value) and "".join(_escaped_characters(value)) != value


def unbroken(value: str) -> str:
    """A value whose line ends stand as escapes; all else of it is as it was.

    Args:
        value: text from outside that is to stand among lines of ours.
    """
    return re.sub(_LINE_END, lambda found: escape(found[0]), value)


def one_a_line(values: Iterable[str]) -> str:
    """Several values under each other: as many lines as there are values.

    Args:
        values: text from outside each, or with something from outside in it.
    """
    return "\n".join(map(unbroken, values))


def printable_lines(lines: Iterable[str]) -> str:
    """Lines of ours under each other, each made printable; all of each is shown.

    Args:
        lines: text from outside each, or with something from outside in it.
    """
    return "\n".join(printable(line, limit=len(line)) for line in lines)


def typed(text: str) -> str:
    """What is typed, pasted or recalled into a field: frames and marks stay, what steers a terminal is an escape.

    Args:
        text: any; line ends and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if character in "\n\r\t" else printable_in_body(character) for character in text)


@lru_cache(maxsize=4096)
def printable_in_body(character: str) -> str:
    """One character of an answer's body, which stands in a pane of its own: frames and marks are its own there.

    Args:
        character: one; where it combines with the one before, the caller counts how many do.
    """
    return escape(character) if _is_hidden(character) else character


def escape(character: str) -> str:
    r"""One character as `\xNN`, `\uNNNN` or `\UNNNNNNNN`."""
    code = ord(character)
    if code < 0x100:  # noqa: PLR2004 - the widest code that two hexadecimal digits hold
        return f"\\x{code:02x}"
    if code < 0x10000:  # noqa: PLR2004 - the widest code that four hexadecimal digits hold
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"


def _escaped_characters(text: str) -> list[str]:
    shown = []
    marks = COMBINING_RUN  # at the start there is nothing of ours that a mark may change
    for character in text:
        combines, drawn = _drawn(character)
        marks = marks + 1 if combines else COMBINING_RUN if character == " " else 0
        shown.append(escape(character) if marks > COMBINING_RUN and combines else drawn)
    return shown


@lru_cache(maxsize=8192)
def _drawn(character: str) -> tuple[bool, str]:
    """Whether a character combines with the one before it, and how it is drawn where that is no flood."""
    combines = unicodedata.category(character) in _COMBINING_CATEGORIES
    hidden = _is_hidden(character) or re.match(_OURS, character) is not None
    return combines, escape(character) if hidden else character


def _is_hidden(character: str) -> bool:
    hidden = unicodedata.category(character) in _HIDDEN_CATEGORIES and character not in _BLANKS
    return hidden or re.match(_INVISIBLE, character) is not None
