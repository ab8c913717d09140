"""A moment as people type it: a date, a date and a time, or how far from now. ISO 8601 §5, RFC 3339 §5.6.

Standard library only, so that the command line can use it before anything heavy is loaded.
"""

import re
from datetime import UTC, datetime, timedelta

from tlsglass.limits import LONGEST_MOMENT

WAYS = "2027-01-31, 2027-01-31T12:00Z, +30d, -12h, +2w or now"
"""How a moment can be typed, as a hint says it."""

_DISTANCE = re.compile(r"([+-])(\d{1,7})([hdwy])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1), "y": timedelta(days=365)}


def parse_moment(text: str, now: datetime) -> datetime:
    """What was typed as a moment.

    Args:
        text: a date, a date and a time with or without a zone, which is UTC where none is given; a distance from now
            in hours, days, weeks or years of 365 days (`+30d`); or `now`.
        now: what distances are counted from, aware.

    Returns:
        The moment in UTC, with its fractions of a second left out: certificates have none. RFC 5280 §4.1.2.5.2.

    Raises:
        ValueError: it is no moment; the message is a sentence.
    """
    typed = text.strip()
    try:
        distance = _DISTANCE.fullmatch(typed.lower())
        if distance is not None:
            sign, count, unit = distance.groups()
            moment = now + int(f"{sign}{count}") * _UNITS[unit]
        elif typed.lower() == "now":
            moment = now
        else:
            moment = datetime.fromisoformat(typed[: LONGEST_MOMENT + 1])
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        message = f"{text[:LONGEST_MOMENT]!r} is no moment. Type {WAYS}."
        raise ValueError(message) from error
