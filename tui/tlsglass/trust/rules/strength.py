"""Whether keys and signatures of the path are strong enough to rest on."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.wording import named
from tlsglass.x509.model import Certificate, PublicKey

_KEY_REFERENCE = "CA/Browser Forum BR §6.1.5"
_STRENGTHS = "NIST SP 800-57 Part 1 §5.6.1"
_HASHES = "NIST SP 800-131A §9"
_SIGNATURE_REFERENCE = "CA/Browser Forum BR §7.1.3.2"
_LEAST_BITS = {"RSA": 2048, "RSASSA-PSS": 2048, "EC": 224}
_WEAK_HASHES = {
    "MD2": ("MD2", "RFC 6149"),
    "MD4": ("MD4", "RFC 6150"),
    "MD5": ("MD5", "RFC 6151"),
    "SHA1": ("SHA-1", "RFC 6194"),
}
"""What each broken hash function is called, and where it is said to be broken."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the keys of all certificates in the path, and the signatures on which it rests.

    OpenSSL, Go, Java and others refuse what is weak below any root, so it is an error by either profile; for the web
    the Baseline Requirements say so, and elsewhere what they rest on.
    """
    is_of_web = case.profile is Profile.WEBPKI
    for step in case.path.steps:
        yield _judge_key(step.certificate, _KEY_REFERENCE if is_of_web else _STRENGTHS)
    for step in case.signed_steps:
        yield _judge_signature(step.certificate, _SIGNATURE_REFERENCE if is_of_web else _HASHES)


def _judge_key(certificate: Certificate, reference: str) -> Finding | Check:
    key = certificate.public_key
    size = _described(key)
    if key.algorithm == "DSA":
        why = "TLS clients have given up DSA; TLS 1.3 has no place for it."
    elif key.algorithm not in _LEAST_BITS:
        return passed("key", f"{named(certificate)} has a key of {size}.", _STRENGTHS)
    elif key.bits is None:
        why = "its size could not be read" if key.der else "it could not be read"
        return not_checked("key", f"The key of {named(certificate)} ({size}) was not judged: {why}.", reference)
    elif key.bits >= _LEAST_BITS[key.algorithm]:
        return passed("key", f"{named(certificate)} has a key of {size}.", reference)
    else:
        why = f"At least {_LEAST_BITS[key.algorithm]} bits are asked for; shorter keys can be broken."
    return finding(
        FindingCode.WEAK_KEY,
        Severity.ERROR,
        certificate,
        field="public_key",
        title=f"{named(certificate)} has a weak key ({size})",
        detail=f"The key of {named(certificate)} is {size}. {why}",
        reference=reference,
        fix="Make a new key (EC P-256, or RSA with 2048 bits or more) and have a certificate issued for it.",
    )


def _judge_signature(certificate: Certificate, reference: str) -> Finding | Check:
    algorithm = certificate.signature_algorithm
    digest = (algorithm.hash or "").upper().replace("-", "")
    if digest not in _WEAK_HASHES:
        detail = f"{named(certificate)} is signed with {algorithm.name}."
        return passed("signature algorithm", detail, reference)
    called, broken = _WEAK_HASHES[digest]
    return finding(
        FindingCode.WEAK_SIGNATURE,
        Severity.ERROR,
        certificate,
        field="signature",
        title=f"{named(certificate)} is signed with {called}, which is broken",
        detail=f"{named(certificate)} is signed with {algorithm.name}. Two certificates with the same {called} can be "
        "made, so the signature proves nothing; browsers refuse it.",
        reference=f"{reference}, {broken}",
        fix="Have it issued anew with SHA-256 or better.",
    )


def _described(key: PublicKey) -> str:
    """A key in a few words: `EC P-256`, `RSA with 1024 bits`."""
    if key.curve:
        return f"{key.algorithm} {key.curve}"
    if key.bits and key.algorithm in {"RSA", "RSASSA-PSS", "DSA", "EC"}:
        return f"{key.algorithm} with {key.bits} bits"
    return key.algorithm or "an unknown kind"
