"""The verdict on a chain: every rule is asked, other judges are heard, and the findings put in order.

Whatever a server sent, judging it never raises, takes bounded time and asks nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tlsglass.tls.model import Handshake
from tlsglass.trust.case import Case, Rule, not_checked
from tlsglass.trust.judges import comparison
from tlsglass.trust.judges.handshake import account
from tlsglass.trust.model import Check, Finding, FindingCode, Opinion, Severity, TrustReport, Verdict
from tlsglass.trust.paths import Path, build_path
from tlsglass.trust.revocation import staple
from tlsglass.trust.rules import (
    chain,
    identity,
    key_ids,
    protocol,
    readability,
    strength,
    transparency,
    usage,
    validity,
)
from tlsglass.trust.stores import Store
from tlsglass.trust.transparency.account import account_of
from tlsglass.trust.transparency.model import TransparencyReport
from tlsglass.x509.model import Certificate

_RULES: tuple[Rule, ...] = (
    chain.examine_end,
    validity.examine,
    identity.examine,
    chain.examine_signatures,
    key_ids.examine,
    strength.examine,
    usage.examine,
    staple.examine,
    protocol.examine,
    chain.examine_sent,
    readability.examine,
    transparency.examine,
)
"""In the order in which their checks are listed."""

_WEIGHT = {
    code: place
    for place, code in enumerate(
        (
            FindingCode.REVOKED,
            FindingCode.EXPIRED,
            FindingCode.NOT_YET_VALID,
            FindingCode.SELF_SIGNED,
            FindingCode.NAME_MISMATCH,
            FindingCode.NAME_ONLY_IN_CN,
            FindingCode.BAD_SIGNATURE,
            FindingCode.KEY_ID_MISMATCH,
            FindingCode.UNREADABLE,
            FindingCode.INVALID_CA,
            FindingCode.WRONG_USAGE,
            FindingCode.MISSING_INTERMEDIATE,
            FindingCode.UNKNOWN_ISSUER,
            FindingCode.WEAK_KEY,
            FindingCode.WEAK_SIGNATURE,
            FindingCode.STAPLE_UNUSABLE,
            FindingCode.TRANSPARENCY_NOT_MET,
            FindingCode.VERIFICATION_FAILED,
        )
    )
}
"""Which of several errors says most in a headline; codes that are not listed come after these."""

MOST_JUDGED = 200
"""How many certificates take part in a judgement: the first is the leaf, others may be its issuers."""

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def judge(  # noqa: PLR0913 - all that a judgement depends on, by name
    certificates: Sequence[Certificate],
    *,
    hostname: str,
    is_address: bool,
    store: Store,
    handshake: Handshake | None,
    at: datetime,
    from_file: bool = False,
    seen_at: datetime | None = None,
) -> TrustReport:
    """Judge what a server sent.

    Args:
        certificates: in the order sent.
        hostname: the name to judge by in its ASCII form, or an address.
        is_address: whether it is an address.
        store: the trust anchors.
        handshake: what was agreed; None where it did not finish.
        at: the moment to judge for, aware and in UTC.
        from_file: whether the certificates are from a file and not from a server, so that no handshake is missed.
        seen_at: when the chain was seen, where the judgement supposes another moment or another name; None where it
            is judged as it was seen.

    Returns:
        Trusted if there is an anchor and no finding of severity error, and OpenSSL agrees. Untrusted if there is an
        error. Unknown where nothing was sent, no store was consulted or the handshake did not finish, and what was
        seen is without error.
    """
    left_out = len(certificates) - MOST_JUDGED
    certificates = certificates[:MOST_JUDGED]
    path = build_path(certificates, store, at)
    findings: list[Finding] = []
    checks: list[Check] = []
    opinions: tuple[Opinion, ...] = ()
    timestamps: TransparencyReport | None = None
    if certificates:
        case = Case(
            certificates=certificates,
            hostname=hostname,
            is_address=is_address,
            store=store,
            handshake=handshake,
            at=at,
            path=path,
            from_file=from_file,
            seen_at=seen_at,
        )
        timestamps = account_of(case)
        case = replace(case, transparency=timestamps)
        for said in (said for rule in _RULES for said in rule(case)):
            _sort_in(said, findings, checks)
        for said in tuple(account(case, findings)):
            _sort_in(said, findings, checks)
        opinions = comparison.opinions(case)
        for said in tuple(comparison.compare(case, findings, opinions)):
            _sort_in(said, findings, checks)
    else:
        checks.append(not_checked("certificates", "The server sent no certificate.", "RFC 8446 §4.4.2.4"))
    if left_out > 0:
        detail = f"{left_out:,} further certificates took no part: only the first {MOST_JUDGED} do."
        checks.append(not_checked("further certificates", detail, "RFC 5280 §6.1"))
    return TrustReport(
        verdict=_verdict(path, findings, finished=handshake is not None or from_file),
        store=store.label,
        at=at,
        hostname=hostname,
        path=path.steps,
        anchored=path.anchored,
        missing=path.missing,
        out_of_order=path.out_of_order,
        unrelated=path.unrelated,
        findings=in_order(findings),
        checks=tuple(checks),
        opinions=opinions,
        seen_at=seen_at,
        transparency=timestamps,
    )


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as they are to be read: errors first, the weightiest first, and a consequence right after its cause.

    Args:
        findings: in any order; a cause that is not among them is passed over.
    """
    ranked = sorted(
        findings, key=lambda found: (_SEVERITIES.index(found.severity), _WEIGHT.get(found.code, len(_WEIGHT)))
    )
    codes = {found.code for found in ranked}
    ordered: list[Finding] = []
    for found in ranked:
        if found.cause not in codes:
            _place(found, ranked, ordered)
    # What is left has causes that go in a circle.
    return (*ordered, *(found for found in ranked if found not in ordered))


def _place(found: Finding, ranked: Sequence[Finding], ordered: list[Finding]) -> None:
    if found not in ordered:
        ordered.append(found)
        for consequence in ranked:
            if consequence.cause is found.code:
                _place(consequence, ranked, ordered)


def _sort_in(said: Finding | Check, findings: list[Finding], checks: list[Check]) -> None:
    if isinstance(said, Finding):
        findings.append(said)
    else:
        checks.append(said)


def _verdict(path: Path, findings: Sequence[Finding], *, finished: bool) -> Verdict:
    if any(found.severity is Severity.ERROR for found in findings):
        return Verdict.UNTRUSTED
    return Verdict.TRUSTED if path.anchored and finished else Verdict.UNKNOWN
