"""Handshakes that fail: whose fault it was, in which words, and what stays known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL

from tests.tls import pki, servers
from tests.tls.test_messages import extension, hello, vector
from tests.tls.test_records import record
from tests.tls.test_witness import message
from tlsglass.errors import Fault, HandshakeError, Phase
from tlsglass.tls.failures import exchange_failure, handshake_failure
from tlsglass.tls.model import Direction
from tlsglass.tls.session import Session
from tlsglass.tls.witness import Witness


def failure(data: bytes, *, eof: bool = False) -> HandshakeError:
    """The error that these bytes of a server lead to."""
    session = Session(server_name="host0.test")
    session.handshake()
    session.outgoing()
    session.incoming(data)
    if eof:
        session.eof()
    with pytest.raises(HandshakeError) as caught:
        session.handshake()
    assert caught.value.phase is Phase.HANDSHAKE
    with pytest.raises(HandshakeError) as again:
        session.handshake()
    assert again.value is caught.value
    return caught.value


def flight(certificate: bytes, key_exchange: bytes = b"", suite: int = 0xC02F) -> bytes:
    """A server's flight before TLS 1.3."""
    return (
        message(2, hello(suite=suite))
        + message(11, vector(3, vector(3, certificate)))
        + message(12, key_exchange)
        + message(14, b"")
    )


@pytest.mark.parametrize(
    ("code", "name", "hint"),
    [
        (40, "handshake_failure", "no longer has"),
        (70, "protocol_version", "SSL 3.0"),
        (80, "internal_error", "--sni"),
        (112, "unrecognized_name", "--sni"),
        (120, "no_application_protocol", "HTTP/2"),
        (222, "alert_222", ""),
    ],
)
def test_alerts_are_named_and_explained(code: int, name: str, hint: str) -> None:
    """RFC 8446 §6.2."""
    error = failure(record(21, bytes([2, code])))
    assert error.fault is Fault.ALERT
    assert f"alert {name}: " in error.message
    assert error.message.endswith(".")
    assert hint in error.hint


@pytest.mark.parametrize("highest", [SSL.TLS1_VERSION, SSL.TLS1_2_VERSION])
def test_a_server_that_needs_a_client_certificate_says_handshake_failure(highest: int) -> None:
    """RFC 5246 §7.4.6: the alert does not tell, but the request before it does; the chain was seen all the same."""
    demand = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
    connection = servers.server(highest=highest, setup=lambda c: c.set_verify(demand, lambda *_: True))
    session = Session(server_name="host0.test")
    with pytest.raises(HandshakeError) as caught:
        servers.shake(session, connection)
    assert caught.value.fault is Fault.ALERT
    assert "client certificate" in caught.value.hint
    assert session.certificates == (pki.leaf().der,)
    assert session.new_messages()[-1].detail == "fatal handshake_failure"


@pytest.mark.parametrize(("kind", "highest"), [("ed25519", SSL.TLS1_VERSION), ("ec", SSL.TLS1_2_VERSION)])
def test_nothing_in_common_is_an_alert(kind: pki.Kind, highest: int) -> None:
    """The server says so; what it says is told."""
    with pytest.raises(HandshakeError) as caught:
        servers.shake(
            Session(server_name=None), servers.server(pki.leaf(kind), highest=highest, ciphers=b"aNULL:@SECLEVEL=0")
        )
    assert caught.value.fault is Fault.ALERT


def test_a_server_without_tls_is_quoted() -> None:
    """Nothing is sent to it any more."""
    error = failure(b"220 mail.example ESMTP\r\n")
    assert error.fault is Fault.NOT_TLS
    assert "220 mail.example ESMTP" in error.message


def test_a_first_byte_tells_and_openssl_may_tell_later() -> None:
    """Either way it is no TLS."""
    witness = Witness()
    session = Session(server_name=None)
    session.handshake()
    witness.hear(session.new_messages()[0].direction.RECEIVED, b"HTTP/1.1 400 Bad Request\r\n")
    assert handshake_failure(SSL.Error([("SSL routines", "", "http request")]), witness).fault is Fault.NOT_TLS


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"", "before it said anything"),
        (message(2, hello(suite=0xC02F)), "after server_hello"),
        (record(21, b"\x01\x70"), "after alert (warning unrecognized_name)"),
        (b"\x16\x03", "before it said anything"),
    ],
)
def test_an_end_of_the_connection_is_told_with_what_came_before(data: bytes, after: str) -> None:
    """RFC 8446 §6.1: closing is no way to end a handshake."""
    error = failure(data, eof=True)
    assert error.fault is Fault.CLOSED
    assert after in error.message
    assert error.hint


def test_close_notify_in_a_handshake_is_an_end_too() -> None:
    """RFC 8446 §6.1."""
    error = failure(record(21, b"\x01\x00"))
    assert error.fault is Fault.CLOSED
    assert "after alert (warning close_notify)" in error.message


def test_an_end_after_a_wish_for_a_client_certificate_hints_at_it() -> None:
    """Some servers close instead of sending an alert."""
    connection = servers.server(
        highest=SSL.TLS1_2_VERSION, setup=lambda c: c.set_verify(SSL.VERIFY_PEER, lambda *_: True)
    )
    session = Session(server_name=None)
    session.handshake()
    session.incoming(servers.answer(connection, session.outgoing()))
    assert not session.handshake()
    session.eof()
    with pytest.raises(HandshakeError) as caught:
        session.handshake()
    assert caught.value.fault is Fault.CLOSED
    assert "after server_hello_done" in caught.value.message
    assert "client certificate" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (message(2, hello(version=0x0300, suite=0x2F)), "SSL 3.0"),
        (message(2, hello(extension(43, b"\x7f\x1c"))), "protocol version that is not offered"),
        (message(2, hello(suite=0x5555)), "cipher suite that is not known"),
        (message(2, hello(suite=0x0034)), "cipher suite that was not offered"),
        (flight(pki.leaf("rsa").der, b"\x03\x00\x77" + vector(1, b"p" * 32)), "elliptic curve"),
        (
            flight(pki.leaf("rsa").der, b"\x03\x00\x1d" + vector(1, b"p" * 32) + b"\x01\x01" + vector(2, b"s" * 99)),
            "signs in a way",
        ),
        (
            flight(
                pki.leaf("rsa").der,
                vector(2, b"\x17") + vector(2, b"\x05") + vector(2, b"\x08") + b"\x08\x04" + vector(2, b"s" * 99),
                suite=0x0033,
            ),
            "Diffie-Hellman",
        ),
    ],
)
def test_what_openssl_can_not_speak_is_an_incompatible_peer(data: bytes, what: str) -> None:
    """It is nobody's fault, and the sentence says what it is."""
    error = failure(data)
    assert error.fault is Fault.PEER_INCOMPATIBLE
    assert what in error.message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (message(2, b""), "length mismatch"),
        (message(11, vector(3, b"")), "unexpected message"),
        (record(20, b"\1"), "unexpected message"),
        (record(23, b"data" * 9), "unexpected message"),
        (record(22, b"") * 40, "record too small"),
        (message(2, hello(suite=0xC02F)) + b"HTTP/1.1 200 OK", "wrong version number"),
        (flight(b"garbage"), "can't read a certificate"),
        (
            flight(pki.leaf("rsa").der, b"\x03\x00\x1d" + vector(1, b"p" * 32) + b"\x08\x04" + vector(2, b"s" * 99)),
            "bad signature",
        ),
    ],
)
def test_what_breaks_the_protocol_is_a_misbehaving_peer(data: bytes, what: str) -> None:
    """OpenSSL's reason is told."""
    error = failure(data)
    assert error.fault is Fault.PEER_MISBEHAVED
    assert what in error.message


def test_a_certificate_that_openssl_can_not_read_is_seen_all_the_same() -> None:
    """Our own reader takes anything."""
    session = Session(server_name=None)
    session.handshake()
    session.incoming(flight(b"garbage"))
    with pytest.raises(HandshakeError):
        session.handshake()
    assert session.certificates == (b"garbage",)
    assert session.outgoing()  # our alert
    assert session.new_messages()[-1].detail == "fatal bad_certificate"


@pytest.mark.parametrize("highest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_chain_that_is_too_long_for_openssl_is_seen_all_the_same(highest: int) -> None:
    """OpenSSL takes 100 kB of certificates."""

    def lengthen(server_context: SSL.Context) -> None:
        for _ in range(300):
            server_context.add_extra_chain_cert(pki.leaf("rsa").certificate)

    session = Session(server_name=None)
    with pytest.raises(HandshakeError) as caught:
        servers.shake(session, servers.server(highest=highest, setup=lengthen))
    assert caught.value.fault is Fault.TOO_LARGE
    assert session.certificates is not None
    assert len(session.certificates) == 301


def test_a_failure_without_a_reason_is_still_a_sentence() -> None:
    """OpenSSL does not always tell."""
    assert "does not say how" in handshake_failure(SSL.Error(), Witness()).message
    assert "does not say how" in exchange_failure(SSL.Error(), certificate_requested=False).message
    assert "does not say how" in exchange_failure(SSL.WantReadError(), certificate_requested=False).message


def test_an_alert_that_only_openssl_could_read_is_told() -> None:
    """Before TLS 1.3, alerts after change_cipher_spec are encrypted."""
    for reason, name in (
        ("tls alert handshake failure", "handshake_failure"),
        ("tlsv1 alert user cancelled", "user_canceled"),
        ("tlsv1 unrecognized name", "unrecognized_name"),
        ("tlsv13 alert certificate required", "certificate_required"),
        ("sslv3 alert bad certificate", "bad_certificate"),
    ):
        error = handshake_failure(SSL.Error([("SSL routines", "", reason)]), Witness())
        assert error.fault is Fault.ALERT
        assert f"alert {name}:" in error.message


def test_a_staple_that_openssl_can_not_read_is_no_alert_of_the_server() -> None:
    """OpenSSL says it in the words that it has for an alert that it got; it was ours. RFC 8446 §4.4.2.1."""
    reasons = [
        ("asn1 encoding routines", "", "wrong tag"),
        ("SSL routines", "", "tlsv1 bad certificate status response"),
    ]
    witness = Witness()
    assert handshake_failure(SSL.Error(reasons), witness).fault is Fault.ALERT
    witness.hear(Direction.SENT, record(21, b"\x02\x71"))
    error = handshake_failure(SSL.Error(reasons), witness)
    assert error.fault is Fault.PEER_MISBEHAVED
    assert error.message.startswith("OpenSSL can't read the OCSP response that the server staples: wrong tag; ")


def test_what_can_not_be_read_may_be_an_authority_that_is_asked_for() -> None:
    """A request for a client certificate holds names, too. RFC 5246 §7.4.4."""
    request = vector(1, b"\x01") + vector(2, b"\x04\x01") + vector(2, vector(2, b"no DER"))
    data = message(2, hello(suite=0x2F)) + message(11, vector(3, vector(3, pki.leaf("rsa").der))) + message(13, request)
    error = failure(data)
    assert error.fault is Fault.PEER_MISBEHAVED
    assert "or a name in its request for a client certificate: " in error.message


@settings(derandomize=True, max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_garbage_is_a_domain_error(data: bytes) -> None:
    """Whatever a server says, there is no other exception, and the connection's end ends it."""
    session = Session(server_name=None)
    session.handshake()
    session.incoming(data)
    session.eof()
    with pytest.raises(HandshakeError) as caught:
        session.handshake()
    assert caught.value.message.endswith(".") or caught.value.fault is Fault.NOT_TLS


@pytest.mark.parametrize("highest", [SSL.TLS1_VERSION, SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
@settings(derandomize=True, max_examples=60, deadline=None)
@given(where=st.floats(min_value=0, max_value=0.999), bit=st.integers(min_value=0, max_value=7))
def test_a_flight_with_a_changed_bit_is_a_domain_error_or_is_taken(highest: int, where: float, bit: int) -> None:
    """A bit flipped anywhere in a real flight is refused by one of us, or waits for more, or did not matter."""
    session = Session(server_name=None)
    session.handshake()
    said = bytearray(servers.answer(servers.server(highest=highest), session.outgoing()))
    said[int(where * len(said))] ^= 1 << bit
    session.incoming(bytes(said))
    fault: Fault | None = None
    try:
        session.handshake()
    except HandshakeError as error:
        fault = error.fault
    assert fault in {
        None,
        Fault.ALERT,
        Fault.NOT_TLS,
        Fault.PEER_MISBEHAVED,
        Fault.PEER_INCOMPATIBLE,
        Fault.TOO_LARGE,
    }
