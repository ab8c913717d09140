"""Whether what the judgement rests on could be read at all. RFC 5280 §4.1."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, PathStep, Severity
from tlsglass.trust.wording import listed, named
from tlsglass.x509.certificate import ALGORITHMS_DIFFER, IS_REPEATED, NUMBERED_WRONGLY, TOO_OLD_FOR_EXTENSIONS
from tlsglass.x509.model import Certificate, PublicKey

_REFERENCE = "RFC 5280 §4.1"
_FIX = "Have a certificate issued whose encoding is as RFC 5280 has it."
_LISTED = 3
_WITH_RULES = (IS_REPEATED, *NUMBERED_WRONGLY, TOO_OLD_FOR_EXTENSIONS)
"""How problems end that have rules of their own."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the encoding of the path's certificates. The store's are its own affair as long as they can be used."""
    readable = 0
    for step in case.path.steps:
        certificate = step.certificate
        unread = _unread(certificate)
        if unread:
            what = f"What can't be read is {listed(unread)}, so it can't be judged."
            yield finding(
                FindingCode.UNREADABLE,
                Severity.ERROR,
                certificate,
                title=f"{named(certificate)} can't be read",
                detail=f"{what} {_problems(certificate)}".strip(),
                reference=_REFERENCE,
                fix=_FIX,
            )
        elif _texts(certificate) and step.sent is not None:
            yield _irregular(step)
        else:
            readable += 1
    if readable:
        yield passed("encoding", f"{readable} of {len(case.path.steps)} certificates are encoded well.", _REFERENCE)


def _irregular(step: PathStep) -> Finding:
    return finding(
        FindingCode.UNREADABLE,
        Severity.WARNING,
        step.certificate,
        title=f"{named(step.certificate)} is not encoded as the standard has it",
        detail=f"It could be read, but other clients may refuse it. {_problems(step.certificate)}",
        reference=_REFERENCE,
        fix=_FIX,
    )


def _unread(certificate: Certificate) -> list[str]:
    parts = {
        "its validity": certificate.not_before is not None and certificate.not_after is not None,
        "its public key": is_key(certificate.public_key),
        "its signature": bool(certificate.signature),
        "its subject": bool(certificate.subject.der),
        "its issuer": bool(certificate.issuer.der),
    }
    return [name for name, was_read in parts.items() if not was_read]


def is_key(key: PublicKey) -> bool:
    """Whether a public key could be read, and is a point of its curve where it has one. SEC 1 §2.3.4."""
    if not key.der or key.algorithm != "EC" or not key.curve:
        return bool(key.der)
    from tlsglass.trust.signatures import keys  # noqa: PLC0415 - cryptography takes long to load and is first needed here

    return not keys.is_no_point(key.der)


def _texts(certificate: Certificate) -> list[str]:
    """What is wrong with the encoding; two algorithms and extensions that come again have rules of their own."""
    texts = (problem.text for problem in certificate.problems)
    return [text for text in texts if text != ALGORITHMS_DIFFER and not text.endswith(_WITH_RULES)]


def _problems(certificate: Certificate) -> str:
    texts = _texts(certificate)
    further = f" And {len(texts) - _LISTED:,} more." if len(texts) > _LISTED else ""
    return " ".join(texts[:_LISTED]) + further
