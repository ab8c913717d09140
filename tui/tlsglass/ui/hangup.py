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

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGTERM") if hasattr(signal, name))


def end_by_signals(app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
    """End the process when a signal asks for it, in whatever state the app is. To be called before the app starts.

    Asyncio would cancel the app, which takes that for the end of whatever it waits for, and goes on; and an app that is
    told to leave before its first screen is there fails.

    Args:
        app: the app.
        loop: what it is going to run in.
    """
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    terminal = sys.__stdin__.fileno()

    def leave(number: int) -> None:
        driver = app._driver  # noqa: SLF001 - Textual gives the terminal back by an orderly end only
        if driver is not None and not is_gone(terminal):
            driver.stop_application_mode()
            driver.close()
        vanish(number)

    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, leave, number)


def end_with_terminal() -> None:
    """End the process when its terminal is gone."""
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    terminal = sys.__stdin__.fileno()
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
