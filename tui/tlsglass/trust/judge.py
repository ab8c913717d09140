"""The verdict on a chain: every rule is asked on every path, and other judges are heard.

Whatever a server sent, judging it never raises, takes bounded time and asks nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tlsglass.limits import DEFAULTS, MOST_COMPARED, Limits
from tlsglass.tls.model import Handshake
from tlsglass.trust.case import Case, Rule, not_checked
from tlsglass.trust.judges import comparison
from tlsglass.trust.judges.handshake import account
from tlsglass.trust.model import (
    SEVERITIES,
    CertificationPath,
    Check,
    FetchedCertificate,
    Finding,
    FindingCode,
    Opinion,
    PathStep,
    Severity,
    TrustReport,
    Verdict,
)
from tlsglass.trust.paths import find_paths
from tlsglass.trust.profile import Profile
from tlsglass.trust.programs.model import RootStanding
from tlsglass.trust.programs.standing import standing_of
from tlsglass.trust.revocation import asked, staple
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.rules import (
    chain,
    complexity,
    constraints,
    encoding,
    extensions,
    identity,
    key_ids,
    look_alikes,
    policies,
    programs,
    protocol,
    readability,
    reuse,
    strength,
    transparency,
    usage,
    validity,
)
from tlsglass.trust.rules.baseline import requirements
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposed
from tlsglass.trust.topics import FURTHER_CERTIFICATES
from tlsglass.trust.transparency.account import account_of
from tlsglass.trust.wording import named
from tlsglass.turns import give_way
from tlsglass.x509.model import Certificate

_RULES: tuple[Rule, ...] = (
    chain.examine_end,
    validity.examine,
    identity.examine,
    look_alikes.examine,
    chain.examine_signatures,
    key_ids.examine_presence,
    key_ids.examine_matches,
    strength.examine,
    reuse.examine,
    usage.examine,
    constraints.examine,
    extensions.examine,
    policies.examine,
    encoding.examine,
    staple.examine,
    asked.examine,
    protocol.examine,
    chain.examine_sent,
    readability.examine,
    transparency.examine,
    programs.examine,
    requirements.examine,
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
            FindingCode.WIDE_WILDCARD,
            FindingCode.BAD_SIGNATURE,
            FindingCode.KEY_ID_MISMATCH,
            FindingCode.UNREADABLE,
            FindingCode.INVALID_CA,
            FindingCode.WRONG_USAGE,
            FindingCode.NAME_NOT_PERMITTED,
            FindingCode.UNKNOWN_CRITICAL_EXTENSION,
            FindingCode.POLICY_NOT_MET,
            FindingCode.SIGNATURE_ALGORITHM_MISMATCH,
            FindingCode.TOO_COMPLEX,
            FindingCode.MISSING_INTERMEDIATE,
            FindingCode.UNKNOWN_ISSUER,
            FindingCode.WEAK_KEY,
            FindingCode.WEAK_SIGNATURE,
            FindingCode.UNSUPPORTED_ALGORITHM,
            FindingCode.FAULTY_KEY,
            FindingCode.SERVER_USAGE_MISSING,
            FindingCode.CA_AS_SERVER,
            FindingCode.LIFETIME_TOO_LONG,
            FindingCode.FORBIDDEN_NAME,
            FindingCode.STAPLE_UNUSABLE,
            FindingCode.REVOCATION_UNAVAILABLE,
            FindingCode.TRANSPARENCY_NOT_MET,
            FindingCode.ROOT_DISTRUSTED,
            FindingCode.ROOT_LIMITED,
            FindingCode.VERIFICATION_FAILED,
            FindingCode.KEY_REUSED,
            FindingCode.INVALID_SERIAL,
            FindingCode.COMMON_NAME_NOT_IN_SAN,
            FindingCode.WEAK_SERIAL,
            FindingCode.BASELINE_NOT_MET,
        )
    )
}
"""Which of several errors says most in a headline; codes that are not listed come after these."""


def judge(  # noqa: PLR0913 - all that a judgement depends on, by name
    certificates: Sequence[Certificate],
    *,
    hostname: str,
    is_address: bool,
    store: Store,
    handshake: Handshake | None,
    at: datetime,
    profile: Profile = Profile.WEBPKI,
    from_file: bool = False,
    seen_at: datetime | None = None,
    fetched: Sequence[FetchedCertificate] = (),
    path: int | None = None,
    revocation: Sequence[RevocationAnswer] | None = None,
    supposed: Supposed | None = None,
    left_out: int = 0,
    limits: Limits = DEFAULTS,
) -> TrustReport:
    """Judge what a server sent.

    Args:
        certificates: in the order sent.
        hostname: the name to judge by in its ASCII form, or an address.
        is_address: whether it is an address.
        store: the trust anchors.
        handshake: what was agreed; None where it did not finish.
        at: the moment to judge for, aware and in UTC.
        profile: by whose rules to judge.
        from_file: whether the certificates are from a file and not from a server, so that no handshake is missed.
        seen_at: when the chain was seen, where the judgement supposes another moment or another name; None where it
            is judged as it was seen.
        fetched: certificates that were had from the addresses that others name for their issuers.
        path: which of the report's paths to judge by; None takes the first that has no finding of severity error.
        revocation: what responders and lists said of the certificates; None where nobody was asked.
        supposed: what the certificates and the store are supposed to be, where they are not what was seen.
        left_out: how many further certificates were sent that are not among these.
        limits: how many certificates take part: the first is the leaf, others may be its issuers.

    Returns:
        Trusted if there is a path to an anchor without a finding of severity error, and OpenSSL agrees. Untrusted if
        every path has an error. Unknown where nothing was sent, no store was consulted or the handshake did not
        finish, and what was seen is without error.

    Raises:
        IndexError: there is no such path.
    """
    left_out += max(0, len(certificates) - limits.judged)
    certificates = certificates[: limits.judged]
    judgements = [
        _Judgement(
            Case(
                certificates=certificates,
                hostname=hostname,
                is_address=is_address,
                store=store,
                handshake=handshake,
                at=at,
                path=found,
                profile=profile,
                from_file=from_file,
                seen_at=seen_at,
                revocation=revocation,
                supposed=supposed,
            )
        )
        for found in find_paths(certificates, store, at, fetched)
    ]
    if certificates:
        chosen = _best_first(judgements)
    else:
        chosen = judgements
        judgements[0].checks.append(not_checked("certificates", "The server sent no certificate.", "RFC 8446 §4.4.2.4"))
    if left_out > 0:
        took_part = f"only the first {limits.judged:,} do {limits.short('judged')}"
        detail = f"{left_out:,} further certificates took no part: {took_part}."
        for judgement in judgements:
            judgement.checks.append(not_checked(FURTHER_CERTIFICATES, detail, "RFC 5280 §6.1"))
    report = _report(chosen, finished=handshake is not None or from_file)
    return report if path is None else report.along(path)


class _Judgement:
    """One path with what was found of it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.findings: list[Finding] = []
        self.checks: list[Check] = []
        self.opinions: tuple[Opinion, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.findings)

    @property
    def is_good(self) -> bool:
        return self.case.path.anchored and not self.has_errors

    def hear(self, sayings: Iterable[Finding | Check]) -> None:
        for said in sayings:
            give_way()
            if isinstance(said, Finding):
                self.findings.append(said)
            else:
                self.checks.append(said)

    def verdict(self, *, finished: bool) -> Verdict:
        if self.has_errors:
            return Verdict.UNTRUSTED
        return Verdict.TRUSTED if self.case.path.anchored and finished else Verdict.UNKNOWN


def _best_first(judgements: list[_Judgement]) -> list[_Judgement]:
    """Ask the rules and the other judges about every path; the first that none of them refuses comes first."""
    for judgement, stapled in zip(judgements, staple.read([each.case for each in judgements]), strict=True):
        judgement.case = replace(
            judgement.case,
            transparency=account_of(judgement.case),
            programs=_standing(judgement.case),
            stapled=stapled,
        )
        judgement.hear(said for rule in _RULES for said in rule(judgement.case))
    found = [found for judgement in judgements for found in judgement.findings]
    for place, judgement in enumerate(judgements):
        # OpenSSL has built one path in the handshake, which may be any of these.
        own = set(judgement.findings)
        elsewhere = [each for each in found if each not in own]
        judgement.hear(tuple(account(judgement.case, judgement.findings, elsewhere)))
        judgement.opinions = comparison.opinions(judgement.case) if place < MOST_COMPARED else ()
        judgement.hear(tuple(comparison.compare(judgement.case, judgement.findings, judgement.opinions)))
    in_use = min(judgements, key=_wrongness)
    is_good = in_use.is_good
    for judgement in judgements:
        judgement.hear(complexity.examine(judgement.case, is_good=is_good))
    return [in_use, *(judgement for judgement in judgements if judgement is not in_use)]


def _wrongness(judgement: _Judgement) -> tuple[bool, bool, int]:
    """The less of it, the better: a good path, else one to an anchor, with the fewest kinds of error."""
    errors = {found.code for found in judgement.findings if found.severity is Severity.ERROR}
    return bool(errors), not judgement.case.path.anchored, len(errors)


def _report(judgements: Sequence[_Judgement], *, finished: bool) -> TrustReport:
    first = judgements[0]
    case = first.case
    paths = tuple(
        CertificationPath(
            steps=_steps(judgement.case),
            in_use=judgement is first,
            reason=_reason(judgement, first),
            verdict=judgement.verdict(finished=finished),
            anchored=judgement.case.path.anchored,
            missing=judgement.case.path.missing,
            out_of_order=judgement.case.path.out_of_order,
            unrelated=judgement.case.path.unrelated,
            findings=in_order(judgement.findings),
            checks=tuple(judgement.checks),
            opinions=judgement.opinions,
            programs=judgement.case.programs,
        )
        for judgement in judgements
    )
    return TrustReport(
        verdict=paths[0].verdict,
        store=case.store.label,
        at=case.at,
        hostname=case.hostname,
        path=paths[0].steps,
        anchored=paths[0].anchored,
        missing=paths[0].missing,
        out_of_order=paths[0].out_of_order,
        unrelated=paths[0].unrelated,
        findings=paths[0].findings,
        checks=paths[0].checks,
        opinions=paths[0].opinions,
        programs=paths[0].programs,
        profile=case.profile,
        seen_at=case.seen_at,
        supposed=case.supposed,
        paths=paths if case.certificates else (),
        revocation=_revocation(case) if case.certificates else (),
        transparency=case.transparency,
    )


def _standing(case: Case) -> RootStanding | None:
    """What the root programs hold of the path's anchor."""
    if not case.path.anchored:
        return None
    anchor = case.path.steps[-1].certificate
    return case.store.stand_in(anchor) or standing_of(anchor)


def _steps(case: Case) -> tuple[PathStep, ...]:
    """The steps of the path; its anchor knows which stores have it."""
    *below, end = case.path.steps or (None,)
    if end is None or not case.path.anchored:
        return case.path.steps
    return (*below, replace(end, stores=case.store.stores_of(end.certificate)))


def _revocation(case: Case) -> tuple[RevocationAnswer, ...]:
    """What the staples say, and whoever was asked."""
    return (*staple.answers(case), *(case.revocation or ()))


def _reason(judgement: _Judgement, in_use: _Judgement) -> str:
    """One line on a path: its errors, else where it ends, else why another is in use."""
    errors = [found for found in in_order(judgement.findings) if found.severity is Severity.ERROR]
    if errors:
        return errors[0].title + (f", and {len(errors) - 1} more" if len(errors) > 1 else "")
    path = judgement.case.path
    if not path.anchored:
        return f"does not lead to the store {judgement.case.store.label}"
    if judgement is in_use:
        return f"leads to {named(path.steps[-1].certificate)} in the store, and no rule refuses it"
    if len(path.steps) > len(in_use.case.path.steps):
        return "good too, but longer than the one in use"
    return "good too; the one in use came first"


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as they are to be read: errors first, the weightiest first, and a consequence right after its cause.

    Args:
        findings: in any order; a cause that is not among them is passed over.
    """
    ranked = sorted(
        findings, key=lambda found: (SEVERITIES.index(found.severity), _WEIGHT.get(found.code, len(_WEIGHT)))
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
