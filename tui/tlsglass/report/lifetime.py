"""How far a certificate's life has gone at one moment: what a bar draws and a line says. RFC 5280 §4.1.2.5.

Knows only the two dates. Whether an end is a reason for distrust is left to `trust`.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.x509.model import Certificate

_SECOND = timedelta(seconds=1)
_YEAR = timedelta(days=365)
_UNITS = (("year", _YEAR), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


class Stage(StrEnum):
    """Where in its life a certificate is."""

    NOT_YET_VALID = "not-yet-valid"
    VALID = "valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """The life of a certificate, seen from one moment."""

    stage: Stage
    total: timedelta
    """From the first to the last moment, both included; zero where the dates are the wrong way round."""

    elapsed: timedelta
    """From the first moment until now, within 0 and total."""

    left: timedelta
    """Until the last moment; negative once it is past."""

    until_valid: timedelta
    """Until the first moment; negative once it is past."""

    @property
    def spent(self) -> float:
        """The share of the life that is over, from 0.0 to 1.0."""
        if self.total:
            return self.elapsed / self.total
        return 1.0 if self.stage is Stage.EXPIRED else 0.0

    @property
    def summary(self) -> str:
        """One line: `61 days left, 32 % of 90 days spent`, `expired 3 days ago`."""
        if self.stage is Stage.EXPIRED:
            return f"expired {duration(-self.left)} ago"
        if self.stage is Stage.NOT_YET_VALID:
            return f"valid in {duration(self.until_valid)}, for {duration(self.total)}"
        return f"{duration(self.left)} left, {int(self.spent * 100)} % of {duration(self.total)} spent"

    def bar(self, cells: int) -> int:
        """How many of that many cells of a bar are full; never all of them while there is time left."""
        full = round(self.spent * cells)
        return full if self.stage is Stage.EXPIRED else min(full, cells - 1)


def lifetime(certificate: Certificate, at: datetime) -> Lifetime | None:
    """The life of a certificate seen from a moment.

    Args:
        certificate: whose life.
        at: the moment, aware.

    Returns:
        None where one of its dates can't be read.
    """
    first, last = certificate.not_before, certificate.not_after
    if first is None or last is None:
        return None
    total = max(last - first + _SECOND, timedelta(0))
    stage = Stage.EXPIRED if at > last else Stage.NOT_YET_VALID if at < first else Stage.VALID
    elapsed = min(max(at - first, timedelta(0)), total)
    return Lifetime(stage=stage, total=total, elapsed=elapsed, left=last - at, until_valid=first - at)


def duration(span: timedelta) -> str:
    """A span of time in its largest unit of which there are two or more: `47 hours`, `3 days`, `12 years`."""
    for name, unit in _UNITS:
        count = span // unit
        if count > 1 or (count == 1 and span == unit):
            return f"{count} {name}{'' if count == 1 else 's'}"
    seconds = span // _SECOND
    return f"{seconds} second{'' if seconds == 1 else 's'}"
