"""A program on a pseudo-terminal of its own, its screen read by a terminal emulator."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_LOOKED_AT = 1 << 16
"""Bytes of what was drawn last in which words are looked for."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])")


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
        self._size = (columns, rows)
        self._written = bytearray()
        self._drawn = bytearray()
        self.started = time.perf_counter()
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
        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(bytes(self._written))
        return "\n".join(screen.display)

    def type(self, keys: str) -> None:
        """Send keys as a terminal would."""
        self._drawn.clear()
        os.write(self._master, keys.encode())

    def wait_for(self, words: str, seconds: float = 20.0) -> float:
        """Read until words have been drawn since the last keys were typed.

        The words are looked for in what the program writes, without its escape sequences: an emulator would take
        longer than what is measured here.

        Returns:
            When they were there, on the clock of `time.perf_counter`.

        Raises:
            TimeoutError: they were not there in time, or the program has ended; the message holds the screen.
        """
        deadline = time.perf_counter() + seconds
        while words not in _ESCAPES.sub("", self._drawn[-_LOOKED_AT:].decode("utf-8", "replace")):
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not self._read(remaining):
                message = f"'{words}' was not drawn on\n{self.text}\nwith {max(0.0, remaining):.1f} s to go"
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
        self._written += data
        self._drawn += data
        return bool(data)

    def wait_until_idle(self) -> None:
        """Wait until the process has written nothing and used no processor for a fifth of a second, or 20 s."""
        stat = Path(f"/proc/{self.pid}/stat")
        used, quiet_since = "", time.perf_counter()
        deadline = quiet_since + 20
        while time.perf_counter() - quiet_since < 0.2 and time.perf_counter() < deadline:
            wrote = self._read(0.02)
            now = " ".join(stat.read_text().split()[13:15])
            if wrote or now != used:
                used, quiet_since = now, time.perf_counter()

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
