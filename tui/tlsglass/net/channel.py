"""A connected socket: bytes out, bytes in, each under a deadline and with an ear for the wish to stop.

Knows nothing of what the bytes mean, nor which phase of a probe it serves: its errors say what happened to the
connection, and the caller says what that prevented.
"""

import errno
import selectors
import socket
import time
from typing import Protocol

from tlsglass.errors import ChannelError, Fault
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

_GONE = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.ESHUTDOWN})
"""What the system says of a connection that the other side tore down."""


class Channel(Protocol):
    """Bytes to and from one server. Deadlines are of `time.monotonic`."""

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""

    def send(self, data: bytes, deadline: float) -> None:
        """Send all of the bytes.

        Raises:
            ChannelError: RESET, TIMEOUT, UNREACHABLE or CANCELLED.
        """

    def receive(self, limit: int, deadline: float) -> bytes:
        """Wait for bytes: at least one and at most `limit` of them, none where the other side closed.

        After the deadline nothing is taken any more, even where it is there.

        Raises:
            ChannelError: RESET, TIMEOUT, UNREACHABLE or CANCELLED.
        """

    def close(self) -> None:
        """Give the connection up; again is fine."""


class SocketChannel:
    """The channel over a connected TCP socket, which it owns from now on."""

    def __init__(self, connection: socket.socket, endpoint: Endpoint, stop: Stop) -> None:
        """Take a socket over.

        Args:
            connection: connected; it is made non-blocking here.
            endpoint: the other side.
            stop: ends every wait.
        """
        connection.setblocking(False)  # noqa: FBT003 - the standard library's own argument
        # A request waits for nothing: small writes go out as they are made. RFC 9293 §3.7.4 is Nagle's delay.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = connection
        self._endpoint = endpoint
        self._stop = stop
        self._selector = selectors.DefaultSelector()
        self._selector.register(stop, selectors.EVENT_READ)
        self._selector.register(connection, selectors.EVENT_READ)

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""
        return self._endpoint

    def send(self, data: bytes, deadline: float) -> None:
        """Send all of the bytes. See `Channel`."""
        rest = memoryview(data)
        while rest:
            self._check_stop()
            try:
                rest = rest[self._socket.send(rest) :]
            except BlockingIOError:
                self._wait(selectors.EVENT_WRITE, deadline)
            except OSError as error:
                raise self._broken(error) from error

    def receive(self, limit: int, deadline: float) -> bytes:
        """Wait for bytes. See `Channel`."""
        while True:
            self._check_stop()
            if time.monotonic() > deadline:  # or who never lets us wait would never be out of time
                raise self._late()
            try:
                return self._socket.recv(limit)
            except BlockingIOError:
                self._wait(selectors.EVENT_READ, deadline)
            except OSError as error:
                raise self._broken(error) from error

    def close(self) -> None:
        """Give the connection up; again is fine."""
        self._selector.close()
        self._socket.close()

    def _wait(self, event: int, deadline: float) -> None:
        self._selector.modify(self._socket, event)
        if not self._selector.select(max(0.0, deadline - time.monotonic())):
            raise self._late()

    def _late(self) -> ChannelError:
        return ChannelError(Fault.TIMEOUT, f"{self._endpoint} did not answer in time.")

    def _check_stop(self) -> None:
        if self._stop.is_set():
            raise ChannelError(Fault.CANCELLED, f"The connection to {self._endpoint} was given up.")

    def _broken(self, error: OSError) -> ChannelError:
        if error.errno in _GONE:
            return ChannelError(Fault.RESET, f"{self._endpoint} reset the connection.")
        return ChannelError(Fault.UNREACHABLE, f"The connection to {self._endpoint} broke: {error.strerror or error}.")
