"""HTTP/1.1 without TLS, one request a connection: how the zoo's authorities are asked for what they publish."""

import h11

from tlsglass.demo.manners import Manner
from tlsglass.demo.peer import Peer
from tlsglass.demo.publications import Publications, Published

MAXIMUM_BODY = 64 * 1024
"""Bytes of a question that are read."""


def published(publications: Publications) -> Manner:
    """Answer what is asked of the authorities, and leave."""

    def serve(peer: Peer) -> None:
        connection = h11.Connection(h11.SERVER)
        try:
            answer = _answer(connection, peer, publications)
        except h11.RemoteProtocolError as error:
            answer = _refusal(error.error_status_hint, b"This is not HTTP/1.1 as RFC 9112 has it.\n")
        if answer is not None:
            _reply(connection, peer, answer)

    return serve


def _answer(connection: h11.Connection, peer: Peer, publications: Publications) -> Published | None:
    """Hear the request out; None where none comes."""
    method = path = ""
    body = b""
    while True:
        event = connection.next_event()
        match event:
            case h11.Request():
                method, path = event.method.decode("ascii"), event.target.decode("ascii", "replace")
            case h11.Data():
                body += event.data
                if len(body) > MAXIMUM_BODY:
                    return _refusal(413, b"The question is too large.\n")
            case h11.EndOfMessage() if method in {"GET", "POST"}:
                return publications.answer(method, path, body)
            case h11.EndOfMessage():
                return _refusal(405, b"Ask by GET or POST.\n")
            case _ if event is h11.NEED_DATA:
                connection.receive_data(peer.receive())
            case _:
                return None


def _refusal(status: int, reason: bytes) -> Published:
    return Published(status=status, content_type="text/plain; charset=utf-8", body=reason)


def _reply(connection: h11.Connection, peer: Peer, answer: Published) -> None:
    headers = [
        ("Content-Type", answer.content_type),
        ("Content-Length", str(len(answer.body))),
        ("Connection", "close"),
    ]
    head = connection.send(h11.Response(status_code=answer.status, headers=headers)) or b""
    peer.send(head + answer.body)
