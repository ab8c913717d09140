"""The server's end of a TLS connection over a peer."""

from collections.abc import Callable
from typing import Protocol

from OpenSSL import SSL

from tlsglass.demo.peer import RECEIVE, GoneError, Peer
from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What the server knows of a finished handshake."""

    version: str
    cipher: str
    group: str
    server_name: str


class Secured(Protocol):
    """What is needed of TLS over a peer, whoever speaks it. See `Stream`."""

    def handshake(self) -> None:
        """Shake hands."""

    def agreed(self) -> Agreed:
        """What the handshake led to."""

    def receive(self) -> bytes:
        """What the client says next; nothing once it has closed its side."""

    def send(self, data: bytes) -> None:
        """Send all of it."""

    def close(self) -> None:
        """Say close_notify."""


Secure = Callable[[Peer], Secured]
"""Begins TLS over a peer."""


class Stream:
    """TLS on a memory BIO, so that the peer alone touches the socket and holds the time limits."""

    def __init__(self, peer: Peer, context: SSL.Context) -> None:
        self._peer = peer
        self._connection = SSL.Connection(context, None)
        self._connection.set_accept_state()

    def handshake(self) -> None:
        """Shake hands.

        Raises:
            GoneError: it failed; our alert is sent where there is one.
        """
        while True:
            try:
                self._connection.do_handshake()
            except SSL.WantReadError:
                self._flush()
                self._feed()
            except SSL.Error as error:
                self._flush()
                raise GoneError from error
            else:
                self._flush()
                return

    def agreed(self) -> Agreed:
        """What the handshake led to."""
        return Agreed(
            version=self._connection.get_protocol_version_name(),
            cipher=self._connection.get_cipher_name() or "",
            group=self._connection.get_group_name() or "none",
            server_name=(self._connection.get_servername() or b"none").decode("ascii", "backslashreplace"),
        )

    def receive(self) -> bytes:
        """What the client says next; nothing once it has closed its side, with or without close_notify.

        Raises:
            GoneError: it broke the protocol, took too long or has left.
        """
        while True:
            try:
                return self._connection.recv(RECEIVE)
            except SSL.ZeroReturnError:
                return b""
            except SSL.WantReadError:
                self._flush()
                data = self._peer.receive()
                if not data:
                    return b""
                self._connection.bio_write(data)
            except SSL.Error as error:
                self._flush()
                raise GoneError from error

    def send(self, data: bytes) -> None:
        """Send all of it.

        Raises:
            GoneError: the client has left.
        """
        try:
            self._connection.sendall(data)
        except SSL.Error as error:
            raise GoneError from error
        self._flush()

    def close(self) -> None:
        """Say close_notify. RFC 8446 §6.1.

        Raises:
            GoneError: the client has left.
        """
        try:
            self._connection.shutdown()
        except SSL.Error as error:
            raise GoneError from error
        self._flush()

    def _feed(self) -> None:
        data = self._peer.receive()
        if not data:
            raise GoneError
        self._connection.bio_write(data)

    def _flush(self) -> None:
        while True:
            try:
                data = self._connection.bio_read(1 << 20)
            except SSL.WantReadError:
                return
            self._peer.send(data)
