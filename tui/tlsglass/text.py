"""The one gate between text or bytes from strangers and anything that a person sees.

What a server or a file says may hold escape sequences, bidirectional overrides, invisible characters or a flood of
combining marks. `printable` shows each of these as a visible escape, and bounds the length. The true value stays
with whoever holds it: copying gives that one.
"""

import re
import unicodedata

LIMIT = 4096
"""Characters shown of one value unless the caller says otherwise."""

_COMBINING_RUN = 4
"""Combining marks that may follow each other before further ones are escaped."""

_PLAIN = re.compile(r"[ -~]*\Z")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_COMBINING_CATEGORIES = frozenset({"Mn", "Me"})
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u00a0\u2800\u034f\u17b4\u17b5")


def printable(value: str | bytes, *, limit: int = LIMIT) -> str:
    r"""One line of text that is safe to draw, whatever the value holds.

    Args:
        value: text from outside, or bytes, which are read as UTF-8 with `\xNN` for what isn't.
        limit: how many characters of the value are shown; what is left out is counted.

    Returns:
        Text without control, formatting, invisible, unassigned or private characters; these stand as
        `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
    """
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
    left_out = len(text) - limit
    if left_out > 0:
        text = text[:limit]
    if not _PLAIN.match(text):
        text = "".join(_escaped_characters(text))
    return f"{text}… and {left_out:,} more" if left_out > 0 else text


def holds_hidden(value: str) -> bool:
    """Whether a value holds characters that `printable` would show as escapes."""
    return not _PLAIN.match(value) and "".join(_escaped_characters(value)) != value


def _escaped_characters(text: str) -> list[str]:
    shown = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in _COMBINING_CATEGORIES else 0
        hidden = category in _HIDDEN_CATEGORIES or character in _INVISIBLE or marks > _COMBINING_RUN
        shown.append(_escape(ord(character)) if hidden else character)
    return shown


def _escape(code: int) -> str:
    if code < 0x100:  # noqa: PLR2004 - the widest code that two hexadecimal digits hold
        return f"\\x{code:02x}"
    if code < 0x10000:  # noqa: PLR2004 - the widest code that four hexadecimal digits hold
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"
