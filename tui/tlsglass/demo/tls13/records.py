"""Records: what a client sends cut into them, and their protection in both directions. RFC 8446 §5."""

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from tlsglass.demo.tls13.alerts import Alert, AlertError
from tlsglass.tls.decryption import expand_label
from tlsglass.tls.records import HEADER_LENGTH, ContentType, Record

LONGEST = 1 << 14
"""Bytes of content in a record."""

_LONGEST_PROTECTED = LONGEST + 256
_KINDS = frozenset(ContentType) - {ContentType.HEARTBEAT}
_LEGACY_VERSION = bytes.fromhex("0303")
_KEY_LENGTH = 16
_NONCE_LENGTH = 12
_TAG_LENGTH = 16


class RecordCutter:
    """Cuts what a client sends into records. No more is kept than one record and what came in one go."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Record]:
        """Take bytes as they came.

        Yields:
            The records that they complete.

        Raises:
            AlertError: what comes is no record, or one that is too long.
        """
        self._buffer += data
        while self._buffer:
            if self._buffer[0] not in _KINDS:
                raise AlertError(Alert.UNEXPECTED_MESSAGE)
            header = bytes(self._buffer[:HEADER_LENGTH])
            if len(header) < HEADER_LENGTH:
                return
            length = int.from_bytes(header[3:])
            if length > (_LONGEST_PROTECTED if header[0] == ContentType.APPLICATION_DATA else LONGEST):
                raise AlertError(Alert.RECORD_OVERFLOW)
            end = HEADER_LENGTH + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[HEADER_LENGTH:end])
            del self._buffer[:end]
            yield Record(type=header[0], header=header, payload=payload)


class Protection:
    """Seals or opens the records of one direction under one traffic secret, in their order. RFC 8446 §5.2, §5.3."""

    def __init__(self, secret: bytes) -> None:
        """Derive key and nonce.

        Args:
            secret: the traffic secret.
        """
        self._cipher = AESGCM(expand_label(secret, b"key", _KEY_LENGTH, SHA256()))
        self._iv = int.from_bytes(expand_label(secret, b"iv", _NONCE_LENGTH, SHA256()))
        self._sequence = 0

    def seal(self, kind: ContentType, content: bytes) -> bytes:
        """Records with a content of any length."""
        pieces = [content[at : at + LONGEST] for at in range(0, len(content), LONGEST)]
        return b"".join(self._seal(piece + bytes((kind,))) for piece in pieces)

    def open(self, record: Record) -> tuple[int, bytes]:
        """Content type and content of the next record.

        Raises:
            AlertError: it does not decrypt, is too long or has no content type.
        """
        try:
            inner = self._cipher.decrypt(self._nonce(), record.payload, record.header)
        except (InvalidTag, ValueError) as error:
            raise AlertError(Alert.BAD_RECORD_MAC) from error
        if len(inner) > LONGEST + 1:
            raise AlertError(Alert.RECORD_OVERFLOW)
        content = inner.rstrip(b"\0")
        if not content:
            raise AlertError(Alert.UNEXPECTED_MESSAGE)
        return content[-1], content[:-1]

    def _seal(self, inner: bytes) -> bytes:
        header = bytes((ContentType.APPLICATION_DATA,)) + _LEGACY_VERSION + (len(inner) + _TAG_LENGTH).to_bytes(2)
        return header + self._cipher.encrypt(self._nonce(), inner, header)

    def _nonce(self) -> bytes:
        number = self._iv ^ self._sequence
        self._sequence += 1
        return number.to_bytes(_NONCE_LENGTH)


def plain(kind: ContentType, content: bytes) -> bytes:
    """A record without protection.

    Args:
        kind: what it carries.
        content: no more than `LONGEST` bytes.
    """
    return bytes((kind,)) + _LEGACY_VERSION + len(content).to_bytes(2) + content
