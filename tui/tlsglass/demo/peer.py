"""One client of the zoo, seen from the server: bytes over TCP, where every wait has an end."""

import contextlib
import selectors
import socket
import time

from tlsglass.net.stop import Stop

PATIENCE = 30.0
"""Seconds that a client may take over one step: to send something, or to take what it is sent."""

LIFETIME = 300.0
"""Seconds that a connection may last in all."""

RECEIVE = 65536
"""Bytes that are taken at once, at most."""

_PARTING = 1.0
"""Seconds that a client has for closing its side once we have closed ours."""


class GoneError(Exception):
    """The conversation is over: the client has left or was too slow, or the zoo closes."""


class Peer:
    """A connected client."""

    def __init__(self, connection: socket.socket, stop: Stop) -> None:
        """Take over a connected socket.

        Args:
            connection: the socket; `close` closes it.
            stop: set when the zoo closes.
        """
        self._socket = connection
        self._stop = stop
        self._deadline = time.monotonic() + LIFETIME
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def receive(self, *, patience: float = PATIENCE) -> bytes:
        """What the client sends next; nothing once it has closed its side.

        Args:
            patience: seconds to wait for it.

        Raises:
            GoneError: it was reset or took too long.
        """
        try:
            self._limit(patience)
            return self._socket.recv(RECEIVE)
        except OSError as error:
            raise GoneError from error

    def receive_exactly(self, count: int) -> bytes:
        """So many bytes, not one more.

        Raises:
            GoneError: fewer came.
        """
        received = b""
        while len(received) < count:
            try:
                self._limit(PATIENCE)
                more = self._socket.recv(count - len(received))
            except OSError as error:
                raise GoneError from error
            if not more:
                raise GoneError
            received += more
        return received

    def send(self, data: bytes) -> None:
        """Send all of it.

        Raises:
            GoneError: the client has left, or does not take it.
        """
        try:
            self._limit(PATIENCE)
            self._socket.sendall(data)
        except OSError as error:
            raise GoneError from error

    def pause(self, seconds: float) -> None:
        """Do nothing for a while.

        Raises:
            GoneError: the zoo closes.
        """
        with selectors.DefaultSelector() as selector:
            selector.register(self._stop, selectors.EVENT_READ)
            selector.select(seconds)
        if self._stop.is_set():
            raise GoneError

    def part(self) -> None:
        """Close our side and wait a moment for theirs.

        A socket that is closed with bytes unread resets the connection, and the reset may overtake our last words.
        """
        end = time.monotonic() + _PARTING
        with contextlib.suppress(OSError, GoneError):
            self._socket.shutdown(socket.SHUT_WR)
            while (left := end - time.monotonic()) > 0 and self.receive(patience=left):
                pass

    def interrupt(self) -> None:
        """End every wait of this peer at once. May be called from another thread."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()

    def _limit(self, patience: float) -> None:
        left = min(patience, self._deadline - time.monotonic())
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
