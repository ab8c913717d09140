"""That a certificate was revoked, told alike whoever says so."""

from datetime import UTC, datetime

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.revocation.model import RevocationAnswer, Source
from tlsglass.trust.wording import moment, named, span
from tlsglass.x509.model import Certificate

_HOLD = "certificateHold"
_NEVER_ISSUED = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when certificates are on hold of which a responder's authority has no record. RFC 6960 §2.2."""


def revoked(  # noqa: PLR0913 - all that the sentences are made of, by name
    case: Case,
    certificate: Certificate,
    answer: RevocationAnswer,
    *,
    check: str,
    who: str,
    reference: str,
    field: str | None = None,
    more: str = "",
) -> Finding | Check:
    """The finding that a certificate was revoked; a check that passed where it was not yet at the case's time.

    Args:
        case: what is judged.
        certificate: the revoked one.
        answer: what was said.
        check: the check's name.
        who: who said so: 'the list of X says'.
        reference: by which standard.
        field: the field of the certificate that led there.
        more: a sentence to add, with a space before it.
    """
    since = answer.revoked_at or case.at
    if since > case.at:
        return passed(
            check, f"It was not yet revoked at {moment(case.at)}; {who} that it is since {moment(since)}.", reference
        )
    doubt = f" {answer.problem}" if answer.problem else ""
    if answer.source is not Source.CRL and answer.reason == _HOLD and since == _NEVER_ISSUED:
        return finding(
            FindingCode.REVOKED,
            Severity.ERROR,
            certificate,
            field=field,
            title=case.told(certificate, "revoked as a certificate that was never issued", "is"),
            detail=f"Its issuer has no record of it, as {who}: it is said to be on hold since {moment(since)}, which "
            f"stands for certificates that were never issued.{more}{doubt}",
            reference=reference,
            fix="Ask the authority that should have issued it, and have a certificate issued that it has a record of.",
        )
    ago, dated = (
        (f" {span(case.at - since)} ago ({moment(since)})", f" at {moment(since)}")
        if answer.revoked_at
        else ("", ", and does not say when")
    )
    why = f"; the reason given is {answer.reason}" if answer.reason else ""
    held = " It is on hold, which may be lifted." if answer.reason == _HOLD else ""
    return finding(
        FindingCode.REVOKED,
        Severity.ERROR,
        certificate,
        field=field,
        title=case.told(certificate, f"revoked{ago}", "was" if ago else "is"),
        detail=f"Its issuer revoked it{dated}{why}, as {who}.{held}{more}{doubt}",
        reference=reference,
        fix="Make a new key, have a certificate issued for it and install that; a revoked one stays revoked."
        if certificate.sha256 == case.leaf.sha256
        else f"Have a certificate issued by another authority than {named(certificate)}, and send the chain to that "
        "one.",
    )
