"""Endpoints lead to a channel by happy eyeballs, or to a sentence."""

import errno
import socket
import threading

import pytest

from tests.net.conftest import endpoint_of
from tlsglass.errors import ConnectError, Fault, Phase
from tlsglass.net.dial import _socket_address, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop


class Notes:
    """Who listens to failed attempts."""

    def __init__(self) -> None:
        self.taken: list[tuple[Endpoint, str]] = []

    def __call__(self, endpoint: Endpoint, message: str) -> None:
        """Take a note."""
        self.taken.append((endpoint, message))


@pytest.fixture
def notes() -> Notes:
    """Nothing failed so far."""
    return Notes()


def test_the_first_that_answers_is_kept(listener: socket.socket, stop: Stop, notes: Notes) -> None:
    """One endpoint, one connection."""
    channel = dial([endpoint_of(listener)], stop=stop, timeout=20, on_failure=notes)
    assert channel.endpoint == endpoint_of(listener)
    accepted, _ = listener.accept()
    with accepted:
        accepted.sendall(b"hello")
        channel.close()
    assert notes.taken == []


def test_ipv6_is_spoken(stop: Stop, notes: Notes) -> None:
    """The same over ::1, by a zone in either form as well."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        port = listener.getsockname()[1]
        for address in ("::1", f"::1%{socket.if_nametoindex('lo')}", "::1%lo"):
            channel = dial([Endpoint(address=address, port=port)], stop=stop, timeout=20, on_failure=notes)
            assert channel.endpoint.address == address
            channel.close()
    assert notes.taken == []


def test_a_refusal_starts_the_next_at_once(
    refused: Endpoint, listener: socket.socket, stop: Stop, notes: Notes
) -> None:
    """The delay between attempts is for those that say nothing; here it would outlast the timeout."""
    channel = dial([refused, endpoint_of(listener)], stop=stop, timeout=20, on_failure=notes, attempt_delay=30)
    channel.close()
    assert channel.endpoint == endpoint_of(listener)
    assert notes.taken == [(refused, f"{refused} refused the connection.")]


def test_silence_starts_the_next_after_a_delay(
    unanswering: Endpoint, listener: socket.socket, stop: Stop, notes: Notes
) -> None:
    """RFC 8305 §5: the second attempt runs beside the first, which is dropped when it loses."""
    channel = dial([unanswering, endpoint_of(listener)], stop=stop, timeout=20, on_failure=notes, attempt_delay=0.01)
    channel.close()
    assert channel.endpoint == endpoint_of(listener)
    assert notes.taken == []


def test_all_refused(refused: Endpoint, stop: Stop, notes: Notes) -> None:
    """Where every endpoint refuses, the error names them and a way out."""
    with pytest.raises(ConnectError) as caught:
        dial([refused] * 6, stop=stop, timeout=20, on_failure=notes)
    failure = caught.value.failure()
    assert (failure.phase, failure.fault) == (Phase.CONNECT, Fault.REFUSED)
    assert failure.message.startswith(f"{refused} refused the connection; ")
    assert failure.message.endswith("; and 2 more failed.")
    assert "check the port" in failure.hint
    assert len(notes.taken) == 6


def test_a_refusal_tells_more_than_a_missing_route(refused: Endpoint, stop: Stop, notes: Notes) -> None:
    """Of different faults, the one that came from nearest to the server names the error."""
    nowhere = Endpoint(address="::1%no-such-zone", port=443)
    with pytest.raises(ConnectError) as caught:
        dial([nowhere, refused], stop=stop, timeout=20, on_failure=notes)
    assert caught.value.fault is Fault.REFUSED
    assert "[::1%no-such-zone]:443 can't be reached (" in caught.value.message


@pytest.mark.parametrize("address", ["fe80::1%no-such-zone", "not-an-address:"])
def test_an_address_that_leads_nowhere(address: str, stop: Stop, notes: Notes) -> None:
    """A zone that this machine has not, or no address at all, is an endpoint that can't be reached."""
    with pytest.raises(ConnectError) as caught:
        dial([Endpoint(address=address, port=443)], stop=stop, timeout=20, on_failure=notes)
    assert caught.value.fault is Fault.UNREACHABLE
    assert "network" in caught.value.hint


def test_a_zone_of_any_number_fits() -> None:
    """A socket address holds 32 bits; a longer number is no interface either way, and must not overflow."""
    assert _socket_address(Endpoint(address="fe80::1%7", port=443)) == ("fe80::1", 443, 0, 7)
    assert _socket_address(Endpoint(address="fe80::1%99999999999", port=443)) == ("fe80::1", 443, 0, 2**32 - 1)


@pytest.mark.parametrize(
    ("code", "fault", "says"),
    [
        (errno.ECONNRESET, Fault.RESET, "reset the connection"),
        (errno.ETIMEDOUT, Fault.TIMEOUT, "did not answer"),
        (errno.EHOSTUNREACH, Fault.UNREACHABLE, "can't be reached (No route to host)"),
    ],
)
def test_what_the_system_says_gets_a_sentence(
    code: int, fault: Fault, says: str, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults that loopback can't show come from the system's codes."""
    monkeypatch.setattr(socket.socket, "connect_ex", lambda *_: code)
    with pytest.raises(ConnectError) as caught:
        dial([Endpoint(address="192.0.2.1", port=443)], stop=stop, timeout=20, on_failure=Notes())
    assert caught.value.fault is fault
    assert caught.value.message == f"192.0.2.1:443 {says}."


def test_a_family_that_this_machine_has_not(stop: Stop, notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no socket can be had, the endpoint can't be reached."""

    def refuse(*_: object) -> socket.socket:
        raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")

    with monkeypatch.context() as patched:
        patched.setattr("tlsglass.net.dial._socket", refuse)
        with pytest.raises(ConnectError) as caught:
            dial([Endpoint(address="2001:db8::1", port=443)], stop=stop, timeout=20, on_failure=notes)
    assert caught.value.fault is Fault.UNREACHABLE
    assert notes.taken[0][1] == "[2001:db8::1]:443 can't be reached (Address family not supported by protocol)."


def test_time_is_bounded(unanswering: Endpoint, refused: Endpoint, stop: Stop, notes: Notes) -> None:
    """The timeout is for all attempts together; the error names who was waited for and who failed."""
    with pytest.raises(ConnectError) as caught:
        dial([refused, unanswering], stop=stop, timeout=0.05, on_failure=notes)
    failure = caught.value.failure()
    assert failure.fault is Fault.TIMEOUT
    assert failure.message == f"No connection to {unanswering} within 0.05 s. {refused} refused the connection."
    assert "--timeout" in failure.hint


def test_no_time_at_all(unanswering: Endpoint, stop: Stop, notes: Notes) -> None:
    """With no time to begin, the error still names whom it would have asked."""
    with pytest.raises(ConnectError, match=f"No connection to {unanswering} within 0 s"):
        dial([unanswering], stop=stop, timeout=0, on_failure=notes)
    four = ", ".join([str(unanswering)] * 4)
    with pytest.raises(ConnectError, match=f"No connection to {four} and 3 more within 0 s"):
        dial([unanswering] * 7, stop=stop, timeout=0, on_failure=notes)


def test_it_can_be_stopped(unanswering: Endpoint, stop: Stop, notes: Notes) -> None:
    """The wait ends at once when somebody wishes so."""
    setter = threading.Timer(0.01, stop.set)
    setter.start()
    with pytest.raises(ConnectError) as caught:
        dial([unanswering], stop=stop, timeout=60, on_failure=notes)
    setter.join()
    assert caught.value.fault is Fault.CANCELLED
