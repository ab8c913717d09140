"""Loading without the garbage collector, which would go through what is loaded time and again: it stays for good."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Load what a command needs."""
    gc.disable()
    try:
        yield
    finally:
        loaded()


def loaded() -> None:
    """Let the collector work from now on, and leave alone what there is; nothing where it works already."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
