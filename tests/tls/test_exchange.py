"""The channel after the handshake: data both ways, and each way in which it ends."""

import pytest
from OpenSSL import SSL

from tests.tls import servers
from tlsglass.errors import ExchangeError, Fault, Phase
from tlsglass.tls.session import Session


def established(highest: int = SSL.TLS1_3_VERSION, **demand: int) -> tuple[Session, SSL.Connection]:
    """A session with its handshake done, and its server."""
    mode = demand.get("verify", SSL.VERIFY_NONE)
    connection = servers.server(highest=highest, setup=lambda c: c.set_verify(mode, lambda *_: True))
    session = Session(server_name="host0.test")
    servers.shake(session, connection)
    return session, connection


@pytest.mark.parametrize("highest", [SSL.TLS1_VERSION, SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_data_goes_both_ways(highest: int) -> None:
    """What is written comes out at the other end, in whatever pieces."""
    session, connection = established(highest)
    session.write(b"GET / HTTP/1.1\r\n\r\n")
    connection.bio_write(session.outgoing())
    assert connection.recv(100) == b"GET / HTTP/1.1\r\n\r\n"
    assert session.read() is None
    body = bytes(range(256)) * 400
    connection.sendall(body)
    session.incoming(b"")
    session.incoming(servers.pending(connection))
    received = b""
    while piece := session.read():
        received += piece
    assert piece is None
    assert received == body


def test_close_notify_ends_the_data() -> None:
    """RFC 8446 §6.1: nothing is missing then, and it stays so."""
    session, connection = established()
    connection.sendall(b"last words")
    connection.shutdown()
    session.incoming(servers.pending(connection))
    session.eof()
    assert session.read() == b"last words"
    assert session.read() == b""
    assert session.read() == b""


def test_an_end_without_close_notify_is_told() -> None:
    """RFC 8446 §6.1: this is how a truncation looks."""
    session, connection = established()
    connection.sendall(b"half an ans")
    session.incoming(servers.pending(connection))
    session.eof()
    assert session.read() == b"half an ans"
    with pytest.raises(ExchangeError) as caught:
        session.read()
    assert (caught.value.fault, caught.value.phase) == (Fault.TRUNCATED, Phase.EXCHANGE)


def test_a_server_of_tls_1_3_refuses_late_for_want_of_a_client_certificate() -> None:
    """RFC 8446 §4.4.2.4: for the client the handshake was done by then."""
    session, _ = established(verify=SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    assert session.handshake()
    with pytest.raises(ExchangeError) as caught:
        session.read()
    assert caught.value.fault is Fault.ALERT
    assert "certificate_required" in caught.value.message
    assert "client certificate" in caught.value.hint


def test_another_alert_is_told_with_its_own_hint() -> None:
    """RFC 8446 §6.2: a record that does not decrypt makes the server say bad_record_mac."""
    session, connection = established(SSL.TLS1_2_VERSION)
    connection.bio_write(b"\x17\x03\x03\x00\x20" + bytes(32))
    with pytest.raises(SSL.Error):
        connection.recv(10)
    session.incoming(servers.pending(connection))
    with pytest.raises(ExchangeError) as caught:
        session.read()
    assert caught.value.fault is Fault.ALERT
    assert "bad_record_mac" in caught.value.message
    assert "trying again" in caught.value.hint


def test_garbage_after_the_handshake_is_a_misbehaving_peer() -> None:
    """Then the session is broken: writing fails too, and closing is silent."""
    session, _ = established()
    session.incoming(b"\x17\x03\x03\x00\x20" + bytes(32))
    with pytest.raises(ExchangeError) as caught:
        session.read()
    assert caught.value.fault is Fault.PEER_MISBEHAVED
    with pytest.raises(ExchangeError) as again:
        session.write(b"more")
    assert again.value.fault is Fault.PEER_MISBEHAVED
    session.outgoing()
    session.close()
    assert session.outgoing() == b""


def test_close_says_close_notify_once() -> None:
    """RFC 8446 §6.1."""
    session, connection = established()
    session.close()
    session.close()
    connection.bio_write(session.outgoing())
    with pytest.raises(SSL.ZeroReturnError):
        connection.recv(10)
    assert session.outgoing() == b""


def test_close_before_the_handshake_says_nothing() -> None:
    """There is nobody to say it to."""
    session = Session(server_name=None)
    session.close()
    assert session.outgoing() == b""
