"""Which keys and signatures the web takes: their kinds, curves and sizes. CA/B BR §6.1.5, §6.1.6, §7.1.3.

Chrome takes RSA and the three curves of NIST, below any root (`IsPublicKeyAcceptable` and
`IsSignatureAlgorithmAcceptable` in BoringSSL's simple_path_builder_delegate.cc); Firefox takes the same
(`CheckSubjectPublicKeyInfo` in mozilla::pkix).
Ed25519 and what is newer they refuse too, but OpenSSL, Go and rustls take it, so that below a private root, where most
clients may be programs, it is a warning.
"""

from collections.abc import Iterator

from tlsglass.trust.case import Case
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import named
from tlsglass.x509.model import Certificate

_KINDS = "CA/Browser Forum BR §6.1.5"
_SIGNATURES = "CA/Browser Forum BR §7.1.3.2"
_CURVES = frozenset({"P-256", "P-384", "P-521"})
_HASHES = frozenset({"SHA256", "SHA384", "SHA512"})
_LEFT_TO_OTHERS = frozenset({"MD2", "MD4", "MD5", "SHA1"})
"""Broken hashes, which have a rule of their own."""

_SIGNATURES_OF_THE_WEB = frozenset(
    {
        "1.2.840.113549.1.1.10",  # RSASSA-PSS, with any of the hashes
        *(f"1.2.840.113549.1.1.{number}" for number in (11, 12, 13)),
        *(f"1.2.840.10045.4.3.{number}" for number in (2, 3, 4)),
    }
)
_FIX = "Have a certificate issued for a new key: EC P-256, or RSA with 2048 bits or more."


def examine_kinds(case: Case) -> Iterator[Finding | Check]:
    """Judge the kind of every key of the path, the anchor's too, since signatures are verified with it."""
    faults = [fault for step in case.path.steps for fault in _kind(case, step.certificate)]
    yield from told(case, "kinds of keys", faults, "Browsers take keys of these kinds.", _KINDS)


def examine_signatures(case: Case) -> Iterator[Finding | Check]:
    """Judge what the path's certificates are signed with. Broken hashes are left to `strength`."""
    faults = [fault for step in case.signed_steps for fault in _signature(case, step.certificate)]
    yield from told(case, "kinds of signatures", faults, "Browsers take signatures of these kinds.", _SIGNATURES)


def _kind(case: Case, certificate: Certificate) -> Iterator[Fault]:
    key = certificate.public_key
    if key.algorithm in {"RSA", "DSA", ""} or (key.algorithm == "EC" and key.curve in _CURVES):
        return  # sizes, DSA and what can't be read are left to other rules
    on_curve = key.algorithm == "EC"
    what = f"{key.algorithm} {key.curve or 'of a curve without a name'}" if on_curve else key.algorithm
    yield Fault(
        code=FindingCode.UNSUPPORTED_ALGORITHM,
        certificate=certificate,
        field="public_key",
        title=f"browsers don't take {_whose('key', case, certificate)} ({what})",
        detail=f"The key of {named(certificate)} is {what}. Chrome and Firefox take RSA and the curves P-256, P-384 "
        f"and P-521 only{'' if on_curve else ', while OpenSSL, Go and others take more'}.",
        reference=_KINDS,
        fix=_FIX,
        public=Severity.ERROR,
        private=Severity.ERROR if on_curve else Severity.WARNING,
    )


def _signature(case: Case, certificate: Certificate) -> Iterator[Fault]:
    algorithm = certificate.signature_algorithm
    digest = (algorithm.hash or "").upper().replace("-", "")
    if not digest or digest in _LEFT_TO_OTHERS:
        return  # a signature without a hash of its own goes with a kind of key that is judged already
    if algorithm.oid in _SIGNATURES_OF_THE_WEB and digest in _HASHES:
        return
    yield Fault(
        code=FindingCode.UNSUPPORTED_ALGORITHM,
        certificate=certificate,
        field="signature",
        title=f"browsers don't take {_whose('signature', case, certificate)} ({algorithm.name})",
        detail=f"{named(certificate)} is signed with {algorithm.name} and the hash {algorithm.hash}. With RSA "
        "and ECDSA Chrome and Firefox take SHA-256, SHA-384 and SHA-512 only.",
        reference=_SIGNATURES,
        fix="Have it issued by an authority that signs with RSA or ECDSA, and SHA-256.",
        public=Severity.ERROR,
        private=Severity.WARNING,
    )


def _whose(what: str, case: Case, certificate: Certificate) -> str:
    """The leaf needs no name, an authority does."""
    return f"its {what}" if certificate is case.leaf else f"the {what} of {named(certificate)}"
