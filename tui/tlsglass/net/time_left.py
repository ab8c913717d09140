"""How long may still be waited: each wait has an end of its own, and the whole look has one that none goes past."""

import time

from tlsglass.limits import Limits


class TimeLeft:
    """The time of one look, which begins when this is made. Moments are of `time.monotonic`."""

    def __init__(self, limits: Limits) -> None:
        """Begin.

        Args:
            limits: how long the whole may take.
        """
        self._limits = limits
        self.ends = time.monotonic() + limits.total_time
        """When the look has to be over."""

    @property
    def over(self) -> bool:
        """Whether nothing may be waited for any more."""
        return time.monotonic() >= self.ends

    def until(self, seconds: float) -> float:
        """When a wait that begins now and may take so many seconds has to end."""
        return min(self.ends, time.monotonic() + seconds)

    def at_most(self, seconds: float) -> float:
        """So many seconds, or fewer where fewer are left; not less than nothing."""
        return max(0.0, self.until(seconds) - time.monotonic())

    def hint(self) -> str:
        """What to try where the whole took too long; empty where it did not."""
        return self._limits.hint("total_time") if self.over else ""
