"""Whether the certificate was revoked, as far as the server's staple tells; nobody is asked. RFC 6066 §8, RFC 7633."""

from collections.abc import Iterator
from datetime import timedelta

from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.wording import moment, named, span
from tlsglass.x509.model import Certificate

CLOCK_SKEW = timedelta(minutes=5)
"""How far a responder's clock may be ahead of ours."""

_REFERENCE = "RFC 6960 §3.2"
_MUST_STAPLE = "extensions.1.3.6.1.5.5.7.1.24"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the staple."""
    issuer = _issuer(case)
    if case.from_file:
        yield not_checked("staple", "A file has no staple.", _REFERENCE)
    elif case.handshake is None:
        yield not_checked("staple", "The handshake did not finish.", _REFERENCE)
    elif case.handshake.ocsp_staple is None:
        yield _no_staple(case)
    elif issuer is None:
        why = (
            f"There is a staple, but the issuer of {named(case.leaf)} is not known, so its signature can't be checked."
        )
        yield not_checked("staple", why, _REFERENCE)
    else:
        yield _judge_staple(case, case.handshake.ocsp_staple, issuer)


def answer(case: Case) -> RevocationAnswer | None:
    """The staple as an answer like those that are asked for; None where there is none or nothing to judge it by."""
    issuer = _issuer(case)
    if case.handshake is None or case.handshake.ocsp_staple is None or issuer is None:
        return None
    from tlsglass.trust.revocation import ocsp  # noqa: PLC0415 - as below

    return ocsp.judge_response(
        case.handshake.ocsp_staple,
        certificate=case.leaf,
        issuer=issuer,
        at=case.at,
        source=Source.STAPLE,
        url=None,
    )


def _issuer(case: Case) -> Certificate | None:
    if case.issuers:
        return case.issuers[0].certificate
    return case.leaf if case.path.self_signed else None


def _no_staple(case: Case) -> Finding | Check:
    if not case.leaf.must_staple:
        return not_checked("staple", "The server stapled none, and nobody was asked.", _REFERENCE)
    return finding(
        FindingCode.STAPLE_UNUSABLE,
        Severity.ERROR,
        case.leaf,
        field=_MUST_STAPLE,
        title="no OCSP staple, though the certificate demands one",
        detail="Its TLS feature extension asks for a stapled OCSP response, and the server sent none.",
        reference="RFC 7633 §4",
        fix="Turn OCSP stapling on in the server's configuration.",
    )


def _judge_staple(case: Case, der: bytes, issuer: Certificate) -> Finding | Check:
    from tlsglass.trust.revocation import ocsp  # noqa: PLC0415 - it needs cryptography, and most servers staple nothing

    try:
        staple = ocsp.read_answer(der, certificate=case.leaf, issuer=issuer, at=case.at)
    except ocsp.OcspError as error:
        return _unusable(case, "the OCSP staple can't be used", str(error))
    if staple.status is Status.REVOKED and staple.revoked_at is not None:
        return _revoked(case, staple.reason, moment(staple.revoked_at), span(case.at - staple.revoked_at))
    if staple.status is Status.UNKNOWN:
        detail = f"The responder {staple.responder} does not know the certificate."
        return _unusable(case, "the OCSP responder does not know the certificate", detail)
    if staple.this_update > case.at + CLOCK_SKEW:
        begins = moment(staple.this_update)
        return _unusable(case, "the OCSP staple is from the future", f"It says that it is right from {begins} on.")
    if staple.next_update is not None and staple.next_update < case.at:
        title = f"the OCSP staple is out of date since {span(case.at - staple.next_update)}"
        return _unusable(case, title, f"It was to be replaced until {moment(staple.next_update)}.")
    until = f" until {moment(staple.next_update)}" if staple.next_update else ""
    detail = f"The staple of {staple.responder} says that the certificate is good, as of {moment(staple.this_update)}"
    return passed("staple", f"{detail}{until}.", _REFERENCE)


def _revoked(case: Case, reason: str | None, when: str, ago: str) -> Finding:
    why = f"; the reason given is {reason}" if reason else ""
    return finding(
        FindingCode.REVOKED,
        Severity.ERROR,
        case.leaf,
        title=f"revoked {ago} ago ({when})",
        detail=f"Its issuer revoked it at {when}{why}, as the server's own OCSP staple says.",
        reference="RFC 6960 §2.2",
        fix="Make a new key, have a certificate issued for it and install that; a revoked one stays revoked.",
    )


def _unusable(case: Case, title: str, detail: str) -> Finding:
    return finding(
        FindingCode.STAPLE_UNUSABLE,
        Severity.ERROR if case.leaf.must_staple else Severity.WARNING,
        case.leaf,
        title=title,
        detail=f"The server stapled an OCSP response that says nothing certain. {detail}",
        reference=_REFERENCE,
        fix="Have the server fetch a fresh response from the issuer's responder.",
    )
