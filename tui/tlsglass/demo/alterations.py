"""Certificates that no builder makes, rightly: with broken hashes, with two algorithms, altered after their signing.

What is replaced is as long as what it is replaced by, so that no length changes within what was signed.
"""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

# AlgorithmIdentifiers differ in the last octet of the OID: 1.2.840.113549.1.1.11, .5 and .12.
_SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")
_SHA384_WITH_RSA = bytes.fromhex("06092a864886f70d01010c")

_SEQUENCE = 0x30
_BIT_STRING = 0x03
_SHORT_FORM = 0x80

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def signed_with_sha1(certificate: x509.Certificate, signer: rsa.RSAPrivateKey) -> x509.Certificate:
    """The certificate, signed with SHA-1.

    Args:
        certificate: signed with SHA-256 by the same key.
        signer: the issuer's key.
    """
    body = certificate.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
    signature = signer.sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the exhibit is about it
    algorithm = _algorithm(certificate).replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
    return x509.load_der_x509_certificate(_assembled(body, algorithm, signature))


def naming_two_algorithms(certificate: x509.Certificate, signer: rsa.RSAPrivateKey) -> x509.Certificate:
    """The certificate, signed with SHA-256, which says SHA-384 within what is signed. RFC 5280 §4.1.1.2.

    Args:
        certificate: signed with SHA-256 by the same key.
        signer: the issuer's key.
    """
    body = certificate.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA384_WITH_RSA)
    signature = signer.sign(body, padding.PKCS1v15(), hashes.SHA256())
    return x509.load_der_x509_certificate(_assembled(body, _algorithm(certificate), signature))


def signed_anew(certificate: x509.Certificate, signer: SigningKey, old: bytes, new: bytes) -> bytes:
    """The certificate with something replaced and a signature that fits, in DER; cryptography may not load it.

    Args:
        certificate: signed with SHA-256 by the same key.
        signer: the issuer's key.
        old: what is replaced.
        new: by what, of the same length.
    """
    body = _replaced(certificate.tbs_certificate_bytes, old, new)
    if isinstance(signer, rsa.RSAPrivateKey):
        signature = signer.sign(body, padding.PKCS1v15(), hashes.SHA256())
    else:
        signature = signer.sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return _assembled(body, _algorithm(certificate), signature)


def tampered(certificate: x509.Certificate, old: bytes, new: bytes) -> x509.Certificate:
    """The certificate with something replaced, and the signature that it had.

    Args:
        certificate: as it was issued.
        old: what is replaced.
        new: by what, of the same length.
    """
    body = _replaced(certificate.tbs_certificate_bytes, old, new)
    return x509.load_der_x509_certificate(_assembled(body, _algorithm(certificate), certificate.signature))


def _replaced(body: bytes, old: bytes, new: bytes) -> bytes:
    if old not in body or len(old) != len(new):
        message = "what is replaced has to be there, and to be as long as what it is replaced by"
        raise ValueError(message)
    return body.replace(old, new)


def _algorithm(certificate: x509.Certificate) -> bytes:
    """The AlgorithmIdentifier beside the signature. RFC 5280 §4.1.1.2."""
    der = certificate.public_bytes(Encoding.DER)
    rest = der.partition(certificate.tbs_certificate_bytes)[2]
    return rest[: 2 + rest[1]]


def _assembled(body: bytes, algorithm: bytes, signature: bytes) -> bytes:
    return element(_SEQUENCE, body + algorithm + element(_BIT_STRING, b"\0" + signature))


def element(tag: int, content: bytes) -> bytes:
    """An element of DER. X.690 §8.1.3.

    Args:
        tag: its identifier octet.
        content: its content.
    """
    size = len(content)
    if size < _SHORT_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _SHORT_FORM | len(length))) + length + content
