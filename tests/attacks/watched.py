"""The app on a pseudo-terminal: its screen read by an emulator as it goes, its bytes kept for the scanner."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import pyte

from tests.attacks.resources import Resources, settled
from tests.attacks.scanner import Scanner

_COLUMNS, _ROWS = 120, 40
_PATIENCE = 30.0
"""Seconds after which a test gives up; no screen comes near."""

_EMPTY_LINE = "host, host:port, URL or file"
_NO_TITLE = re.compile(r"(?:;[a-z-]*)?")
"""What the emulator takes for a title where none was set: it reads OSC 22, the pointer's shape, as OSC 2."""

_TYPING = "⏎ Look"
_TO_TARGET, _CLEAR_LINE, ESCAPE, HELP, QUIT = "\x0c", "\x15", "\x1b", "?", "\x11"


class Watched:
    """The app, looked at as by a person."""

    def __init__(self, *words: str) -> None:
        """Start it with words of the command line."""
        self._screen = pyte.Screen(_COLUMNS, _ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._scanner = Scanner()
        self._complaints: list[str] = []

        self.pid, self._master = pty.fork()
        if self.pid == 0:
            variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
            command = [sys.executable, "-m", "tests.attacks.launched", *words]
            os.execvpe(command[0], command, variables)  # noqa: S606 - no shell is wanted between us and the program
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._master)

    @property
    def lines(self) -> list[str]:
        """The screen, row by row."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as one line of words."""
        return " ".join(" ".join(self.lines).split())

    @property
    def complaints(self) -> list[str]:
        """What is wrong with the bytes that it sent so far."""
        return self._complaints + ["a title was set"] * (not _NO_TITLE.fullmatch(self._screen.title))

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def look_at(self, target: str) -> None:
        """Type a target and press Enter."""
        # Textual lets keys that are bound wait for those that are typed, so that each step is seen to be done.
        self.type(_TO_TARGET)
        self.wait(lambda lines: _TYPING in lines[-1], "focus in the target bar")
        self.type(_CLEAR_LINE)
        self.wait(lambda lines: _EMPTY_LINE in lines[0], "empty target bar")
        self.type(f"{target}\r")

    def wait(self, reached: Callable[[list[str]], bool], what: str) -> None:
        """Read what the app draws until the screen is as wished.

        Raises:
            AssertionError: it was not in time, or the app has ended; the message holds the screen.
        """
        deadline = time.monotonic() + _PATIENCE
        while not reached(self.lines):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError("\n".join([f"no {what} on", *self.lines]))

    def wait_for_end(self) -> int:
        """Read until the app has ended, and give its exit status."""
        deadline = time.monotonic() + _PATIENCE
        while self._read(deadline - time.monotonic()):
            pass
        assert time.monotonic() < deadline, "the app does not end"
        self._ended = True
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def settled(self, reached: Callable[[Resources], bool]) -> Resources:
        """Let the app draw until it holds no more than it should."""
        return settled(self.pid, reached, self._read)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self._complaints += self._scanner.complaints(data)
        self._stream.feed(data)
        return bool(data)
