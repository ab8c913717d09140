"""Lets others go first: who drives the engine in a thread says how, and the engine's long loops ask again and again.

It is kept by thread and not handed on, since a loop over what a certificate holds lies under dozens of calls that have
nothing to do with it. Where nobody says how, as for a report as text, asking costs next to nothing.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _go_on() -> None:
    """Nobody is to go first."""


class _Here(threading.local):
    """What the current thread does to let others go first."""

    wait: Callable[[], object] = staticmethod(_go_on)


_HERE = _Here()


def give_way() -> None:
    """Let others go first, if there are any. To be called where the work goes on for long, about each millisecond."""
    _HERE.wait()


@contextmanager
def giving_way(wait: Callable[[], object]) -> Iterator[None]:
    """Let this thread give way within.

    Args:
        wait: waits for those who go first; called very often, so that it is to be quick where there are none.
    """
    before = _HERE.wait
    _HERE.wait = wait
    try:
        yield
    finally:
        _HERE.wait = before
