"""Looks that are stopped or given up."""

import ssl

import pytest

from tests.peers import Peer, peer, tls
from tests.probe.channels import Counted, through
from tests.probe.looks import OK, Look, failure, only, quietly
from tlsglass import events
from tlsglass.errors import Fault, Phase
from tlsglass.exchange.model import Ending
from tlsglass.probe import probe


@pytest.mark.parametrize("phase", [Phase.CONNECT, Phase.HANDSHAKE, Phase.EXCHANGE])
def test_it_can_be_stopped_in_any_phase(look: Look, phase: Phase) -> None:
    """Whatever is waited for, the wish to stop ends it at once, and it says so."""
    happened = []
    with peer(tls(quietly)) as made:
        for event in look.begun(made):
            happened.append(event)
            if isinstance(event, events.PhaseStarted) and event.phase is phase:
                look.stop.set()
    assert failure(happened) == (phase, Fault.CANCELLED)
    assert look.spool.finished


def test_it_can_be_stopped_in_the_middle_of_an_answer(look: Look) -> None:
    """What had come by then is told and kept."""

    def half(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK)
        made.hush()

    happened = []
    with peer(tls(half)) as made:
        for event in look.begun(made):
            happened.append(event)
            if isinstance(event, events.ResponseHeadReceived):
                look.stop.set()
    assert failure(happened) == (Phase.EXCHANGE, Fault.CANCELLED)
    response = only(events.ResponseReceived, happened).response
    assert (response.ended_by, response.truncated) == (Ending.CANCELLED, True)


def test_a_probe_that_is_given_up_closes_its_connection(look: Look) -> None:
    """Whoever closes the generator need not wait for anything."""
    channels: list[Counted] = []
    look.dialer = through(Counted, channels)
    with peer(tls(quietly)) as made:
        running = probe(
            look.target,
            store=look.store,
            spool=look.spool,
            stop=look.stop,
            resolver=lambda *_: (made.endpoint,),
            dialer=look.dialer,
        )
        for event in running:
            if isinstance(event, events.HandshakeDone):
                break
        running.close()
        assert channels[0].closed
        assert list(running) == []
    assert look.spool.finished
