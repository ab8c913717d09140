"""The parsers of what is said over a channel: answers, downloads, and requests that are typed."""

from collections.abc import Iterator

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.web import PUBLIC, Web
from tlsglass.errors import DownloadError, InputError
from tlsglass.exchange.answer import AnswerReader
from tlsglass.exchange.download import Download, download
from tlsglass.exchange.harmless import check_harmless
from tlsglass.exchange.http import charset, encode_request, media_type
from tlsglass.exchange.model import Ending, Request, Response
from tlsglass.exchange.spool import Spool
from tlsglass.limits import Limits
from tlsglass.net.stop import Stop
from tlsglass.target import parse_target
from tlsglass.ui.dialogs.request import headers_of

_TARGET = parse_target("a.test")
_LIMIT = 500
_ASKED = (
    Request(method="GET", path="/", headers=()),
    Request(method="HEAD", path="/", headers=()),
)


def _cuts(data: bytes) -> Iterator[list[bytes]]:
    """The same bytes as they may come: at once, in two, one by one, and in pieces that grow."""
    yield [data]
    middle = len(data) // 2
    yield [data[:middle], data[middle:]]
    yield [data[at : at + 1] for at in range(len(data))] if len(data) <= 3_000 else [data[:1], data[1:]]
    pieces, at, size = [], 0, 1
    while at < len(data):
        pieces.append(data[at : at + size])
        at, size = at + size, size * 2
    yield pieces


def _answer(data: bytes) -> list[tuple[bool, bool, Response, bytes]]:
    """What is known in the end, however it came."""
    found = []
    for request in _ASKED:
        for pieces in _cuts(data):
            with Spool() as spool:
                reader = AnswerReader(request, spool)
                for piece in pieces:
                    reader.feed(piece)
                found.append((reader.done, reader.is_http, reader.response(Ending.EOF), spool.read(0, len(data))))
    return found


def _check_answer(data: bytes, found: list[tuple[bool, bool, Response, bytes]]) -> None:
    for group in (found[:4], found[4:]):
        assert all(one == group[0] for one in group), [one[:3] for one in group]
    for _, _, response, kept in found:
        assert kept == data
        assert response.size == len(data)
        assert len(response.problem) <= 400
        if response.head is not None:
            assert 0 < response.head.length <= len(data)
            _check_words(response)


def _check_words(response: Response) -> None:
    """The words that a head is read for."""
    head = response.head
    assert head is not None
    for word in (media_type(head), charset(head)):
        assert word is None or len(word) <= head.length


def _download(data: bytes) -> Download:
    web = Web(a_test=[data[:100], data[100:]] if data else [], b_test=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    with Stop() as stop:
        try:
            return download(
                "http://a.test/x",
                limit="issuer_bytes",
                limits=Limits(issuer_bytes=_LIMIT),
                stop=stop,
                timeout=20,
                resolver=web.resolve,
                dialer=web.dial,
                allow_private=False,
            )
        except KeyError as error:
            # The answer sent on to a host that this web does not have.
            message = f"There is no {error}."
            raise _Elsewhere(message) from error
        finally:
            assert all(channel.closed for channel in web.channels)


class _Elsewhere(Exception):  # noqa: N818 - nothing is wrong there
    """It would have gone on to somebody else."""


def _check_download(data: bytes, found: Download) -> None:
    assert len(found.data) <= min(_LIMIT, len(data) or 2)
    assert found.peer.address == PUBLIC
    assert len(found.redirects) <= Limits().redirects


def _request(data: bytes) -> tuple[Request, bytes]:
    """A request as it may be typed: method and path, and headers in the further lines."""
    first, _, rest = data.decode("utf-8", "surrogateescape").partition("\n")
    method, _, path = first.partition(" ")
    request = Request(method=method, path=path, headers=headers_of(rest))
    encoded = encode_request(request, _TARGET)
    try:
        check_harmless(request, _TARGET)
    except InputError as error:
        checks.sentence(error.message)
    return request, encoded


def _check_request(_data: bytes, result: tuple[Request, bytes]) -> None:
    """One request, with as many headers as were typed, and nothing behind it."""
    request, encoded = result
    assert encoded.endswith(b"\r\n\r\n")
    lines = encoded.removesuffix(b"\r\n\r\n").split(b"\r\n")
    hosts = sum(name.lower() == "host" for name, _ in request.headers)
    assert len(lines) == 1 + len(request.headers) + (hosts == 0)
    assert not any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines)
    assert lines[0].count(b" ") == 2


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="answer",
        covers=("exchange.answer", "exchange.http", "exchange.spool"),
        read=_answer,
        seeds=seeds.answers,
        check=_check_answer,
        form=Form.LINES,
        inputs=400,
        calls=(20_000, 400),
    ),
    Parser(
        name="download",
        covers=("exchange.download", "exchange.downloaded", "target"),
        read=_download,
        seeds=seeds.answers,
        refuses=(DownloadError, _Elsewhere),
        check=_check_download,
        form=Form.LINES,
        calls=(20_000, 200),
    ),
    Parser(
        name="request-typed",
        covers=("exchange.http", "exchange.harmless", "ui.dialogs.request"),
        read=_request,
        seeds=lambda: (
            b"GET /\nHost: a.test\nAccept: */*",
            b"OPTIONS *\n",
            b"HEAD /x?y=%20\nRange: bytes=0-9\nX: \xe9",
        ),
        refuses=(InputError,),
        check=_check_request,
        form=Form.LINES,
    ),
)
