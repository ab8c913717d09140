"""An answer of any size: bytes that are only ever added, in memory while they are few and in a file once they are many.

One thread adds while others read. Lines are found through a sparse index, the number of newlines before each block,
so that a hundred megabytes need a few kilobytes of it, whatever is in them.
"""

import tempfile
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from types import TracebackType
from typing import Protocol, Self

from tlsglass.errors import ExchangeError, Fault
from tlsglass.limits import DEFAULTS, SPOOL_MEMORY

BLOCK = 1 << 16
"""Bytes from one entry of the line index to the next."""


class SpoolFile(Protocol):
    """What is needed of an unbuffered binary file."""

    def seek(self, offset: int, /) -> int:
        """Go to an offset."""

    def read(self, count: int, /) -> bytes | None:
        """Read at most so many bytes."""

    def write(self, data: memoryview, /) -> int | None:
        """Write some of the bytes and say how many."""

    def close(self) -> None:
        """Let the file vanish."""


def _open_file() -> SpoolFile:
    """A file that its owner alone can read and that is gone with its last descriptor."""
    return tempfile.TemporaryFile(buffering=0, prefix="tlsglass-")


class Spool:
    """The bytes of one answer. Whoever makes one closes it; after that it is empty to readers."""

    def __init__(
        self,
        *,
        limit: int = DEFAULTS.response,
        memory: int = SPOOL_MEMORY,
        open_file: Callable[[], SpoolFile] = _open_file,
    ) -> None:
        """Make an empty one.

        Args:
            limit: bytes that are kept at most.
            memory: bytes from which on they go to a file.
            open_file: makes that file.
        """
        self._limit = limit
        self._memory = memory
        self._open_file = open_file
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self._file: SpoolFile | None = None
        self._size = 0
        self._newlines_before = array("Q", [0])
        """Newlines before each block that has begun, and one entry more: newlines so far."""

        self._ends_in_newline = False
        self._last_scan: tuple[tuple[int, int], array[int]] = ((-1, 0), array("I"))
        """The block scanned last, with how much of it there was, and where its lines after a newline start."""

        self._finished = False
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Bytes so far; they can all be read."""
        return self._size

    @property
    def finished(self) -> bool:
        """Whether no more will come."""
        return self._finished

    @property
    def line_count(self) -> int:
        """Lines so far; the last one needs no newline to count."""
        with self._lock:
            return self._newlines_before[-1] + (self._size > 0 and not self._ends_in_newline)

    def append(self, data: bytes) -> None:
        """Add bytes at the end.

        Raises:
            ExchangeError: TOO_LARGE where the limit is reached, DISK where the file can't take them, CANCELLED after
                `close`. What fitted is kept in the first two cases, and all that was there before in each.
        """
        with self._lock:
            if self._closed:
                raise ExchangeError(Fault.CANCELLED, "The answer is no longer wanted.")
            room = self._limit - self._size
            self._add(memoryview(data)[:room])
        if len(data) > room:
            raise ExchangeError(
                Fault.TOO_LARGE,
                f"The answer is longer than {self._limit:,} bytes; the rest was not read.",
                f"{replace(DEFAULTS, response=self._limit).hint('response')} "
                "Or ask for less of it, with a Range header or another path.",
            )

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from an offset on, fewer where there are fewer."""
        with self._lock:
            return self._read(offset, min(length, self._size - offset))

    def line_start(self, line: int) -> int:
        """The offset at which a line starts, counted from 0; the size for lines that aren't there yet."""
        with self._lock:
            if line <= 0:
                return 0
            if line > self._newlines_before[-1]:
                return self._size
            # The last entry that is smaller belongs to the block in which the newline before this line is.
            block = bisect_left(self._newlines_before, line) - 1
            return block * BLOCK + self._starts(block)[line - self._newlines_before[block] - 1]

    def line_at(self, offset: int) -> int:
        """The line that the byte at an offset belongs to, counted from 0."""
        with self._lock:
            offset = max(0, min(offset, self._size))
            block = min(offset // BLOCK, len(self._newlines_before) - 2)
            if block < 0:
                return 0
            begin = block * BLOCK
            return self._newlines_before[block] + self._read(begin, offset - begin).count(b"\n")

    def finish(self) -> None:
        """Say that no more will come."""
        self._finished = True

    def close(self) -> None:
        """Drop everything; again is fine."""
        with self._lock:
            self._closed = self._finished = True
            self._size = 0
            self._buffer = bytearray()
            self._newlines_before = array("Q", [0])
            if self._file is not None:
                self._file.close()
                self._file = None

    def _add(self, data: memoryview) -> None:
        if self._file is None and self._size + len(data) <= self._memory:
            self._buffer += data
            self._index(data)
            return
        try:
            if self._file is None:
                self._file = self._moved_to_file()
            self._write(self._file, data)
        except OSError as error:
            raise ExchangeError(
                Fault.DISK,
                f"The answer can't be kept any further: {error.strerror or error}.",
                "Make room in the folder for temporary files, or set TMPDIR to another one.",
            ) from error

    def _moved_to_file(self) -> SpoolFile:
        """A file with what is in memory; where that fails it stays in memory."""
        file = self._open_file()
        rest = memoryview(self._buffer)
        try:
            while rest:
                rest = rest[file.write(rest) or 0 :]
        except OSError:
            file.close()
            raise
        rest.release()
        self._buffer = bytearray()
        return file

    def _write(self, file: SpoolFile, data: memoryview) -> None:
        file.seek(self._size)
        while data:
            written = file.write(data) or 0
            self._index(data[:written])
            data = data[written:]

    def _index(self, data: memoryview) -> None:
        """Count newlines block by block, then let readers see the bytes."""
        raw = bytes(data)
        position = 0
        while position < len(raw):
            if self._size % BLOCK == 0:
                self._newlines_before.append(self._newlines_before[-1])
            end = min(len(raw), position + BLOCK - self._size % BLOCK)
            self._newlines_before[-1] += raw.count(b"\n", position, end)
            self._size += end - position
            position = end
        if raw:
            self._ends_in_newline = raw.endswith(b"\n")

    def _starts(self, block: int) -> "array[int]":
        """Where, in a block, the lines start that follow a newline in it."""
        begin = block * BLOCK
        key = (block, min(BLOCK, self._size - begin))
        if self._last_scan[0] != key:
            pieces = self._read(begin, key[1]).split(b"\n")
            pieces.pop()
            self._last_scan = (key, array("I", accumulate(len(piece) + 1 for piece in pieces)))
        return self._last_scan[1]

    def _read(self, offset: int, length: int) -> bytes:
        if length <= 0 or offset < 0:
            return b""
        if self._file is None:
            return bytes(self._buffer[offset : offset + length])
        self._file.seek(offset)
        return self._file.read(length) or b""
