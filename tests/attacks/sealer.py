"""Records of TLS 1.3, sealed by hand with AES-128-GCM. RFC 8446 §5.2, §7.3."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.attacks.raw import APPLICATION_DATA, TLS_1_2
from tlsglass.tls.decryption import expand_label

_TAG = 16
_IV = 12
_KEY = 16


class Sealer:
    """Seals one record after the other."""

    def __init__(self, secret: bytes) -> None:
        """Derive the keys.

        Args:
            secret: the traffic secret of who sends.
        """
        self._cipher = AESGCM(expand_label(secret, b"key", _KEY, hashes.SHA256()))
        self._iv = int.from_bytes(expand_label(secret, b"iv", _IV, hashes.SHA256()))
        self._sequence = 0

    def seal(self, kind: int, content: bytes, *, padding: int = 0) -> bytes:
        """The next record."""
        inner = content + bytes([kind]) + bytes(padding)
        header = bytes([APPLICATION_DATA]) + TLS_1_2.to_bytes(2) + (len(inner) + _TAG).to_bytes(2)
        nonce = (self._iv ^ self._sequence).to_bytes(_IV)
        self._sequence += 1
        return header + self._cipher.encrypt(nonce, inner, header)
