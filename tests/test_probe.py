"""One look at one site: what is seen, in which order, and how every misfortune ends."""

import errno
import itertools
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from tests import peers
from tests.peers import Peer, answering, peer, tls
from tlsglass import events
from tlsglass.errors import ChannelError, Fault, Phase, ResolveError
from tlsglass.exchange.http import default_request
from tlsglass.exchange.model import Ending
from tlsglass.exchange.spool import Spool, SpoolFile
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.channel import Channel
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import Target, parse_target
from tlsglass.trust.model import FindingCode, Profile, Verdict
from tlsglass.trust.stores import Store

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
HELLO = OK + b"hello"
Kind = TypeVar("Kind")

_MOMENT = 0.05
"""Seconds in which what is there already can be taken."""


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
        return probe(
            self.target,
            store=self.store,
            spool=self.spool,
            stop=self.stop,
            resolver=lambda _host, _port, _stop, _deadline: (*self.others, made.endpoint),
            dialer=self.dialer,
            timeout=self.timeout,
            clock=self.clock,
            limits=self.limits,
        )

    def begun_nowhere(self) -> Iterator[events.Event]:
        """A look at the other addresses alone, that has not begun."""
        return probe(
            self.target,
            store=self.store,
            spool=self.spool,
            stop=self.stop,
            resolver=lambda _host, _port, _stop, _deadline: self.others,
            dialer=self.dialer,
            timeout=self.timeout,
            clock=self.clock,
            limits=self.limits,
        )


@pytest.fixture
def look() -> Iterator[Look]:
    """A look with everything in its place."""
    with Spool() as spool, Stop() as stop:
        yield Look(spool=spool, stop=stop)


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


class Counted:
    """A channel that passes everything on and counts what was sent."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.sent: list[bytes] = []
        self.closed = False

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""
        return self._channel.endpoint

    def send(self, data: bytes, deadline: float) -> None:
        """Send, if there is anything."""
        if data:
            self.sent.append(data)
            self._channel.send(data, deadline)

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive."""
        return self._channel.receive(limit, deadline)

    def close(self) -> None:
        """Close."""
        self.closed = True
        self._channel.close()


class Hasty(Counted):
    """A channel for which time is up as soon as the peer has said all it will say, so that no test waits for it."""

    def __init__(self, channel: Channel, made: Peer, after: int) -> None:
        super().__init__(channel)
        self._peer = made
        self._after = after

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive what is there, once so much was sent that the peer falls silent."""
        if len(self.sent) < self._after:
            return super().receive(limit, deadline)
        assert self._peer.quiet.wait(peers.WAIT)
        return super().receive(limit, time.monotonic() + _MOMENT)


class Overdue(Counted):
    """A channel that takes one piece of the answer out of time, as one does that came while the one before was read."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._taken = False

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive; the first piece of the answer whatever the time is."""
        if len(self.sent) < 3 or self._taken:
            return super().receive(limit, deadline)
        self._taken = True
        return super().receive(limit, time.monotonic() + peers.WAIT)


class Broken(Counted):
    """A channel that breaks at the second flight, which is the one with the request."""

    def __init__(self, channel: Channel, fault: Fault) -> None:
        super().__init__(channel)
        self._fault = fault

    def send(self, data: bytes, deadline: float) -> None:
        """Send the first flight only."""
        if self.sent:
            raise ChannelError(self._fault, "It broke.")
        super().send(data, deadline)


def through(wrap: Callable[[Channel], Counted], made: list[Counted]) -> Dialer:
    """A dialer that wraps the channel and keeps it for the test."""

    def dialing(
        endpoints: Sequence[Endpoint], *, stop: Stop, timeout: float, on_failure: Callable[[Endpoint, str], None]
    ) -> Channel:
        made.append(wrap(dial(endpoints, stop=stop, timeout=timeout, on_failure=on_failure)))
        return made[-1]

    return dialing


def hasty(made: Peer, *, after: int) -> Dialer:
    """A dialer whose channel finds that time is up when the peer falls silent."""
    return through(lambda channel: Hasty(channel, made, after), [])


def quietly(_: Peer, __: object = None) -> None:
    """Say nothing, ever."""
    _.hush()


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


def test_a_server_that_says_nothing(look: Look) -> None:
    """It takes the connection and no more: the handshake runs out of time."""
    with peer(quietly) as made:
        look.dialer = hasty(made, after=1)
        happened = look.at(made)
    assert failure(happened) == (Phase.HANDSHAKE, Fault.TIMEOUT)
    failed = only(events.Failed, happened).failure
    assert failed.message == f"{made.endpoint} said nothing within 20 s."
    assert "STARTTLS" in failed.hint


def first_flight(connection: socket.socket) -> bytes:
    """What a TLS 1.2 server says to the client's hello: its certificate, and that it is done."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    secured = peers.server_context(highest=ssl.TLSVersion.TLSv1_2).wrap_bio(incoming, outgoing, server_side=True)
    while not outgoing.pending:
        incoming.write(connection.recv(65536))
        with pytest.raises(ssl.SSLWantReadError):
            secured.do_handshake()
    return outgoing.read()


def test_a_handshake_that_stops_half_way_is_judged(look: Look) -> None:
    """The certificates were seen, so there is a report on them; that the server has their key was not shown."""

    def half(made: Peer, connection: socket.socket) -> None:
        connection.sendall(first_flight(connection))
        made.hush()

    with peer(half) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    assert failure(happened) == (Phase.HANDSHAKE, Fault.TIMEOUT)
    assert "did not finish the handshake within 20 s" in only(events.Failed, happened).failure.message
    assert kinds(happened)[-4:] == [
        events.CertificatesReceived,
        events.TrustJudged,
        events.Failed,
        events.Finished,
    ]
    report = only(events.TrustJudged, happened).report
    assert [step.certificate.der for step in report.path] == [peers.identity().der]
    assert report.anchored
    assert report.verdict is Verdict.UNKNOWN


def hear_and_reset(_: Peer, connection: socket.socket) -> None:
    """Tear the connection down, but not before it was surely there."""
    connection.recv(65536)
    peers.reset(connection)


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (lambda _, connection: connection.recv(65536), Fault.CLOSED),
        (hear_and_reset, Fault.RESET),
        (lambda _, connection: connection.sendall(b"220 mail.example ESMTP\r\n"), Fault.NOT_TLS),
        (lambda _, connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Fault.NOT_TLS),
        (lambda _, connection: connection.sendall(b"\x15\x03\x03\x00\x02\x02\x28"), Fault.ALERT),
    ],
    ids=["closes", "resets", "mail", "plain-http", "alert"],
)
def test_a_server_that_does_not_shake_hands(
    look: Look, script: Callable[[Peer, socket.socket], object], fault: Fault
) -> None:
    """Each has its own fault and a way out, and nothing was judged since nothing was seen."""

    def run(made: Peer, connection: socket.socket) -> None:
        script(made, connection)
        if fault in {Fault.NOT_TLS, Fault.ALERT}:
            made.hush()

    with peer(run) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.HANDSHAKE, fault)
    assert only(events.Failed, happened).failure.hint
    assert events.TrustJudged not in kinds(happened)


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.TIMEOUT])
def test_a_connection_that_breaks_with_the_request(look: Look, fault: Fault) -> None:
    """The handshake was done and is told and judged; only the request was not sent."""
    channels: list[Counted] = []
    look.dialer = through(lambda channel: Broken(channel, fault), channels)
    with peer(answering(HELLO)) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, fault)
    assert kinds(happened)[-6:] == [
        events.CertificatesReceived,
        events.HandshakeDone,
        events.PhaseStarted,
        events.TrustJudged,
        events.Failed,
        events.Finished,
    ]


def test_a_client_certificate_that_is_wanted(look: Look) -> None:
    """In TLS 1.3 the refusal comes after the handshake, in place of an answer. RFC 8446 §4.4.2.4."""
    script = tls(lambda *_: None, peers.server_context(client_certificate=True))
    with peer(script) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.ALERT)
    assert only(events.TrustJudged, happened).report.verdict is Verdict.TRUSTED
    assert events.ResponseReceived not in kinds(happened)


def test_no_answer_in_time(look: Look) -> None:
    """A server that takes the request and says nothing."""
    with peer(tls(quietly)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert only(events.Failed, happened).failure.message == f"{made.endpoint} gave no answer within 20 s."
    assert events.ResponseReceived not in kinds(happened)


def test_an_answer_that_stops(look: Look) -> None:
    """What came is kept and told, then why it is not whole."""

    def half(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK + b"he")
        made.hush()

    with peer(tls(half)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert f"sent {len(OK) + 2} bytes and no more within 20 s" in only(events.Failed, happened).failure.message
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, Ending.TIMEOUT, len(OK) + 2)
    assert response.head is not None
    assert look.spool.read(0, 1000) == OK + b"he"


def test_an_answer_without_end(look: Look) -> None:
    """However steadily it drips, there is a bound on the whole."""
    look.limits = Limits(answer_time=0)
    with peer(tls(quietly)) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert "was not done with its answer after 0 bytes within 0 s" in only(events.Failed, happened).failure.message


@pytest.mark.parametrize("said", [OK + b"he", b"* OK and on and on"])
def test_an_answer_without_end_that_never_lets_us_wait(look: Look, said: bytes) -> None:
    """The bound on the whole holds where there is always something to read, and that is no end to anything."""
    look.limits = Limits(answer_time=0)
    look.dialer = through(Overdue, [])

    def talk(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(said)
        made.hush()

    with peer(tls(talk, peers.server_context(highest=ssl.TLSVersion.TLSv1_2))) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, Ending.LIMIT, len(said))


def test_a_name_with_more_addresses_than_are_tried(look: Look) -> None:
    """The first ones are, and where none of them answers the limit is named."""
    look.limits = Limits(addresses=2)
    look.others = tuple(Endpoint(address="127.0.0.1", port=port) for port in (1, 2, 3))
    happened = list(look.begun_nowhere())
    assert len(only(events.Resolved, happened).endpoints) == 2
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


@pytest.mark.parametrize(
    ("answer", "close_notify", "ending"),
    [
        (OK + b"he", True, Ending.CLOSE_NOTIFY),
        (OK + b"he", False, Ending.EOF),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", False, Ending.EOF),
        (b"HTTP/1.1 200 OK\r\n", True, Ending.CLOSE_NOTIFY),
    ],
)
def test_an_answer_that_is_cut(look: Look, answer: bytes, close_notify: bool, ending: Ending) -> None:  # noqa: FBT001 - given by the parameters above
    """Shorter than announced, or ended without a word: that is told apart from a whole one."""
    with peer(answering(answer, close_notify=close_notify)) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TRUNCATED)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, ending, len(answer))


def test_an_answer_that_is_reset(look: Look) -> None:
    """What came before the connection was torn down is kept."""

    def tear(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK)
        made.quiet.wait(peers.WAIT)
        peers.reset(secured)

    with peer(tls(tear)) as made:
        happened = []
        for event in look.begun(made):
            happened.append(event)
            if isinstance(event, events.ResponseHeadReceived):
                made.quiet.set()
    assert failure(happened) == (Phase.EXCHANGE, Fault.RESET)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by) == (True, Ending.RESET)


@pytest.mark.parametrize("close_notify", [True, False])
def test_a_server_that_speaks_no_http(look: Look, close_notify: bool) -> None:  # noqa: FBT001 - as above
    """What it said is kept, and that is no failure."""
    with peer(answering(b"220 mail.example ESMTP\r\n", close_notify=close_notify)) as made:
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert response.head is None
    assert response.problem == ""
    assert look.spool.read(0, 100) == b"220 mail.example ESMTP\r\n"
    assert events.Failed not in kinds(happened)


def test_a_server_that_speaks_no_http_and_waits(look: Look) -> None:
    """Silence is the end of what nothing else ends, and no failure."""

    def greet(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(b"* OK IMAP\r\n")
        made.hush()

    with peer(tls(greet)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert (response.head, response.truncated, response.ended_by) == (None, False, Ending.TIMEOUT)
    assert kinds(happened)[-1] is events.Finished
    assert events.Failed not in kinds(happened)


@pytest.mark.parametrize("close_notify", [True, False])
def test_a_server_that_has_nothing_to_say(look: Look, close_notify: bool) -> None:  # noqa: FBT001 - as above
    """An empty answer is an answer."""
    with peer(answering(b"", close_notify=close_notify)) as made:
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert (response.size, response.truncated) == (0, False)
    assert events.Failed not in kinds(happened)


def full_disk() -> Spool:
    """A spool that finds no room."""

    def refuse() -> SpoolFile:
        raise OSError(errno.ENOSPC, "No space left on device")

    return Spool(memory=60, open_file=refuse)


@pytest.mark.parametrize(
    ("make", "fault", "kept"), [(lambda: Spool(limit=60), Fault.TOO_LARGE, 60), (full_disk, Fault.DISK, len(OK))]
)
def test_an_answer_that_cannot_be_kept(look: Look, make: Callable[[], Spool], fault: Fault, kept: int) -> None:
    """What there was room for stays, and what stopped it is told."""

    def say(_: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK.replace(b"5", b"9"))
        secured.sendall(bytes(100))

    with make() as spool, peer(tls(say)) as made:
        look.spool = spool
        happened = look.at(made)
        response = only(events.ResponseReceived, happened).response
        assert (response.truncated, response.ended_by, response.size) == (True, Ending.LIMIT, kept)
        assert spool.size == kept
    assert failure(happened) == (Phase.EXCHANGE, fault)


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


def test_the_engine_knows_no_terminal() -> None:
    """Importing the probe loads neither Textual nor Rich, not even late."""
    script = "import sys, tlsglass.probe; print({'textual', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
