"""Whether each certificate names the key that it was signed with. RFC 5280 §4.2.1.1, §4.2.1.2."""

from collections.abc import Iterator
from itertools import pairwise

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import named

_REFERENCE = "RFC 5280 §4.2.1.1"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Hold the authority key identifier of each step against the subject key identifier of the next."""
    wrong = False
    for step, above in pairwise(case.path.steps):
        certificate, issuer = step.certificate, above.certificate
        named_key, own_key = certificate.authority_key_id, issuer.subject_key_id
        if named_key is None or own_key is None or named_key == own_key:
            continue
        wrong = True
        yield finding(
            FindingCode.KEY_ID_MISMATCH,
            Severity.ERROR,
            certificate,
            title=f"names another key than its issuer {named(issuer)} has",
            detail=f"The authority key identifier of {named(certificate)} is {named_key.hex()}, and the subject key "
            f"identifier of {named(issuer)}, whose key signed it, is {own_key.hex()}. OpenSSL, and what is built on "
            "it, then looks for another issuer and finds none; most browsers try the key all the same.",
            reference=_REFERENCE,
            field="extensions.2.5.29.35",
            fix="Have it issued again: the authority took the identifier of another of its certificates.",
        )
    if not wrong and len(case.path.steps) > 1:
        yield passed("key identifiers", "Each certificate names the key of its issuer, or names none.", _REFERENCE)
