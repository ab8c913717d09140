"""Whether each certificate of the path is valid at the moment of judging. RFC 5280 §4.1.2.5, §6.1.3 (a)(2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, PathStep, Severity
from tlsglass.trust.wording import moment, named, span

NOTICE_SHARE = 6
"""A leaf with less than this part (one sixth) of its lifetime left is noticed: 15 days of 90, 66 of 398.

Issuers advise to renew when a third is left, so at a sixth a renewal has been missed.
"""

WARNING_SHARE = 18
"""A leaf with less than this part of its lifetime left is warned of: 5 days of 90, 22 of 398."""

ISSUER_NOTICE = timedelta(days=30)
"""An issuer's certificate that ends within this time is noticed: shares of its long lifetime would say nothing."""

_REFERENCE = "RFC 5280 §4.1.2.5"
_RENEW = "Have it renewed by its issuer, and see that renewal runs by itself."


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the dates of every certificate in the path. Dates that can't be read are left to `readability`."""
    for place, step in enumerate(case.path.steps):
        begins, ends = step.certificate.not_before, step.certificate.not_after
        if begins is None or ends is None:
            continue
        if case.at > ends:
            yield _expired(case, step, ends, is_leaf=not place)
        elif case.at < begins:
            yield _not_yet_valid(case, step, begins)
        else:
            yield passed(
                "validity",
                f"{named(step.certificate)} is valid from {moment(begins)} to {moment(ends)}, "
                f"{span(ends - case.at)} more.",
                _REFERENCE,
            )
            yield from _expires_soon(case, step, begins, ends, is_leaf=not place)


def _expired(case: Case, step: PathStep, ends: datetime, *, is_leaf: bool) -> Finding:
    return finding(
        FindingCode.EXPIRED,
        Severity.ERROR,
        step.certificate,
        field="validity.not_after",
        title=case.told(step.certificate, f"expired {span(case.at - ends)} ago ({moment(ends)})"),
        detail=f"The last moment of {named(step.certificate)} was {moment(ends)}; clients refuse it since.",
        reference=_REFERENCE,
        fix=_RENEW if is_leaf else _replacement(step),
    )


def _not_yet_valid(case: Case, step: PathStep, begins: datetime) -> Finding:
    return finding(
        FindingCode.NOT_YET_VALID,
        Severity.ERROR,
        step.certificate,
        field="validity.not_before",
        title=case.told(step.certificate, f"not valid for another {span(begins - case.at)} ({moment(begins)})", "is"),
        detail=f"The first moment of {named(step.certificate)} is {moment(begins)}; until then clients refuse it.",
        reference=_REFERENCE,
        fix=f"Use the earlier certificate until {moment(begins)}; if that has passed, set the clock of this machine.",
    )


def _expires_soon(case: Case, step: PathStep, begins: datetime, ends: datetime, *, is_leaf: bool) -> Iterator[Finding]:
    left, lifetime = ends - case.at, ends - begins
    if left * NOTICE_SHARE >= lifetime if is_leaf else left >= ISSUER_NOTICE:
        return
    urgent = is_leaf and left * WARNING_SHARE < lifetime
    yield finding(
        FindingCode.EXPIRES_SOON,
        Severity.WARNING if urgent else Severity.NOTICE,
        step.certificate,
        field="validity.not_after",
        title=case.told(step.certificate, f"expires in {span(left)} ({moment(ends)})"),
        detail=f"{named(step.certificate)} has {span(left)} left of {span(lifetime)}.",
        reference=_REFERENCE,
        fix=_RENEW if is_leaf else _replacement(step),
    )


def _replacement(step: PathStep) -> str:
    if step.sent is None:
        return "Have a certificate issued under another root: this one is from the store, not from the server."
    return f"Send the current certificate of {named(step.certificate)} instead; its holder publishes it."
