"""One look at one site: what is seen, in which order, and what it is made with."""

import itertools
import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests import peers
from tests.peers import answering, peer, tls
from tests.probe.channels import Counted, through
from tests.probe.looks import HELLO, OK, Look, failure, kinds, only
from tlsglass import events
from tlsglass.errors import Fault, Phase
from tlsglass.exchange.http import default_request
from tlsglass.exchange.model import Ending
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.model import FindingCode, Verdict
from tlsglass.trust.profile import Profile


@pytest.mark.parametrize("highest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_look_at_a_site(look: Look, highest: ssl.TLSVersion) -> None:
    """All phases in their order, the certificates and the verdict before the answer, one of each."""
    script = tls(lambda _, secured: secured.sendall(HELLO), peers.server_context(highest=highest))
    with peer(script) as made:
        happened = look.at(made)
    assert kinds(happened) == [
        events.PhaseStarted,
        events.Resolved,
        events.PhaseStarted,
        events.Connected,
        events.PhaseStarted,
        events.CertificatesReceived,
        events.HandshakeDone,
        events.PhaseStarted,
        events.RequestSent,
        events.TrustJudged,
        events.ResponseStarted,
        events.ResponseHeadReceived,
        events.ResponseReceived,
        events.Finished,
    ]
    phases = [event.phase for event in happened if isinstance(event, events.PhaseStarted)]
    assert phases == [Phase.RESOLVE, Phase.CONNECT, Phase.HANDSHAKE, Phase.EXCHANGE]
    assert [event.at for event in happened] == sorted(event.at for event in happened)
    assert only(events.Connected, happened).endpoint == made.endpoint
    assert [c.der for c in only(events.CertificatesReceived, happened).certificates] == [peers.identity().der]
    handshake = only(events.HandshakeDone, happened).handshake
    assert handshake.version == highest.name.replace("_", ".")
    assert only(events.TrustJudged, happened).report.verdict is Verdict.TRUSTED
    response = only(events.ResponseReceived, happened).response
    assert (response.ended_by, response.truncated, response.size) == (Ending.CONTENT_LENGTH, False, len(HELLO))
    assert look.spool.read(0, 1000) == HELLO
    assert look.spool.finished
    assert made.heard.startswith(b"GET / HTTP/1.1\r\nHost: peer.test\r\n")
    names = [event.message.name for event in happened if isinstance(event, events.MessageSeen)]
    assert names[:2] == ["client_hello", "server_hello"]
    assert "certificate" in names
    assert names[-1] == "finished" or highest is ssl.TLSVersion.TLSv1_3


def test_it_folds_into_an_observation(look: Look) -> None:
    """Every phase has its time, and they fit into the whole."""
    observation = Observation(target=look.target, started=datetime.now(UTC))
    with peer(answering(HELLO)) as made:
        for event in look.begun(made):
            observation = observation.after(event)
    times = observation.timings
    assert observation.finished
    assert times.total is not None
    parts = [times.resolve, times.connect, times.handshake, times.first_byte]
    assert sum(part for part in parts if part is not None) <= times.total
    assert None not in parts


def test_the_request_leaves_with_finished(look: Look) -> None:
    """One flight to open, one to finish and to ask: the answer comes after two round trips of TLS."""
    channels: list[Counted] = []
    look.dialer = through(Counted, channels)
    with peer(answering(HELLO)) as made:
        flights = [(type(event), len(channels[0].sent)) for event in look.begun(made) if channels and channels[0].sent]
    assert (events.CertificatesReceived, 2) in flights
    assert (events.HandshakeDone, 2) in flights
    assert channels[0].closed


def test_ipv6_and_an_address_as_target(look: Look) -> None:
    """A literal is not resolved, sends no SNI, and is judged by the addresses in the certificate."""
    with peer(answering(HELLO), "::1") as made:
        look.target = parse_target(f"[::1]:{made.endpoint.port}/there")
        happened = list(probe(look.target, store=look.store, spool=look.spool, stop=look.stop, timeout=20))
    assert only(events.Resolved, happened).endpoints == (made.endpoint,)
    assert only(events.HandshakeDone, happened).handshake.server_name is None
    assert only(events.TrustJudged, happened).report.verdict is Verdict.TRUSTED
    assert made.heard.startswith(f"GET /there HTTP/1.1\r\nHost: [::1]:{made.endpoint.port}\r\n".encode())


def test_names_are_used_each_for_its_purpose(look: Look) -> None:
    """Connect to one, ask for another, judge by a third."""
    with peer(answering(HELLO)) as made:
        target = parse_target(
            f"first.example:{made.endpoint.port}", sni="second.example", address="127.0.0.1", hostname="third.example"
        )
        moment = datetime.now(UTC)
        happened = list(probe(target, store=look.store, spool=look.spool, stop=look.stop, now=lambda: moment))
    assert only(events.Connected, happened).endpoint == made.endpoint
    assert only(events.HandshakeDone, happened).handshake.server_name == "second.example"
    report = only(events.TrustJudged, happened).report
    assert (report.hostname, report.at) == ("third.example", moment)
    assert FindingCode.NAME_MISMATCH in {finding.code for finding in report.findings}
    assert b"Host: first.example:" in made.heard


def test_another_time_can_be_supposed(look: Look) -> None:
    """The report says when the chain was seen."""
    moment, later = datetime(2030, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    with peer(answering(HELLO)) as made:
        target = parse_target(f"127.0.0.1:{made.endpoint.port}")
        happened = list(probe(target, store=look.store, spool=look.spool, stop=look.stop, now=lambda: moment, at=later))
    report = only(events.TrustJudged, happened).report
    assert (report.at, report.seen_at) == (later, moment)


def test_another_profile_can_be_asked_for(look: Look) -> None:
    """The report says by whose rules it judges."""
    with peer(answering(HELLO)) as made:
        target = parse_target(f"127.0.0.1:{made.endpoint.port}")
        chosen = Profile.RFC5280
        happened = list(probe(target, store=look.store, spool=look.spool, stop=look.stop, profile=chosen))
    assert only(events.TrustJudged, happened).report.profile is Profile.RFC5280


def test_another_request_can_be_sent(look: Look) -> None:
    """What was edited is what is asked; HEAD has no body."""
    request = replace(default_request(look.target), method="HEAD")
    with peer(answering(OK)) as made:
        happened = list(
            probe(
                look.target,
                store=look.store,
                spool=look.spool,
                stop=look.stop,
                resolver=lambda *_: (made.endpoint,),
                request=request,
            )
        )
    assert only(events.RequestSent, happened).request == request
    assert only(events.ResponseReceived, happened).response.ended_by is Ending.NO_BODY
    assert made.heard.startswith(b"HEAD / ")


def test_a_request_that_cannot_be_sent_sends_nothing(look: Look) -> None:
    """It is the first thing that is looked at, before any name is resolved."""
    request = replace(default_request(look.target), method="GET /\r\n")
    happened = list(probe(look.target, store=look.store, spool=look.spool, stop=look.stop, request=request))
    assert kinds(happened) == [events.Failed, events.Finished]
    assert failure(happened) == (Phase.INPUT, Fault.BAD_REQUEST)


def test_a_large_answer_is_accounted_for_as_it_grows(look: Look) -> None:
    """Accounts of its size come by time and not by record; here every look at the clock is a second later."""
    body = bytes(1 << 18)
    answer = b"HTTP/1.1 200 OK\r\n\r\n" + body
    look.clock = itertools.count(0.0).__next__
    with peer(answering(answer)) as made:
        happened = look.at(made)
    sizes = [event.size for event in happened if isinstance(event, events.ResponseGrew)]
    assert len(sizes) > 10
    assert sizes == sorted(sizes)
    response = only(events.ResponseReceived, happened).response
    assert (response.size, response.ended_by) == (len(answer), Ending.CLOSE_NOTIFY)
    assert look.spool.read(0, len(answer)) == answer


def test_accounts_of_growth_are_few(look: Look) -> None:
    """Where no time passes there is nothing to tell until the end."""
    look.clock = lambda: 0.0
    with peer(answering(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(1 << 18))) as made:
        happened = look.at(made)
    assert events.ResponseGrew not in kinds(happened)
