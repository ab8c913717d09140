"""Certificates in PEM. RFC 7468."""

import re
from binascii import Error, a2b_base64, b2a_base64

from tlsglass.limits import LARGEST_PEM

_LINE = 64
_BEGIN = re.compile(rb"^[ \t]*-----BEGIN ([^\r\n-]{1,64})-----[ \t]*\r?$", re.MULTILINE)
_CERTIFICATE_LABELS = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE"})
_TRUSTED = b"TRUSTED CERTIFICATE"
_NAMED = {
    b"CERTIFICATE REQUEST": "a certificate request",
    b"NEW CERTIFICATE REQUEST": "a certificate request",
    b"X509 CRL": "a revocation list",
    b"PKCS7": "a PKCS #7 bundle",
    b"CMS": "a CMS bundle",
    b"PUBLIC KEY": "a public key",
}
_SPACE = b" \t\r\n"


def certificates_in_pem(data: bytes) -> tuple[bytes, ...]:
    """The DER of each certificate in a PEM file; text between the blocks and blocks of other kinds are passed over.

    Args:
        data: the file.

    Returns:
        At least one certificate. What base64 holds is not looked at.

    Raises:
        ValueError: with a sentence: there is no certificate in it, or one is garbled.
    """
    if len(data) > LARGEST_PEM:
        message = f"The file has {len(data):,} bytes; PEM files are read up to {LARGEST_PEM:,} bytes."
        raise ValueError(message)
    certificates: list[bytes] = []
    others: list[bytes] = []
    position = 0
    while match := _BEGIN.search(data, position):
        label = match[1]
        position = match.end()
        if label not in _CERTIFICATE_LABELS:
            others.append(label)
            continue
        end = data.find(b"-----", position)
        if not data.startswith(b"-----END %b-----" % label, end):
            message = f"Certificate {len(certificates) + 1} in the file has a BEGIN line but no END line of its own."
            raise ValueError(message)
        certificates.append(_decoded(data[position:end], len(certificates) + 1))
        position = end
    if not certificates:
        raise ValueError(_why_none(data, others))
    return tuple(certificates)


def to_pem(der: bytes, label: str = "CERTIFICATE") -> str:
    """DER as a PEM block with 64 characters a line and a line break at its end. RFC 7468 §2.

    Args:
        der: what the block holds.
        label: what the block is called.
    """
    text = b2a_base64(der, newline=False).decode()
    rows = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join((f"-----BEGIN {label}-----", *rows, f"-----END {label}-----", ""))


def _decoded(block: bytes, number: int) -> bytes:
    try:
        der = a2b_base64(block.translate(None, _SPACE), strict_mode=True)
    except Error:
        der = b""
    if not der:
        message = f"Certificate {number} in the file is garbled: what stands in its block is not base64."
        raise ValueError(message)
    return der


def _why_none(data: bytes, labels: list[bytes]) -> str:
    if _TRUSTED in labels:
        return (
            "The file holds a TRUSTED CERTIFICATE block, which only OpenSSL reads; "
            "`openssl x509 -in FILE -out NEW` makes a certificate of it."
        )
    if any(label.endswith(b"PRIVATE KEY") for label in labels):
        return "The file holds a private key and no certificate; keep it secret and choose the certificate's file."
    if labels:
        held = _NAMED.get(labels[0], f"a block named {labels[0].decode('ascii', 'replace')}")
        return f"The file holds {held} and no certificate."
    if data.startswith(b"\x30"):
        return "The file is no PEM but may be a certificate in DER; `openssl x509 -inform DER -in FILE` converts it."
    return "The file holds no certificate: there is no line -----BEGIN CERTIFICATE----- in it."
