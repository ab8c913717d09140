"""The screen goes first: the engine's thread rests while the screen's has something to do.

Python runs one thread at a time. Two that both have work share the time evenly, so that a key would take twice as long
while the engine reads a huge certificate.
"""

import selectors
import threading
import time
from collections.abc import Callable

LONGEST_REST = 0.1
"""Seconds that the engine waits at a time at most: as long as a key may take."""

SHARE = 0.25
"""What part of the time that it has waited the engine then goes on for, whatever the screen does meanwhile."""


class Precedence:
    """Whether the screen has something to do, and the wait of others for it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, idle: threading.Event | None = None) -> None:
        """Let all go on.

        Args:
            clock: the time in seconds.
            idle: what is set while the screen has nothing to do; None makes one.
        """
        self._clock = clock
        self._idle = idle or threading.Event()
        self._idle.set()
        self._goes_on_until = clock()

    def taken(self) -> None:
        """The screen has something to do. Called in its thread."""
        self._idle.clear()

    def left(self) -> None:
        """The screen waits. Called in its thread."""
        self._idle.set()

    def wait(self) -> None:
        """Wait while the screen has something to do, for a moment at most. Called in any other thread."""
        if self._idle.is_set():
            return
        began = self._clock()
        if began >= self._goes_on_until:
            self._idle.wait(LONGEST_REST)
            ended = self._clock()
            self._goes_on_until = ended + (ended - began) * SHARE


class Watch(selectors.DefaultSelector):
    """What the screen's loop waits by: it has something to do unless it waits."""

    def __init__(self, precedence: Precedence) -> None:
        """Make it.

        Args:
            precedence: hears of it.
        """
        super().__init__()
        self._precedence = precedence

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait as its base does."""
        if timeout is None or timeout > 0:
            self._precedence.left()
        found = super().select(timeout)
        self._precedence.taken()
        return found

    def close(self) -> None:
        """Let all go on: nothing is shown any more."""
        super().close()
        self._precedence.left()
