"""What is done while nobody waits.

Python looks through all values for garbage when there are many new ones, which after a huge certificate stops all
threads for longer than a key may take. So that is done once no key has come for a while, and hardly ever by itself.
"""

import asyncio
import gc
from collections.abc import Callable

WAIT = 1.0
"""Seconds without a key after which nobody is taken to wait."""


class Idleness:
    """Does something once, each time that nothing has happened for a while."""

    def __init__(self, do: Callable[[], object] = gc.collect) -> None:
        """Wait for what happens first.

        Args:
            do: what is done then.
        """
        self._do = do
        self._waiting: asyncio.TimerHandle | None = None

    def interrupt(self) -> None:
        """Begin to wait anew, since something happens. Called in the loop."""
        self.end()
        self._waiting = asyncio.get_running_loop().call_later(WAIT, self._do)

    def end(self) -> None:
        """Do nothing any more."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
