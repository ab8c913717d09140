"""The key schedule without pre-shared keys, and the transcript that it depends on. RFC 8446 §4.4.1, §7."""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256

from tlsglass.tls.decryption import expand_label

LENGTH = 32
"""Bytes of the hash, and so of every secret."""

_ZEROS = bytes(LENGTH)
_NOTHING = hashlib.sha256().digest()
_MESSAGE_HASH = bytes((254, 0, 0, LENGTH))
"""The header of the message that stands for a ClientHello that was not the last. RFC 8446 §4.4.1."""


class Transcript:
    """The hash of all handshake messages so far."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> bytes:
        """The hash up to here."""
        return self._hash.digest()

    def add(self, message: bytes) -> None:
        """Take a message in, with its header."""
        self._hash.update(message)

    def begin_again(self) -> None:
        """Let a message with the hash stand for all so far, as before a HelloRetryRequest. RFC 8446 §4.4.1."""
        self._hash = hashlib.sha256(_MESSAGE_HASH + self.digest)


class Schedule:
    """The secrets of one connection.

    Attributes:
        client_handshake: client_handshake_traffic_secret.
        server_handshake: server_handshake_traffic_secret.
    """

    def __init__(self, shared: bytes, hellos: bytes) -> None:
        """Derive those of the handshake.

        Args:
            shared: what the key exchange gave.
            hellos: the transcript up to the ServerHello.
        """
        early = _extract(_ZEROS, _ZEROS)
        handshake = _extract(_derive(early, b"derived", _NOTHING), shared)
        self.client_handshake = _derive(handshake, b"c hs traffic", hellos)
        self.server_handshake = _derive(handshake, b"s hs traffic", hellos)
        self._master = _extract(_derive(handshake, b"derived", _NOTHING), _ZEROS)

    def application(self, finished: bytes) -> tuple[bytes, bytes]:
        """The application traffic secrets, the client's and the server's.

        Args:
            finished: the transcript up to the server's Finished.
        """
        return _derive(self._master, b"c ap traffic", finished), _derive(self._master, b"s ap traffic", finished)


def verify_data(secret: bytes, transcript: bytes) -> bytes:
    """What Finished says. RFC 8446 §4.4.4.

    Args:
        secret: the handshake traffic secret of who says it.
        transcript: that of all messages before.
    """
    return hmac.digest(expand_label(secret, b"finished", LENGTH, SHA256()), transcript, "sha256")


def next_secret(secret: bytes) -> bytes:
    """The application traffic secret after a KeyUpdate. RFC 8446 §7.2."""
    return expand_label(secret, b"traffic upd", LENGTH, SHA256())


def _extract(salt: bytes, material: bytes) -> bytes:
    """HKDF-Extract. RFC 5869 §2.2."""
    return hmac.digest(salt, material, "sha256")


def _derive(secret: bytes, label: bytes, transcript: bytes) -> bytes:
    """Derive-Secret. RFC 8446 §7.1."""
    return expand_label(secret, label, LENGTH, SHA256(), context=transcript)
