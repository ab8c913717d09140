"""What comes after the handshake beside the answer is taken up to a limit each, and the answer is not hindered."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL import SSL

from tests.tls import servers
from tests.tls.test_other_servers import LIMIT, handshake, openssl_server, receive
from tlsglass.errors import ExchangeError, Fault
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.tls.afterwards import Afterwards
from tlsglass.tls.session import Session


def _record(size: int) -> bytes:
    return b"\x17\x03\x03" + size.to_bytes(2, "big") + bytes(size)


@given(st.lists(st.integers(0, 300), max_size=20), st.lists(st.integers(1, 40), max_size=60))
def test_records_are_counted_however_they_are_cut(sizes: list[int], cuts: list[int]) -> None:
    """As many as there are headers, in one piece or byte by byte."""
    stream = b"".join(map(_record, sizes))
    counted = Afterwards(DEFAULTS)
    at = 0
    for cut in cuts:
        counted.arrived(stream[at : at + cut])
        at += cut
    counted.arrived(stream[at:])
    assert counted._counts["empty_records"] == len(sizes)


def test_a_flood_of_empty_records_is_refused() -> None:
    """OpenSSL itself gives up after 32 in a row; one that brings data now and then is given up here."""
    counted = Afterwards(Limits(empty_records=10))
    counted.begin()
    for _ in range(5):
        counted.arrived(_record(1) * 3)
        counted.brought()
        counted.refuse_excess()
    counted.arrived(_record(1) * 6)
    with pytest.raises(ExchangeError, match="more than 10 records that bring nothing of the answer") as caught:
        counted.refuse_excess()
    assert caught.value.fault is Fault.TOO_LARGE
    assert "--limit empty-records=20 raises it" in caught.value.hint


def test_an_empty_record_before_each_is_no_flood() -> None:
    """So do servers of TLS 1.0, and large answers by them are read to their end."""
    counted = Afterwards(Limits(empty_records=10))
    counted.begin()
    for _ in range(100):
        counted.arrived(_record(0) + _record(9))
        counted.brought()
        counted.refuse_excess()


@pytest.mark.parametrize("highest", [SSL.TLS1_VERSION, SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_an_answer_in_many_small_records_is_no_flood(highest: int) -> None:
    """However many of them come at once."""
    connection = servers.server(highest=highest)
    session = Session(server_name="host0.test", limits=Limits(empty_records=5, later_messages=2, alerts=1))
    servers.shake(session, connection)
    for _ in range(400):
        connection.sendall(b"x")
    session.incoming(servers.pending(connection))
    received = b""
    while data := session.read():
        received += data
    assert received == b"x" * 400


def test_what_openssl_tells_counts_from_the_end_of_the_handshake() -> None:
    """Alerts, and on TLS 1.2 renegotiations; what it tells of the handshake itself does not count."""
    session_of = servers.server
    told = Afterwards(Limits(alerts=1, later_messages=1))
    connection = session_of(highest=SSL.TLS1_2_VERSION)
    for where in (SSL.SSL_CB_READ_ALERT, SSL.SSL_CB_HANDSHAKE_START):
        told.told(connection, where, 1)
    told.refuse_excess()
    told.begin()
    told.told(connection, SSL.SSL_CB_CONNECT_EXIT, -1)
    told.told(connection, SSL.SSL_CB_CONNECT_EXIT, 1)
    told.told(connection, SSL.SSL_CB_LOOP, 1)
    told.told(connection, SSL.SSL_CB_READ_ALERT, 1)
    told.refuse_excess()
    told.told(connection, SSL.SSL_CB_READ_ALERT, 1)
    with pytest.raises(ExchangeError, match="more than 1 alerts"):
        told.refuse_excess()


@pytest.fixture(params=["-tls1_2", "-tls1_3"])
def flooding(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
    """A connection to a real server, and what makes it renegotiate or change its keys once more."""
    option = request.param
    key = "r\n" if option == "-tls1_2" else "K\n"
    tickets = () if option == "-tls1_2" else ("-num_tickets", "0")
    with (
        openssl_server(tmp_path, "ec", option, *tickets) as (process, port),
        socket.create_connection(("127.0.0.1", port), LIMIT) as peer,
    ):

        def again() -> None:
            assert process.stdin is not None
            process.stdin.write(key)
            process.stdin.flush()

        yield peer, again


def is_at_rest(session: Session) -> bool:
    """Whether no handshake is under way."""
    return session._connection.get_state_string() == b"SSL negotiation finished successfully"


def test_renegotiations_and_key_updates_have_an_end(flooding: tuple[socket.socket, Callable[[], None]]) -> None:
    """A server may do so now and then; one that does nothing else is given up, with the limit's name."""
    peer, again = flooding
    session = Session(server_name="host0.test", limits=Limits(later_messages=3))
    handshake(session, peer)

    def go_on() -> None:
        for turn in range(1, 10):
            again()
            # A server that is asked again amid a renegotiation makes one of both.
            while session._afterwards._counts["later_messages"] < turn or not is_at_rest(session):
                receive(session, peer)
                assert session.read() is None
                peer.sendall(session.outgoing())

    with pytest.raises(ExchangeError, match="more than 3 session tickets, key updates or renegotiations") as caught:
        go_on()
    assert (caught.value.fault, "--limit later-messages=6" in caught.value.hint) == (Fault.TOO_LARGE, True)
