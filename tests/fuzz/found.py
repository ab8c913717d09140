"""Inputs that once failed, one file a parser, each line base64 and what happened; pytest reads them all again."""

from base64 import b64decode, b64encode
from pathlib import Path

FOLDER = Path(__file__).with_name("found")

_WORDS = 160
"""Characters of what happened that are kept."""


def kept(name: str) -> tuple[bytes, ...]:
    """The inputs that a parser once failed on.

    Args:
        name: the parser's.
    """
    file = FOLDER / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return tuple(b64decode(line.partition(" ")[0]) for line in lines if line)


def keep(name: str, data: bytes, what: str) -> None:
    """Keep an input for ever.

    Args:
        name: the parser's.
        data: the input, as short as it was made.
        what: what happened.
    """
    if data in kept(name):
        return
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.txt").open("a", encoding="utf-8") as file:
        file.write(f"{b64encode(data).decode() or '='} # {' '.join(what.split())[:_WORDS]}\n")
