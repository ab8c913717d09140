"""The driver between Textual and the terminal, with what we need there that Textual has no other place for."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from tlsglass.characters import SCREEN, as_started, lacks_utf8
from tlsglass.ui.listening import Listening, hasten_escape
from tlsglass.ui.thrift import Canvas, is_harmless

LINE_SPEED = 8000
"""Bytes a second that a line to a terminal carries at least: 64 kbit/s."""

AT_ONCE = 3000
"""Bytes of these that may come at once where nothing came before, so that what a single key does is seen at once."""

REFILL = LINE_SPEED - AT_ONCE
"""Bytes a second by which that grows again: so in no second more is written than the line carries."""

_SYNC = ("\x1b[?2026h", "\x1b[?2026l")
"""Where a picture begins and ends, which then is shown at once; we decide where that is."""

_ERASE_IN_COLOUR = ("xterm", "rxvt", "alacritty", "kitty", "foot", "linux")
"""How the names of terminals begin that have 'back color erase' (bce in terminfo); screen and tmux have it not."""


class Thrifty(Driver):
    """A driver that writes only what changes on the terminal.

    Over a line that may be slow, a picture waits until the line carries it, and is then of what is wanted by then:
    pictures in between are never drawn. One that is too large for that comes in parts, from top to bottom.
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

    _room = float(AT_ONCE)
    """Bytes that may be written, as counted last."""

    _counted_at = 0.0
    """When that was, by the clock."""

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
        elif not self.canvas.take(data, *self._app.size):
            self._paint()
            self.canvas.forget()
            self.passed(data)
        elif not self.is_remote:
            self._paint()
        elif self._waiting is None:
            self._paint_in_time()

    def close(self) -> None:
        """Paint no more."""
        self._rest()
        super().close()

    def _paint_in_time(self) -> None:
        """Paint what the line carries now, and the rest when it carries that."""
        self._rest()
        while size := self.canvas.size(self._app.size.width):
            now = self.clock()
            self._room = min(AT_ONCE, self._room + (now - self._counted_at) * REFILL)
            self._counted_at = now
            missing = min(size + self._frame, AT_ONCE) - self._room
            if missing > 0:
                self._waiting = asyncio.get_running_loop().call_later(missing / REFILL, self._paint_in_time)
                return
            self._paint(AT_ONCE - self._frame)

    def _paint(self, most: int | None = None) -> None:
        self._rest()
        if picture := self.canvas.drawn(self._app.size.width, most):
            self._room -= len(picture.encode()) + self._frame
            self.passed(picture.join(_SYNC) if self._synchronised else picture)

    @property
    def _frame(self) -> int:
        """Bytes around each picture."""
        return sum(map(len, _SYNC)) if self._synchronised else 0

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def up_to_date(event: Resize) -> Resize:
    """News of the terminal's size, with the size that it has.

    Textual asks for it where a signal comes, and while it does the next one may come: then what was asked first is told
    last. What the terminal tells by itself, with its size in pixels, comes in order.

    Args:
        event: as it was told.
    """
    if event.pixel_size is not None:
        return event
    size = Size(*shutil.get_terminal_size())
    return Resize(size, size)


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
    listens = hasattr(base, "run_input_thread")
    if listens:
        hasten_escape()
    app.driver_class = type(base.__name__, (Thrifty, Listening, base) if listens else (Thrifty, base), parts)
    return canvas
