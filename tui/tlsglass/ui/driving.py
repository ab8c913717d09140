"""The driver between Textual and the terminal, with what we need there that Textual has no other place for."""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.driver import Driver

from tlsglass.characters import SCREEN, as_started, lacks_utf8
from tlsglass.ui.thrift import Canvas, is_harmless

LINE_SPEED = 8000
"""Bytes a second that a line to a terminal carries at least: 64 kbit/s."""

LONGEST_PAUSE = 0.2
"""Seconds at most between two pictures, however slow the line is."""

_SYNC = ("\x1b[?2026h", "\x1b[?2026l")
"""Where a picture begins and ends, which then is shown at once; we decide where that is."""

_ERASE_IN_COLOUR = ("xterm", "rxvt", "alacritty", "kitty", "foot", "linux")
"""How the names of terminals begin that have 'back color erase' (bce in terminfo); screen and tmux have it not."""


class Thrifty(Driver):
    """A driver that writes only what changes on the terminal.

    Over a line that may be slow, a picture waits until the one before it can have been sent; what would have been seen
    for no longer than that is left out.
    """

    canvas: Canvas
    """What is known of the terminal's cells."""

    passed: ClassVar[Callable[[Driver, str], None]]
    """The driver's own way of writing."""

    is_remote: bool
    """Whether the line may be slow."""

    is_ascii: bool
    """Whether the terminal lacks UTF-8."""

    clock: Callable[[], float] = staticmethod(time.monotonic)
    """The time in seconds."""

    _free_at = 0.0
    """When the line is free again, by the clock."""

    _synchronised = False
    """Whether the terminal is told where a picture begins and ends, which Textual has found out that it understands."""

    _waiting: asyncio.TimerHandle | None = None

    def write(self, data: str) -> None:
        """Write what the terminal needs to look as it would if all was written."""
        if self.is_ascii:
            data = data.translate(SCREEN)
        if data in _SYNC:
            self._synchronised = True
        elif is_harmless(data):
            self.passed(data)
        elif not self.canvas.take(data):
            self._paint()
            self.canvas.forget()
            self.passed(data)
        elif not self.is_remote or (now := self.clock()) >= self._free_at:
            self._paint()
        elif self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(self._free_at - now, self._paint)

    def close(self) -> None:
        """Paint no more."""
        self._rest()
        super().close()

    def _paint(self) -> None:
        self._rest()
        if picture := self.canvas.drawn(self._app.size.width):
            self._free_at = self.clock() + min(LONGEST_PAUSE, len(picture) / LINE_SPEED)
            self.passed(picture.join(_SYNC) if self._synchronised else picture)

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def thrifty(app: App[Any], *, is_remote: bool) -> Canvas:
    """Have an app use a driver that writes only what changes on the terminal. To be called in the app's `__init__`.

    Args:
        app: the app.
        is_remote: whether the line to the terminal may be slow.

    Returns:
        What is known of the terminal's cells, to be forgotten where something else has written to them.
    """
    erases_in_colour = os.environ.get("TERM", "").startswith(_ERASE_IN_COLOUR)
    canvas = Canvas(erases_in_colour=erases_in_colour, colours=not os.environ.get("NO_COLOR"))
    base = app.driver_class
    is_ascii = lacks_utf8(as_started(os.environ))
    parts = {"canvas": canvas, "is_remote": is_remote, "is_ascii": is_ascii, "passed": base.write}
    app.driver_class = type(base.__name__, (Thrifty, base), parts)
    return canvas
