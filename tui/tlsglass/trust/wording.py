"""The words that findings share: certificates by name, moments, spans of time and lists that have an end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tlsglass.x509.model import Certificate

_LONGEST_LABEL = 64
_LISTED = 5
_UNITS = (
    (timedelta(days=730), timedelta(days=365), "years"),
    (timedelta(days=2), timedelta(days=1), "days"),
    (timedelta(hours=2), timedelta(hours=1), "hours"),
    (timedelta(minutes=2), timedelta(minutes=1), "minutes"),
)
"""From which length on a span is told in which unit."""


def shortened(text: str) -> str:
    """A name from outside, at a length that leaves room for the sentence around it."""
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def named(certificate: Certificate) -> str:
    """What a sentence calls a certificate: `'Demo Root CA'`."""
    return f"'{shortened(certificate.label)}'"


def moment(when: datetime) -> str:
    """A moment in a sentence: `2026-11-20 12:00 UTC`."""
    # strftime leaves out the leading zeros of years before 1000.
    return f"{when.year:04}-{when:%m-%d %H:%M} UTC"


def span(length: timedelta) -> str:
    """How long, in one whole unit: `3 days`, `5 hours`, `1 second`."""
    for least, unit, name in _UNITS:
        if length >= least:
            return f"{length // unit} {name}"
    seconds = max(0, int(length.total_seconds()))
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def listed(values: Iterable[str], *, count: int = _LISTED) -> str:
    """The first few of a list: `a, b and 498 more`.

    Args:
        values: what to list.
        count: how many are written out.
    """
    shown = [shortened(value) for value in values]
    if len(shown) > count:
        return f"{', '.join(shown[:count])} and {len(shown) - count:,} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
