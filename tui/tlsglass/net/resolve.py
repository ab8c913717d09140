"""Names to endpoints, by the system's resolver, with an end to every wait.

The system's call can't be interrupted, so it runs in a thread of its own that is left behind when time is up.
"""

import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable
from itertools import chain, zip_longest

from tlsglass.errors import Fault, ResolveError
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.target import is_address

Resolver = Callable[[str, int, Stop, float], tuple[Endpoint, ...]]
"""Host, port, what stops it and the deadline (of `time.monotonic`) to endpoints in the order to try them.

It raises ResolveError where there are none, CANCELLED and TIMEOUT among its faults.
"""

_UNKNOWN_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""No such name, and a name without addresses; the second has no code of its own on every system."""


def resolve(host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
    """Ask the system for the addresses of a host; a literal is its own.

    Args:
        host: a name in its ASCII form, or an address.
        port: the port that every endpoint gets.
        stop: ends the wait.
        deadline: when the wait ends, by `time.monotonic`.

    Returns:
        At least one endpoint, the families alternating. RFC 8305 §4.

    Raises:
        ResolveError: NO_SUCH_HOST, RESOLVER_FAILED, TIMEOUT or CANCELLED.
    """
    if is_address(host):
        return (Endpoint(address=host, port=port),)
    return interleaved(_Lookup(host, port).wait(stop, deadline))


def interleaved(endpoints: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
    """The endpoints without doubles, each family in its order, alternating from the first one's on. RFC 8305 §4."""
    unique = tuple(dict.fromkeys(endpoints))
    first = [e for e in unique if (":" in e.address) == (":" in unique[0].address)]
    other = [e for e in unique if (":" in e.address) != (":" in unique[0].address)]
    return tuple(e for e in chain.from_iterable(zip_longest(first, other)) if e is not None)


class _Lookup:
    """One call of the system's resolver in a thread that nothing waits for longer than it wants."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._answer: list[Endpoint] = []
        self._error: OSError | None = None
        self._done, self._signal = socket.socketpair()
        threading.Thread(target=self._ask, name="resolve", daemon=True).start()

    def wait(self, stop: Stop, deadline: float) -> list[Endpoint]:
        began = time.monotonic()
        with self._done, selectors.DefaultSelector() as selector:
            selector.register(stop, selectors.EVENT_READ)
            selector.register(self._done, selectors.EVENT_READ)
            selector.select(max(0.0, deadline - began))
            if stop.is_set():
                raise ResolveError(Fault.CANCELLED, f"Looking up '{self._host}' was stopped.")
            if not selector.select(0):
                raise ResolveError(
                    Fault.TIMEOUT,
                    f"The resolver gave no answer for '{self._host}' within {deadline - began:.3g} s.",
                    "Check the network and the name servers, or give the address with --address.",
                )
        if self._error is not None:
            raise self._refusal(self._error) from self._error
        if not self._answer:
            raise self._refusal(socket.gaierror(socket.EAI_NONAME, "no address"))
        return self._answer

    def _ask(self) -> None:
        # The end that is closed here becomes readable as end of file at the other, which needs no further message.
        with self._signal:
            try:
                # As bytes, since a str would be read as a name in the IDNA of 2003.
                found = socket.getaddrinfo(self._host.encode(), self._port, type=socket.SOCK_STREAM)
            except OSError as error:
                self._error = error
            else:
                self._answer = [_endpoint(address) for *_, address in found]

    def _refusal(self, error: OSError) -> ResolveError:
        if isinstance(error, socket.gaierror) and error.errno in _UNKNOWN_NAME:
            return ResolveError(
                Fault.NO_SUCH_HOST,
                f"There is no address for the name '{self._host}'.",
                "Check the spelling, or give the address with --address.",
            )
        return ResolveError(
            Fault.RESOLVER_FAILED,
            f"The resolver failed for '{self._host}': {error.strerror or error}.",
            "Try again, check the network and the name servers, or give the address with --address.",
        )


def _endpoint(address: tuple[object, ...]) -> Endpoint:
    """An endpoint of a socket address; the scope of an IPv6 one becomes its zone."""
    host, port, *rest = address
    scope = rest[1] if rest else 0
    text = f"{host}%{scope}" if scope and "%" not in str(host) else str(host)
    return Endpoint(address=text, port=int(str(port)))
