"""Whether browsers would be content with the timestamps, derived from their published rules and not tried.

Both count the timestamps that are valid, by distinct logs, of which one must have the interface of RFC 6962. A log
counts as current while the program has it as qualified, usable or read-only; a retired one counts as once approved
for what it promised before that day.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from tlsglass.frozen import dataclass
from tlsglass.trust.lifetime import lifetime, lifetime_by_programs
from tlsglass.trust.transparency.model import (
    CheckedTimestamp,
    LogList,
    PolicyResult,
    PolicyStatus,
    Source,
    TimestampStatus,
)
from tlsglass.trust.wording import listed
from tlsglass.x509.model import Certificate

_CURRENT = frozenset({"qualified", "usable", "readonly"})
_SHORT = timedelta(days=180)
_FEW, _MANY = 2, 3
"""Logs that are asked for up to 180 days of validity, and beyond."""

_OPERATORS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Policy:
    """The rules of one program."""

    name: str
    program: str
    """As lists of logs call it."""

    since: datetime
    """Certificates issued before are under other rules or none."""

    reference: str
    lifetime: Callable[[Certificate], timedelta | None]
    """How it computes the length of validity."""

    short_cap: int | None
    """How many logs of one operator count up to 180 days of validity; None is all."""

    long_cap: int | None
    mixed: bool
    """Whether one timestamp from outside of the certificate is enough beside current ones in it, of any operators."""


_POLICIES = (
    _Policy(
        name="Chrome",
        program="Google",
        since=datetime(2022, 4, 15, tzinfo=UTC),
        reference="https://googlechrome.github.io/CertificateTransparency/ct_policy.html",
        lifetime=lifetime_by_programs,
        short_cap=None,
        long_cap=None,
        mixed=False,
    ),
    _Policy(
        name="Apple",
        program="Apple",
        since=datetime(2021, 4, 21, tzinfo=UTC),
        reference="https://support.apple.com/en-us/103214",
        lifetime=lifetime,
        short_cap=1,
        long_cap=2,
        mixed=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """The timestamps that count for a program."""

    current: dict[bytes, str]
    """The operators of the current logs, by the logs' ids."""

    counted: dict[bytes, str]
    """The same with those that were approved once."""

    classic: bool
    """Whether one of them has the interface of RFC 6962."""


def judge_policies(
    certificate: Certificate, timestamps: Sequence[CheckedTimestamp], logs: LogList | None
) -> tuple[PolicyResult, ...]:
    """Judge by the rules of Chrome and of Apple.

    Args:
        certificate: the server's own; its validity period says how many are needed.
        timestamps: all that were found.
        logs: the list that they were looked up in; None where there was none to look up.
    """
    return tuple(_judge(policy, certificate, timestamps, logs) for policy in _POLICIES)


def _judge(
    policy: _Policy, certificate: Certificate, timestamps: Sequence[CheckedTimestamp], logs: LogList | None
) -> PolicyResult:
    why = _why_not(policy, certificate, logs)
    length = policy.lifetime(certificate)
    if why or length is None:
        return _result(policy, PolicyStatus.NOT_CHECKED, why or "The validity period can't be read.")
    short = length <= _SHORT
    needed, cap = (_FEW, policy.short_cap) if short else (_MANY, policy.long_cap)
    embedded = _count(policy, [each for each in timestamps if each.source is Source.CERTIFICATE])
    delivered = _count(policy, [each for each in timestamps if each.source is not Source.CERTIFICATE])
    span = "at most 180" if short else "more than 180"
    rule = f"Asked for are {needed} logs of {_OPERATORS} operators or more for {span} days of validity"
    more = "one of them current and one read as RFC 6962 has it"
    said = f"There is no timestamp. {rule}, {more}."
    if logs:
        said = f"{_said(embedded, delivered)} {rule}, {more}. The list is that of {logs}."
    if _enough(embedded, needed, cap) or _enough_delivered(policy, delivered, _count(policy, timestamps)):
        return _result(policy, PolicyStatus.MET, said)
    unsure = sum(each.status in {TimestampStatus.UNKNOWN_LOG, TimestampStatus.NOT_CHECKED} for each in timestamps)
    if unsure:
        text = f"{said} {unsure} could not be checked and may count."
        return _result(policy, PolicyStatus.NOT_CHECKED, text)
    return _result(policy, PolicyStatus.NOT_MET, said)


def _why_not(policy: _Policy, certificate: Certificate, logs: LogList | None) -> str:
    if certificate.not_before is not None and certificate.not_before < policy.since:
        return f"It was issued before {policy.since:%Y-%m-%d}, under other rules."
    if logs is not None and policy.program not in logs.programs:
        return f"The list of logs ({logs}) does not say what {policy.name} holds of them."
    return ""


def _count(policy: _Policy, timestamps: Sequence[CheckedTimestamp]) -> _Count:
    current: dict[bytes, str] = {}
    counted: dict[bytes, str] = {}
    classic = False
    for each in timestamps:
        state = each.log.state_of(policy.program) if each.log else None
        if each.log is None or state is None or each.status is not TimestampStatus.VALID:
            continue
        at = each.timestamp.at
        once = state.state == "retired" and at is not None and state.since is not None and at < state.since
        if state.state in _CURRENT:
            current[each.timestamp.log_id] = each.log.operator
        if once or state.state in _CURRENT:
            counted[each.timestamp.log_id] = each.log.operator
            classic = classic or not each.log.tiled
    return _Count(current=current, counted=counted, classic=classic)


def _enough(count: _Count, needed: int, cap: int | None) -> bool:
    by_operator = Counter(count.counted.values())
    number = sum(logs if cap is None else min(logs, cap) for logs in by_operator.values())
    return bool(count.current) and count.classic and number >= needed and len(by_operator) >= _OPERATORS


def _enough_delivered(policy: _Policy, delivered: _Count, all_of_them: _Count) -> bool:
    """Those from outside of the certificate can be had anew at any time, so only current logs count."""
    if policy.mixed:
        return bool(delivered.current) and all_of_them.classic and len(all_of_them.current) >= _FEW
    return delivered.classic and len(set(delivered.current.values())) >= _OPERATORS


def _said(embedded: _Count, delivered: _Count) -> str:
    operators = sorted({*embedded.counted.values(), *delivered.current.values()})
    run_by = f", of {listed(operators)}" if operators else ""
    others = f", {len(delivered.current)} of other sources" if delivered.current else ""
    return (
        f"{len(embedded.counted)} logs in the certificate count{others}{run_by}; "
        f"{len(embedded.current)} of those in the certificate {'is' if len(embedded.current) == 1 else 'are'} current."
    )


def _result(policy: _Policy, status: PolicyStatus, detail: str) -> PolicyResult:
    return PolicyResult(program=policy.name, status=status, detail=detail, reference=policy.reference)
