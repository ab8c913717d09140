"""What can prevent us from seeing a site, by phase and by fault.

A bad certificate is a finding and never an error. An error is what ends a look early: each one knows the phase it
ended in, a stable code, one sentence that says what happened and one that says what to try. Only the standard
library is imported here, so that any room may raise these.
"""

from enum import StrEnum

from tlsglass.frozen import dataclass


class Phase(StrEnum):
    """A step of one look at a site, in the order in which they happen."""

    INPUT = "input"
    RESOLVE = "resolve"
    CONNECT = "connect"
    HANDSHAKE = "handshake"
    EXCHANGE = "exchange"
    REVOCATION = "revocation"


class Fault(StrEnum):
    """What went wrong; the code in reports, stable once released."""

    BAD_TARGET = "bad-target"
    BAD_REQUEST = "bad-request"
    BAD_CA_FILE = "bad-ca-file"
    BAD_LOG_LIST = "bad-log-list"
    BAD_FILE = "bad-file"
    BAD_SUPPOSITION = "bad-supposition"
    BAD_PASSWORD = "bad-password"  # noqa: S105 - a code, not a password
    PRIVATE_KEY = "private-key"
    NO_SUCH_HOST = "no-such-host"
    RESOLVER_FAILED = "resolver-failed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    ALERT = "alert"
    NOT_TLS = "not-tls"
    RESET = "reset"
    CLOSED = "closed"
    PEER_MISBEHAVED = "peer-misbehaved"
    PEER_INCOMPATIBLE = "peer-incompatible"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    DISK = "disk"
    NOT_ALLOWED = "not-allowed"
    TOO_OFTEN = "too-often"
    HTTP_STATUS = "http-status"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error as a value, as it travels in events, onto the screen and into reports."""

    phase: Phase
    """The phase that could not be finished."""

    fault: Fault
    """What went wrong, as a stable code."""

    message: str
    """One sentence: what happened. Not yet made printable."""

    hint: str
    """One sentence: what to try. Empty where there is nothing sensible to say."""


class TlsglassError(Exception):
    """The root of all errors that this package raises on purpose."""

    phase: Phase = Phase.INPUT

    def __init__(self, fault: Fault, message: str, hint: str = "") -> None:
        """Make an error.

        Args:
            fault: the stable code.
            message: one sentence that says what happened.
            hint: one sentence that says what to try.
        """
        super().__init__(message)
        self.fault = fault
        self.message = message
        self.hint = hint

    def failure(self) -> Failure:
        """The same as a value that may cross from the engine's thread."""
        return Failure(phase=self.phase, fault=self.fault, message=self.message, hint=self.hint)


class InputError(TlsglassError):
    """What was typed can't be used; nothing has been sent."""


class ResolveError(TlsglassError):
    """The name did not lead to an address."""

    phase = Phase.RESOLVE


class ConnectError(TlsglassError):
    """No TCP connection came about."""

    phase = Phase.CONNECT


class ChannelError(TlsglassError):
    """A connection that stood broke, or was too slow. The channel does not know which phase that ended."""

    phase = Phase.CONNECT


class HandshakeError(TlsglassError):
    """The TLS handshake did not finish."""

    phase = Phase.HANDSHAKE


class ExchangeError(TlsglassError):
    """The handshake is done, but the answer could not be read to its end."""

    phase = Phase.EXCHANGE


class DownloadError(TlsglassError):
    """What a certificate points to could not be had; what was seen of the site itself stands."""

    phase = Phase.EXCHANGE
