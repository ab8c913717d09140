"""Errors know their phase and become values."""

import pytest

from tlsglass.errors import (
    ChannelError,
    ConnectError,
    DownloadError,
    ExchangeError,
    Failure,
    Fault,
    HandshakeError,
    InputError,
    Phase,
    ResolveError,
    TlsglassError,
)


@pytest.mark.parametrize(
    ("kind", "phase"),
    [
        (InputError, Phase.INPUT),
        (ResolveError, Phase.RESOLVE),
        (ConnectError, Phase.CONNECT),
        (ChannelError, Phase.CONNECT),
        (HandshakeError, Phase.HANDSHAKE),
        (ExchangeError, Phase.EXCHANGE),
        (DownloadError, Phase.EXCHANGE),
    ],
)
def test_an_error_is_a_failure_of_its_phase(kind: type[TlsglassError], phase: Phase) -> None:
    """The value says the same as the exception."""
    error = kind(Fault.TIMEOUT, "It took too long.", "Allow more time.")
    assert str(error) == "It took too long."
    assert error.failure() == Failure(
        phase=phase, fault=Fault.TIMEOUT, message="It took too long.", hint="Allow more time."
    )


def test_a_hint_is_not_needed() -> None:
    """Where there is nothing sensible to say, nothing is said."""
    assert InputError(Fault.BAD_TARGET, "No.").failure().hint == ""


def test_codes_are_kebab_case() -> None:
    """Codes are for reports, where they are words parted by hyphens."""
    assert all(fault.value == fault.name.lower().replace("_", "-") for fault in Fault)
