"""The app on a pseudo-terminal, looked at as by a person, its bytes scanned as they come."""

import re
import sys
from collections.abc import Callable

from tests.attacks.resources import Resources, held_by, settled
from tests.attacks.scanner import Scanner
from tests.terminal import Terminal

ESCAPE, HELP, QUIT = "\x1b", "\x1bOP", "\x11"
"""Escape, F1 and Ctrl+Q, which work wherever one is."""

HELP_TITLE = ": a looking glass for TLS"
_TO_TARGET, _CLEAR_LINE = "\x0c", "\x15"
_EMPTY_LINE = "host, host:port, URL or file"
_TYPING = "⏎ Look"
_NO_TITLE = re.compile(r"(?:;[a-z-]*)?")
"""What the emulator takes for a title where none was set: it reads OSC 22, the pointer's shape, as OSC 2."""


class Watched(Terminal):
    """The app."""

    def __init__(self, *words: str) -> None:
        """Start it with words of the command line."""
        # The terminal's own size counts, and none that stands around, as it does where tests are shared out.
        super().__init__(
            [sys.executable, "-m", "tests.attacks.launched", *words], environment={"COLUMNS": None, "LINES": None}
        )
        self.at_rest = held_by(self.pid)
        """What it holds when nothing goes on; whoever starts it says when that is."""

        self._scanner = Scanner()
        self._scanned = 0
        self._complaints: list[str] = []

    @property
    def lines(self) -> list[str]:
        """The screen, row by row."""
        return self.text.splitlines()

    @property
    def complaints(self) -> list[str]:
        """What is wrong with the bytes that it sent so far."""
        self._complaints += self._scanner.complaints(self.written[self._scanned :])
        self._scanned = len(self.written)
        return self._complaints + ["a title was set"] * (not _NO_TITLE.fullmatch(self._screen.title))

    def look_at(self, target: str) -> None:
        """Type a target and press Enter."""
        # Textual lets keys that are bound wait for those that are typed, so that each step is seen to be done.
        self.type(_TO_TARGET)
        self.wait(lambda lines: _TYPING in lines[-1])
        self.type(_CLEAR_LINE)
        self.wait(lambda lines: _EMPTY_LINE in lines[0])
        self.type(f"{target}\r")

    def wait(self, reached: Callable[[list[str]], bool]) -> None:
        """Read what the app draws until the screen is as wished. See `Terminal.until`."""
        self.until(lambda text: reached(text.splitlines()))

    def see_help(self) -> None:
        """Open help and close it, so that all keys before were taken and what they led to was drawn."""
        self.type(HELP)
        self.until(HELP_TITLE)
        self.type(ESCAPE)
        self.until(lambda text: HELP_TITLE not in text)

    def settled(self, reached: Callable[[Resources], bool]) -> Resources:
        """Let the app draw until it holds no more than it should."""
        return settled(self.pid, reached, self._read)
