"""Sockets and threads: many clients, too many, and none left over."""

import errno
import socket
import threading
from collections.abc import Iterator

import pytest
from OpenSSL import SSL

from tests.demo.clients import connect, everything, fetch
from tlsglass.demo import server
from tlsglass.demo.peer import GoneError, Peer
from tlsglass.demo.server import Server
from tlsglass.demo.stream import Stream
from tlsglass.demo.zoo import Zoo
from tlsglass.net.stop import Stop


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The wish to stop, not yet felt."""
    with Stop() as made:
        yield made


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client's socket, and the server's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname(), 20)
        accepted, _ = listener.accept()
    with client, accepted:
        yield client, accepted


def _nobody_comes(_peer: Peer) -> None:
    pytest.fail("somebody came")


def test_hundreds_of_quick_connections(zoo: Zoo) -> None:
    """Clients that connect and leave at once are no hindrance."""
    for _ in range(300):
        connect(zoo, "good").close()
    assert fetch(zoo, "good")[0].status == 200


def test_one_too_many_sends_the_first_away(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that stay can't keep others out."""
    monkeypatch.setattr(server, "MAXIMUM_PEERS", 1)
    with connect(zoo, "silent") as first:
        assert fetch(zoo, "good")[0].status == 200
        assert everything(first) == b""
    assert fetch(zoo, "good")[0].status == 200


def test_port_that_can_not_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one port fails, those taken before it are given back."""
    taken: list[socket.socket] = []

    def listen() -> socket.socket:
        if taken:
            raise OSError(errno.EMFILE, "Too many open files")
        taken.append(socket.socket())
        return taken[0]

    monkeypatch.setattr(server, "_listen", listen)
    with pytest.raises(OSError, match="Too many"):
        Server(("one", "two"))
    assert taken[0].fileno() == -1


def test_client_that_left_before_it_was_accepted() -> None:
    """There is nobody to accept any more."""
    opened = Server(("one",))
    opened._accept(opened._listeners["one"], _nobody_comes, "one")
    opened.close()


class _Exhausted(socket.socket):
    """A listener for which the system has no descriptor."""

    def accept(self) -> tuple[socket.socket, object]:
        raise OSError(errno.EMFILE, "Too many open files")


def test_without_descriptors_all_are_sent_away(stop: Stop, pair: tuple[socket.socket, socket.socket]) -> None:
    """Their descriptors are what the next client needs."""
    client, accepted = pair
    opened = Server(())
    opened._peers[Peer(accepted, stop)] = None
    opened._stop.set()  # so that it does not wait before it tries again
    with _Exhausted() as listener:
        opened._accept(listener, _nobody_comes, "one")
    assert client.recv(1) == b""
    assert opened._peers == {}
    opened.close()


def test_client_that_was_reset_before_it_was_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket options of a dead connection can't be set on every system."""

    def refuse(_connection: socket.socket, _stop: Stop) -> Peer:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(server, "Peer", refuse)
    opened = Server(("one",))
    opened.start({"one": _nobody_comes})
    endpoint = opened.endpoints["one"]
    with socket.create_connection((endpoint.address, endpoint.port), 20) as client:
        assert everything(client) == b""
    opened.close()


def test_manner_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails for one client is told by its thread, and the client is not left waiting."""
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def fail(_peer: Peer) -> None:
        raise KeyError

    opened = Server(("one",))
    opened.start({"one": fail})
    endpoint = opened.endpoints["one"]
    with socket.create_connection((endpoint.address, endpoint.port), 20) as client:
        assert everything(client) == b""
    opened.close()
    assert [each.exc_type for each in told] == [KeyError]
    assert opened._peers == {}


def test_reset_is_the_end(stop: Stop, pair: tuple[socket.socket, socket.socket]) -> None:
    """A client that resets the connection has gone, in whatever the server is busy with."""
    client, accepted = pair
    peer = Peer(accepted, stop)
    accepted.shutdown(socket.SHUT_RDWR)
    client.close()
    accepted.close()
    with pytest.raises(GoneError):
        peer.receive()
    with pytest.raises(GoneError):
        peer.receive_exactly(1)
    with pytest.raises(GoneError):
        peer.send(b"x")
    peer.part()
    peer.interrupt()


def test_pause_ends_with_the_zoo(stop: Stop, pair: tuple[socket.socket, socket.socket]) -> None:
    """A pause of an hour is over when the zoo closes."""
    peer = Peer(pair[1], stop)
    peer.pause(0)
    stop.set()
    with pytest.raises(GoneError):
        peer.pause(3600)


def test_stream_needs_a_handshake(stop: Stop, pair: tuple[socket.socket, socket.socket]) -> None:
    """What OpenSSL can't send is the end, too."""
    stream = Stream(Peer(pair[1], stop), SSL.Context(SSL.TLS_SERVER_METHOD))
    with pytest.raises(GoneError):
        stream.send(b"too early")
    with pytest.raises(GoneError):
        stream.close()
