"""A program on a pseudo-terminal of its own, its screen read by a terminal emulator."""

import base64
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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from rich.cells import get_character_cell_size

PATIENCE = 60.0
"""Seconds after which a wait gives up; none should come near it."""

_LOOKED_AT = 1 << 16
"""Bytes of what was drawn last in which words are looked for."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])")
_OSC52 = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")


class Terminal:
    """A child process on a pty."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start the command.

        Args:
            command: the program and its arguments.
            columns: width of the terminal.
            rows: height of the terminal.
            environment: variables on top of those that are around; None takes one away.
        """
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self._written = bytearray()
        self._drawn = bytearray()
        self._before = ""
        """The screen when the last keys were typed."""

        self._reaped: int | None = None
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            wanted = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            variables = {name: value for name, value in wanted.items() if value is not None}
            os.execvpe(command[0], list(command), variables)  # noqa: S606 - no shell is wanted between us and the program
        self._process = os.pidfd_open(self.pid)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def written(self) -> bytes:
        """All that the program has written, as far as it was read."""
        return bytes(self._written)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        self._stream.feed(bytes(self._written[self._fed :]))
        self._fed = len(self._written)
        return "\n".join(map(self._line, range(self._screen.lines)))

    def _line(self, row: int) -> str:
        """A row as terminals have it: of a wide character that was written over by half, the other half is blank."""
        cells = [self._screen.buffer[row][column].data for column in range(self._screen.columns)]
        beside_wide = [False, *(bool(text) and get_character_cell_size(text[0]) > 1 for text in cells)]
        return "".join(text or " " * (not wide) for text, wide in zip(cells, beside_wide, strict=False))

    @property
    def copied(self) -> list[str]:
        """What the program has put on the terminal's clipboard, by plain OSC 52."""
        return [base64.b64decode(each).decode() for each in _OSC52.findall(self._written)]

    def modes(self) -> int:
        """What the terminal does with keys before the program sees them: the local modes of termios."""
        modes = termios.tcgetattr(self._master)[3]
        assert isinstance(modes, int)
        return modes

    def type(self, keys: str) -> None:
        """Send keys as a terminal would."""
        self._before = self.text
        self._drawn.clear()
        os.write(self._master, keys.encode())

    def paste(self, text: str) -> None:
        """Send text as a terminal does that brackets what is pasted."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as the drag of a window does."""
        self.text  # noqa: B018 - what was drawn for the old size belongs on the old screen
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, reached: "Callable[[str], object] | str", seconds: float = PATIENCE) -> str:
        """Read until the screen is as wanted.

        Args:
            reached: words that stand there then, or what says whether it is so, of the screen's text.
            seconds: how long to wait at most.

        Returns:
            The screen.

        Raises:
            TimeoutError: it did not come to that, or the program has ended; the message holds the screen.
        """
        deadline = time.perf_counter() + seconds
        while True:
            text = self.text
            if reached in text if isinstance(reached, str) else reached(text):
                return text
            if not self._read(max(0.0, deadline - time.perf_counter())):
                message = f"{reached!r} did not come about on\n{text}"
                raise TimeoutError(message)

    def wait_for(self, words: str, seconds: float = 20.0) -> float:
        """Read until words have been drawn since the last keys were typed.

        The words are looked for in what the program writes, without its escape sequences: an emulator would take
        longer than what is measured here. Only where a part of them stood there already, and so is not written, the
        screen is asked.

        Returns:
            When they were there, on the clock of `time.perf_counter`.

        Raises:
            TimeoutError: they were not there in time, or the program has ended; the message holds the screen.
        """
        deadline = time.perf_counter() + seconds
        while True:
            read_at = time.perf_counter()
            if words in _ESCAPES.sub("", self._drawn[-_LOOKED_AT:].decode("utf-8", "replace")):
                return read_at
            if words not in self._before and words in self.text:
                return read_at
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not self._read(remaining):
                message = f"'{words}' was not drawn on\n{self.text}\nwith {max(0.0, remaining):.1f} s to go"
                raise TimeoutError(message)

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """Read what is still written until the program has ended.

        Returns:
            Its exit status; minus the number of the signal where one ended it.

        Raises:
            TimeoutError: it goes on; the message holds the screen.
        """
        deadline = time.perf_counter() + seconds
        watched = [self._process, *([self._master] if self._master >= 0 else [])]
        while self._reaped is None:
            remaining = deadline - time.perf_counter()
            if remaining <= 0:
                message = f"The program goes on after {seconds:.0f} s, with\n{self.text}"
                raise TimeoutError(message)
            ready, _, _ = select.select(watched, [], [], remaining)
            if self._process in ready:
                while self._read(0):
                    pass
                self._reaped = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            elif self._master in ready and not self._read(0):
                watched.remove(self._master)  # nobody writes there any more
        return self._reaped

    def _read(self, seconds: float) -> bool:
        if self._master < 0:
            return False
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

    def read_until(self, moment: float) -> None:
        """Read what is written until a moment on the clock of `time.perf_counter`."""
        while (remaining := moment - time.perf_counter()) > 0:
            self._read(remaining)

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

    def hang_up(self) -> None:
        """Close the terminal, as a window that is closed does: the kernel sends SIGHUP, and reads come to an end."""
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """End the process, if it has not ended."""
        if self._reaped is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._reaped = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if self._process >= 0:
            os.close(self._process)
            self._process = -1
        if self._master >= 0:
            self.hang_up()
