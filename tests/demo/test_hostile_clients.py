"""Clients that send anything: no server falls over, and no thread ends with a traceback, which pytest would report."""

import contextlib
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo.clients import connect, everything, fetch, secured
from tlsglass.demo.zoo import Zoo

quick = settings(derandomize=True, max_examples=15, deadline=None)

GARBAGE = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=300).map(lambda data: b"\x16\x03\x01" + len(data).to_bytes(2) + data),
    st.binary(max_size=300).map(lambda data: b"\x16\x03\x03\xff\xff" + data),
)
REQUESTS = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=100).map(lambda text: b"GET /" + text.encode() + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
    st.binary(max_size=100).map(lambda data: b"POST / HTTP/1.1\r\nHost: a\r\nX: " + data + b"\r\n\r\n"),
    st.binary(max_size=100).map(
        lambda data: b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + data
    ),
)


@pytest.fixture(autouse=True)
def still_answering(zoo: Zoo) -> Iterator[None]:
    """Whatever came before, the next client is served."""
    yield
    assert fetch(zoo, "good")[0].status == 200


@pytest.mark.parametrize(
    "id_", ["good", "tls10", "client-cert", "no-http", "hangs-up", "alert", "silent", "revoked-issuer-staple"]
)
def test_any_bytes_instead_of_a_handshake(zoo: Zoo, id_: str) -> None:
    """The connection ends; what is said before is at most an alert."""

    @quick
    @given(GARBAGE)
    def send(data: bytes) -> None:
        with connect(zoo, id_) as connection, contextlib.suppress(ConnectionResetError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            assert everything(connection)[:1] in {b"", b"\x15"}

    send()


@pytest.mark.parametrize("id_", ["good", "no-http", "revoked-issuer-staple"])
def test_any_bytes_instead_of_a_request(zoo: Zoo, id_: str) -> None:
    """The server answers in its own protocol, or not at all."""

    @quick
    @given(REQUESTS)
    def send(data: bytes) -> None:
        with secured(zoo, id_) as connection:
            connection.sendall(data + b"\r\n")
            socket.socket.shutdown(connection, socket.SHUT_WR)  # an SSLSocket's own would end TLS, too
            assert everything(connection)[:4] in {b"", b"HTTP", b"220 "}

    send()
