"""The blocks of a PEM file, with whatever text stands between them. RFC 7468."""

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator

from tlsglass.frozen import dataclass
from tlsglass.turns import give_way

_BEGIN = re.compile(rb"-----BEGIN ([^\r\n-]{1,64})-----")
_HEADERS = re.compile(rb"\A\s*(?:[A-Za-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_SPACE = b" \t\r\n\v\f"


@dataclass(frozen=True, slots=True)
class Block:
    """One block."""

    label: str
    """'CERTIFICATE'."""

    line: int
    """The line that its BEGIN stands in, from 1."""

    der: bytes | None
    """What it holds; None where that is not base64, or is not to be looked at."""

    ended: bool
    """Whether it has an END line of its own."""

    @property
    def is_private_key(self) -> bool:
        """Whether its label says that it is one; its bytes are not decoded then."""
        return self.label.endswith(("PRIVATE KEY", "PRIVATE KEY BLOCK"))


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a file, in their order.

    Args:
        data: the file.
    """
    line, counted = 1, 0
    match = _BEGIN.search(data)
    while match is not None:
        give_way()
        line += data.count(b"\n", counted, match.start())
        counted = match.start()
        label, start = match[1], match.end()
        following = _BEGIN.search(data, start)
        limit = following.start() if following else len(data)
        end = data.find(b"-----END %b-----" % label, start, limit)
        ended = end >= 0
        stop = end if ended else limit
        block = Block(label.decode("ascii", "backslashreplace"), line, None, ended)
        if not block.is_private_key:
            block = Block(block.label, line, _decoded(data[start:stop]), ended)
        yield block
        match = following


def base64_only(data: bytes) -> bytes | None:
    """What a file holds that is base64 without any frame; None where it isn't.

    Args:
        data: the file.
    """
    return _decoded(data)


def _decoded(body: bytes) -> bytes | None:
    for candidate in (body, _HEADERS.sub(b"", body, count=1)):
        try:
            decoded = a2b_base64(candidate.translate(None, _SPACE), strict_mode=True)
        except Error:
            continue
        if decoded:
            return decoded
    return None
