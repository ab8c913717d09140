"""Requests go out as they were edited, unless they would be read as something else."""

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass import __version__
from tlsglass.errors import Fault, InputError
from tlsglass.exchange.http import charset, default_request, encode_request, media_type
from tlsglass.exchange.model import Request, ResponseHead
from tlsglass.target import parse_target

TARGET = parse_target("https://example.org/path?q=1")


def request(method: str = "GET", path: str = "/", headers: tuple[tuple[str, str], ...] = ()) -> Request:
    """A request that differs from a plain one in what the test is about."""
    return Request(method=method, path=path, headers=headers)


def head(content_type: str | None) -> ResponseHead:
    """The head of a response of a type."""
    headers = () if content_type is None else (("content-TYPE", content_type),)
    return ResponseHead(status=200, reason="OK", version="1.1", headers=headers, length=0)


def test_the_default_asks_for_the_path_and_the_end_of_the_connection() -> None:
    """What goes over the wire, to the byte. RFC 9112 §3."""
    assert encode_request(default_request(TARGET), TARGET) == (
        b"GET /path?q=1 HTTP/1.1\r\n"
        b"Host: example.org\r\n"
        b"User-Agent: tlsglass/" + __version__.encode() + b"\r\n"
        b"Accept: */*\r\n"
        b"Accept-Encoding: identity\r\n"
        b"Connection: close\r\n"
        b"\r\n"
    )


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("example.org:8443", "example.org:8443"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("192.0.2.1", "192.0.2.1"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("[fe80::1%eth0]:8443", "[fe80::1]:8443"),
    ],
)
def test_the_host_is_written_as_in_a_url(text: str, host: str) -> None:
    """Brackets around IPv6, no zone, no port where it is the usual one. RFC 9110 §7.2."""
    assert default_request(parse_target(text)).headers[0] == ("Host", host)


def test_headers_keep_their_order_and_case() -> None:
    """What was edited is what is sent; only a missing Host is added."""
    edited = request(
        "OPTIONS", "*", (("x-b", "1"), ("HOST", "other.example"), ("X-A", "\tcafé "), ("Content-Length", "0"))
    )
    assert encode_request(edited, TARGET) == (
        b"OPTIONS * HTTP/1.1\r\nx-b: 1\r\nHOST: other.example\r\nX-A: \tcaf\xe9 \r\nContent-Length: 0\r\n\r\n"
    )
    assert encode_request(request(), TARGET) == b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (request(method=""), "'' is not a method"),
        (request(method="GET /"), "'GET /' is not a method"),
        (request(path=""), "'' is not a path"),
        (request(path="x"), "'x' is not a path"),
        (request(path="/a b"), "'/a b' is not a path"),
        (request(path="/\r\nX: y"), "is not a path"),
        (request(path="/ä"), "is not a path"),
        (request(headers=(("", "x"),)), "'' is not the name of a header"),
        (request(headers=(("A B", "x"),)), "'A B' is not the name"),
        (request(headers=(("A:", "x"),)), "'A:' is not the name"),
        (request(headers=(("A", "x\r\nB: y"),)), "header A holds a character"),
        (request(headers=(("A", "x\ny"),)), "header A holds a character"),
        (request(headers=(("A", "\x00"),)), "header A holds a character"),
        (request(headers=(("A", "€"),)), "header A holds a character"),
        (request(headers=(("Content-Length", "5"),)), "announces a body"),
        (request(headers=(("transfer-encoding", "chunked"),)), "announces a body"),
        (request(headers=(("A", "x" * 70000),)), "more than 65,536"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_would_become_something_else_is_refused(made: Request, says: str) -> None:
    """Each gets a sentence, and nothing is sent."""
    with pytest.raises(InputError) as caught:
        encode_request(made, TARGET)
    assert caught.value.fault is Fault.BAD_REQUEST
    assert says in caught.value.message
    assert caught.value.hint


def encoded(made: Request) -> bytes | None:
    """The request's bytes, or None where it was refused."""
    try:
        return encode_request(made, TARGET)
    except InputError:
        return None


words = st.text(max_size=8) | st.sampled_from(["Host", "GET", "/", "a: b", "\r\n", "Content-Length", "0"])


@given(
    st.builds(request, method=words, path=words | words.map("/{}".format), headers=st.tuples(st.tuples(words, words)))
)
@settings(derandomize=True, max_examples=500, deadline=None)
def test_no_request_becomes_two(made: Request) -> None:
    """A server reads the method, the path and the headers that were meant, or nothing was sent at all."""
    data = encoded(made)
    if data is None:
        return
    assert data.count(b"\r\n\r\n") == 1
    assert data.endswith(b"\r\n\r\n")
    server = h11.Connection(h11.SERVER)
    server.receive_data(data)
    read = server.next_event()
    assert isinstance(read, h11.Request)
    assert (read.method.decode(), read.target.decode()) == (made.method, made.path)
    assert server.trailing_data == (b"", False)


@pytest.mark.parametrize(
    ("content_type", "media", "named"),
    [
        (None, None, None),
        ("", None, None),
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=UTF-8", "text/html", "utf-8"),
        ('text/plain; a=b; charset="iso-8859-1"', "text/plain", "iso8859-1"),
        ("text/plain; charset=", "text/plain", None),
        ("text/plain; charset=no-such-thing", "text/plain", None),
        ("text/plain; charset=\x00", "text/plain", None),
        ("application/json ; charset = 'x'", "application/json", None),
    ],
)
def test_type_and_charset_are_named(content_type: str | None, media: str | None, named: str | None) -> None:
    """What the body is said to be, where it is said. RFC 9110 §8.3."""
    assert media_type(head(content_type)) == media
    assert charset(head(content_type)) == named
