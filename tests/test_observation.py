"""What is known is what happened, folded."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tlsglass import events
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.net.model import Endpoint
from tlsglass.observation import Observation, Timings
from tlsglass.target import parse_target
from tlsglass.tls.model import Direction, Handshake, HandshakeMessage
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.unjudged import not_judged
from tlsglass.x509.certificate import parse_certificate

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Endpoint(address="127.0.0.1", port=443)
THERE = Endpoint(address="::1", port=443)
HELLO = HandshakeMessage(direction=Direction.SENT, name="client_hello", length=100, encrypted=False)
CERTIFICATE = parse_certificate(b"no certificate, which does not matter here")
HANDSHAKE = Handshake(
    version="TLSv1.3",
    cipher_suite="TLS_AES_128_GCM_SHA256",
    openssl_cipher="TLS_AES_128_GCM_SHA256",
    group="x25519",
    signature_algorithm=None,
    alpn=None,
    resumed=False,
    server_name=None,
    client_certificate_requested=False,
    client_certificate_authorities=(),
    verification_errors=(),
    messages=(HELLO,),
)
REPORT = not_judged("nobody wanted to know", "Ask.", NOON)
REQUEST = Request(method="GET", path="/", headers=())
RESPONSE_HEAD = ResponseHead(status=200, reason="OK", version="1.1", headers=(), length=19)
RESPONSE = Response(head=RESPONSE_HEAD, size=300, truncated=False, ended_by=Ending.CONTENT_LENGTH)
FAILURE = Failure(phase=Phase.EXCHANGE, fault=Fault.RESET, message="It broke.", hint="")
ATTEMPT = events.AttemptFailed(at=1.6, endpoint=THERE, message="[::1]:443 refused the connection.")

STORY: tuple[events.Event, ...] = (
    events.PhaseStarted(at=0.5, phase=Phase.RESOLVE),
    events.Resolved(at=1.0, endpoints=(THERE, HERE), left_out="3 more addresses."),
    events.PhaseStarted(at=1.5, phase=Phase.CONNECT),
    ATTEMPT,
    events.Connected(at=2.5, endpoint=HERE),
    events.PhaseStarted(at=3.0, phase=Phase.HANDSHAKE),
    events.MessageSeen(at=3.5, message=HELLO),
    events.CertificatesReceived(at=4.0, certificates=(CERTIFICATE,), left_out="9 more certificates."),
    events.HandshakeDone(at=5.0, handshake=HANDSHAKE),
    events.PhaseStarted(at=5.0, phase=Phase.EXCHANGE),
    events.RequestSent(at=6.0, request=REQUEST),
    events.TrustJudged(at=6.5, report=REPORT),
    events.ResponseStarted(at=7.0, size=100),
    events.ResponseHeadReceived(at=7.5, head=RESPONSE_HEAD),
    events.ResponseGrew(at=8.0, size=200),
    events.ResponseReceived(at=9.0, response=RESPONSE),
    events.Failed(at=9.5, failure=FAILURE),
    events.Finished(at=10.0),
)


@pytest.fixture
def nothing() -> Observation:
    """What is known before anything happened."""
    return Observation(target=parse_target("example.org"), started=NOON)


def after(observation: Observation, *happened: events.Event) -> Observation:
    """What is known after all of these."""
    for event in happened:
        observation = observation.after(event)
    return observation


def test_the_whole_story(nothing: Observation) -> None:
    """Each event leaves what it said, and each phase its time, from its own start."""
    assert after(nothing, *STORY) == Observation(
        target=nothing.target,
        started=NOON,
        phase=None,
        phase_started=6.0,
        endpoints=(THERE, HERE),
        attempts=(ATTEMPT,),
        endpoint=HERE,
        left_out=("3 more addresses.", "9 more certificates."),
        messages=(HELLO,),
        certificates=(CERTIFICATE,),
        handshake=HANDSHAKE,
        trust=REPORT,
        request=REQUEST,
        head=RESPONSE_HEAD,
        received=300,
        response=RESPONSE,
        failure=FAILURE,
        timings=Timings(resolve=0.5, connect=1.0, handshake=2.0, first_byte=1.0, total=10.0),
        finished=True,
    )


def test_the_past_stays_as_it_was(nothing: Observation) -> None:
    """Folding makes a new value; what a view holds does not change under its hands."""
    before = replace(nothing)
    after(nothing, *STORY)
    assert nothing == before


def test_who_is_asked_is_known_while_they_are(nothing: Observation) -> None:
    """Until they have answered, or all is over."""
    asked = events.RevocationAsked(at=9.6, certificate=CERTIFICATE.sha256, source=Source.OCSP, url="http://ocsp.test")
    answer = RevocationAnswer(
        certificate=CERTIFICATE.sha256, source=Source.OCSP, url="http://ocsp.test", status=Status.GOOD
    )
    phase = events.PhaseStarted(at=9.5, phase=Phase.REVOCATION)
    asking = after(nothing, *STORY[:-2], phase, asked)
    assert (asking.phase, asking.asking) == (Phase.REVOCATION, asked)
    assert after(asking, events.RevocationAnswered(at=9.7, answer=answer)).asking is None
    assert after(asking, STORY[-1]).asking is None


def test_the_phase_is_known_while_it_lasts(nothing: Observation) -> None:
    """The screen says what is going on and for how long."""
    now = after(nothing, *STORY[:3])
    assert (now.phase, now.phase_started, now.finished) == (Phase.CONNECT, 1.5, False)


def test_bytes_are_counted_as_they_come(nothing: Observation) -> None:
    """Before the answer is whole, its size so far is known."""
    assert after(nothing, *STORY[:13]).received == 100
    assert after(nothing, *STORY[:15]).received == 200


def test_what_did_not_end_has_no_time(nothing: Observation) -> None:
    """A probe that broke off in the handshake took no time for it, but some in all."""
    broken = after(nothing, *STORY[:8], *STORY[-2:])
    assert broken.timings == Timings(resolve=0.5, connect=1.0, total=10.0)
    assert broken.failure == FAILURE
    assert broken.certificates == (CERTIFICATE,)


def test_a_traceback_names_it_in_a_line(nothing: Observation) -> None:
    """A terminal app's fault shows the values on its way; a whole look would take minutes to print."""
    assert repr(nothing).startswith(f"<Observation of {nothing.target.origin} at ")
