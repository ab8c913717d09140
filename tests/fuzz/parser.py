"""What a parser is to a fuzzer: how it is called, what it may refuse with, and what must hold of what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from tests.counting import counted

_SAID = 4_000
"""Characters that the message of a refusal may have: it is one sentence, or two."""


class Form(Enum):
    """How material is damaged: what edits know of it."""

    BYTES = auto()
    """Nothing is known: any bytes may change."""

    ELEMENTS = auto()
    """ASN.1: elements change, and the lengths around them are made right again."""

    RECORDS = auto()
    """TLS: vectors with their length before them, which is made right again."""

    LINES = auto()
    """Text: lines, words and odd characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One way by which bytes or text of strangers come in."""

    name: str
    """As `--parser` has it."""

    covers: tuple[str, ...]
    """The modules that read here, without `tlsglass.` before them; its seeds reach each."""

    read: Callable[[bytes], Any]
    """Reads, once."""

    seeds: Callable[[], tuple[bytes, ...]]
    """Real material."""

    refuses: tuple[type[Exception], ...] = ()
    """What it may raise instead of giving something."""

    check: Callable[[bytes, Any], None]
    """Raises AssertionError where what was read of the bytes is not as it must be."""

    form: Form = Form.ELEMENTS
    inputs: int = 300
    """Inputs that pytest tries."""

    calls: tuple[int, int] = (3_000, 100)
    """Most functions that one reading may call: so many for anything, and so many more for each byte."""


class FoundError(AssertionError):
    """A parser did what it may not do."""


def examine(parser: Parser, data: bytes, *, count: bool = True) -> None:
    """Read an input and look at what comes of it.

    Args:
        parser: who reads.
        data: the input.
        count: whether the functions that it calls are counted too, which takes longer.

    Raises:
        FoundError: something is wrong; what happened is its cause.
    """
    try:
        result, calls = counted(lambda: parser.read(data)) if count else (parser.read(data), 0)
    except parser.refuses as error:
        if not 0 < len(str(error)) <= _SAID:
            message = f"{parser.name} refuses with {len(str(error))} characters: {str(error)[:200]!r}"
            raise FoundError(message) from error
        return
    except BaseException as error:
        # A panic of a library in Rust is none of Python's ordinary exceptions.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        message = f"{parser.name} raised {type(error).__name__}: {str(error)[:200]}"
        raise FoundError(message) from error
    base, per_byte = parser.calls
    if calls > base + per_byte * len(data):
        message = f"{parser.name} calls {calls:,} functions to read {len(data):,} bytes"
        raise FoundError(message)
    try:
        parser.check(data, result)
    except Exception as error:
        message = f"{parser.name} gave what it may not: {type(error).__name__}: {str(error)[:300]}"
        raise FoundError(message) from error
