"""Whether certificates of the path were revoked, as far as responders and lists were asked. RFC 5280 §5, RFC 6960.

Nobody is asked from here, nor ever without the user's wish: to ask about a certificate tells others what is looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from tlsglass.limits import MOST_POINTS
from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.lifetime import is_issued_since, lifetime
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.revocation import staple
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.revoked import revoked
from tlsglass.trust.revocation.sources import ALL_REASONS, points_passed_over, sources
from tlsglass.trust.topics import FURTHER_POINTS
from tlsglass.trust.wording import listed, moment, named, shortened
from tlsglass.x509.model import Certificate

_REFERENCE = "RFC 5280 §6.3"
_NO_REVOCATION = "2.5.29.56"
_FIELDS = {Source.OCSP: "extensions.1.3.6.1.5.5.7.1.1", Source.CRL: "extensions.2.5.29.31"}
_SHORT_LIVED = (
    (datetime(2026, 3, 15, tzinfo=UTC), timedelta(days=7)),
    (datetime(2024, 3, 15, tzinfo=UTC), timedelta(days=10)),
)
"""From which date of issue on a certificate of at most so long a life is short-lived. CA/B BR §1.6.1."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge what was said, and say who was not asked."""
    if case.revocation is None:
        yield _not_asked(case)
        return
    for depth, step in enumerate(case.signed_steps):
        certificate = step.certificate
        answers = [answer for answer in case.revocation if answer.certificate == certificate.sha256]
        name = f"revocation, depth {depth}" if depth else "revocation"
        yield from _judge(case, certificate, answers, name)
        if passed_over := points_passed_over(certificate):
            points = f"{passed_over:,} distribution points of {named(certificate)}"
            yield not_checked(FURTHER_POINTS, f"{points} were not asked: {MOST_POINTS} are looked at.", _REFERENCE)
    if not case.signed_steps:
        yield not_checked("revocation", "The certificate vouches for itself: nobody else could revoke it.", _REFERENCE)


def is_short_lived(certificate: Certificate) -> bool:
    """Whether a certificate lives so shortly that it needs no address where its status is told. CA/B BR §1.6.1.

    Args:
        certificate: the certificate of a server.
    """
    length = lifetime(certificate)
    longest = next((longest for since, longest in _SHORT_LIVED if is_issued_since(certificate, since)), None)
    return length is not None and longest is not None and length <= longest


def _not_asked(case: Case) -> Check:
    hosts = dict.fromkeys(_host(url) for step in case.signed_steps for url in sources(step.certificate).urls)
    if not hosts:
        return not_checked("revocation", _no_address(case.leaf), _REFERENCE)
    if case.from_file:
        return not_checked("revocation", f"Nobody was asked; {listed(hosts)} would know.", _REFERENCE)
    detail = f"Nobody was asked, since that tells others what is looked at; R or --revocation asks {listed(hosts)}."
    return not_checked("revocation", detail, _REFERENCE)


def _host(url: str) -> str:
    """Whom an address leads to; all of it where that can't be told."""
    try:
        return urlsplit(url).hostname or shortened(url)
    except ValueError:
        return shortened(url)


def _no_address(certificate: Certificate) -> str:
    if any(extension.oid == _NO_REVOCATION for extension in certificate.extensions):
        return (
            f"The issuer of {named(certificate)} publishes nothing of its revocation, as noRevAvail says (RFC 9608 §2)."
        )
    if is_short_lived(certificate) and not certificate.is_ca:
        return (
            f"{named(certificate)} names nobody who could be asked, which is normal: it is short-lived (CA/B Baseline "
            "Requirements §7.1.2.11.2), and expires before a revocation would have spread."
        )
    return f"{named(certificate)} names neither a responder nor a list that could be asked."


def _judge(
    case: Case, certificate: Certificate, answers: Sequence[RevocationAnswer], name: str
) -> Iterator[Finding | Check]:
    refusal = next((answer for answer in answers if answer.status is Status.REVOKED), None)
    good = [answer for answer in answers if answer.status is Status.GOOD]
    if not answers:
        yield not_checked(name, _no_address(certificate), _REFERENCE)
    elif refusal is not None:
        yield from _told_revoked(case, certificate, refusal, name)
    elif good and _cover_all(good):
        yield passed(name, " ".join(_said(certificate, answer) for answer in good), _REFERENCE)
    else:
        yield _unavailable(case, certificate, answers, good)


def _cover_all(good: Sequence[RevocationAnswer]) -> bool:
    """Whether the sources together know of every reason. RFC 5280 §6.3.3 (d)."""
    covered = frozenset[str]().union(*(ALL_REASONS if each.reasons is None else each.reasons for each in good))
    return covered >= ALL_REASONS


def _said(certificate: Certificate, answer: RevocationAnswer) -> str:
    who = f"The {'responder' if answer.source is Source.OCSP else 'list'} of {answer.responder}"
    what = "says that it is good" if answer.source is Source.OCSP else "does not have it"
    dated = f", as of {moment(answer.this_update)}" if answer.this_update else ""
    until = f" until {moment(answer.next_update)}" if answer.next_update else ""
    delta = ", with its delta list" if answer.delta_url else ""
    doubt = f" {answer.problem}" if answer.problem else ""
    return f"Of {named(certificate)}: {who}{delta} {what}{dated}{until}.{doubt}"


def _told_revoked(
    case: Case, certificate: Certificate, answer: RevocationAnswer, name: str
) -> Iterator[Finding | Check]:
    stapled = staple.answer(case, certificate)
    if stapled is not None and stapled.revoked_at is not None and stapled.revoked_at <= case.at:
        return  # the staple's own finding says so
    good = stapled is not None and stapled.status is Status.GOOD
    yield revoked(
        case,
        certificate,
        answer,
        check=name,
        who=f"the {'responder' if answer.source is Source.OCSP else 'list'} of {answer.responder} says",
        reference="RFC 6960 §2.2" if answer.source is Source.OCSP else "RFC 5280 §5.3",
        field=_FIELDS.get(answer.source),
        more=" The server's staple still says that it is good." if good else "",
    )


def _unavailable(
    case: Case, certificate: Certificate, answers: Sequence[RevocationAnswer], good: Sequence[RevocationAnswer]
) -> Finding:
    which = "it" if certificate.sha256 == case.leaf.sha256 else named(certificate)
    unknown = any(answer.status is Status.UNKNOWN for answer in answers)
    reasons = [
        f"The responder {answer.responder} does not know the certificate."
        if answer.status is Status.UNKNOWN
        else answer.problem
        for answer in answers
        if answer.status is Status.UNKNOWN or (answer.problem and answer.status is not Status.GOOD)
    ]
    reasons += [
        f"The list of {answer.responder} does not have it, but only knows of revocations for "
        f"{listed(sorted(answer.reasons or ()), count=len(ALL_REASONS)) or 'no reason at all'}."
        for answer in good
    ]
    return finding(
        FindingCode.REVOCATION_UNAVAILABLE,
        Severity.WARNING,
        certificate,
        field=_FIELDS.get(answers[0].source) if answers[0].url else None,
        title=f"the responder does not know {which}" if unknown else f"nobody could say whether {which} is revoked",
        detail=f"Whether {named(certificate)} is revoked is not known. {' '.join(filter(None, reasons))}",
        reference=_REFERENCE,
        fix="Ask again later; if it stays so, tell the authority that issued it.",
    )
