"""What stands in for characters that a terminal without UTF-8 has not: marks, lines and bars as ASCII.

Each of our own signs becomes one that is as wide. Letters of others are not turned into similar ones, which would make
one name look like another: they become question marks on the screen, where all has its place, and escapes in a report.
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

_SIGNS = {
    "✗": "x",
    "✓": "+",
    "·": ".",
    "•": "*",
    "…": "~",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "§": "S",
    "▸": ">",
    "▾": "v",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⏎": "<",
    "◌": "o",
    "●": "*",
    "○": "o",
    "░": ".",
    "▒": ":",
    "▓": "#",
    "█": "#",
    "▕": "|",
    "▏": "|",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "“": '"',
    "”": '"',
}
_BOXES = range(0x2500, 0x2580)
_BLOCKS = range(0x2580, 0x25A0)


def lacks_utf8(environment: Mapping[str, str]) -> bool:
    """Whether a locale says that the terminal has no UTF-8; one that says nothing doesn't.

    Args:
        environment: the variables as the program was started with, of which Python changes some (PEP 538).
    """
    said = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "UTF-8")
    return "utf8" not in said.partition("@")[0].lower().replace("-", "")


def as_started(environment: Mapping[str, str], file: Path = Path("/proc/self/environ")) -> dict[str, str]:
    """The variables as the program was started with, where the system tells; else those that are around.

    Args:
        environment: the variables that are around.
        file: where the system tells.
    """
    try:
        entries = file.read_bytes().decode("utf-8", "surrogateescape").split("\0")
    except OSError:
        return dict(environment)
    return {name: value for name, equals, value in (entry.partition("=") for entry in entries) if name and equals}


def sign_in_ascii(character: str) -> str | None:
    """What stands for a sign that draws or marks something, as wide as it is; None for all else."""
    if character in _SIGNS:
        return _SIGNS[character]
    if ord(character) in _BOXES:
        name = unicodedata.name(character)
        if " AND " in name or "DIAGONAL" in name:
            return "+"
        return "|" if name.endswith(("VERTICAL", "UP", "DOWN")) else "=" if "DOUBLE" in name else "-"
    if ord(character) in _BLOCKS:
        name = unicodedata.name(character)
        return "|" if "LEFT" in name or "RIGHT" in name else "=" if "HALF" in name else "_"
    return None


class _Screen(dict[int, str]):
    """For `str.translate`: every character that is not ASCII, as wide as it is."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = character if character.isascii() else sign_in_ascii(character)
        if found is None:
            category, width = unicodedata.category(character), unicodedata.east_asian_width(character)
            found = "" if category in {"Mn", "Me", "Cf"} else "??" if width in {"W", "F"} else "?"
        return self.setdefault(code, found)


class _Report(dict[int, str]):
    """For `str.translate`: our signs in ASCII; what others wrote as escapes."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = character if character.isascii() else sign_in_ascii(character)
        return self.setdefault(code, found or character.encode("ascii", "backslashreplace").decode("ascii"))


SCREEN = _Screen()
REPORT = _Report()
