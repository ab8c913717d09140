"""What is known about one site or file at one time: the fold of the events of a look at it.

All that is shown, copied and reported is derived from this value, so that the tree and the JSON can't disagree.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from tlsglass import events
from tlsglass.errors import Failure, Phase
from tlsglass.exchange.model import Request, Response, ResponseHead
from tlsglass.frozen import dataclass
from tlsglass.net.model import Endpoint
from tlsglass.target import Target
from tlsglass.target_file import FileTarget
from tlsglass.tls.model import Handshake, HandshakeMessage
from tlsglass.trust.model import TrustReport
from tlsglass.x509.containers.model import FileContents
from tlsglass.x509.model import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long each phase took, in seconds; None where it did not end."""

    resolve: float | None = None
    connect: float | None = None
    handshake: float | None = None
    first_byte: float | None = None
    """From the request sent to the first byte of the answer."""

    total: float | None = None
    """From the start of the probe to its end."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Observation:
    """Everything known about one site from one probe, or about one file from one load."""

    target: Target | FileTarget
    started: datetime
    """When the probe began, aware and in UTC."""

    phase: Phase | None = None
    """The phase that is going on; None before the first and after the last."""

    phase_started: float = 0.0
    """When that phase began, in seconds since the start."""

    endpoints: tuple[Endpoint, ...] = ()
    attempts: tuple[events.AttemptFailed, ...] = ()
    endpoint: Endpoint | None = None
    """The endpoint that is connected."""

    left_out: tuple[str, ...] = ()
    """What of what came was more than is taken: a sentence each, which names the limit."""

    messages: tuple[HandshakeMessage, ...] = ()
    contents: FileContents | None = None
    """What a file holds; None of a site, and of a file that could not be read."""

    certificates: Sequence[Certificate] = ()
    """In the order sent, or in that of the file."""

    handshake: Handshake | None = None
    trust: TrustReport | None = None
    asking: events.RevocationAsked | None = None
    """Who is being asked about revocation; None where nobody is."""

    request: Request | None = None
    head: ResponseHead | None = None
    received: int = 0
    """Bytes of the answer so far."""

    response: Response | None = None
    failure: Failure | None = None
    timings: Timings = Timings()
    finished: bool = False

    @property
    def judged(self) -> Sequence[Certificate]:
        """The certificates that the judgement's indexes count in: as sent, or as they are supposed to have been."""
        supposed = self.trust.supposed if self.trust is not None else None
        return self.certificates if supposed is None else supposed.certificates

    def __repr__(self) -> str:
        """Short: a fault's traceback shows every value on its way, and this one holds a whole look."""
        return f"<Observation of {self.target.origin} at {self.started:%H:%M:%S}>"

    def after(self, event: events.Event) -> "Observation":  # noqa: C901, PLR0911, PLR0912 - one case an event
        """What is known once this event has happened."""
        match event:
            case events.PhaseStarted():
                return replace(self, phase=event.phase, phase_started=event.at)
            case events.Resolved():
                timings = replace(self.timings, resolve=event.at - self.phase_started)
                left_out = (*self.left_out, event.left_out) if event.left_out else self.left_out
                return replace(self, endpoints=event.endpoints, left_out=left_out, timings=timings)
            case events.AttemptFailed():
                return replace(self, attempts=(*self.attempts, event))
            case events.Connected():
                timings = replace(self.timings, connect=event.at - self.phase_started)
                return replace(self, endpoint=event.endpoint, timings=timings)
            case events.MessageSeen():
                return replace(self, messages=(*self.messages, event.message))
            case events.FileRead():
                return replace(self, contents=event.contents)
            case events.CertificatesReceived():
                left_out = (*self.left_out, event.left_out) if event.left_out else self.left_out
                return replace(self, certificates=event.certificates, left_out=left_out)
            case events.HandshakeDone():
                timings = replace(self.timings, handshake=event.at - self.phase_started)
                return replace(self, handshake=event.handshake, timings=timings)
            case events.TrustJudged():
                return replace(self, trust=event.report)
            case events.RevocationAsked():
                return replace(self, asking=event)
            case events.RevocationAnswered():
                return replace(self, asking=None)
            case events.RequestSent():
                return replace(self, request=event.request, phase_started=event.at)
            case events.ResponseStarted():
                timings = replace(self.timings, first_byte=event.at - self.phase_started)
                return replace(self, received=event.size, timings=timings)
            case events.ResponseHeadReceived():
                return replace(self, head=event.head)
            case events.ResponseGrew():
                return replace(self, received=event.size)
            case events.ResponseReceived():
                return replace(self, response=event.response, received=event.response.size)
            case events.Failed():
                return replace(self, failure=event.failure)
            case events.Finished():
                timings = replace(self.timings, total=event.at)
                return replace(self, phase=None, finished=True, timings=timings, asking=None)
            case _:
                assert_never(event)
