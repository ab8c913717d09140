"""Whether certificates have key identifiers, and name the keys that they were signed with. RFC 5280 §4.2.1.1, §4.2.1.2.

In which form they name them is a matter of the Baseline Requirements: `baseline.identifiers`.
"""

from collections.abc import Iterator
from itertools import pairwise

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.signatures.certificates import is_self_signed
from tlsglass.trust.wording import named
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.model import Certificate

_AUTHORITY_KEY_ID = "2.5.29.35"
_SUBJECT_KEY_ID = "2.5.29.14"
_AUTHORITY = "RFC 5280 §4.2.1.1"
_SUBJECT = "RFC 5280 §4.2.1.2"


def examine_presence(case: Case) -> Iterator[Finding | Check]:
    """Judge that every certificate of the path, but for its anchor, has the identifiers that it should have."""
    missing = [found for step in case.certified_steps for found in _missing(step.certificate)]
    yield from missing
    if case.certified_steps and not missing:
        detail = "Every certificate has the key identifiers that it should have."
        yield passed("key identifiers present", detail, _AUTHORITY)


def examine_matches(case: Case) -> Iterator[Finding | Check]:
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
            title=case.told(certificate, f"names another key than its issuer {named(issuer)} has"),
            detail=f"The authority key identifier of {named(certificate)} is {named_key.hex()}, and the subject key "
            f"identifier of {named(issuer)}, whose key signed it, is {own_key.hex()}. OpenSSL, and what is built on "
            "it, then looks for another issuer and finds none; most browsers try the key all the same.",
            reference=_SUBJECT,
            field=f"extensions.{_AUTHORITY_KEY_ID}",
            fix="Have it issued again: the authority took the identifier of another of its certificates.",
        )
    if not wrong and len(case.path.steps) > 1:
        detail = "Each certificate names the key of its issuer, or names none."
        yield passed("key identifiers matching", detail, _SUBJECT)


def _missing(certificate: Certificate) -> Iterator[Finding]:
    kinds = {extension.oid for extension in certificate.extensions}
    has_extension = _AUTHORITY_KEY_ID in kinds
    if _names_no_key(certificate) and not is_self_signed(certificate):
        what = (
            "does not name its issuer's key by its identifier" if has_extension else "has no authority key identifier"
        )
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.NOTICE,
            certificate,
            field=f"extensions.{_AUTHORITY_KEY_ID}" if has_extension else "extensions",
            title=f"{named(certificate)} {what}",
            detail=f"{named(certificate)} {what}. CAs have to say which key of theirs signed it; clients do without, "
            "but may try wrong paths where the issuer has several keys.",
            reference=_AUTHORITY,
            fix="Have a certificate issued whose authority key identifier holds the identifier of the issuer's key.",
        )
    if certificate.is_ca and _SUBJECT_KEY_ID not in kinds:
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.NOTICE,
            certificate,
            field="extensions",
            title=f"{named(certificate)} has no subject key identifier",
            detail=f"{named(certificate)} is a CA's and does not say how its key is called. CAs have to say so; "
            "clients do without.",
            reference=_SUBJECT,
            fix=None,
        )


def _names_no_key(certificate: Certificate) -> bool:
    """Whether the identifier of the issuer's key is left out; not where that can't be read, as `readability` says."""
    try:
        element = extension_value(certificate, _AUTHORITY_KEY_ID)
    except DecodeError:
        return False
    return element is None or all(child.tag != "[0]" for child in element.children)
