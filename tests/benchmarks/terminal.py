"""A program on a pseudo-terminal of its own, its screen read by a terminal emulator."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte


class Terminal:
    """A child process on a pty."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the command.

        Args:
            command: the program and its arguments.
            columns: width of the terminal.
            rows: height of the terminal.
            environment: variables on top of those that are around.
        """
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.bytes_read = 0
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), variables)  # noqa: S606 - no shell is wanted between us and the program
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def type(self, keys: str) -> None:
        """Send keys as a terminal would."""
        os.write(self._master, keys.encode())

    def wait_until(self, seen: Callable[[str], bool], seconds: float = 20.0) -> float:
        """Read until the screen shows something.

        Returns:
            When it was there, on the clock of `time.perf_counter`.

        Raises:
            TimeoutError: it was not there in time; the message holds the screen.
        """
        deadline = time.perf_counter() + seconds
        while not seen(self.text):
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not self._read(remaining):
                message = f"not seen on\n{self.text}\nwith {max(0.0, remaining):.1f} s to go"
                raise TimeoutError(message)
        return time.perf_counter()

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self.bytes_read += len(data)
        self._stream.feed(data)
        return bool(data)

    def resident_megabytes(self) -> float:
        """Memory of the process that is in use now, in MB. Linux only."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123 - not a file
            kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in rollup if line.endswith("kB\n")}
        return kilobytes["Rss"] / 1000

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)
