"""Bytes as the literals of programming languages."""

import re
from collections.abc import Iterator

_PER_LINE = 12
_WORD = re.compile(r"[^A-Za-z0-9]+")


def c_literal(data: bytes, name: str) -> str:
    """An array of C, with its length.

    Args:
        data: the bytes.
        name: what they are called; made an identifier.
    """
    called = _identifier(name)
    rows = "".join(f"    {row},\n" for row in _rows(data))
    return (
        f"static const unsigned char {called}[{len(data)}] = {{\n{rows}}};\n"
        f"static const unsigned int {called}_len = {len(data)};\n"
    )


def go_literal(data: bytes, name: str) -> str:
    """A slice of Go.

    Args:
        data: the bytes.
        name: what they are called; made an identifier in camel case.
    """
    first, *rest = _identifier(name).split("_")
    called = first + "".join(word.capitalize() for word in rest)
    rows = "".join(f"\t{row},\n" for row in _rows(data))
    return f"var {called} = []byte{{\n{rows}}}\n"


def python_literal(data: bytes, name: str) -> str:
    """A bytes object of Python, in pieces of a line each.

    Args:
        data: the bytes.
        name: what they are called; made an identifier.
    """
    starts = range(0, len(data), 2 * _PER_LINE)
    rows = "".join(f'    "{data[start : start + 2 * _PER_LINE].hex()}"\n' for start in starts) or '    ""\n'
    return f"{_identifier(name)} = bytes.fromhex(\n{rows})\n"


def _rows(data: bytes) -> Iterator[str]:
    for start in range(0, len(data), _PER_LINE):
        yield ", ".join(f"0x{byte:02x}" for byte in data[start : start + _PER_LINE])


def _identifier(name: str) -> str:
    """A name in small letters, digits and underscores that begins with a letter."""
    word = _WORD.sub("_", name).strip("_").lower()
    return word if word[:1].isalpha() else f"value_{word}".rstrip("_")
