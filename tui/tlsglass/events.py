"""What happens during a probe, one frozen value an event, in the order in which it happens.

Each is stamped with the seconds since the probe began. Only these cross from the engine's thread to whoever listens.
"""

from collections.abc import Sequence

from tlsglass.errors import Failure, Phase
from tlsglass.exchange.model import Request, Response, ResponseHead
from tlsglass.frozen import dataclass
from tlsglass.net.model import Endpoint
from tlsglass.tls.model import Handshake, HandshakeMessage
from tlsglass.trust.model import TrustReport
from tlsglass.trust.revocation.model import RevocationAnswer, Source
from tlsglass.x509.containers.model import FileContents
from tlsglass.x509.model import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStarted:
    """A phase began: the screen says so while it lasts."""

    at: float
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The name led to these endpoints, in the order in which they will be tried. RFC 8305 §4."""

    at: float
    endpoints: tuple[Endpoint, ...]
    left_out: str = ""
    """Of how many more nothing is made, in a sentence that names the limit; empty where there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFailed:
    """One endpoint could not be connected to; others may."""

    at: float
    endpoint: Endpoint
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A TCP connection stands."""

    at: float
    endpoint: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeen:
    """A handshake message, alert or change_cipher_spec passed."""

    at: float
    message: HandshakeMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file was read, and what it holds is known."""

    at: float
    contents: FileContents


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesReceived:
    """The server's Certificate message was read; it need not be trusted nor the handshake be done.

    Of a file, the certificates that it holds.
    """

    at: float
    certificates: Sequence[Certificate]
    """In the order sent. Nothing in them changes, but those of a file are parsed when they are first asked for."""

    left_out: str = ""
    """How many more were sent, in a sentence that names the limit; empty where there were none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandshakeDone:
    """The handshake finished."""

    at: float
    handshake: Handshake


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustJudged:
    """The chain was judged. It may come without `HandshakeDone`, where certificates were seen before it failed.

    Where revocation was asked for, it comes once more, with what was said of it.
    """

    at: float
    report: TrustReport


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSent:
    """The request is on its way."""

    at: float
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseStarted:
    """The first bytes of the answer are in the spool."""

    at: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeadReceived:
    """The head of an HTTP response was read."""

    at: float
    head: ResponseHead


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseGrew:
    """More bytes are in the spool. Sent a few times a second, not once a record."""

    at: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseReceived:
    """The answer ended, well or not."""

    at: float
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAsked:
    """Somebody is asked about a certificate, which tells them what is looked at. Only where the user wished it."""

    at: float
    certificate: str
    """SHA-256 of the certificate."""

    source: Source
    url: str
    """Whom is asked. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAnswered:
    """What came of asking, or of looking into a list that was had before."""

    at: float
    answer: RevocationAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The probe could not go on. All that was seen before it stands."""

    at: float
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The last event of every probe."""

    at: float


Event = (
    PhaseStarted
    | Resolved
    | AttemptFailed
    | Connected
    | MessageSeen
    | FileRead
    | CertificatesReceived
    | HandshakeDone
    | TrustJudged
    | RequestSent
    | ResponseStarted
    | ResponseHeadReceived
    | ResponseGrew
    | ResponseReceived
    | RevocationAsked
    | RevocationAnswered
    | Failed
    | Finished
)
