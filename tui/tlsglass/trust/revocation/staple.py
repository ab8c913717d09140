"""Whether certificates were revoked, as far as the server's staples tell; nobody is asked. RFC 6066 §8, RFC 7633.

In TLS 1.3 each certificate that is sent may have one: RFC 8446 §4.4.2.1. Before, only the server's own.
"""

from collections.abc import Iterator, Sequence

from tlsglass.limits import MOST_STAPLES
from tlsglass.tls.model import CertificateEntry
from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.revoked import revoked
from tlsglass.trust.topics import FURTHER_STAPLES
from tlsglass.trust.wording import moment, named, span
from tlsglass.x509.model import Certificate

_NAME = "staple"
_REFERENCE = "RFC 6960 §3.2"
_MUST_STAPLE = "extensions.1.3.6.1.5.5.7.1.24"


def read(cases: Sequence[Case]) -> list[tuple[RevocationAnswer, ...]]:
    """What the staples of the certificates in some paths say, path by path, as answers like those that are asked for.

    Args:
        cases: the paths of one judgement. What they have in common is read once, and no more than `MOST_STAPLES`.
    """
    known: dict[tuple[str, str], RevocationAnswer] = {}
    read_of_all = []
    for case in cases:
        found = []
        for _, certificate, issuer in _judged(case):
            entry = _entry(case, certificate)
            key = certificate.sha256, issuer.sha256 if issuer else ""
            if entry is not None and key not in known and len(known) < MOST_STAPLES:
                answer = _read(case, entry, certificate, issuer)
                known |= {key: answer} if answer else {}
            found += [known[key]] if key in known else []
        read_of_all.append(tuple(found))
    return read_of_all


def answers(case: Case) -> tuple[RevocationAnswer, ...]:
    """What the staples of a path's certificates say; none of those that have none or nothing to be judged by."""
    return read((case,))[0] if case.stapled is None else tuple(case.stapled)


def answer(case: Case, certificate: Certificate) -> RevocationAnswer | None:
    """What the staple of one certificate says; None where there is none."""
    return next((each for each in answers(case) if each.certificate == certificate.sha256), None)


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the staple of each certificate in the path that could be revoked."""
    if case.from_file:
        yield not_checked(_NAME, "A file has no staple.", _REFERENCE)
        return
    if case.handshake is None:
        yield not_checked(_NAME, "The handshake did not finish.", _REFERENCE)
        return
    stapled = {each.certificate: each for each in answers(case)}
    staples_any = any(_brings(entry) for entry in case.handshake.entries)
    for depth, certificate, issuer in _judged(case):
        name = f"{_NAME}, depth {depth}" if depth else _NAME
        answer = stapled.get(certificate.sha256)
        if answer is not None:
            yield _said(case, certificate, answer, name)
        elif _entry(case, certificate) is not None:
            yield _not_read(certificate, issuer, name)
        elif depth == 0:
            yield _no_staple(case)
        elif staples_any and case.handshake.version == "TLSv1.3" and case.handshake.entry(certificate.der):
            yield not_checked(name, f"The server stapled none for {named(certificate)}.", _REFERENCE)


def _judged(case: Case) -> Iterator[tuple[int, Certificate, Certificate | None]]:
    """Depth, certificate and issuer, where known, of all that could be revoked; the server's own always is among them.

    A certificate that vouches for itself is its own issuer.
    """
    steps = case.path.steps
    for depth in range(max(1, len(case.signed_steps))):
        certificate = steps[depth].certificate
        above = steps[depth + 1].certificate if depth + 1 < len(steps) else None
        yield depth, certificate, above or (certificate if case.path.self_signed else None)


def _entry(case: Case, certificate: Certificate) -> CertificateEntry | None:
    """What came along with a certificate, where that is something of its status."""
    entry = case.handshake.entry(certificate.der) if case.handshake else None
    return entry if entry is not None and _brings(entry) else None


def _brings(entry: CertificateEntry) -> bool:
    return entry.ocsp_staple is not None or entry.problem is not None


def _read(
    case: Case, entry: CertificateEntry, certificate: Certificate, issuer: Certificate | None
) -> RevocationAnswer | None:
    if entry.ocsp_staple is None:
        unavailable = Status.UNAVAILABLE
        return RevocationAnswer(
            certificate=certificate.sha256, source=Source.STAPLE, url=None, status=unavailable, problem=entry.problem
        )
    if issuer is None:
        return None
    from tlsglass.trust.revocation import ocsp  # noqa: PLC0415 - it needs cryptography, and most servers staple nothing

    return ocsp.judge_response(
        entry.ocsp_staple, certificate=certificate, issuer=issuer, at=case.at, source=Source.STAPLE, url=None
    )


def _not_read(certificate: Certificate, issuer: Certificate | None, name: str) -> Check:
    if issuer is not None:
        why = f"There are more staples than the {MOST_STAPLES} that are read: that of {named(certificate)} was not."
        return not_checked(FURTHER_STAPLES, why, _REFERENCE)
    why = f"There is a staple, but the issuer of {named(certificate)} is not known, so its signature can't be checked."
    return not_checked(name, why, _REFERENCE)


def _no_staple(case: Case) -> Finding | Check:
    if not case.leaf.must_staple:
        return not_checked(_NAME, "The server stapled none, and nobody was asked.", _REFERENCE)
    return finding(
        FindingCode.STAPLE_UNUSABLE,
        Severity.ERROR,
        case.leaf,
        field=_MUST_STAPLE,
        title="no OCSP staple, though the certificate demands one",
        detail="Its TLS feature extension asks for a stapled OCSP response, and the server sent none.",
        reference="RFC 7633 §4.3.3",
        fix="Turn OCSP stapling on in the server's configuration.",
    )


def _said(case: Case, certificate: Certificate, answer: RevocationAnswer, name: str) -> Finding | Check:
    begins, ends = answer.this_update, answer.next_update
    is_leaf = certificate.sha256 == case.leaf.sha256
    whose = "the certificate" if is_leaf else named(certificate)
    what = "the OCSP staple" if is_leaf else f"the OCSP staple of {whose}"
    match answer.status:
        case Status.REVOKED:
            who = "the server's own OCSP staple says"
            return revoked(case, certificate, answer, check=name, who=who, reference="RFC 6960 §2.2")
        case Status.GOOD:
            dated = f", as of {moment(begins)}" if begins else ""
            until = f" until {moment(ends)}" if ends else ""
            doubt = f" {answer.problem}" if answer.problem else ""
            detail = f"The staple of {answer.responder} says that {whose} is good{dated}{until}.{doubt}"
            return passed(name, detail, _REFERENCE)
        case Status.UNKNOWN:
            title = f"the OCSP responder does not know {whose}"
            detail = f"The responder {answer.responder} does not know {whose}."
        case _ if begins is None:
            title, detail = f"{what} can't be used", answer.problem or ""
        case _ if ends is not None and ends < case.at:
            title = f"{what} is out of date since {span(case.at - ends)}"
            detail = f"It was to be replaced until {moment(ends)}."
        case _:
            title = f"{what} is from the future"
            detail = f"It says that it is right from {moment(begins)} on."
    return finding(
        FindingCode.STAPLE_UNUSABLE,
        Severity.ERROR if is_leaf and certificate.must_staple else Severity.WARNING,
        certificate,
        title=title,
        detail=f"The server stapled an OCSP response that says nothing certain. {detail}",
        reference=_REFERENCE,
        fix="Have the server fetch a fresh response from the issuer's responder.",
    )
