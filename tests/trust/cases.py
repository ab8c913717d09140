"""Cases for single rules, and what they said, sorted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from tests.trust.authority import NOW, Authority, Issued
from tests.trust.handshakes import handshake
from tlsglass.tls.model import Handshake
from tlsglass.trust.case import Case, Rule, finding
from tlsglass.trust.judge import judge
from tlsglass.trust.model import Check, CheckStatus, FetchedCertificate, Finding, FindingCode, Severity, TrustReport
from tlsglass.trust.paths import build_path
from tlsglass.trust.profile import Profile
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate

DONE = handshake()
"""A handshake that finished and of which OpenSSL says nothing."""


class Circumstances(TypedDict, total=False):
    """What a judgement depends on besides what was sent."""

    hostname: str
    is_address: bool
    store: Store | None
    shaken: Handshake | None
    at: datetime
    profile: Profile


def case(  # noqa: PLR0913 - all that a judgement depends on
    sent: Sequence[Issued | Certificate],
    *,
    hostname: str = "a.test",
    is_address: bool = False,
    store: Store | None = None,
    shaken: Handshake | None = DONE,
    at: datetime = NOW,
    profile: Profile = Profile.WEBPKI,
) -> Case:
    """A case by the usual test root, unless it says otherwise."""
    certificates = parsed(sent)
    store = Authority.root().store() if store is None else store
    return Case(
        certificates=certificates,
        hostname=hostname,
        is_address=is_address,
        store=store,
        handshake=shaken,
        at=at,
        path=build_path(certificates, store, at),
        profile=profile,
    )


def judged(
    sent: Sequence[Issued | Certificate],
    *,
    seen_at: datetime | None = None,
    fetched: Sequence[FetchedCertificate] = (),
    revocation: Sequence[RevocationAnswer] | None = None,
    **circumstances: Unpack[Circumstances],
) -> TrustReport:
    """The same, judged by all rules."""
    store = circumstances.get("store")
    return judge(
        parsed(sent),
        hostname=circumstances.get("hostname", "a.test"),
        is_address=circumstances.get("is_address", False),
        store=Authority.root().store() if store is None else store,
        handshake=circumstances.get("shaken", DONE),
        at=circumstances.get("at", NOW),
        profile=circumstances.get("profile", Profile.WEBPKI),
        seen_at=seen_at,
        fetched=fetched,
        revocation=revocation,
    )


def parsed(sent: Sequence[Issued | Certificate]) -> tuple[Certificate, ...]:
    """Certificates as tlsglass reads them."""
    return tuple(each.parsed if isinstance(each, Issued) else each for each in sent)


def fetched_from(url: str, issued: Issued) -> FetchedCertificate:
    """A certificate that was had from an address."""
    return FetchedCertificate(certificate=issued.parsed, url=url)


def findings_of(
    rule: Rule, sent: Sequence[Issued | Certificate], **circumstances: Unpack[Circumstances]
) -> list[Finding]:
    """What a rule found."""
    return [said for said in rule(case(sent, **circumstances)) if isinstance(said, Finding)]


def checks_of(rule: Rule, sent: Sequence[Issued | Certificate], **circumstances: Unpack[Circumstances]) -> list[Check]:
    """What a rule checked and found nothing wrong with, or did not check."""
    return [said for said in rule(case(sent, **circumstances)) if isinstance(said, Check)]


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding that there is."""
    (found,) = findings
    return found


def codes(findings: Iterable[Finding]) -> list[FindingCode]:
    """The codes of findings, in order."""
    return [found.code for found in findings]


def check_named(checks: Iterable[Check], name: str) -> Check:
    """The one check of a name."""
    (check,) = (check for check in checks if check.name == name)
    return check


def statuses(checks: Iterable[Check]) -> set[CheckStatus]:
    """How checks ended."""
    return {check.status for check in checks}


def bare_finding(code: FindingCode) -> Finding:
    """A finding of a code with nothing else to it, that concerns no certificate."""
    return finding(code, Severity.NOTICE, None, title="", detail="", reference="")
