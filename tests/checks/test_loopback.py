"""The guard that every test stands under: nothing leaves this machine."""

import socket
from collections.abc import Callable

import pytest

_ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has. RFC 5737."""


def _by(kind: socket.SocketKind, leave: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, kind) as made:
        leave(made)


@pytest.mark.parametrize(
    "leave",
    [
        lambda: _by(socket.SOCK_STREAM, lambda made: made.connect(_ELSEWHERE)),
        lambda: _by(socket.SOCK_DGRAM, lambda made: made.sendto(b"x", _ELSEWHERE)),
        lambda: _by(socket.SOCK_DGRAM, lambda made: made.sendmsg([b"x"], [], 0, _ELSEWHERE)),
        lambda: socket.getaddrinfo("a.example", 443),
        lambda: socket.gethostbyname("a.example"),
    ],
    ids=["connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname"],
)
def test_no_test_leaves_loopback(leave: Callable[[], object]) -> None:
    """Not by a connection, nor by a datagram, nor by a question."""
    with pytest.raises(AssertionError, match=r"of 'a\.example'|to \('192\.0\.2\.1', 9\)"):
        leave()


def test_loopback_is_free() -> None:
    """What is on this machine may be reached in every way."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname(), 20).close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker:
        taker.bind(("127.0.0.1", 0))
        _by(socket.SOCK_DGRAM, lambda made: made.sendmsg([b"x"], [], 0, taker.getsockname()))
        assert taker.recv(10) == b"x"
    assert socket.gethostbyname("127.0.0.1") == "127.0.0.1"
