"""Decryption of the encrypted part of a TLS 1.3 handshake, so that its messages can be shown. RFC 8446 §5.2, §7.3.

OpenSSL hands out the handshake traffic secrets through its key log, and no messages. Only handshake keys are derived
here; those of the application data never come into this module.
"""

from typing import TYPE_CHECKING

from tlsglass.errors import Fault, HandshakeError
from tlsglass.tls.records import Record

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

_IV_LENGTH = 12
_SHORT_TAG = 8

_AES_128_GCM_SHA256 = 0x1301
_AES_256_GCM_SHA384 = 0x1302
_CHACHA20_POLY1305_SHA256 = 0x1303
_AES_128_CCM_SHA256 = 0x1304
_AES_128_CCM_8_SHA256 = 0x1305

SUITES = frozenset(range(_AES_128_GCM_SHA256, _AES_128_CCM_8_SHA256 + 1))
"""The cipher suites that can be decrypted here. RFC 8446 §B.4."""


class Decryptor:
    """Decrypts the records that one side sends under its handshake traffic secret."""

    def __init__(self, secret: bytes, cipher_suite: int | None) -> None:
        """Derive the keys.

        Args:
            secret: the side's handshake traffic secret.
            cipher_suite: the suite that was agreed; None where it was not.

        Raises:
            HandshakeError: the suite is not one of `SUITES` (PEER_INCOMPATIBLE).
        """
        if cipher_suite not in SUITES:
            message = "The server encrypts with a cipher suite that is not known here."
            raise HandshakeError(Fault.PEER_INCOMPATIBLE, message)
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - not needed before TLS 1.3
        from cryptography.hazmat.primitives.ciphers import aead  # noqa: PLC0415 - as above

        wide = cipher_suite == _AES_256_GCM_SHA384
        algorithm = hashes.SHA384() if wide else hashes.SHA256()
        long_key = wide or cipher_suite == _CHACHA20_POLY1305_SHA256
        key = expand_label(secret, b"key", 32 if long_key else 16, algorithm)
        self._iv = int.from_bytes(expand_label(secret, b"iv", _IV_LENGTH, algorithm), "big")
        self._sequence = 0
        self._cipher: aead.AESGCM | aead.ChaCha20Poly1305 | aead.AESCCM
        if cipher_suite == _CHACHA20_POLY1305_SHA256:
            self._cipher = aead.ChaCha20Poly1305(key)
        elif cipher_suite == _AES_128_CCM_SHA256:
            self._cipher = aead.AESCCM(key)
        elif cipher_suite == _AES_128_CCM_8_SHA256:
            self._cipher = aead.AESCCM(key, tag_length=_SHORT_TAG)
        else:
            self._cipher = aead.AESGCM(key)

    def decrypt(self, record: Record) -> tuple[int, bytes]:
        """Decrypt the next record; they must come in the order in which they were sent.

        Returns:
            The content type inside and the content, without padding.

        Raises:
            HandshakeError: it does not decrypt, or it holds nothing (PEER_MISBEHAVED).
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        nonce = (self._iv ^ self._sequence).to_bytes(_IV_LENGTH, "big")
        self._sequence += 1
        try:
            inner = self._cipher.decrypt(nonce, record.payload, record.header)
        except (InvalidTag, ValueError) as error:
            raise HandshakeError(Fault.PEER_MISBEHAVED, "An encrypted record of the server is damaged.") from error
        content = inner.rstrip(b"\0")
        if not content:
            raise HandshakeError(Fault.PEER_MISBEHAVED, "An encrypted record of the server has no content type.")
        return content[-1], content[:-1]


def expand_label(
    secret: bytes, label: bytes, length: int, algorithm: "HashAlgorithm", *, context: bytes = b""
) -> bytes:
    """HKDF-Expand-Label. RFC 8446 §7.1.

    Args:
        secret: as long as the hash.
        label: without the prefix 'tls13 '.
        length: bytes to derive.
        algorithm: the hash of the cipher suite.
        context: the hash of a transcript, or nothing.
    """
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand  # noqa: PLC0415 - not needed before TLS 1.3

    full = b"tls13 " + label
    info = length.to_bytes(2, "big") + bytes([len(full)]) + full + bytes([len(context)]) + context
    return HKDFExpand(algorithm, length, info).derive(secret)
