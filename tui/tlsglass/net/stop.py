"""The wish to stop, as something that any wait can wait for."""

import socket
import threading
from types import TracebackType
from typing import Self


class Stop:
    """A flag that is set once, from any thread, and that wakes whoever waits on its file descriptor at once.

    A socket pair and not a pipe, since `select` takes only sockets on some systems. Whoever makes one closes it,
    after the last wait on it has returned.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flag = threading.Event()
        self._reader, self._writer = socket.socketpair()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def set(self) -> None:
        """Ask everything that holds this to stop. Again, or after `close`, it changes nothing."""
        with self._lock:
            if not self._flag.is_set():
                self._flag.set()
                if self._writer.fileno() >= 0:
                    self._writer.send(b"\0")

    def is_set(self) -> bool:
        """Whether stopping was asked for."""
        return self._flag.is_set()

    def fileno(self) -> int:
        """A descriptor that becomes readable, and stays so, once this is set; -1 after `close`."""
        return self._reader.fileno()

    def close(self) -> None:
        """Give the descriptors back."""
        with self._lock:
            self._reader.close()
            self._writer.close()
