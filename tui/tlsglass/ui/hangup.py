"""A terminal that goes away: the window is closed, the connection drops. Nothing of the program stays behind then.

Textual would read the end of the terminal time and again. So a thread waits for the hang-up, which the kernel tells of
also where no signal comes; and the signals that ask a program to end are answered by giving the terminal back.
"""

import asyncio
import os
import select
import signal
import sys
import threading
from typing import Any

from textual.app import App

_ENDED_BY = 128
"""What shells add to the number of a signal that ended a program."""

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))


def end_with_terminal(app: App[Any]) -> None:
    """End the process when its terminal is gone, or when a signal asks for it. Called in the app's loop.

    Args:
        app: the app, which leaves as if told to where its terminal is still there.
    """
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    terminal = sys.__stdin__.fileno()
    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        if is_gone(terminal):
            vanish(number)
        else:
            app.exit(return_code=_ENDED_BY + number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, leave, number)
    threading.Thread(target=_wait_for_end, args=(terminal,), name="waits for the terminal's end", daemon=True).start()


def is_gone(terminal: int, *, wait: bool = False) -> bool:
    """Whether nobody is at the other side of a terminal any more.

    Args:
        terminal: its descriptor.
        wait: whether to wait until it is so.
    """
    poll = select.poll()
    poll.register(terminal, 0)  # a hang-up is always told, nothing else is wanted
    return bool(poll.poll(None if wait else 0))


def vanish(number: int) -> None:
    """End the process at once: no loop or thread of it is waited for, since they may wait for the terminal.

    Nothing is put in order, as nothing needs that: what is not in memory lies in files without a name.

    Args:
        number: the signal by which it ends as far as others can tell.
    """
    os._exit(_ENDED_BY + number)


def _wait_for_end(terminal: int) -> None:
    if is_gone(terminal, wait=True):
        vanish(signal.SIGHUP)
