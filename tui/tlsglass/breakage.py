"""What it means that a connection broke: how the answer ended, and what to try."""

from dataclasses import replace

from tlsglass.errors import ChannelError, Failure, Fault, Phase, TlsglassError
from tlsglass.exchange.model import Ending

ENDINGS: dict[Fault, Ending] = {
    Fault.TIMEOUT: Ending.TIMEOUT,
    Fault.RESET: Ending.RESET,
    Fault.UNREACHABLE: Ending.RESET,
    Fault.CANCELLED: Ending.CANCELLED,
    Fault.TOO_LARGE: Ending.LIMIT,
    Fault.DISK: Ending.LIMIT,
}
"""What ended an answer, by the fault that did; all others are the TLS session's."""

_HINTS: dict[tuple[Phase, Fault], str] = {
    (Phase.HANDSHAKE, Fault.TIMEOUT): "It takes connections but does not speak TLS at once: check the port. "
    "Some services begin without TLS (STARTTLS).",
    (Phase.HANDSHAKE, Fault.RESET): "The server, or something on the way to it, refuses this: check the port, "
    "or try another name with --sni.",
    (Phase.EXCHANGE, Fault.TIMEOUT): "Ask for another path, or allow more time with --timeout.",
    (Phase.EXCHANGE, Fault.RESET): "Ask again. What was seen before stands.",
}
"""What to try where the connection broke, by the phase that this ended."""


def in_time(error: TlsglassError, what: str, seconds: float, hint: str = "") -> TlsglassError:
    """The error; where the channel ran out of time, one that says what did not happen.

    Args:
        error: what ended a wait.
        what: who did not do what: `192.0.2.1:443 gave no answer`.
        seconds: how long it had time.
        hint: what to try; empty where the phase alone tells it.
    """
    if not isinstance(error, ChannelError) or error.fault is not Fault.TIMEOUT:
        return error
    return ChannelError(Fault.TIMEOUT, f"{what} within {seconds:.3g} s.", hint)


def failure_in(phase: Phase, error: TlsglassError) -> Failure:
    """The error as a value; one of the channel becomes one of the phase that it ended.

    Args:
        phase: what was going on.
        error: what ended it.
    """
    failure = error.failure()
    if not isinstance(error, ChannelError):
        return failure
    return replace(failure, phase=phase, hint=error.hint or _HINTS.get((phase, error.fault), ""))
