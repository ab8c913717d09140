"""A server whose handshake of TLS 1.3 is made by hand, so that it may say anything in it. RFC 8446 §4, §7.1."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.attacks import raw
from tests.attacks.identity import intermediate, site_leaf
from tests.attacks.opponent import Opponent
from tests.attacks.sealer import Sealer
from tlsglass.demo.tls13 import messages
from tlsglass.demo.tls13.groups import Group, exchanged
from tlsglass.demo.tls13.hello import read_client_hello
from tlsglass.demo.tls13.schedule import Schedule, Transcript, verify_data

ENCRYPTED_EXTENSIONS, COMPRESSED = 8, 25


class Handmade:
    """A handshake up to where all is encrypted, and whatever is said from there on."""

    def __init__(self, opponent: Opponent) -> None:
        """Hear the ClientHello, answer with ServerHello, and derive the keys."""
        self._opponent = opponent
        said = opponent.hear_hello()
        hello = read_client_hello(said[messages.HEADER_LENGTH :])
        own, shared = exchanged(Group.X25519, hello.shares[Group.X25519])
        answer = messages.server_hello(hello.session_id, Group.X25519, own)
        opponent.send(raw.record(raw.HANDSHAKE, answer))
        self._heard = Transcript()
        self._heard.add(said + answer)
        self._schedule = Schedule(shared, self._heard.digest)
        self._sealer = Sealer(self._schedule.server_handshake)

    def say(self, *messages: bytes, size: int = 1 << 14, padding: int = 0) -> None:
        """Send handshake messages in records of at most that size, each with so many bytes of padding."""
        content = b"".join(messages)
        self._heard.add(content)
        for at in range(0, len(content), size):
            self._opponent.send(self._sealer.seal(raw.HANDSHAKE, content[at : at + size], padding=padding))

    def finish(self) -> None:
        """Sign and finish as is right, and go on with the keys for the answer."""
        signer = site_leaf().key
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        self.say(messages.certificate_verify(signer, self._heard.digest))
        self.say(messages.finished(verify_data(self._schedule.server_handshake, self._heard.digest)))
        _, secret = self._schedule.application(self._heard.digest)
        self._sealer = Sealer(secret)

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
