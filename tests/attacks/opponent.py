"""The server's end of a connection in an attack: a peer of the demo that counts what it sent, and may tear it down."""

import socket
import struct
import threading
from collections.abc import Iterable

from tlsglass.demo.peer import LIFETIME, PATIENCE, GoneError, Peer

_ENOUGH_BYTES = 1 << 18
_ENOUGH_WORDS = 200
"""What has to be sent, or how often, for an endless attack to count as under way."""

_NO_LINGER = struct.pack("ii", 1, 0)
_RECORD_HEADER = 5


class Opponent(Peer):
    """A client that is attacked, seen from the server."""

    def __init__(self, peer: Peer, under_way: threading.Event) -> None:
        """Take over what the demo's server accepted.

        Args:
            peer: the client; the server closes it in the end.
            under_way: set once so much was sent that the attack is under way.
        """
        super().__init__(peer._socket, peer._stop)
        self._under_way = under_way
        self._bytes = 0
        self._words = 0

    @property
    def port(self) -> int:
        """The server's own port."""
        name: tuple[str, int] = self._socket.getsockname()
        return name[1]

    def peek(self) -> bytes:
        """The first byte, which stays where it is; nothing where there will be none."""
        self._socket.settimeout(PATIENCE)
        return self._socket.recv(1, socket.MSG_PEEK)

    def send(self, data: bytes) -> None:
        """Send all of it. See `Peer`."""
        super().send(data)
        self._bytes += len(data)
        self._words += 1
        if self._bytes >= _ENOUGH_BYTES or self._words >= _ENOUGH_WORDS:
            self._under_way.set()

    def under_way(self) -> None:
        """Say that the attack is under way, however little was sent."""
        self._under_way.set()

    def flood(self, pieces: Iterable[bytes]) -> None:
        """Send one piece after the other."""
        for piece in pieces:
            self.send(piece)

    def drip(self, data: bytes, *, every: float) -> None:
        """Send byte by byte, with a pause after each."""
        for byte in data:
            self.send(bytes([byte]))
            self.under_way()
            self.pause(every)

    def linger(self) -> None:
        """Say nothing more until the client leaves."""
        self.under_way()
        while self.receive(patience=LIFETIME):
            pass

    def hear_hello(self) -> bytes:
        """The first record, which holds the ClientHello: its payload. Raises GoneError where it is no record."""
        header = self.receive_exactly(_RECORD_HEADER)
        return self.receive_exactly(int.from_bytes(header[3:]))

    def reset(self) -> None:
        """Tear the connection down: with no time to linger, closing sends RST. RFC 9293 §3.10.4."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self._socket.close()
        raise GoneError
