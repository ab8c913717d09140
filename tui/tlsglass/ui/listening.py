"""How keys come from the terminal: as Textual has it, but for Escape, which is to answer as soon as other keys do.

Escape is also how what other keys send begins, so that it is known for itself only once nothing has followed for a
while. Textual looks ten times a second whether that is so, and gives what follows another tenth of a second.
"""

import os
import selectors
import threading
from codecs import getincrementaldecoder

from textual import constants
from textual._xterm_parser import XTermParser
from textual.driver import Driver

ESCAPE_DELAY = 0.04
"""Seconds within which follows what belongs to an Escape, unless the variable ESCDELAY says otherwise: terminals write
all of it at once, and it travels together."""

_LONGEST = 0.1
"""Seconds after which it is looked at least whether the app has ended."""

_MOST = 4096
"""Bytes that are read at a time."""


class Listening(Driver):
    """A driver that listens for keys in a thread."""

    fileno: int
    """The terminal."""

    exit_event: threading.Event
    """Set when nobody wants to hear of keys any more."""

    def run_input_thread(self) -> None:
        """Hand on what is typed until told to end."""
        parser, decode = XTermParser(), getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            wait = _LONGEST
            while not self.exit_event.is_set():
                heard = bool(selector.select(wait))
                if heard and (text := decode(os.read(self.fileno, _MOST))):
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
                wait = min(_LONGEST, constants.ESCAPE_DELAY) if heard else _LONGEST


def hasten_escape() -> None:
    """Have Textual wait less for what belongs to an Escape, unless the reader has said how long."""
    if "ESCDELAY" not in os.environ:
        setattr(constants, "ESCAPE_DELAY", ESCAPE_DELAY)  # noqa: B010 - Textual calls it final, and reads it each time
