"""Answers are kept as they came, and read only as far as tells where they end."""

import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import ExchangeError, Fault
from tlsglass.exchange.answer import AnswerReader
from tlsglass.exchange.model import Ending, Request
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits

GET = Request(method="GET", path="/", headers=())
HEAD = Request(method="HEAD", path="/", headers=())
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def spool() -> Iterator[Spool]:
    """An empty one."""
    with Spool() as made:
        yield made


def fed(spool: Spool, *pieces: bytes, request: Request = GET, limits: Limits = DEFAULTS) -> AnswerReader:
    """A reader that got these."""
    reader = AnswerReader(request, spool, limits)
    for piece in pieces:
        reader.feed(piece)
    return reader


WHOLE = [
    (GET, OK + b"Content-Length: 5\r\n\r\nhello", Ending.CONTENT_LENGTH),
    (GET, OK + b"Content-Length: 0\r\n\r\n", Ending.CONTENT_LENGTH),
    (GET, b"HTTP/1.0 404 Not Found\r\nContent-Length: 2\r\n\r\nno", Ending.CONTENT_LENGTH),
    (GET, OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", Ending.CHUNKED),
    (GET, OK + b"Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n", Ending.CHUNKED),
    (HEAD, OK + b"Content-Length: 5\r\n\r\n", Ending.NO_BODY),
    (GET, b"HTTP/1.1 204 No Content\r\n\r\n", Ending.NO_BODY),
    (GET, b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", Ending.NO_BODY),
    (
        GET,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"Content-Length: 1\r\n\r\nx",
        Ending.CONTENT_LENGTH,
    ),
]


@pytest.mark.parametrize(("request_sent", "answer", "ending"), WHOLE)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_end_is_known(request_sent: Request, answer: bytes, ending: Ending, size: int, spool: Spool) -> None:
    """Length, chunks or no body at all: the reader is done with the last byte and not before. RFC 9112 §6.3."""
    pieces = [answer[start : start + size] for start in range(0, len(answer), size)]
    reader = fed(spool, request=request_sent)
    done = []
    for piece in pieces:
        reader.feed(piece)
        done.append(reader.done)
    assert done == [False] * (len(pieces) - 1) + [True]
    assert reader.is_http
    response = reader.response(Ending.EOF)
    assert (response.ended_by, response.truncated, response.size) == (ending, False, len(answer))
    assert response.head is not None
    assert response.head == reader.head
    assert spool.read(0, len(answer)) == answer
    assert answer[: response.head.length].endswith(b"\r\n\r\n")


def test_the_head_is_read(spool: Spool) -> None:
    """Names keep their case, values are Latin-1, the reason may be missing, the length is where the body starts."""
    reader = fed(spool, b"HTTP/1.1 200\r\nX-CafE: \xe9\r\nset-cookie: a\r\nSet-Cookie: b\r\n\r\nbody")
    assert reader.head is not None
    assert (reader.head.status, reader.head.reason, reader.head.version) == (200, "", "1.1")
    assert reader.head.headers == (("X-CafE", "é"), ("set-cookie", "a"), ("Set-Cookie", "b"))
    assert reader.head.header("SET-COOKIE") == "a"
    assert reader.head.header("Nothing") is None
    assert spool.read(reader.head.length, 10) == b"body"


def test_an_answer_until_the_end_of_the_connection(spool: Spool) -> None:
    """It is whole if the server says that it closes, and cut where the connection merely ends. RFC 9112 §9.8."""
    reader = fed(spool, OK + b"\r\n", b"as long as", b" it takes")
    assert not reader.done
    whole = reader.response(Ending.CLOSE_NOTIFY)
    assert (whole.truncated, whole.ended_by) == (False, Ending.CLOSE_NOTIFY)
    cut = reader.response(Ending.EOF)
    assert (cut.truncated, cut.ended_by) == (True, Ending.EOF)
    assert reader.response(Ending.TIMEOUT).truncated


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200",
        OK + b"Content-Length: 50\r\n",
        OK + b"Content-Length: 50\r\n\r\n",
        OK + b"Content-Length: 50\r\n\r\nfive",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
@pytest.mark.parametrize("ending", [Ending.CLOSE_NOTIFY, Ending.EOF, Ending.RESET])
def test_a_cut_answer_is_cut(answer: bytes, ending: Ending, spool: Spool) -> None:
    """However politely the server closes, what was announced and did not come is missing."""
    response = fed(spool, answer).response(ending)
    assert (response.truncated, response.ended_by, response.size) == (True, ending, len(answer))


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example ESMTP\r\n",
        b"* OK IMAP\r\n",
        b"SSH-2.0-x\r\n",
        b"\x00\x01\x02",
        b"HTTQ",
        b"\r\nHTTP/1.1 200 OK\r\n\r\n",
        OK + b"no colon here\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/x\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        OK + b"X: y\r\n" * 101 + b"\r\n",
        OK + b"X: " + b"y" * 70_000,
    ],
    ids=lambda answer: f"{answer[:24]!r}",
)
@pytest.mark.parametrize("size", [1, 100_000])
def test_what_is_no_http_is_kept_all_the_same(answer: bytes, size: int, spool: Spool) -> None:
    """There is no head, but a word on why, and silence or a proper end are both a proper end."""
    reader = fed(spool, *(answer[start : start + size] for start in range(0, len(answer), size)), b" and more")
    assert not reader.is_http
    assert not reader.done
    assert reader.head is None
    assert spool.read(0, spool.size) == answer + b" and more"
    response = reader.response(Ending.TIMEOUT)
    expected = "This can't be read as HTTP: " if answer.startswith(b"HTTP/") else ""
    assert response.problem.startswith(expected)
    assert bool(response.problem) == bool(expected)
    assert len(response.problem) < 300
    assert not response.truncated
    assert not reader.response(Ending.CLOSE_NOTIFY).truncated
    assert reader.response(Ending.EOF).truncated


def test_an_answer_of_nothing_is_not_cut(spool: Spool) -> None:
    """A server that says nothing and closes has said all it wanted to."""
    reader = fed(spool)
    assert reader.is_http
    response = reader.response(Ending.EOF)
    assert (response.head, response.size, response.truncated, response.problem) == (None, 0, False, "")


@pytest.mark.parametrize(
    "bad", [b"zz\r\nhello\r\n", b"5\r\nhelloXX5\r\n", b"f" * 70_000], ids=["size", "end", "endless"]
)
def test_chunks_that_are_none(bad: bytes, spool: Spool) -> None:
    """The head stands, the rest is kept to the end of the connection, and what was wrong is said."""
    start = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    reader = fed(spool, start, bad, b"more")
    assert reader.head is not None
    assert not reader.done
    response = reader.response(Ending.CLOSE_NOTIFY)
    assert response.problem.startswith("Its chunks can't be read: ")
    assert spool.read(0, spool.size) == start + bad + b"more"


def test_what_comes_after_the_end_is_kept_and_not_read(spool: Spool) -> None:
    """Chatter behind a whole answer does not undo it."""
    chunked = OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    reader = fed(spool, chunked + b"z" * 40_000, b"more")
    assert reader.done
    assert reader.response(Ending.EOF).size == len(chunked) + 40_004


def test_a_full_spool_ends_it() -> None:
    """The limit of the spool is told by the spool; the answer is then cut."""
    with Spool(limit=30) as spool:
        reader = fed(spool, OK + b"\r\n")
        with pytest.raises(ExchangeError) as caught:
            reader.feed(b"x" * 30)
        assert caught.value.fault is Fault.TOO_LARGE
        assert reader.response(Ending.LIMIT).truncated
        assert reader.response(Ending.LIMIT).size == 30


def test_a_large_body_is_not_held_in_memory() -> None:
    """Whatever tells its end, a body of megabytes leaves nothing behind but its file."""
    for framing in (b"Content-Length: 100000000\r\n", b"Transfer-Encoding: chunked\r\n", b""):
        with Spool(memory=1000) as spool:
            reader = fed(spool, OK + framing + b"\r\n")
            tracemalloc.start()
            try:
                for _ in range(64):
                    reader.feed(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                held, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
            assert not reader.done
        assert held < 200_000
        assert peak < 1_000_000


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    """The data in pieces, cut at these places."""
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(ends)]


@given(
    st.binary(max_size=200)
    | st.builds(OK.__add__, st.binary(max_size=100))
    | st.builds((OK + b"Transfer-Encoding: chunked\r\n\r\n").__add__, st.binary(max_size=60))
    | st.builds(bytes.__add__, st.sampled_from([answer for _, answer, _ in WHOLE]), st.binary(max_size=20)),
    st.lists(st.integers(min_value=0, max_value=400), max_size=6),
    st.sampled_from([GET, HEAD]),
    st.sampled_from(Ending),
)
@settings(derandomize=True, max_examples=600, deadline=None)
def test_any_bytes_in_any_pieces(data: bytes, places: list[int], request_sent: Request, ending: Ending) -> None:
    """Nothing raises, the spool has the bytes, and the pieces make no difference."""
    with Spool() as spool, Spool() as at_once:
        reader = fed(spool, *cut(data, places), request=request_sent)
        assert spool.read(0, spool.size) == data
        assert reader.response(ending).size == len(data)
        if data:
            other = fed(at_once, data, request=request_sent)
            assert (other.head, other.done) == (reader.head, reader.done)
            assert other.response(ending) == reader.response(ending)


def test_a_head_is_bounded_as_one_likes_and_the_limit_is_named(spool: Spool) -> None:
    """By its fields and by its bytes, and so is a line between chunks."""
    few = AnswerReader(GET, spool, Limits(headers=1))
    few.feed(b"HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\n\r\n")
    problem = few.response(Ending.EOF).problem
    assert problem == "This can't be read as HTTP: its head has 2 fields (limit headers; --limit headers=2 raises it)."
    with Spool() as other:
        small = AnswerReader(GET, other, Limits(header_bytes=100))
        small.feed(b"HTTP/1.1 200 OK\r\nA: " + b"1" * 200)
        assert "over 100 bytes (limit header-bytes; --limit header-bytes=200" in small.response(Ending.EOF).problem
    with Spool() as other:
        chunks = AnswerReader(GET, other, Limits(header_bytes=100))
        chunks.feed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"x" * 200)
        assert "Its chunks can't be read: a line or the head has over 100" in chunks.response(Ending.EOF).problem


def test_a_protocol_that_was_not_asked_for_is_named_as_such(spool: Spool) -> None:
    """RFC 9110 §15.2.2: a server may switch only to what the client offered."""
    reader = fed(spool, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n\x00")
    problem = reader.response(Ending.EOF).problem
    assert problem == "This can't be read as HTTP: it switches to another protocol (101), for which it was not asked."


@pytest.mark.parametrize("size", [7, 10_000])
def test_interim_responses_are_counted(size: int, spool: Spool) -> None:
    """As many as the limit allows are passed over; one more ends it, and what was seen is kept. RFC 9110 §15.2."""
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    answer = interim * 3 + OK + b"Content-Length: 1\r\n\r\nx"
    pieces = cut(answer, range(0, len(answer), size))
    with Spool() as other:
        assert fed(other, *pieces, limits=Limits(interim=3)).done
    with pytest.raises(ExchangeError, match="more than 2 interim responses, and no answer") as caught:
        fed(spool, *pieces, limits=Limits(interim=2))
    assert caught.value.fault is Fault.TOO_LARGE
    assert caught.value.hint == "That is the limit interim (2); --limit interim=4 raises it."
    assert spool.read(0, spool.size).startswith(interim * 3)


@pytest.mark.parametrize("said", [b"H", b"HTTP", b"HTTP/1.1 200 OK\r\nA:"])
def test_an_answer_that_ends_in_its_head_is_said_to(said: bytes, spool: Spool) -> None:
    """It is HTTP as far as it goes."""
    reader = AnswerReader(GET, spool)
    reader.feed(said)
    assert reader.response(Ending.EOF).problem == "It ended before its head did."


@pytest.mark.parametrize("limit", [0, 10, 38, 39, 42, 43, 60])
@pytest.mark.parametrize("pieces", [1, 2, 90])
def test_what_there_was_room_for_is_read(limit: int, pieces: int) -> None:
    """The head among it, however it comes: the answer is the same as if the server had said no more."""
    whole = OK + b"Content-Length: 5\r\n\r\nhello" + b"and more" * 6
    size = -(-len(whole) // pieces)
    with Spool(limit=limit) as small, Spool() as other:
        reader = AnswerReader(GET, small)
        for piece in cut(whole, range(0, len(whole), size)):
            with suppress(ExchangeError):
                reader.feed(piece)
        assert reader.response(Ending.LIMIT) == fed(other, whole[:limit]).response(Ending.LIMIT)
        assert small.read(0, 100) == whole[:limit]


def test_an_answer_that_nobody_wants_any_more(spool: Spool) -> None:
    """It is not read either."""
    reader = AnswerReader(GET, spool)
    reader.feed(OK)
    spool.close()
    with pytest.raises(ExchangeError, match="no longer wanted"):
        reader.feed(b"\r\nhello")
    assert reader.head is None


@pytest.mark.parametrize("cut", range(1, 17))
def test_a_head_that_begins_with_a_blank_is_told_of_alike_however_it_is_cut(cut: int, spool: Spool) -> None:
    """What is said does not depend on the pieces."""
    whole = b"HTTP/1.1 103 \n\n\r\n"
    reader = AnswerReader(GET, spool)
    reader.feed(whole[:cut])
    reader.feed(whole[cut:])
    assert reader.response(Ending.EOF).problem.endswith("no status line received.")
