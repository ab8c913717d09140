"""UTCTime and GeneralizedTime. RFC 5280 §4.1.2.5, X.690 §11.7, §11.8."""

import re
from datetime import UTC, datetime, timedelta

from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem

_UTC_TIME = re.compile(rb"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d{4})\Z")
_GENERALIZED_TIME = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)?)?([.,]\d{1,9})?(Z|[+-]\d{4})?\Z")
_DER = {"UTCTime": re.compile(rb"\d{12}Z\Z"), "GeneralizedTime": re.compile(rb"\d{14}Z\Z")}
_PIVOT = 50


def time(element: Element, problems: list[Problem], *, tag: str | None = None) -> datetime:
    """The moment that a UTCTime or GeneralizedTime names.

    Args:
        element: the time.
        problems: what is not as RFC 5280 has it is added here; forms that only BER allows are read all the same.
        tag: the type it has under an implicit tag; its own where left out.

    Returns:
        An aware time in UTC.

    Raises:
        DecodeError: it is no time, or none that exists.
    """
    kind = tag or element.tag
    pattern = {"UTCTime": _UTC_TIME, "GeneralizedTime": _GENERALIZED_TIME}.get(kind)
    if pattern is None:
        text = f"UTCTime or GeneralizedTime was expected here, not {kind}."
        raise DecodeError(text, element.start)
    match = pattern.match(element.content)
    text = f"{kind} does not name a moment that exists."
    if match is None:
        raise DecodeError(text, element.start)
    year, month, day, hour, minute, second = (int(digits or 0) for digits in match.groups()[:6])
    if kind == "UTCTime":
        year += 1900 if year >= _PIVOT else 2000
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - _offset(match[8] or b"Z")
    except (ValueError, OverflowError):
        raise DecodeError(text, element.start) from None
    if not _DER[kind].match(element.content):
        problems.append(
            Problem(text=f"{kind} is not written with whole seconds and a Z at its end.", offset=element.start)
        )
    fraction = match[7]
    return moment.replace(microsecond=int(fraction[1:].ljust(6, b"0")[:6])) if fraction else moment


def _offset(zone: bytes) -> timedelta:
    if zone == b"Z":
        return timedelta()
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    return offset if zone.startswith(b"+") else -offset


def rfc3339(moment: datetime) -> str:
    """A time as `2026-11-20T12:00:00Z`."""
    return f"{moment.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def plain(moment: datetime) -> str:
    """A time as `2026-11-20 12:00:00 UTC`."""
    return f"{moment.replace(tzinfo=None, microsecond=0).isoformat(sep=' ')} UTC"
