"""Endpoints to one connected channel, by happy eyeballs. RFC 8305 §5.

Attempts overlap: the next one starts a quarter of a second after the last, or at once when one fails. The first that
stands is kept and the others are closed. One selector waits for all of them and for the wish to stop.
"""

import errno
import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol, Self

from tlsglass.errors import ConnectError, Fault
from tlsglass.net.channel import Channel, SocketChannel
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

ATTEMPT_DELAY = 0.25
"""Seconds between the starts of two attempts. RFC 8305 §5 recommends these."""

_NAMED = 4
"""How many failed attempts a message names."""

_MAX_SCOPE = 2**32 - 1
"""The highest number of an interface that a socket address holds. RFC 3493 §3.3."""

_UNDER_WAY = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK})
_FAULTS = {errno.ECONNREFUSED: Fault.REFUSED, errno.ECONNRESET: Fault.RESET, errno.ETIMEDOUT: Fault.TIMEOUT}
_SAID = {
    Fault.REFUSED: "refused the connection",
    Fault.RESET: "reset the connection",
    Fault.TIMEOUT: "did not answer",
}
_HINTS = {
    Fault.REFUSED: "Nothing listens on that port: check the port, or whether the server runs.",
    Fault.RESET: "Something on the way may forbid the connection: check firewalls.",
    Fault.TIMEOUT: "Check the address and the port: a firewall may drop what is sent. --timeout allows more time.",
    Fault.UNREACHABLE: "Check the network, and whether this machine has addresses of that family.",
}


class Dialer(Protocol):
    """Endpoints to a connected channel, as `dial` does it."""

    def __call__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        stop: Stop,
        timeout: float,
        on_failure: Callable[[Endpoint, str], None],
    ) -> Channel:
        """Connect, or raise ConnectError."""


def dial(
    endpoints: Sequence[Endpoint],
    *,
    stop: Stop,
    timeout: float,
    on_failure: Callable[[Endpoint, str], None],
    attempt_delay: float = ATTEMPT_DELAY,
) -> Channel:
    """Connect to the first endpoint that takes the connection.

    Args:
        endpoints: where to connect to, in the order to try; at least one.
        stop: ends the wait.
        timeout: seconds for all attempts together.
        on_failure: told of each attempt that failed, with a sentence.
        attempt_delay: seconds from the start of an attempt to that of the next.

    Returns:
        The connected channel, which the caller closes.

    Raises:
        ConnectError: REFUSED, RESET, UNREACHABLE, TIMEOUT or CANCELLED.
    """
    with _Race(endpoints, on_failure) as race:
        connection, endpoint = race.run(stop, timeout, attempt_delay)
    return SocketChannel(connection, endpoint, stop)


class _Race:
    """The attempts under way and those that failed."""

    def __init__(self, endpoints: Sequence[Endpoint], on_failure: Callable[[Endpoint, str], None]) -> None:
        self._pending = deque(endpoints)
        self._running: dict[socket.socket, Endpoint] = {}
        self._failures: list[tuple[Fault, str]] = []
        self._on_failure = on_failure
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for loser in self._running:
            loser.close()

    def run(self, stop: Stop, timeout: float, attempt_delay: float) -> tuple[socket.socket, Endpoint]:
        self._selector.register(stop, selectors.EVENT_READ)
        deadline = time.monotonic() + timeout
        next_start = 0.0
        while self._pending or self._running:
            now = time.monotonic()
            if now >= deadline:
                raise self._out_of_time(timeout)
            if self._pending and (not self._running or now >= next_start):
                self._start(self._pending.popleft())
                next_start = now + attempt_delay
                continue
            wake = min(deadline, next_start) if self._pending else deadline
            ready = [key.fileobj for key, _ in self._selector.select(wake - now)]
            if stop.is_set():
                raise ConnectError(Fault.CANCELLED, "Connecting was stopped.")
            for attempt in ready:
                if isinstance(attempt, socket.socket) and self._stands(attempt):
                    return attempt, self._running.pop(attempt)
        raise self._all_failed()

    def _start(self, endpoint: Endpoint) -> None:
        try:
            attempt = _socket(endpoint)
        except OSError as error:
            self._failed(endpoint, error.errno or 0)
            return
        try:
            code = attempt.connect_ex(_socket_address(endpoint))
        except OSError:  # an address that is none, or a zone that this machine has not
            code = errno.EADDRNOTAVAIL
        if code in _UNDER_WAY:
            self._running[attempt] = endpoint
            self._selector.register(attempt, selectors.EVENT_WRITE)
        else:
            attempt.close()
            self._failed(endpoint, code)

    def _stands(self, attempt: socket.socket) -> bool:
        self._selector.unregister(attempt)
        code = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            attempt.close()
            self._failed(self._running.pop(attempt), code)
        return not code

    def _failed(self, endpoint: Endpoint, code: int) -> None:
        fault = _FAULTS.get(code, Fault.UNREACHABLE)
        said = _SAID.get(fault) or f"can't be reached ({os.strerror(code)})"
        self._failures.append((fault, f"{endpoint} {said}"))
        self._on_failure(endpoint, f"{endpoint} {said}.")

    def _out_of_time(self, timeout: float) -> ConnectError:
        unanswered = [*self._running.values(), *self._pending]
        waited_for = ", ".join(map(str, unanswered[:_NAMED]))
        if len(unanswered) > _NAMED:
            waited_for += f" and {len(unanswered) - _NAMED:,} more"
        others = f" {self._summary()}." if self._failures else ""
        return ConnectError(
            Fault.TIMEOUT, f"No connection to {waited_for} within {timeout:.3g} s.{others}", _HINTS[Fault.TIMEOUT]
        )

    def _all_failed(self) -> ConnectError:
        faults = [fault for fault, _ in self._failures]
        # The most telling fault names them all: a refusal came from the machine itself, the others from the way there.
        fault = next((f for f in (Fault.REFUSED, Fault.RESET, Fault.TIMEOUT) if f in faults), Fault.UNREACHABLE)
        return ConnectError(fault, f"{self._summary()}.", _HINTS[fault])

    def _summary(self) -> str:
        named = [sentence for _, sentence in self._failures[:_NAMED]]
        more = len(self._failures) - len(named)
        return "; ".join(named) + (f"; and {more} more failed" if more else "")


def _socket(endpoint: Endpoint) -> socket.socket:
    family = socket.AF_INET6 if ":" in endpoint.address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setblocking(False)  # noqa: FBT003 - the standard library's own argument
    return made


def _socket_address(endpoint: Endpoint) -> tuple[str, int] | tuple[str, int, int, int]:
    """The address as `connect` takes it. A zone is an interface's name or number. RFC 4007 §11."""
    address, _, zone = endpoint.address.partition("%")
    if ":" not in address:
        return address, endpoint.port
    if not zone:
        return address, endpoint.port, 0, 0
    scope = int(zone) if zone.isdecimal() else socket.if_nametoindex(zone)
    return address, endpoint.port, 0, min(scope, _MAX_SCOPE)
