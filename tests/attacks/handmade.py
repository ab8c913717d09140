"""A server whose handshake of TLS 1.3 is made by hand, so that it may say anything in it. RFC 8446 §4, §7.1."""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.attacks import raw
from tests.attacks.identity import intermediate, site_leaf
from tests.attacks.opponent import Opponent
from tests.attacks.sealer import Sealer
from tlsglass.tls.wire import Cursor

ENCRYPTED_EXTENSIONS, COMPRESSED, VERIFY, FINISHED = 8, 25, 15, 20
_SUITE, _X25519, _KEY_SHARE, _VERSIONS = 0x1301, 29, 51, 43
_ECDSA = 0x0403
_ZERO = bytes(32)
_SIGNED = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"


class Handmade:
    """A handshake up to where all is encrypted, and whatever is said from there on."""

    def __init__(self, opponent: Opponent) -> None:
        """Hear the ClientHello, answer with ServerHello, and derive the keys."""
        self._opponent = opponent
        hello = opponent.hear_hello()
        share = X25519PrivateKey.generate()
        public = share.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        extensions = raw.extension(_VERSIONS, raw.TLS_1_3.to_bytes(2)) + raw.extension(
            _KEY_SHARE, _X25519.to_bytes(2) + raw.vector(2, public)
        )
        answer = raw.message(
            raw.SERVER_HELLO,
            raw.server_hello(session=raw.session_id(hello), suite=_SUITE, extensions=extensions),
        )
        opponent.send(raw.record(raw.HANDSHAKE, answer))
        self._heard = hashlib.sha256(hello + answer)
        agreed = share.exchange(X25519PublicKey.from_public_bytes(_their_share(hello)))
        early = _extract(_ZERO, _ZERO)
        self._handshake = _extract(_derive(early, b"derived", hashlib.sha256()), agreed)
        self._secret = _derive(self._handshake, b"s hs traffic", self._heard)
        self._sealer = Sealer(self._secret)

    def say(self, *messages: bytes, size: int = 1 << 14, padding: int = 0) -> None:
        """Send handshake messages in records of at most that size, each with so many bytes of padding."""
        content = b"".join(messages)
        self._heard.update(content)
        for at in range(0, len(content), size):
            self._opponent.send(self._sealer.seal(raw.HANDSHAKE, content[at : at + size], padding=padding))

    def finish(self) -> None:
        """Sign and finish as is right, and go on with the keys for the answer."""
        signer = site_leaf().key
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        signature = signer.sign(_SIGNED + self._heard.digest(), ec.ECDSA(hashes.SHA256()))
        self.say(raw.message(VERIFY, _ECDSA.to_bytes(2) + raw.vector(2, signature)))
        finished = _expand(self._secret, b"finished", b"")
        self.say(raw.message(FINISHED, hmac.digest(finished, self._heard.digest(), "sha256")))
        master = _extract(_derive(self._handshake, b"derived", hashlib.sha256()), _ZERO)
        self._sealer = Sealer(_derive(master, b"s ap traffic", self._heard))

    def answer(self, page: bytes) -> None:
        """Send the answer and say goodbye."""
        self._opponent.send(self._sealer.seal(raw.APPLICATION_DATA, page))
        self._opponent.send(self._sealer.seal(raw.ALERT, bytes([1, 0])))
        self._opponent.linger()


def extensions(*each: bytes) -> bytes:
    """The EncryptedExtensions message."""
    return raw.message(ENCRYPTED_EXTENSIONS, raw.vector(2, b"".join(each)))


def certificates(*entries: tuple[bytes, bytes]) -> bytes:
    """The Certificate message: certificates, each with its extensions. RFC 8446 §4.4.2."""
    listed = b"".join(raw.vector(3, der) + raw.vector(2, beside) for der, beside in entries)
    return raw.message(raw.CERTIFICATE, raw.vector(1, b"") + raw.vector(3, listed))


def site_chain(beside: bytes = b"") -> bytes:
    """The Certificate message of a chain that is in order, with extensions beside the first."""
    leaf, issuer = (each.public_bytes(Encoding.DER) for each in (site_leaf().certificate, intermediate().certificate))
    return certificates((leaf, beside), (issuer, b""))


def _their_share(hello: bytes) -> bytes:
    """The client's share for X25519. RFC 8446 §4.2.8."""
    cursor = Cursor(hello[4:], "client_hello")
    cursor.take(2 + 32)
    cursor.vector(1)
    cursor.vector(2)
    cursor.vector(1)
    shares = next(content for kind, content in cursor.extensions() if kind == _KEY_SHARE).nested(2)
    while shares.number(2) != _X25519:
        shares.vector(2)
    return shares.vector(2)


def _extract(salt: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt, secret, "sha256")


def _derive(secret: bytes, label: bytes, heard: "hashlib._Hash") -> bytes:
    return _expand(secret, label, heard.digest())


def _expand(secret: bytes, label: bytes, about: bytes) -> bytes:
    info = (32).to_bytes(2) + raw.vector(1, b"tls13 " + label) + raw.vector(1, about)
    return HKDFExpand(hashes.SHA256(), 32, info).derive(secret)
