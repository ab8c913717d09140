"""The relay that stands for a distance: what it passes on, and that it ends without a word."""

import logging
import socket

import pytest

from tests.benchmarks.delaying_proxy import DelayingProxy
from tests.peers import WAIT, peer


def test_it_passes_on_and_ends_with_its_connections(caplog: pytest.LogCaptureFixture) -> None:
    """Also one that is open and one that leads to nobody; asyncio would complain of what is left."""
    with caplog.at_level(logging.WARNING), peer(lambda _, connection: connection.sendall(connection.recv(5))) as made:
        with (
            DelayingProxy(made.endpoint.port, 0.0) as proxy,
            socket.create_connection(("127.0.0.1", proxy.port), WAIT) as connection,
        ):
            connection.sendall(b"hello")
            assert connection.recv(5) == b"hello"
            assert connection.recv(5) == b""
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            with (
                DelayingProxy(holder.getsockname()[1], 0.0) as proxy,
                socket.create_connection(("127.0.0.1", proxy.port), WAIT) as connection,
            ):
                assert connection.recv(5) == b""
    assert caplog.records == []


def test_it_ends_amid_a_connection(caplog: pytest.LogCaptureFixture) -> None:
    """Where neither side has."""
    with caplog.at_level(logging.WARNING), peer(lambda made, _: made.hush()) as made:
        with DelayingProxy(made.endpoint.port, 0.0) as proxy:
            connection = socket.create_connection(("127.0.0.1", proxy.port), WAIT)
            assert made.quiet.wait(WAIT)
        with connection:
            assert connection.recv(5) == b""
    assert caplog.records == []
