"""Names that lead nowhere, and endpoints where nobody answers."""

import socket

from tests.peers import answering, peer
from tests.probe.looks import HELLO, Look, failure, kinds, only
from tlsglass import events
from tlsglass.errors import Fault, Phase, ResolveError
from tlsglass.limits import Limits
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.probe import probe
from tlsglass.target import parse_target


def test_a_name_that_leads_nowhere(look: Look) -> None:
    """What the resolver says is how it fails."""

    def nowhere(host: str, _port: int, _stop: Stop, _deadline: float) -> tuple[Endpoint, ...]:
        raise ResolveError(Fault.NO_SUCH_HOST, f"There is no address for the name '{host}'.", "Check it.")

    happened = list(probe(look.target, store=look.store, spool=look.spool, stop=look.stop, resolver=nowhere))
    assert kinds(happened) == [events.PhaseStarted, events.Failed, events.Finished]
    assert failure(happened) == (Phase.RESOLVE, Fault.NO_SUCH_HOST)


def test_attempts_that_fail_are_told(look: Look) -> None:
    """One endpoint refuses and another answers."""
    with socket.socket() as holder, peer(answering(HELLO)) as made:
        holder.bind(("127.0.0.1", 0))
        refused = Endpoint(address="127.0.0.1", port=holder.getsockname()[1])
        look.others = (refused,)
        happened = look.at(made)
    assert only(events.AttemptFailed, happened).endpoint == refused
    assert only(events.Connected, happened).endpoint == made.endpoint
    assert events.Failed not in kinds(happened)


def test_a_server_that_refuses(look: Look) -> None:
    """Where nobody answers, that is how it fails."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        look.target = parse_target(f"127.0.0.1:{holder.getsockname()[1]}")
        happened = list(probe(look.target, store=look.store, spool=look.spool, stop=look.stop))
    assert failure(happened) == (Phase.CONNECT, Fault.REFUSED)
    assert only(events.AttemptFailed, happened).endpoint.port == look.target.port


def test_a_name_with_more_addresses_than_are_tried(look: Look) -> None:
    """The first ones are, and where none of them answers the limit is named."""
    look.limits = Limits(addresses=2)
    look.others = tuple(Endpoint(address="127.0.0.1", port=port) for port in (1, 2, 3))
    happened = list(look.begun_nowhere())
    resolved = only(events.Resolved, happened)
    assert len(resolved.endpoints) == 2
    tried = "only 2 may be tried (limit addresses; --limit addresses=4 raises it)"
    assert resolved.left_out == f"The name has 3 addresses; {tried}."
    assert failure(happened) == (Phase.CONNECT, Fault.REFUSED)
    hint = "The name has 3 addresses. That is the limit addresses (2); --limit addresses=4 raises it."
    assert only(events.Failed, happened).failure.hint == hint


def test_a_look_that_takes_too_long_as_a_whole(look: Look) -> None:
    """Whatever each step may take, the whole has an end, and the sentence names the limit."""
    look.limits = Limits(total_time=0)
    look.others = (Endpoint(address="127.0.0.1", port=1),)
    happened = list(look.begun_nowhere())
    assert failure(happened) == (Phase.CONNECT, Fault.TIMEOUT)
    assert only(events.Failed, happened).failure.hint.startswith("That is the limit total-time (0 seconds)")
