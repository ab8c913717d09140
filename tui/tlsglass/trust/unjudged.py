"""The report on what nobody asked to have judged."""

from datetime import datetime

from tlsglass.trust.model import Check, CheckStatus, StoreLabel, TrustReport, Verdict


def not_judged(reason: str, remedy: str, at: datetime) -> TrustReport:
    """The report on certificates that nobody asked to have judged.

    Args:
        reason: why, in a few words.
        remedy: a sentence that says what would have them judged.
        at: the moment, aware and in UTC.
    """
    check = Check(
        name="trust",
        status=CheckStatus.NOT_CHECKED,
        detail=f"not checked: {reason}. {remedy}",
        reference="RFC 5280 §6.1",
    )
    return TrustReport(
        verdict=Verdict.UNKNOWN,
        store=StoreLabel(name="none", date=None),
        at=at,
        hostname="",
        path=(),
        anchored=False,
        missing=None,
        out_of_order=frozenset(),
        unrelated=frozenset(),
        findings=(),
        checks=(check,),
    )
