"""An OCSP request as bytes, and the address that asks it by GET. RFC 6960 §4.1, Appendix A.1.

CertIDs use SHA-1, as RFC 5019 §2.1.1 has it, which responders know: it names the issuer and protects nothing. RFC 9919
§3.1.1, which took its place, has new clients use SHA-256, and §3.2.1 lets responders answer for both.
"""

import hashlib
from base64 import b64encode
from urllib.parse import quote

from tlsglass.x509 import encoding
from tlsglass.x509.model import Certificate

NONCE_LENGTH = 32
"""Octets of a nonce. RFC 9654 §2.1."""

LONGEST_GET = 255
"""Bytes that an address may have so that everybody takes it; longer ones go by POST. RFC 9919 §6."""

REQUEST_TYPE = "application/ocsp-request"
RESPONSE_TYPE = "application/ocsp-response"

_SEQUENCE = 0x30
_OCTETS = 0x04
_INTEGER = 0x02
_REQUEST_EXTENSIONS = 0xA2
_SHA1 = bytes.fromhex("300906052b0e03021a0500")
"""The AlgorithmIdentifier with its NULL."""

_NONCE = bytes.fromhex("06092b0601050507300102")
"""The OID id-pkix-ocsp-nonce."""


def ocsp_request(certificate: Certificate, issuer: Certificate, nonce: bytes | None = None) -> bytes:
    """The question for one certificate's status, in DER.

    Args:
        certificate: whose status is wanted.
        issuer: the one that issued it.
        nonce: random octets that the answer is to repeat; None leaves it out.

    Raises:
        ValueError: the certificate has no serial number or its issuer no key that can be read.
    """
    if certificate.serial is None:
        text = "its serial number can't be read"
        raise ValueError(text)
    name = _sha1(certificate.issuer.der)  # as the certificate writes it. RFC 6960 §4.1.1
    key = _sha1(encoding.key_bits(issuer.public_key.der))
    serial = certificate.serial
    octets = serial.to_bytes((serial.bit_length() + 8) // 8, signed=True)
    identifier = _joined(_SEQUENCE, _SHA1, _joined(_OCTETS, name), _joined(_OCTETS, key), _joined(_INTEGER, octets))
    parts = [_joined(_SEQUENCE, _joined(_SEQUENCE, identifier))]
    if nonce is not None:
        value = _joined(_OCTETS, _joined(_OCTETS, nonce))
        parts.append(_joined(_REQUEST_EXTENSIONS, _joined(_SEQUENCE, _joined(_SEQUENCE, _NONCE, value))))
    return _joined(_SEQUENCE, _joined(_SEQUENCE, *parts))


def get_url(url: str, request: bytes) -> str | None:
    """The address that asks by GET; None where it would be too long or the responder's already has a query.

    Args:
        url: the responder's.
        request: the question in DER, without a nonce: who caches answers must see the same address twice.
    """
    if "?" in url or "#" in url:
        return None
    whole = f"{url.removesuffix('/')}/{quote(b64encode(request), safe='')}"
    return whole if len(whole) <= LONGEST_GET else None


_joined = encoding.joined


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()
