"""What is different between two judgements of one chain."""

from tlsglass.frozen import dataclass
from tlsglass.trust.model import Finding, TrustReport, Verdict
from tlsglass.x509.model import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From one judgement to another."""

    verdict: tuple[Verdict, Verdict]
    """Before and after, which may be the same."""

    appeared: tuple[Finding, ...]
    """What was found only afterwards, as it is ordered there."""

    gone: tuple[Finding, ...]
    """What was found only before, as it is ordered there."""

    path: tuple[Certificate, ...] | None
    """The path in use afterwards, leaf first; None where it is the same as before."""


def changes(before: TrustReport, after: TrustReport) -> Changes:
    """What the later judgement found and the earlier did not, and the other way round.

    Findings are the same where code, severity and certificate are: 'expired 3 days ago' a day later is no news.

    Args:
        before: the earlier judgement.
        after: the later one.
    """
    had, has = ({_key(found): found for found in report.findings} for report in (before, after))
    return Changes(
        verdict=(before.verdict, after.verdict),
        appeared=tuple(found for key, found in has.items() if key not in had),
        gone=tuple(found for key, found in had.items() if key not in has),
        path=None if _path(before) == _path(after) else _path(after),
    )


def _path(report: TrustReport) -> tuple[Certificate, ...]:
    return tuple(step.certificate for step in report.path)


def _key(found: Finding) -> tuple[str, str, str | None]:
    return found.code, found.severity, found.certificate
