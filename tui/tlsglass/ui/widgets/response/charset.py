"""Bytes of an answer as characters: which charset, and which bytes each character stands for.

The view cuts an answer into rows by itself and asks here only for one row or one short block at a time, so nothing in
this module is ever handed a whole answer.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

from tlsglass.frozen import dataclass
from tlsglass.text import COMBINING_RUN, escape, printable, printable_in_body

TAB = 8
"""Cells from one tab stop to the next."""

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}\Z")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_READABLE = re.compile(
    r"(utf-8|ascii|iso8859-\d+|cp(125\d|437|85\d|86\d|874|932|936|949|950)|koi8-[rtu]|mac-[a-z]+|tis-620"
    r"|shift_jis\w*|euc_(jp|kr)|gbk|gb2312|gb18030|big5\w*)\Z"
)
"""Codecs in which a byte below 0x40 always stands for itself: lines and the head are found without decoding."""

_PLAIN = re.compile(rb"[ -~]*\Z")
_LEAST_COMBINING = "\u0300"
_COMBINING_RUN = 4
_LONE_BYTE = range(0xDC80, 0xDD00)
"""Where `surrogateescape` puts bytes that are no text (PEP 383)."""

_CONTINUATION = range(0x80, 0xC0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charset:
    """How the bytes of one answer are read."""

    label: str
    """As the server named it, printable; empty where it named none."""

    codec: str
    """The codec that is used."""

    understood: bool
    """Whether the codec is the one that was named, or UTF-8 because none was."""


UNNAMED = Charset(label="", codec="utf-8", understood=True)


def charset_of(content_type: str | None) -> Charset:
    """The charset that a Content-Type names, or UTF-8 where it names none that can be used here.

    UTF-16, UTF-32 and the stateful charsets are not read: their bytes stay visible as UTF-8 with escapes.
    """
    named = _CHARSET.search(content_type or "")
    if named is None:
        return UNNAMED
    label = named[1]
    codec = ""
    if _LABEL.match(label):
        try:
            codec = codecs.lookup(label).name
        except LookupError:
            codec = ""
    if _READABLE.match(codec):
        return Charset(label=printable(label, limit=40), codec=codec, understood=True)
    return Charset(label=printable(label, limit=40), codec="utf-8", understood=False)


def is_plain(data: bytes) -> bool:
    """Whether every byte is a visible ASCII character or a space, so that bytes, characters and cells are one."""
    return _PLAIN.match(data) is not None


def boundary(data: bytes, at: int, codec: str) -> int:
    """The last place not after `at` where UTF-8 bytes may be cut; other charsets are cut where it is asked."""
    if codec != "utf-8" or at >= len(data):
        return min(at, len(data))
    cut = at
    while cut > max(0, at - 3) and data[cut] in _CONTINUATION:
        cut -= 1
    return at if data[cut] in _CONTINUATION or cut == 0 else cut


def characters(data: bytes, codec: str) -> Iterator[tuple[int, str]]:
    """The characters of a short run of bytes, each with the offset of its first byte.

    A byte that is no text in this charset comes as a lone surrogate, as PEP 383 has it.
    """
    if codec == "utf-8":
        at = 0
        for character in data.decode("utf-8", "surrogateescape"):
            yield at, character
            code = ord(character)
            at += 1 if code < 0x80 or code in _LONE_BYTE else 2 if code < 0x800 else 3 if code < 0x10000 else 4  # noqa: PLR2004 - RFC 3629 §3
        return
    decoder = codecs.getincrementaldecoder(codec)("surrogateescape")
    begun = 0
    for at in range(len(data)):
        text = decoder.decode(data[at : at + 1], final=at == len(data) - 1)
        for character in text:
            yield begun, character
        if text:
            begun = at + 1


def drawn(data: bytes, codec: str) -> Iterator[tuple[int, str, int]]:
    """What is drawn for a run of bytes that begins a row: offset, printable text and cells of each character.

    Tabs reach to the next stop, and more than a few combining marks on one character stand as escapes.
    """
    column = 0
    marks = 0
    for at, character in characters(data, codec):
        if character == "\t":
            text, cells = " " * (TAB - column % TAB), TAB - column % TAB
        else:
            text, cells = _shown(character)
        if cells or character < _LEAST_COMBINING:
            marks = 0
        else:
            marks += 1
            if marks > COMBINING_RUN:
                text = escape(character)
                cells = len(text)
        column += cells
        yield at, text, cells


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, int]:
    code = ord(character)
    text = f"\\x{code - 0xDC00:02x}" if code in _LONE_BYTE else printable_in_body(character)
    return text, cell_len(text)
