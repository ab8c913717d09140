"""A guest's look at a site: what is refused below the screen, whatever the screen lets through."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests import peers
from tests.peers import answering, peer
from tests.probe.sites import ROOT, site
from tests.trust.authority import NOW
from tlsglass import events
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.http import default_request
from tlsglass.exchange.model import Request
from tlsglass.exchange.spool import Spool
from tlsglass.net.admission import Admission, HostPattern
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.stores import Store

NOBODY = Endpoint(address="127.0.0.1", port=1)
TARGET = parse_target("peer.test")


def look(
    patterns: Sequence[str], *, at: Endpoint = NOBODY, own: Sequence[Endpoint] = (), request: Request | None = None
) -> tuple[list[events.Event], list[str]]:
    """All events of a guest's look, and the names that were looked up."""
    asked: list[str] = []

    def resolver(host: str, _port: int, _stop: Stop, _deadline: float) -> tuple[Endpoint, ...]:
        asked.append(host)
        return (at,)

    rules = Admission(patterns=tuple(map(HostPattern.parse, patterns)), own=frozenset(own))
    store = Store.from_der("test", [peers.identity().der])
    with Spool() as spool, Stop() as stop:
        happened = list(
            probe(
                TARGET,
                store=store,
                spool=spool,
                stop=stop,
                resolver=resolver,
                request=request,
                timeout=20,
                admission=rules,
            )
        )
    return happened, asked


def failure(happened: Sequence[events.Event]) -> Failure:
    """How a look failed."""
    (failed,) = (event.failure for event in happened if isinstance(event, events.Failed))
    return failed


def test_what_is_not_open_is_not_even_looked_up() -> None:
    """The name itself would tell somebody."""
    happened, asked = look(["other.test"])
    assert [type(event) for event in happened] == [events.Failed, events.Finished]
    assert (failure(happened).phase, failure(happened).fault) == (Phase.INPUT, Fault.NOT_ALLOWED)
    assert asked == []


def test_a_name_that_leads_to_this_machine_is_refused_where_it_would_be_connected_to() -> None:
    """Nothing listens there, so that a connection would have been refused by another."""
    happened, asked = look(["peer.test"])
    assert (failure(happened).phase, failure(happened).fault) == (Phase.CONNECT, Fault.NOT_ALLOWED)
    assert failure(happened).message == (
        "It leads to 127.0.0.1:1, inside this machine or its network, where guests may not go."
    )
    assert [event.endpoint for event in happened if isinstance(event, events.AttemptFailed)] == [NOBODY]
    assert asked == ["peer.test"]


@pytest.mark.parametrize("open_by", [lambda at: ([], [at]), lambda at: ([f"127.0.0.0/8:{at.port}"], [])])
def test_what_is_open_is_seen(open_by: Callable[[Endpoint], tuple[list[str], list[Endpoint]]]) -> None:
    """Our own servers, and addresses that are listed."""
    with peer(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as made:
        patterns, own = open_by(made.endpoint)
        happened, _ = look(["peer.test", *patterns], at=made.endpoint, own=own)
    assert [event.response.size for event in happened if isinstance(event, events.ResponseReceived)] == [38]


def test_a_request_that_does_more_than_read_is_not_sent() -> None:
    """Nobody is connected to."""
    happened, asked = look(["peer.test"], own=[NOBODY], request=replace(default_request(TARGET), method="DELETE"))
    assert (failure(happened).phase, failure(happened).fault) == (Phase.INPUT, Fault.NOT_ALLOWED)
    assert asked == []


def test_what_a_certificate_points_to_is_held_to_the_same(tmp_path: Path) -> None:
    """A site in this network may lead others there, but no guest."""
    rules = Admission(patterns=(HostPattern.parse("a.test:*"),))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        with site(tmp_path, f"http://127.0.0.1:{listener.getsockname()[1]}/") as made, Spool() as spool, Stop() as stop:
            happened = list(
                probe(
                    parse_target(f"a.test:{made.endpoint.port}"),
                    store=ROOT.store(),
                    spool=spool,
                    stop=stop,
                    resolver=lambda host, port, _stop, _deadline: (
                        made.endpoint if host == "a.test" else Endpoint(address=host, port=port),
                    ),
                    now=lambda: NOW,
                    aia=True,
                    admission=replace(rules, own=frozenset({made.endpoint})),
                )
            )
        with pytest.raises(BlockingIOError):
            listener.accept()
    report = [event.report for event in happened if isinstance(event, events.TrustJudged)][-1]
    assert not report.anchored
    assert "guests may not go" in report.checks[-1].detail
