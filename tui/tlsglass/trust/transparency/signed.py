"""What a log signs when it promises to publish a certificate. RFC 6962 §3.2."""

import hashlib

from tlsglass.x509.der import read
from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.transparency import SignedTimestamp
from tlsglass.x509.model import Certificate

TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2"
"""The extension of a certificate that holds its timestamps. RFC 6962 §3.3."""

_CERTIFICATE_TIMESTAMP = b"\0"
_X509_ENTRY = b"\0\0"
_PRECERT_ENTRY = b"\0\1"
_TIMESTAMPS_OID = bytes.fromhex("060a2b06010401d679020402")
_SHORT_LENGTH = 0x80


def signed_for_certificate(timestamp: SignedTimestamp, certificate: Certificate) -> bytes:
    """What is signed for a certificate as it stands, which came to the log after it was issued."""
    return _signed(timestamp, _X509_ENTRY + _opaque(certificate.der, 3))


def signed_for_precertificate(timestamp: SignedTimestamp, certificate: Certificate, issuer: Certificate) -> bytes:
    """What is signed for a certificate that holds the timestamp itself: it without its timestamps.

    The poison extension of the precertificate is left out by the log as well, so it need not be known.

    Args:
        timestamp: from the certificate's extension.
        certificate: the one that was issued in the end.
        issuer: whose key signed it.

    Raises:
        ValueError: the certificate can't be taken apart.
    """
    key_hash = hashlib.sha256(issuer.public_key.der).digest()
    return _signed(timestamp, _PRECERT_ENTRY + key_hash + _opaque(without_timestamps(certificate.der), 3))


def without_timestamps(der: bytes) -> bytes:
    """The TBSCertificate without the extension that holds timestamps; all else byte by byte as it is.

    Args:
        der: a certificate.

    Raises:
        ValueError: these bytes are no certificate with extensions.
    """
    whole = read(der).elements
    if not whole or not whole[0].children or not whole[0].children[0].children:
        text = "the certificate can't be read"
        raise ValueError(text)
    tbs = whole[0].children[0]
    block = tbs.children[-1]
    if block.tag != "[3]" or len(block.children) != 1:
        text = "the certificate has no readable extensions"
        raise ValueError(text)
    kept = b"".join(_bytes(each) for each in block.children[0].children if not _holds_timestamps(each))
    extensions = _element(0xA3, _element(0x30, kept)) if kept else b""
    return _element(0x30, der[tbs.start + tbs.header : block.start] + extensions)


def _holds_timestamps(extension: Element) -> bool:
    return bool(extension.children) and _bytes(extension.children[0]) == _TIMESTAMPS_OID


def _bytes(element: Element) -> bytes:
    return element.source[element.start : element.end]


def _element(identifier: int, content: bytes) -> bytes:
    """An element in DER. X.690 §10.1."""
    length = len(content)
    if length < _SHORT_LENGTH:
        return bytes((identifier, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((identifier, _SHORT_LENGTH | len(octets))) + octets + content


def _signed(timestamp: SignedTimestamp, entry: bytes) -> bytes:
    head = timestamp.version.to_bytes(1) + _CERTIFICATE_TIMESTAMP + timestamp.timestamp.to_bytes(8)
    return head + entry + _opaque(timestamp.extensions, 2)


def _opaque(content: bytes, size: int) -> bytes:
    """A vector with its length before it. RFC 8446 §3.4."""
    return len(content).to_bytes(size) + content
