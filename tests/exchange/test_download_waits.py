"""Downloads over real connections, and the end of every wait."""

import math
import socket
from collections.abc import Callable, Iterator

import pytest

from tests.peers import Peer, peer
from tlsglass.errors import DownloadError, Fault, ResolveError
from tlsglass.exchange.download import download
from tlsglass.limits import Limits
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The wish to stop, not yet felt."""
    with Stop() as made:
        yield made


def _hears_and_says(answer: bytes) -> Callable[[Peer, socket.socket], None]:
    def script(made: Peer, connection: socket.socket) -> None:
        while b"\r\n\r\n" not in made.heard:
            made.heard += connection.recv(65536)
        connection.sendall(answer)

    return script


def test_over_a_real_connection(stop: Stop) -> None:
    """On loopback, where the site itself is."""
    with peer(_hears_and_says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) as made:
        got = download(
            f"http://{made.endpoint}/a",
            limit="issuer_bytes",
            limits=Limits(issuer_bytes=10),
            stop=stop,
            timeout=20,
            allow_private=True,
        )
    assert got.data == b"hello"
    assert got.peer == made.endpoint
    assert f"Host: {made.endpoint}\r\n".encode() in made.heard


def test_a_silent_server_is_given_up(stop: Stop) -> None:
    """Each wait has an end."""
    with (
        peer(lambda made, _: made.hush()) as made,
        pytest.raises(DownloadError, match="did not answer in time") as caught,
    ):
        download(
            f"http://{made.endpoint}/",
            limit="issuer_bytes",
            limits=Limits(issuer_bytes=10),
            stop=stop,
            timeout=0.02,
            allow_private=True,
        )
    assert caught.value.fault is Fault.TIMEOUT


@pytest.mark.parametrize(("ends", "limit"), [(math.inf, "download-time"), (0.0, "total-time")])
def test_what_takes_too_long_as_a_whole_names_the_limit(stop: Stop, ends: float, limit: str) -> None:
    """However long each wait may last."""

    def late(*_: object) -> tuple[Endpoint, ...]:
        raise ResolveError(Fault.TIMEOUT, "Nobody answered in time.")

    with pytest.raises(DownloadError) as caught:
        download(
            "http://a.test/",
            limit="issuer_bytes",
            limits=Limits(download_time=0),
            stop=stop,
            timeout=20,
            resolver=late,
            allow_private=True,
            ends=ends,
        )
    assert caught.value.fault is Fault.TIMEOUT
    said = "http://a.test/ can't be had: nobody answered in time"
    assert caught.value.message.startswith(f"{said} (limit {limit}; --limit {limit}=")
