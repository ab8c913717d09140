"""How the servers of the zoo behave towards a client, each a function that returns when it is done with it."""

from collections.abc import Callable

import h11

from tlsglass.demo.exhibits import ZONE, Exhibit
from tlsglass.demo.pages import ANSWERS, Answer, Call, Reply, page, refusal
from tlsglass.demo.peer import LIFETIME, Peer
from tlsglass.demo.stream import Secure, Secured

Manner = Callable[[Peer], None]
"""Serves one client; raises GoneError when it has left."""

MAXIMUM_BODY = 1 << 20
"""Bytes of a request's body that are read."""

_MAXIMUM_GRUMBLES = 100
_RECORD_HEADER = 5
_HANDSHAKE = 22
"""The content type of a record that holds handshake messages. RFC 8446 §5.1."""

_HANDSHAKE_FAILURE = bytes.fromhex("15 0303 0002 02 28")
"""A record with a fatal alert, handshake_failure. RFC 8446 §6."""


def http(exhibit: Exhibit, secure: Secure) -> Manner:
    """HTTP/1.1 over TLS, one request after the other."""
    answer = ANSWERS.get(exhibit.id, page)

    def serve(peer: Peer) -> None:
        stream = secure(peer)
        stream.handshake()
        _HttpServer(exhibit, peer, stream, answer).serve()
        stream.close()

    return serve


def mail(secure: Secure) -> Manner:
    """TLS, but what is spoken over it resembles SMTP: a greeting first, and no understanding of HTTP. RFC 5321."""

    def serve(peer: Peer) -> None:
        stream = secure(peer)
        stream.handshake()
        stream.send(f"220 no-http.{ZONE} ESMTP ready, and not for HTTP\r\n".encode())
        said = stream.receive()
        count = min(len(said.splitlines()), _MAXIMUM_GRUMBLES)
        stream.send(b"500 5.5.2 I don't understand\r\n" * count + b"221 2.0.0 Goodbye\r\n")
        stream.close()

    return serve


def hang_up(peer: Peer) -> None:
    """Hear the ClientHello out, and leave."""
    _hear_client_hello(peer)


def refuse(peer: Peer) -> None:
    """Hear the ClientHello out, and answer with an alert."""
    if _hear_client_hello(peer):
        peer.send(_HANDSHAKE_FAILURE)


def stay_silent(peer: Peer) -> None:
    """Say nothing until the client leaves."""
    while peer.receive(patience=LIFETIME):
        pass


def _hear_client_hello(peer: Peer) -> bool:
    """Read the first record, so that no bytes of it are left unread; False where it is no handshake."""
    header = peer.receive_exactly(_RECORD_HEADER)
    if header[0] != _HANDSHAKE:
        return False
    peer.receive_exactly(int.from_bytes(header[3:]))
    return True


class _HttpServer:
    """The server's end of HTTP/1.1 on one connection. RFC 9112."""

    def __init__(self, exhibit: Exhibit, peer: Peer, stream: Secured, answer: Answer) -> None:
        self._exhibit = exhibit
        self._peer = peer
        self._stream = stream
        self._answer = answer
        self._http = h11.Connection(h11.SERVER)

    def serve(self) -> None:
        """Answer until one of the two has had enough."""
        try:
            while self._answer_one():
                self._http.start_next_cycle()
        except h11.RemoteProtocolError as error:
            # It can't come amid an answer: nothing is read while one is sent.
            self._refuse(error.error_status_hint, "This is not HTTP/1.1 as RFC 9112 has it")

    def _answer_one(self) -> bool:
        """Read a request and answer it; False where it was the last."""
        request: h11.Request | None = None
        body_size = 0
        while True:
            event = self._next_event()
            match event:
                case h11.Request():
                    request = event
                case h11.Data():
                    body_size += len(event.data)
                    if body_size > MAXIMUM_BODY:
                        self._refuse(413, "The request's body is too large")
                        return False
                case h11.EndOfMessage() if request is not None:
                    if request.method == b"CONNECT":
                        self._refuse(405, "No proxy is here")
                        return False
                    self._reply(request, body_size)
                    return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
                case _:
                    return False

    def _next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                self._say(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(self._stream.receive())
        return event

    def _reply(self, request: h11.Request, body_size: int) -> None:
        call = Call(
            exhibit=self._exhibit,
            agreed=self._stream.agreed(),
            request=_as_it_came(request),
            body_size=body_size,
            peer=self._peer,
        )
        self._send(self._answer(call), with_body=request.method != b"HEAD")

    def _refuse(self, status: int, reason: str) -> None:
        self._send(refusal(status, reason), with_body=True)

    def _send(self, reply: Reply, *, with_body: bool) -> None:
        self._say(h11.Response(status_code=reply.status, headers=list(reply.headers), reason=reply.reason))
        for part in reply.body if with_body else ():
            self._say(h11.Data(data=part))
        self._say(h11.EndOfMessage())

    def _say(self, event: h11.Event) -> None:
        self._stream.send(self._http.send(event) or b"")


def _as_it_came(request: h11.Request) -> str:
    fields = (name + b": " + value for name, value in request.headers.raw_items())
    first = request.method + b" " + request.target + b" HTTP/" + request.http_version
    return b"\n".join((first, *fields)).decode("latin-1")
