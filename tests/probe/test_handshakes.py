"""Handshakes that do not finish, and what was seen until then."""

import socket
import ssl
from collections.abc import Callable

import pytest

from tests import peers
from tests.peers import Peer, answering, peer, tls
from tests.probe.channels import Broken, Counted, hasty, through
from tests.probe.looks import HELLO, Look, failure, kinds, only, quietly
from tlsglass import events
from tlsglass.errors import Fault, Phase
from tlsglass.trust.model import Verdict


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
