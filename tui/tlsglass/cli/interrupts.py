"""Ctrl+C while the program starts.

There is nothing to put in order yet, and an exception would get lost where what is loaded, or the interpreter itself,
ignores those that come from below.
"""

import os
import signal
from types import FrameType

INTERRUPTED = 128 + signal.SIGINT
"""Ended by Ctrl+C, as shells number it."""


def end_at_once() -> None:
    """Have Ctrl+C end the process there and then, unless it was started so that Ctrl+C is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def raise_again() -> None:
    """Have Ctrl+C be an exception, since there is something to put in order from now on."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)
