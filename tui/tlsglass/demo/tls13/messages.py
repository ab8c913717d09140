"""The server's handshake messages, each with its header. RFC 8446 §4."""

import secrets
from collections.abc import Sequence
from enum import IntEnum
from itertools import zip_longest

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tlsglass.demo.tls13.groups import Group
from tlsglass.demo.tls13.hello import AES_128_GCM_SHA256, ECDSA_SECP256R1_SHA256, HTTP_1_1, TLS_1_3, Extension

HEADER_LENGTH = 4

_LEGACY_VERSION = bytes.fromhex("0303")
_RANDOM_LENGTH = 32
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a HelloRetryRequest. RFC 8446 §4.1.3."""

_OCSP = b"\1"
_SIGNED = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"
"""What stands before the transcript that is signed. RFC 8446 §4.4.3."""


class HandshakeType(IntEnum):
    """RFC 8446 §4."""

    CLIENT_HELLO = 1
    SERVER_HELLO = 2
    ENCRYPTED_EXTENSIONS = 8
    CERTIFICATE = 11
    CERTIFICATE_VERIFY = 15
    FINISHED = 20
    KEY_UPDATE = 24


def server_hello(session_id: bytes, group: Group, share: bytes) -> bytes:
    """ServerHello. RFC 8446 §4.1.3."""
    return _hello(secrets.token_bytes(_RANDOM_LENGTH), session_id, group.to_bytes(2) + _vector(2, share))


def hello_retry_request(session_id: bytes, group: Group) -> bytes:
    """HelloRetryRequest, for a key of another group. RFC 8446 §4.1.4."""
    return _hello(_RETRY, session_id, group.to_bytes(2))


def encrypted_extensions(protocols: Sequence[bytes]) -> bytes:
    """EncryptedExtensions, with HTTP/1.1 where that is among the protocols offered. RFC 8446 §4.3.1."""
    chosen = _extension(Extension.ALPN, _vector(2, _vector(1, HTTP_1_1))) if HTTP_1_1 in protocols else b""
    return _message(HandshakeType.ENCRYPTED_EXTENSIONS, _vector(2, chosen))


def certificate(chain: Sequence[bytes], staples: Sequence[bytes]) -> bytes:
    """Certificate. RFC 8446 §4.4.2, §4.4.2.1.

    Args:
        chain: DER in the order in which it is sent.
        staples: the OCSP response to each, as far as there are some; empty for none.
    """
    entries = (
        _vector(3, der)
        + _vector(2, _extension(Extension.STATUS_REQUEST, _OCSP + _vector(3, staple)) if staple else b"")
        for der, staple in zip_longest(chain, staples, fillvalue=b"")
    )
    return _message(HandshakeType.CERTIFICATE, _vector(1, b"") + _vector(3, b"".join(entries)))


def certificate_verify(key: ec.EllipticCurvePrivateKey, transcript: bytes) -> bytes:
    """CertificateVerify. RFC 8446 §4.4.3."""
    signature = key.sign(_SIGNED + transcript, ec.ECDSA(SHA256()))
    return _message(HandshakeType.CERTIFICATE_VERIFY, ECDSA_SECP256R1_SHA256.to_bytes(2) + _vector(2, signature))


def finished(said: bytes) -> bytes:
    """Finished. RFC 8446 §4.4.4."""
    return _message(HandshakeType.FINISHED, said)


def key_update() -> bytes:
    """KeyUpdate that asks for none in return. RFC 8446 §4.6.3."""
    return _message(HandshakeType.KEY_UPDATE, b"\0")


def _hello(random: bytes, session_id: bytes, share: bytes) -> bytes:
    extensions = _extension(Extension.SUPPORTED_VERSIONS, TLS_1_3.to_bytes(2)) + _extension(Extension.KEY_SHARE, share)
    suite = AES_128_GCM_SHA256.to_bytes(2)
    body = _LEGACY_VERSION + random + _vector(1, session_id) + suite + b"\0" + _vector(2, extensions)
    return _message(HandshakeType.SERVER_HELLO, body)


def _message(kind: HandshakeType, body: bytes) -> bytes:
    return bytes((kind,)) + _vector(3, body)


def _extension(kind: Extension, content: bytes) -> bytes:
    return kind.to_bytes(2) + _vector(2, content)


def _vector(width: int, content: bytes) -> bytes:
    return len(content).to_bytes(width) + content
