"""Names lead to endpoints, or to a sentence, in time."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tlsglass.errors import Fault, Phase, ResolveError
from tlsglass.net.model import Endpoint
from tlsglass.net.resolve import _Lookup, interleaved, resolve
from tlsglass.net.stop import Stop


def far() -> float:
    """A deadline that no test reaches."""
    return time.monotonic() + 60


def endpoints(*addresses: str) -> tuple[Endpoint, ...]:
    """Endpoints on the usual port."""
    return tuple(Endpoint(address=address, port=443) for address in addresses)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A resolver that does not answer until the test is over."""
    release = threading.Event()
    asked = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        asked.set()
        release.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    yield asked
    release.set()
    for thread in threading.enumerate():
        if thread.name == "resolve":
            thread.join(20)


@pytest.mark.parametrize("literal", ["127.0.0.1", "::1", "fe80::1%eth0"])
def test_a_literal_is_its_own_endpoint(literal: str, stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked about an address."""
    monkeypatch.delattr(socket, "getaddrinfo")
    assert resolve(literal, 8443, stop, far()) == (Endpoint(address=literal, port=8443),)


def test_the_system_is_asked(stop: Stop) -> None:
    """The resolver of this machine answers, here for what needs no network."""
    assert _Lookup("127.0.0.1", 443).wait(stop, far()) == list(endpoints("127.0.0.1"))


def test_answers_become_endpoints(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both families, alternating, doubles left out, the scope of a link-local address kept as its zone."""

    def answer(host: bytes, port: int, **_: object) -> list[tuple[object, ...]]:
        assert host == b"example.org"
        v6 = [("2001:db8::1", port, 0, 0), ("fe80::1", port, 0, 3), ("fe80::2%lo", port, 0, 1)]
        v4 = [("192.0.2.1", port), ("192.0.2.1", port)]
        return [(0, 0, 0, "", address) for address in [*v6, *v4]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert resolve("example.org", 443, stop, far()) == endpoints("2001:db8::1", "192.0.2.1", "fe80::1%3", "fe80::2%lo")


def test_no_answer_is_no_address(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that says neither where a name leads nor that it does not."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(ResolveError) as caught:
        resolve("example.org", 443, stop, far())
    assert caught.value.fault is Fault.NO_SUCH_HOST


@pytest.mark.parametrize(
    ("given", "tried"),
    [
        ([], []),
        (["192.0.2.1"], ["192.0.2.1"]),
        (["::1", "::2", "192.0.2.1", "192.0.2.2"], ["::1", "192.0.2.1", "::2", "192.0.2.2"]),
        (["192.0.2.1", "::1", "::2", "::3"], ["192.0.2.1", "::1", "::2", "::3"]),
        (["192.0.2.1", "192.0.2.2", "192.0.2.3", "::1"], ["192.0.2.1", "::1", "192.0.2.2", "192.0.2.3"]),
    ],
)
def test_families_alternate(given: list[str], tried: list[str]) -> None:
    """RFC 8305 §4: the family that the system prefers first, then each in turn."""
    assert interleaved(endpoints(*given)) == endpoints(*tried)


@pytest.mark.parametrize(
    ("error", "fault", "says"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            Fault.NO_SUCH_HOST,
            "no address for the name",
        ),
        (socket.gaierror(socket.EAI_NODATA, "No address"), Fault.NO_SUCH_HOST, "no address for the name"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Fault.RESOLVER_FAILED, "Temporary failure"),
        (OSError("out of files"), Fault.RESOLVER_FAILED, "out of files"),
    ],
)
def test_failures_get_a_sentence(
    error: OSError, fault: Fault, says: str, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that does not exist is told from a resolver that does not work."""

    def fail(*_: object, **__: object) -> list[object]:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(ResolveError) as caught:
        resolve("nowhere.example", 443, stop, far())
    failure = caught.value.failure()
    assert (failure.phase, failure.fault) == (Phase.RESOLVE, fault)
    assert says in failure.message
    assert "nowhere.example" in failure.message
    assert "--address" in failure.hint


def test_time_is_bounded(stop: Stop, hanging: threading.Event) -> None:
    """A resolver that hangs is left behind when the deadline comes."""
    with pytest.raises(ResolveError, match=r"no answer for 'slow\.example' within") as caught:
        resolve("slow.example", 443, stop, time.monotonic() + 0.01)
    assert caught.value.fault is Fault.TIMEOUT
    assert hanging.wait(20)


def test_it_can_be_stopped(stop: Stop, hanging: threading.Event) -> None:
    """The wait ends at once when somebody wishes so, long before the deadline."""

    def stop_when_asked() -> None:
        hanging.wait(20)
        stop.set()

    setter = threading.Thread(target=stop_when_asked)
    setter.start()
    with pytest.raises(ResolveError) as caught:
        resolve("slow.example", 443, stop, far())
    setter.join()
    assert caught.value.fault is Fault.CANCELLED
