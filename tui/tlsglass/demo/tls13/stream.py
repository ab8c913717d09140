"""The connection over a peer, for those who otherwise have OpenSSL's."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tlsglass.demo.peer import GoneError, Peer
from tlsglass.demo.presentations import Presentation
from tlsglass.demo.stream import Agreed
from tlsglass.demo.tls13.alerts import AlertError, DismissedError
from tlsglass.demo.tls13.connection import Connection, Identity


class HandmadeStream:
    """TLS 1.3 by hand. See `Stream`."""

    def __init__(self, peer: Peer, identity: Identity) -> None:
        self._peer = peer
        self._connection = Connection(identity)

    def handshake(self) -> None:
        """Shake hands.

        Raises:
            GoneError: it failed; our alert is sent where there is one.
        """
        while not self._connection.established:
            if not self._hear() or self._connection.closed:
                raise GoneError

    def agreed(self) -> Agreed:
        """What the handshake led to."""
        connection = self._connection
        return Agreed(
            version="TLSv1.3",
            cipher="TLS_AES_128_GCM_SHA256",
            group="none" if connection.group is None else connection.group.name.lower(),
            server_name=(connection.server_name or b"none").decode("ascii", "backslashreplace"),
        )

    def receive(self) -> bytes:
        """What the client says next; nothing once it has closed its side, with or without close_notify.

        Raises:
            GoneError: it broke the protocol, took too long or has left.
        """
        connection = self._connection
        while not connection.incoming and not connection.closed and self._hear():
            pass
        received = bytes(connection.incoming)
        connection.incoming.clear()
        return received

    def send(self, data: bytes) -> None:
        """Send all of it.

        Raises:
            GoneError: the client has left.
        """
        try:
            self._connection.say(data)
        except AlertError as error:
            raise GoneError from error
        self._flush()

    def close(self) -> None:
        """Say close_notify. RFC 8446 §6.1.

        Raises:
            GoneError: the client has left.
        """
        self._connection.close()
        self._flush()

    def _hear(self) -> bool:
        """Take what comes next; False where nothing does any more."""
        data = self._peer.receive()
        try:
            self._connection.hear(data)
        except (AlertError, DismissedError) as error:
            raise GoneError from error
        finally:
            self._flush()
        return bool(data)

    def _flush(self) -> None:
        data = bytes(self._connection.outgoing)
        self._connection.outgoing.clear()
        self._peer.send(data)


def identity_of(presented: Presentation) -> Identity:
    """Who presents it.

    Raises:
        TypeError: the key is not of the one kind that is known here.
    """
    if not isinstance(presented.key, ec.EllipticCurvePrivateKey):
        message = "only a key on P-256 can sign here"
        raise TypeError(message)
    chain = tuple(each.public_bytes(Encoding.DER) for each in presented.chain)
    return Identity(chain=chain, key=presented.key, staples=presented.staples)
