"""Whether the handshake itself leaves something to be desired. RFC 8996."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity

_REFERENCE = "RFC 8996"
_CURRENT = frozenset({"TLSv1.2", "TLSv1.3"})


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the protocol's version, and whether the handshake got as far as it must for a judgement."""
    if case.from_file:
        yield not_checked(
            "handshake", "Files make no handshake, so nobody has proved to hold the key.", "RFC 8446 §4.4.3"
        )
    elif case.handshake is None:
        yield not_checked(
            "handshake",
            "The handshake did not finish, so the server has not proved that it holds the key.",
            "RFC 8446 §4.4.3",
        )
    elif case.handshake.version in _CURRENT:
        yield passed("protocol", f"{case.handshake.version} was agreed.", _REFERENCE)
    else:
        yield finding(
            FindingCode.OLD_PROTOCOL,
            Severity.WARNING,
            None,
            title=f"speaks {case.handshake.version}, which is obsolete",
            detail=f"{case.handshake.version} was agreed, the highest that the server would speak. It must not be used "
            "any more, and browsers refuse it.",
            reference=_REFERENCE,
            fix="Enable TLS 1.2 and TLS 1.3 on the server, and disable what is older.",
        )
