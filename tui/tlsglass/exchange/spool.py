"""An answer of any size: bytes that are only ever added, in memory while they are few and in a file once they are many.

One thread adds while others read. Where lines and words are in it is left to who shows it.
"""

import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Protocol, Self

from tlsglass.errors import ExchangeError, Fault
from tlsglass.limits import DEFAULTS, SPOOL_MEMORY


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

    def finish(self) -> None:
        """Say that no more will come."""
        self._finished = True

    def close(self) -> None:
        """Drop everything; again is fine."""
        with self._lock:
            self._closed = self._finished = True
            self._size = 0
            self._buffer = bytearray()
            if self._file is not None:
                self._file.close()
                self._file = None

    def _add(self, data: memoryview) -> None:
        if self._file is None and self._size + len(data) <= self._memory:
            self._buffer += data
            self._size += len(data)
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
            self._size += written
            data = data[written:]

    def _read(self, offset: int, length: int) -> bytes:
        if length <= 0 or offset < 0:
            return b""
        if self._file is None:
            return bytes(self._buffer[offset : offset + length])
        self._file.seek(offset)
        return self._file.read(length) or b""
