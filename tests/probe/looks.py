"""A look to be made, and what is asked of what happened."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests import peers
from tests.peers import Peer
from tlsglass import events
from tlsglass.errors import Fault, Phase
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.probe import probe
from tlsglass.target import Target, parse_target
from tlsglass.trust.stores import Store

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
HELLO = OK + b"hello"
Kind = TypeVar("Kind")


@dataclass(kw_only=True)
class Look:
    """A probe to be made, and what it is made with."""

    spool: Spool
    stop: Stop
    target: Target = field(default_factory=lambda: parse_target("peer.test"))
    store: Store = field(default_factory=lambda: Store.from_der("test", [peers.identity().der]))
    dialer: Dialer = dial
    timeout: float = 20.0
    limits: Limits = DEFAULTS
    clock: Callable[[], float] = time.monotonic
    others: tuple[Endpoint, ...] = ()
    """Where else the name leads, before the peer."""

    def at(self, made: Peer) -> list[events.Event]:
        """All events of a look at a peer."""
        return list(self.begun(made))

    def begun(self, made: Peer) -> Iterator[events.Event]:
        """A look at a peer that has not begun."""
        return self._begun(*self.others, made.endpoint)

    def begun_nowhere(self) -> Iterator[events.Event]:
        """A look at the other addresses alone, that has not begun."""
        return self._begun(*self.others)

    def _begun(self, *endpoints: Endpoint) -> Iterator[events.Event]:
        return probe(
            self.target,
            store=self.store,
            spool=self.spool,
            stop=self.stop,
            resolver=lambda _host, _port, _stop, _deadline: endpoints,
            dialer=self.dialer,
            timeout=self.timeout,
            clock=self.clock,
            limits=self.limits,
        )


def only(kind: type[Kind], happened: Sequence[object]) -> Kind:
    """The one event of a kind."""
    (found,) = (event for event in happened if isinstance(event, kind))
    return found


def kinds(happened: Sequence[events.Event]) -> list[type]:
    """What happened, but for what was heard on the way."""
    return [type(event) for event in happened if not isinstance(event, events.MessageSeen)]


def failure(happened: Sequence[events.Event]) -> tuple[Phase, Fault]:
    """How a look failed; it says so once, in sentences, next to the end."""
    failed = only(events.Failed, happened).failure
    assert happened[-2:] == [only(events.Failed, happened), only(events.Finished, happened)]
    assert failed.message
    return failed.phase, failed.fault


def quietly(_: Peer, __: object = None) -> None:
    """Say nothing, ever."""
    _.hush()
