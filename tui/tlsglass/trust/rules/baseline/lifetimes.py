"""For how long a server's certificate may be valid, by the day on which it was issued. CA/B BR §6.3.2.

Who refuses what is longer: Chrome, below publicly trusted roots, what is longer than the limit of its day of issue
(`HasTooLongValidity` in its cert_verify_proc.cc, with those from 2026 on since commit 961e217 at the latest); Apple,
below those roots, what is longer than 398 days (support.apple.com/102028), and below any root what is longer than 825
days and was issued after 1 July 2019 (support.apple.com/103769). Neither counts the last second: `trust.lifetime`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tlsglass.trust.case import Case
from tlsglass.trust.lifetime import LAST_SECOND, is_issued_since, lifetime
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.standing import Fault, is_public, told
from tlsglass.trust.wording import named

_REFERENCE = "CA/Browser Forum BR §6.3.2"
_APPLE = "Apple 103769"
_DAY = timedelta(days=1)

_LIMITS = (
    (datetime(2029, 3, 15, tzinfo=UTC), 47 * _DAY, "47 days"),
    (datetime(2027, 3, 15, tzinfo=UTC), 100 * _DAY, "100 days"),
    (datetime(2026, 3, 15, tzinfo=UTC), 200 * _DAY, "200 days"),
    (datetime(2020, 9, 1, tzinfo=UTC), 398 * _DAY, "398 days"),
    (datetime(2018, 3, 1, tzinfo=UTC), 825 * _DAY, "825 days"),
    # Months are taken at their longest, as Chrome did. Until July 2016 there were exceptions from 39 months.
    (datetime(2015, 4, 1, tzinfo=UTC), 1188 * _DAY, "39 months"),
    (datetime(2012, 7, 1, tzinfo=UTC), 1827 * _DAY, "60 months"),
)
"""From which day of issue on a certificate may be valid for how long, the latest first."""

_MOST_AT_APPLE = 398 * _DAY
"""What Apple takes below publicly trusted roots, however much shorter the limit is."""

_APPLE_SINCE = datetime(2019, 7, 2, tzinfo=UTC)
_MOST_ANYWHERE_AT_APPLE = 825 * _DAY


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge how long the leaf is valid as a whole. Dates that can't be read are left to `readability`."""
    begins, length = case.leaf.not_before, lifetime(case.leaf)
    if begins is None or length is None:
        return
    limit = next(((longest, words) for since, longest, words in _LIMITS if begins >= since), None)
    if limit is None:
        return
    longest, words = limit
    days = (length - LAST_SECOND).days
    fine = f"{named(case.leaf)} is valid for {days:,} days; {words} are allowed for its day of issue."
    faults = [_fault(case, begins, length, limit)] if length > longest else []
    yield from told(case, "lifetime", faults, fine, _REFERENCE)


def _fault(case: Case, begins: datetime, length: timedelta, limit: tuple[timedelta, str]) -> Fault:
    longest, words = limit
    counted = length - LAST_SECOND
    at_apple = is_issued_since(case.leaf, _APPLE_SINCE) and counted > _MOST_ANYWHERE_AT_APPLE
    refused = counted > longest
    detail = f"{named(case.leaf)} is valid for {_days(length)}, a begun one counted. What publicly trusted authorities "
    detail += f"issued on {begins:%Y-%m-%d} may be valid for {words}."
    if at_apple:
        detail += " Apple's devices refuse more than 825 days below any root, private ones too."
    elif refused:
        who = "Chrome and Apple's devices refuse" if counted > _MOST_AT_APPLE else "Chrome refuses"
        detail += f" {who} it below a publicly trusted root."
    allowed = "825 days" if at_apple and not is_public(case) else words
    return Fault(
        code=FindingCode.LIFETIME_TOO_LONG,
        certificate=case.leaf,
        field="validity",
        title=f"valid for {_days(length)}, longer than the {allowed} allowed",
        detail=detail,
        reference=f"{_REFERENCE}, {_APPLE}" if at_apple else _REFERENCE,
        fix=f"Have it issued for at most {allowed}, and renewed by a program (ACME, RFC 8555), which makes that no "
        "work.",
        public=Severity.ERROR if refused else Severity.WARNING,
        private=Severity.ERROR if at_apple else Severity.NOTICE,
    )


def _days(length: timedelta) -> str:
    """How many days; what is more than a whole day is another one. CA/B BR §6.3.2."""
    return f"{-(-length // _DAY):,} days"
