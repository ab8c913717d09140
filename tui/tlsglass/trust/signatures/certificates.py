"""Whether one certificate was signed with the key of another, without trusting either. RFC 5280 §6.1.3 (a)(1)."""

from functools import lru_cache

from tlsglass.frozen import dataclass
from tlsglass.x509 import encoding
from tlsglass.x509.algorithms import PssParameters, read_identifier, read_pss_parameters
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.model import Certificate, PublicKey
from tlsglass.x509.oids.algorithms import RSASSA_PSS
from tlsglass.x509.values import Contents

_PSS_SCHEME = "RSA-PSS"

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
        pss = _read_pss(encoding.signature_parameters(der)) if oid == RSASSA_PSS else None
    except ValueError:
        return SignatureCheck(valid=None, reason="the certificate can't be read")
    return verify(signer, oid=oid, signature=signature, signed=signed, pss=pss)


def verify(  # noqa: PLR0913 - all that a signature consists of, by name
    signer: Certificate,
    *,
    oid: str,
    signature: bytes,
    signed: bytes,
    hash_name: str = "",
    pss: PssParameters | None = None,
) -> SignatureCheck:
    """Check whether the key of a certificate made a signature.

    Args:
        signer: the certificate with the key.
        oid: the signature algorithm, dotted.
        signature: the signature's bits.
        signed: what was signed.
        hash_name: the hash function ('SHA256') where the algorithm leaves it to parameters of which it alone is known;
            the others are then taken to be those of the key.
        pss: the parameters, where they are of RSASSA-PSS and known.
    """
    if pss is None and hash_name and signer.public_key.oid == RSASSA_PSS:
        pss = _own_parameters(signer.public_key)
    own_hash = hash_name or (pss.hash if pss else "")
    scheme, own_hash = (_PSS_SCHEME, own_hash) if oid == RSASSA_PSS else _SCHEMES.get(oid, ("", ""))
    if not scheme:
        return SignatureCheck(valid=None, reason=f"the signature algorithm {oid} can't be checked here")
    if not signer.public_key.der:
        return SignatureCheck(valid=None, reason="the key of the issuer can't be read")
    if not _may_sign(signer.public_key, scheme, pss):
        return SignatureCheck(valid=False)
    from tlsglass.trust.signatures import keys  # noqa: PLC0415 - cryptography takes long to load and is first needed here

    try:
        valid = keys.is_signed(
            signer.public_key.der, scheme=scheme, hash_name=own_hash, signature=signature, signed=signed, pss=pss
        )
    except keys.NotCheckable as error:
        return SignatureCheck(valid=None, reason=str(error))
    return SignatureCheck(valid=valid)


def _read_pss(parameters: bytes) -> PssParameters:
    """What RSASSA-PSS-params say; all defaults where there are none. RFC 4055 §3.1.

    Raises:
        ValueError: they can't be read.
    """
    elements = read(parameters).elements
    return read_pss_parameters(elements[0] if elements else None)


def _own_parameters(key: PublicKey) -> PssParameters | None:
    """What a key for RSASSA-PSS asks of its signatures; None where it leaves that open, or can't be read."""
    try:
        _, parameters = read_identifier(Contents(read(key.der).elements[0]).take("SEQUENCE"))
        return read_pss_parameters(parameters) if parameters else None
    except (DecodeError, IndexError):
        return None  # that the key can't be read is told where it is


def _may_sign(key: PublicKey, scheme: str, pss: PssParameters | None) -> bool:
    """Whether a key that is for RSASSA-PSS only may make such a signature. RFC 4055 §1.2, §3.3."""
    if key.oid != RSASSA_PSS:
        return True
    own = _own_parameters(key)
    if scheme != _PSS_SCHEME or own is None or pss is None:
        return scheme == _PSS_SCHEME
    return pss.without_salt == own.without_salt and pss.salt_length >= own.salt_length
