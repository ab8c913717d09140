"""How the servers behave: HTTP as the standard library's client speaks it, and everything that isn't HTTP."""

import hashlib
import socket
import ssl

import pytest

from tests.demo.clients import (
    HttpsClient,
    connect,
    everything,
    exhibit_of,
    fetch,
    openssl_s_client,
    secured,
    verifying,
)
from tlsglass.demo import bites, manners, pages, peer
from tlsglass.demo.pages import LARGE_LINES, LARGE_SIZE
from tlsglass.demo.zoo import Zoo

CLIENT_HELLO = bytes.fromhex("16 0301 0005") + b"hello"
"""A record of the right kind; nobody looks inside."""


def test_page_says_what_it_is(zoo: Zoo) -> None:
    """The page names the exhibit, the connection and the request, with the fields that HTTP wants."""
    response, body = fetch(zoo, "good", path="/a?b=<c>")
    text = body.decode()
    assert (response.status, response.reason, response.version) == (200, "OK", 11)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Length"] == str(len(body))
    assert response.headers["Date"].endswith(" GMT")
    assert exhibit_of(zoo, "good").shows in text
    assert "version      TLSv1.3\n" in text
    assert "server name  good.demo.test\n" in text
    assert "GET /a?b=&lt;c&gt; HTTP/1.1\nHost: good.demo.test\n" in text


def test_connection_is_kept(zoo: Zoo) -> None:
    """Several requests go over one connection, with bodies and of any method."""
    client = HttpsClient(zoo, "good")
    for method, body in (("GET", None), ("POST", b"x" * 5), ("DELETE", None)):
        client.request(method, "/again", body=body)
        text = client.getresponse().read().decode()
        assert f"{method} /again HTTP/1.1" in text
        assert f"Its body had {len(body or b'')} bytes." in text
    client.close()


@pytest.mark.parametrize("id_", ["good", "large", "slow", "markup"])
def test_head_has_no_body(zoo: Zoo, id_: str) -> None:
    """HEAD gets the head alone. RFC 9110 §9.3.2."""
    response, body = fetch(zoo, id_, "HEAD")
    assert response.status == 200
    assert body == b""


def said_after(zoo: Zoo, request: bytes, id_: str = "good") -> bytes:
    """All that a server says to a request, until it closes."""
    with secured(zoo, id_) as connection:
        connection.sendall(request)
        return everything(connection)


def test_http_1_0_is_closed_after_the_answer(zoo: Zoo) -> None:
    """A client of the older version gets its answer and the end of the connection."""
    assert said_after(zoo, b"GET / HTTP/1.0\r\n\r\n").endswith(b"</html>\n")


def test_pipelined_requests_are_answered_in_turn(zoo: Zoo) -> None:
    """RFC 9112 §9.3.2."""
    request = b"GET /%d HTTP/1.1\r\nHost: a\r\n%s\r\n"
    said = said_after(zoo, request % (1, b"") + request % (2, b"Connection: close\r\n"))
    assert said.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert said.index(b"GET /1 ") < said.index(b"GET /2 ")


def test_expectation_is_met(zoo: Zoo) -> None:
    """A client that waits for 100 Continue gets it. RFC 9110 §10.1.1."""
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    with secured(zoo, "good") as connection:
        connection.sendall(head)
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"abc")
        assert b"Its body had 3 bytes." in everything(connection)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"this is not HTTP\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 100_000, 431),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 1_100_000, 413),
        (b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nHTTP no more", 200),
    ],
)
def test_requests_that_are_refused(zoo: Zoo, request_: bytes, status: int) -> None:
    """What is no request, or too much, gets its status and the end."""
    with secured(zoo, "good") as connection:
        connection.sendall(request_)
        assert connection.recv(1000).startswith(b"HTTP/1.1 %d " % status)


def test_chunk_that_is_none_ends_the_connection(zoo: Zoo) -> None:
    """A body that breaks off is refused like a broken head."""
    request = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n"
    assert said_after(zoo, request).startswith(b"HTTP/1.1 400 ")


def test_client_that_asks_nothing_costs_nothing(zoo: Zoo) -> None:
    """A handshake and close_notify, without a request."""
    with secured(zoo, "good") as connection:
        connection.unwrap().close()


def test_large_answer(zoo: Zoo) -> None:
    """50 MB, in lines that are numbered without a gap."""
    response, body = fetch(zoo, "large")
    assert response.headers["Content-Length"] == str(LARGE_SIZE)
    assert len(body) == LARGE_SIZE == 50_000_000
    lines = body.split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == LARGE_LINES
    expected = hashlib.sha256(b"".join(b"line %06d " % number for number in range(LARGE_LINES)))
    assert hashlib.sha256(b"".join(line[:12] for line in lines)).digest() == expected.digest()


def test_large_answer_may_be_left(zoo: Zoo) -> None:
    """A client that closes amid the answer does no harm."""
    with secured(zoo, "large") as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(1000)
    assert fetch(zoo, "large", "HEAD")[0].status == 200


def test_slow_answer_drips(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head first, then a line in a chunk each; here without the pauses."""
    assert round(pages.SLOW_LINES * pages.SLOW_INTERVAL) == 20
    monkeypatch.setattr(pages, "SLOW_INTERVAL", 0.0)
    said = said_after(zoo, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "slow")
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"Transfer-Encoding: chunked" in head
    chunks = body.split(b"\r\n")
    assert chunks[0] == b"%x" % len(b"drop 1 of 100\n")
    assert chunks[1::2][:100] == [b"drop %d of 100\n" % number for number in range(1, 101)]


def test_no_http(zoo: Zoo) -> None:
    """It greets unasked, takes no line for sense, and says goodbye."""
    with secured(zoo, "no-http") as connection:
        assert connection.recv(1000).startswith(b"220 ")
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        said = everything(connection)
    assert said == b"500 5.5.2 I don't understand\r\n" * 3 + b"221 2.0.0 Goodbye\r\n"


@pytest.mark.parametrize("id_", ["hangs-up", "alert"])
def test_what_is_no_tls_is_left(zoo: Zoo, id_: str) -> None:
    """A client that doesn't begin a handshake is not told anything."""
    with connect(zoo, id_) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert everything(connection) == b""


def test_hangs_up_without_a_word(zoo: Zoo) -> None:
    """The whole ClientHello is read, so that the end is an orderly one and not a reset."""
    with connect(zoo, "hangs-up") as connection:
        connection.sendall(CLIENT_HELLO)
        assert everything(connection) == b""
    assert "unexpected eof" in openssl_s_client(zoo, "hangs-up").output


def test_alert_is_handshake_failure(zoo: Zoo) -> None:
    """The alert is on the wire, in a record of its own."""
    with connect(zoo, "alert") as connection:
        connection.sendall(CLIENT_HELLO)
        assert everything(connection) == bytes.fromhex("15030300020228")
    assert "SSL alert number 40" in openssl_s_client(zoo, "alert").output


@pytest.mark.parametrize("id_", ["hangs-up", "alert"])
def test_client_that_leaves_amid_its_hello(zoo: Zoo, id_: str) -> None:
    """Half a record and the end."""
    with connect(zoo, id_) as connection:
        connection.sendall(CLIENT_HELLO[:7])
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection) == b""


def test_silent_says_nothing(zoo: Zoo) -> None:
    """Whatever it hears, until the client closes."""
    with connect(zoo, "silent") as connection:
        connection.sendall(CLIENT_HELLO)
        connection.setblocking(False)  # noqa: FBT003 - its only parameter
        with pytest.raises(BlockingIOError):
            connection.recv(1)
        connection.settimeout(20)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection) == b""


def test_client_certificate_is_required_after_a_1_3_handshake(zoo: Zoo) -> None:
    """In TLS 1.3 the refusal arrives in place of the answer. RFC 8446 §4.4.2.4."""
    with secured(zoo, "client-cert") as connection, pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"):
        everything(connection)
    seen = openssl_s_client(zoo, "client-cert").output
    assert "Acceptable client certificate CA names\nO = tlsglass Demo, CN = Demo Client CA\n" in seen


def test_client_certificate_is_required_in_1_2(zoo: Zoo) -> None:
    """In TLS 1.2 the handshake itself fails."""
    context = verifying(zoo)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
        secured(zoo, "client-cert", context)


def test_handshake_that_is_broken_off(zoo: Zoo) -> None:
    """Plain text to a TLS server, and no byte at all."""
    with connect(zoo, "good") as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection)[:1] in {b"", b"\x15"}
    with connect(zoo, "good") as connection:
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection) == b""


def test_connection_that_is_broken_off(zoo: Zoo) -> None:
    """After the handshake: the end without close_notify, and a record that can't be decrypted."""
    for last_words in (b"", bytes.fromhex("17 0303 0020") + bytes(32)):
        context = verifying(zoo)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_hostname="good.demo.test")
        with connect(zoo, "good") as connection:
            while True:
                try:
                    tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    connection.sendall(outgoing.read())
                    incoming.write(connection.recv(65536))
            connection.sendall(outgoing.read() + last_words)
            connection.shutdown(socket.SHUT_WR)
            everything(connection)


def test_alpn(zoo: Zoo) -> None:
    """HTTP/1.1 where it is offered; a client that offers others alone is served all the same."""
    for offered, agreed in ((["h2", "http/1.1"], "http/1.1"), (["h2"], None)):
        context = verifying(zoo)
        context.set_alpn_protocols(offered)
        with secured(zoo, "good", context) as connection:
            assert connection.selected_alpn_protocol() == agreed


def test_markup_answer_bites(zoo: Zoo) -> None:
    """Reason, fields and body hold what must not reach a terminal, and it is HTTP all the same."""
    response, body = fetch(zoo, "markup")
    assert bites.CLIPBOARD in response.reason
    assert bites.CLOSING_TAG in response.headers["X-Markup"]
    assert response.headers["X-Escapes"] == bites.COLOR + bites.TITLE + bites.CLIPBOARD
    assert response.headers["X-Latin-1"] == bites.C1
    for bite in bites.EVERYTHING:
        assert bite.encode() in body


def test_time_limit_of_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection whose time is over ends, whatever is being waited for."""
    monkeypatch.setattr(peer, "LIFETIME", 0.0)
    monkeypatch.setattr(manners, "LIFETIME", 0.0)
    with Zoo() as zoo, connect(zoo, "silent") as connection:
        assert connection.recv(1) == b""
