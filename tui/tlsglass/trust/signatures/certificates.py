"""Whether one certificate was signed with the key of another, without trusting either. RFC 5280 §6.1.3 (a)(1)."""

from functools import lru_cache

from tlsglass.frozen import dataclass
from tlsglass.x509 import encoding
from tlsglass.x509.model import Certificate

_PSS = "1.2.840.113549.1.1.10"

_SCHEMES = {
    "1.2.840.113549.1.1.4": ("RSA", "MD5"),
    "1.2.840.113549.1.1.5": ("RSA", "SHA1"),
    "1.3.14.3.2.29": ("RSA", "SHA1"),
    "1.2.840.113549.1.1.14": ("RSA", "SHA224"),
    "1.2.840.113549.1.1.11": ("RSA", "SHA256"),
    "1.2.840.113549.1.1.12": ("RSA", "SHA384"),
    "1.2.840.113549.1.1.13": ("RSA", "SHA512"),
    "2.16.840.1.101.3.4.3.13": ("RSA", "SHA3-224"),
    "2.16.840.1.101.3.4.3.14": ("RSA", "SHA3-256"),
    "2.16.840.1.101.3.4.3.15": ("RSA", "SHA3-384"),
    "2.16.840.1.101.3.4.3.16": ("RSA", "SHA3-512"),
    "1.2.840.10045.4.1": ("ECDSA", "SHA1"),
    "1.2.840.10045.4.3.1": ("ECDSA", "SHA224"),
    "1.2.840.10045.4.3.2": ("ECDSA", "SHA256"),
    "1.2.840.10045.4.3.3": ("ECDSA", "SHA384"),
    "1.2.840.10045.4.3.4": ("ECDSA", "SHA512"),
    "2.16.840.1.101.3.4.3.9": ("ECDSA", "SHA3-224"),
    "2.16.840.1.101.3.4.3.10": ("ECDSA", "SHA3-256"),
    "2.16.840.1.101.3.4.3.11": ("ECDSA", "SHA3-384"),
    "2.16.840.1.101.3.4.3.12": ("ECDSA", "SHA3-512"),
    "1.2.840.10040.4.3": ("DSA", "SHA1"),
    "2.16.840.1.101.3.4.3.1": ("DSA", "SHA224"),
    "2.16.840.1.101.3.4.3.2": ("DSA", "SHA256"),
    "2.16.840.1.101.3.4.3.3": ("DSA", "SHA384"),
    "2.16.840.1.101.3.4.3.4": ("DSA", "SHA512"),
    "1.3.101.112": ("own", ""),
    "1.3.101.113": ("own", ""),
    "2.16.840.1.101.3.4.3.17": ("own", ""),
    "2.16.840.1.101.3.4.3.18": ("own", ""),
    "2.16.840.1.101.3.4.3.19": ("own", ""),
}
"""The scheme and the hash function of each signature algorithm that can be checked. RFC 8017, 5758, 8410, 9881."""

_PSS_HASHES = {
    bytes.fromhex("0609608648016503040201"): "SHA256",
    bytes.fromhex("0609608648016503040202"): "SHA384",
    bytes.fromhex("0609608648016503040203"): "SHA512",
    bytes.fromhex("0609608648016503040204"): "SHA224",
}
"""The hash functions by their encoded OIDs, as RSASSA-PSS-params name them. RFC 4055 §2.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """How the check of one signature ended."""

    valid: bool | None
    """None where it could not be checked."""

    reason: str = ""
    """Why it could not be checked, as the end of a sentence; not yet made printable."""


def check_signature(certificate: Certificate, issuer: Certificate) -> SignatureCheck:
    """Check whether a certificate was signed with the key of another; names and extensions are not looked at.

    Args:
        certificate: the one that was signed.
        issuer: the one whose key should have signed it.
    """
    return check_signed(
        certificate.der, oid=certificate.signature_algorithm.oid, signature=certificate.signature, signer=issuer
    )


def key_ids_differ(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the key identifiers say that another key signed it. RFC 5280 §4.2.1.1."""
    wanted, had = certificate.authority_key_id, issuer.subject_key_id
    return wanted is not None and had is not None and wanted != had


@lru_cache(maxsize=256)
def is_self_signed(certificate: Certificate) -> bool:
    """Whether it was signed with its own key; by its names and key identifiers where that can't be checked.

    What is self-issued is not always that: an authority that has a new key certifies it with its old one, under the
    same name. RFC 5280 §3.2, RFC 4210 §4.4.
    """
    if encoding.matching_key(certificate.issuer.der) != encoding.matching_key(certificate.subject.der):
        return False
    return not key_ids_differ(certificate, certificate) and check_signature(certificate, certificate).valid is not False


def check_signed(der: bytes, *, oid: str, signature: bytes, signer: Certificate) -> SignatureCheck:
    """Check whether what has the form of a certificate, as a revocation list has, was signed with a key.

    Args:
        der: the signed part, the signature algorithm and the signature, in a SEQUENCE. RFC 5280 §4.1.1, §5.1.1.
        oid: the signature algorithm, dotted.
        signature: the signature's bits.
        signer: the certificate with the key.
    """
    try:
        signed = encoding.signed_part(der)
        parameters = encoding.signature_parameters(der)
    except ValueError:
        return SignatureCheck(valid=None, reason="the certificate can't be read")
    return verify(
        signer, oid=oid, signature=signature, signed=signed, hash_name=_pss_hash(parameters) if oid == _PSS else ""
    )


def verify(signer: Certificate, *, oid: str, signature: bytes, signed: bytes, hash_name: str = "") -> SignatureCheck:
    """Check whether the key of a certificate made a signature.

    Args:
        signer: the certificate with the key.
        oid: the signature algorithm, dotted.
        signature: the signature's bits.
        signed: what was signed.
        hash_name: the hash function ('SHA256') where the algorithm leaves it to its parameters.
    """
    scheme, own_hash = ("RSA-PSS", hash_name) if oid == _PSS else _SCHEMES.get(oid, ("", ""))
    if not scheme:
        return SignatureCheck(valid=None, reason=f"the signature algorithm {oid} can't be checked here")
    if not signer.public_key.der:
        return SignatureCheck(valid=None, reason="the key of the issuer can't be read")
    from tlsglass.trust.signatures import keys  # noqa: PLC0415 - cryptography takes long to load and is first needed here

    try:
        valid = keys.is_signed(
            signer.public_key.der, scheme=scheme, hash_name=own_hash, signature=signature, signed=signed
        )
    except keys.NotCheckable as error:
        return SignatureCheck(valid=None, reason=str(error))
    return SignatureCheck(valid=valid)


def _pss_hash(parameters: bytes) -> str:
    """The hash function that RSASSA-PSS-params name first; SHA-1 is the default. RFC 4055 §3.1."""
    found = [(parameters.find(oid), name) for oid, name in _PSS_HASHES.items() if oid in parameters]
    return min(found)[1] if found else "SHA1"
