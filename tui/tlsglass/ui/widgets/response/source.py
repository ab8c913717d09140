"""What the view needs of a spool, and reading from it without a system call a row."""

from collections import OrderedDict
from typing import Protocol

BLOCK = 16 * 1024
"""Bytes that are read at a time."""

BLOCKS_KEPT = 24


class Source(Protocol):
    """Bytes that may still grow. `tlsglass.exchange.spool.Spool` is one."""

    @property
    def size(self) -> int:
        """Bytes held so far."""

    def read(self, offset: int, length: int) -> bytes:
        """At most so many bytes from an offset on; fewer at the end."""


class Blocks:
    """A source that keeps what was read last.

    A view reads a row at a time. Each read of a file lets other threads run, so while one of them searches, a screen
    of rows would wait for it as many times.
    """

    def __init__(self, source: Source) -> None:
        """Read from another source, which must only ever grow."""
        self._source = source
        self._kept: OrderedDict[int, bytes] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes held so far."""
        return self._source.size

    def read(self, offset: int, length: int) -> bytes:
        """At most so many bytes from an offset on; fewer at the end."""
        stop = min(offset + length, self._source.size)
        if offset >= stop:
            return b""
        first, last = offset // BLOCK, (stop - 1) // BLOCK
        whole = b"".join(self._block(number, stop - number * BLOCK) for number in range(first, last + 1))
        return whole[offset - first * BLOCK : stop - first * BLOCK]

    def _block(self, number: int, wanted: int) -> bytes:
        """A block, of which at least so many bytes are wanted; one that has grown since is read again."""
        kept = self._kept.pop(number, b"")
        if len(kept) < min(wanted, BLOCK):
            kept = self._source.read(number * BLOCK, BLOCK)
        self._kept[number] = kept
        if len(self._kept) > BLOCKS_KEPT:
            self._kept.popitem(last=False)
        return kept
