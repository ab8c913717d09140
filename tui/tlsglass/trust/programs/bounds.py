"""Whether a certificate keeps within the bounds that a program sets to a root."""

from datetime import datetime

from tlsglass.trust.programs.model import ProgramStanding
from tlsglass.trust.transparency.model import TimestampStatus, TransparencyReport
from tlsglass.x509.model import Certificate


def is_too_late(leaf: Certificate, program: ProgramStanding, logged: datetime | None) -> bool:
    """Whether a certificate is one of those from after the day from which on the program trusts no new one.

    Its own first moment counts, or its earliest timestamp of public logs, and the day as a whole. Where that is not
    known it is not said to be too late.

    Args:
        leaf: the certificate.
        program: one that has the root.
        logged: the earliest of its timestamps; None where it has none.
    """
    day, issued = program.distrusted_after, logged if program.by_timestamp else leaf.not_before
    return day is not None and issued is not None and issued.date() > day


def first_logged(report: TransparencyReport | None) -> datetime | None:
    """The earliest timestamp of public logs that is valid; None where there is none."""
    valid = [each.timestamp.at for each in report.timestamps if each.status is TimestampStatus.VALID] if report else []
    return min((at for at in valid if at is not None), default=None)


def names_outside(leaf: Certificate, program: ProgramStanding) -> tuple[str, ...]:
    """The DNS names of a certificate for which the program does not trust the root; none where it trusts all."""
    if not program.permitted:
        return ()
    return tuple(
        name.value
        for name in leaf.san
        if name.kind == "DNS" and not any(_is_permitted(name.value, pattern) for pattern in program.permitted)
    )


def _is_permitted(name: str, pattern: str) -> bool:
    """Whether a name lies below the domain of a wildcard. RFC 5280 §4.2.1.10."""
    domain, labels = pattern.removeprefix("*.").lower(), name.lower().rstrip(".")
    return labels == domain or labels.endswith(f".{domain}")
