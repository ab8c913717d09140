"""Peers on loopback for the tests of net."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The wish to stop, not yet felt."""
    with Stop() as made:
        yield made


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Someone who takes connections on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(20)
        yield made


@pytest.fixture
def refused() -> Iterator[Endpoint]:
    """A port that is taken, so that nobody else gets it, but on which nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield endpoint_of(holder)


@pytest.fixture
def unanswering() -> Iterator[Endpoint]:
    """A port whose queue is full, so that the system drops what is sent to it."""
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(full.getsockname())
        yield endpoint_of(full)


def endpoint_of(bound: socket.socket) -> Endpoint:
    """Where a bound socket is."""
    address, port, *_ = bound.getsockname()
    return Endpoint(address=address, port=port)
