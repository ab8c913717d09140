"""How often guests may look: one after the other, and so many a minute."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tlsglass.errors import Fault, InputError

_MINUTE = 60.0


class Pace:
    """A turnstile: one is inside at a time, and so many get through a minute. From any thread."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Make one that nobody has gone through.

        Args:
            per_minute: how many begin within any sixty seconds; at least one.
            clock: the time in seconds.
        """
        self._per_minute = per_minute
        self._clock = clock
        self._inside = threading.Lock()
        self._begun: deque[float] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Be inside alone, waiting for whoever still is: a look that was superseded ends at once.

        Raises:
            InputError: with TOO_OFTEN, where so many have begun within the last minute.
        """
        with self._inside:
            now = self._clock()
            while self._begun and self._begun[0] <= now - _MINUTE:
                self._begun.popleft()
            if len(self._begun) >= self._per_minute:
                wait = max(1, math.ceil(self._begun[0] + _MINUTE - now))
                raise InputError(
                    Fault.TOO_OFTEN,
                    f"Guests may look {self._per_minute} times a minute, and that many looks were begun.",
                    f"Look again in {wait} second{'' if wait == 1 else 's'}.",
                )
            self._begun.append(now)
            yield
