"""Handshake messages: put together from records and read as far as a looking glass needs. RFC 8446 §4, RFC 5246 §7.4.

The bodies are a stranger's. Each function either returns what the message says or raises `HandshakeError`
(PEER_MISBEHAVED), and its work is linear in the size of the message.
"""

from collections.abc import Iterator
from enum import IntEnum

from tlsglass.errors import Fault, HandshakeError
from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, MOST_AUTHORITIES, Limits
from tlsglass.tls.model import CertificateEntry
from tlsglass.tls.wire import Cursor

TLS_1_2 = 0x0303
TLS_1_3 = 0x0304

_HEADER_LENGTH = 4
_NAMED_CURVE = 3
_OCSP = 1
"""The one CertificateStatusType that is in use. RFC 6066 §8."""

_HELLO_RETRY_REQUEST = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


class HandshakeType(IntEnum):
    """The handshake messages that are read here. RFC 8446 §4."""

    SERVER_HELLO = 2
    ENCRYPTED_EXTENSIONS = 8
    CERTIFICATE = 11
    SERVER_KEY_EXCHANGE = 12
    CERTIFICATE_REQUEST = 13
    CERTIFICATE_VERIFY = 15
    FINISHED = 20


class Extension(IntEnum):
    """The extensions that are read here. RFC 8446 §4.2."""

    STATUS_REQUEST = 5
    ALPN = 16
    SIGNED_CERTIFICATE_TIMESTAMP = 18
    SUPPORTED_VERSIONS = 43
    CERTIFICATE_AUTHORITIES = 47
    KEY_SHARE = 51


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerHello:
    """What the server chose. RFC 8446 §4.1.3, RFC 5246 §7.4.1.3."""

    version: int
    """The version that is spoken from here on, which in TLS 1.3 stands in an extension."""

    cipher_suite: int
    group: int | None
    """The group of the key share; None before TLS 1.3."""

    alpn: bytes | None
    """The application protocol; in TLS 1.3 it comes with the encrypted extensions."""

    retry: bool
    """Whether this is a HelloRetryRequest, which has the same form. RFC 8446 §4.1.4."""

    timestamps: bytes | None
    """The SignedCertificateTimestampList; in TLS 1.3 it comes with the certificate. RFC 6962 §3.3.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateList:
    """A Certificate message. RFC 8446 §4.4.2, RFC 5246 §7.4.2."""

    entries: tuple[CertificateEntry, ...]
    """In the order sent, as many as are kept; before TLS 1.3 nothing comes along with them."""

    sent: int
    """How many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerKeyExchange:
    """The server's half of an ephemeral key exchange before TLS 1.3. RFC 5246 §7.4.3, RFC 8422 §5.4."""

    group: int | None
    """The named curve; None for finite-field Diffie-Hellman and curves spelled out."""

    signature_scheme: int | None
    """What signed it; None before TLS 1.2, where the message does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRequest:
    """That a client certificate is wanted. RFC 8446 §4.3.2, RFC 5246 §7.4.4."""

    authorities: tuple[bytes, ...]
    """DER of the names of the authorities that are accepted, the first `MOST_AUTHORITIES` of them."""

    named: int
    """How many there were."""


class Reassembler:
    """Puts handshake messages together from the fragments in records. RFC 8446 §5.1."""

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        """Start with nothing.

        Args:
            limits: bytes of a handshake, and so of the longest message that is waited for.
        """
        self._limits = limits
        self._buffer = bytearray()

    def feed(self, fragment: bytes) -> Iterator[tuple[int, bytes]]:
        """Take the next fragment.

        Yields:
            Type and body of each message that is now complete.

        Raises:
            HandshakeError: a message announces a length over the limit (TOO_LARGE).
        """
        self._buffer += fragment
        while len(self._buffer) >= _HEADER_LENGTH:
            length = int.from_bytes(self._buffer[1:_HEADER_LENGTH], "big")
            most = self._limits.handshake_bytes
            if length > most:
                message = f"The server announced a handshake message of {length:,} bytes; {most:,} are read here."
                raise HandshakeError(Fault.TOO_LARGE, message, self._limits.hint("handshake_bytes"))
            end = _HEADER_LENGTH + length
            if len(self._buffer) < end:
                return
            kind, body = self._buffer[0], bytes(self._buffer[_HEADER_LENGTH:end])
            del self._buffer[:end]
            yield kind, body


def read_server_hello(body: bytes) -> ServerHello:
    """Read a ServerHello or HelloRetryRequest."""
    cursor = Cursor(body, "server_hello")
    version = cursor.number(2)
    retry = cursor.take(32) == _HELLO_RETRY_REQUEST
    cursor.vector(1)
    cipher_suite = cursor.number(2)
    cursor.number(1)
    group = alpn = timestamps = None
    for kind, content in cursor.extensions():
        match kind:
            case Extension.SUPPORTED_VERSIONS:
                version = content.number(2)
            case Extension.KEY_SHARE:
                group = content.number(2)
            case Extension.ALPN:
                alpn = _protocol(content)
            case Extension.SIGNED_CERTIFICATE_TIMESTAMP:
                timestamps = content.take(content.remaining)
            case _:
                pass
    return ServerHello(
        version=version, cipher_suite=cipher_suite, group=group, alpn=alpn, retry=retry, timestamps=timestamps
    )


def read_encrypted_extensions(body: bytes) -> bytes | None:
    """Read EncryptedExtensions: the application protocol that was agreed. RFC 8446 §4.3.1, RFC 7301 §3.1."""
    alpn = None
    for kind, content in Cursor(body, "encrypted_extensions").extensions():
        if kind == Extension.ALPN:
            alpn = _protocol(content)
    return alpn


def read_certificate(body: bytes, version: int, most: int = DEFAULTS.certificates) -> CertificateList:
    """Read a Certificate message.

    Args:
        body: the message.
        version: the version that is spoken, as its form depends on it.
        most: how many certificates are kept.
    """
    cursor = Cursor(body, "certificate")
    if version >= TLS_1_3:
        cursor.vector(1)
    entries = cursor.nested(3)
    kept = []
    sent = 0
    while entries.remaining:
        certificate = entries.vector(3)
        extensions = entries.vector(2) if version >= TLS_1_3 else b""
        sent += 1
        if sent <= most:
            kept.append(_entry(certificate, extensions))
    return CertificateList(entries=tuple(kept), sent=sent)


def read_certificate_verify(body: bytes) -> int:
    """Read CertificateVerify: the SignatureScheme. RFC 8446 §4.4.3."""
    return Cursor(body, "certificate_verify").number(2)


def read_server_key_exchange(body: bytes, version: int, key_exchange: str | None) -> ServerKeyExchange:
    """Read ServerKeyExchange.

    Args:
        body: the message.
        version: the version that is spoken; TLS 1.2 says what signs.
        key_exchange: the suite's key exchange, 'ECDHE' or 'DHE'; nothing can be read for others.
    """
    cursor = Cursor(body, "server_key_exchange")
    group = None
    match key_exchange:
        case "ECDHE":
            if cursor.number(1) != _NAMED_CURVE:
                return ServerKeyExchange(group=None, signature_scheme=None)
            group = cursor.number(2)
            cursor.vector(1)
        case "DHE":
            for _ in ("dh_p", "dh_g", "dh_Ys"):
                cursor.vector(2)
        case _:
            return ServerKeyExchange(group=None, signature_scheme=None)
    return ServerKeyExchange(group=group, signature_scheme=cursor.number(2) if version >= TLS_1_2 else None)


def read_certificate_request(body: bytes, version: int) -> CertificateRequest:
    """Read CertificateRequest.

    Args:
        body: the message.
        version: the version that is spoken, as its form depends on it.
    """
    cursor = Cursor(body, "certificate_request")
    cursor.vector(1)
    if version < TLS_1_3:
        if version == TLS_1_2:
            cursor.vector(2)
        return _request(cursor)
    request = CertificateRequest(authorities=(), named=0)
    for kind, content in cursor.extensions():
        if kind == Extension.CERTIFICATE_AUTHORITIES:
            request = _request(content)
    return request


def read_alert(payload: bytes) -> tuple[int, int]:
    """Read an alert: level and code. RFC 8446 §6."""
    cursor = Cursor(payload, "alert")
    return cursor.number(1), cursor.number(1)


def _entry(certificate: bytes, extensions: bytes) -> CertificateEntry:
    """A certificate with its extensions. What is damaged hides nothing: OpenSSL judges the message. RFC 8446 §4.4.2."""
    staple = timestamps = problem = None
    try:
        for kind, content in Cursor(len(extensions).to_bytes(2) + extensions, "certificate").extensions():
            if kind == Extension.STATUS_REQUEST and staple is None:
                staple, problem = _staple(content)
            elif kind == Extension.SIGNED_CERTIFICATE_TIMESTAMP and timestamps is None:
                timestamps = content.take(content.remaining)
    except HandshakeError:
        problem = "The extensions that came with it end too early."
    return CertificateEntry(certificate=certificate, ocsp_staple=staple, timestamps=timestamps, problem=problem)


def _staple(content: Cursor) -> tuple[bytes | None, str | None]:
    """The OCSP response in a CertificateStatus, or a sentence on why there is none in it. RFC 6066 §8."""
    try:
        kind = content.number(1)
        if kind != _OCSP:
            return None, f"The status that came with it is of type {kind}, which is not known here."
        staple = content.vector(3)
    except HandshakeError:
        return None, "The status that came with it ends too early."
    if content.remaining:
        return None, f"The status that came with it goes on {content.remaining:,} bytes after its end."
    return (staple, None) if staple else (None, "The status that came with it is empty.")


def _protocol(content: Cursor) -> bytes:
    return content.nested(2).vector(1)


def _request(cursor: Cursor) -> CertificateRequest:
    """The list of authorities. RFC 8446 §4.2.4."""
    names = cursor.nested(2)
    kept: list[bytes] = []
    named = 0
    while names.remaining:
        name = names.vector(2)
        named += 1
        if named <= MOST_AUTHORITIES:
            kept.append(name)
    return CertificateRequest(authorities=tuple(kept), named=named)
