"""What the servers of the zoo answer to an HTTP request."""

import html
from collections.abc import Callable, Iterator
from email.utils import formatdate

from tlsglass.demo import bites
from tlsglass.demo.exhibits import Exhibit
from tlsglass.demo.peer import Peer
from tlsglass.demo.stream import Agreed
from tlsglass.frozen import dataclass

LARGE_LINES = 500_000
LARGE_SIZE = 50_000_000
"""Bytes of the large answer's body: so many lines of 100 bytes."""

SLOW_LINES = 100
SLOW_INTERVAL = 0.2
"""Seconds between the lines of the slow answer."""

_LINES_PER_BLOCK = 10_000
_HIGH_DIGITS = b"??"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, and by whom and over what it came."""

    exhibit: Exhibit
    agreed: Agreed
    request: str
    """Request line and header fields, as they came."""

    body_size: int
    """Bytes of the request's body."""

    peer: Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. RFC 9112 §4."""

    headers: tuple[tuple[bytes, bytes], ...]
    """Content-Length is among them where the length is known; else the body is chunked. RFC 9112 §6."""

    body: Iterator[bytes]
    status: int = 200
    reason: bytes = b"OK"


Answer = Callable[[Call], Reply]
"""From a request to an answer."""


def page(call: Call) -> Reply:
    """A page that says what the exhibit shows, how the connection stands and what was asked."""
    exhibit, agreed = call.exhibit, call.agreed
    return _text_reply(
        f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{html.escape(exhibit.host)}</title>
<h1>{html.escape(exhibit.title)}</h1>
<p>{html.escape(exhibit.shows)}</p>
<p>{html.escape(exhibit.look_at)}</p>
<h2>The connection, seen from here</h2>
<pre>
version      {html.escape(agreed.version)}
cipher       {html.escape(agreed.cipher)}
group        {html.escape(agreed.group)}
server name  {html.escape(agreed.server_name)}
</pre>
<h2>Your request, as it came here</h2>
<pre>
{html.escape(call.request)}
</pre>
<p>Its body had {call.body_size} bytes.</p>
</html>
""",
        content_type=b"text/html; charset=utf-8",
    )


def large(_call: Call) -> Reply:
    """50 MB of numbered lines, made a megabyte at a time."""
    headers = (*_headers(b"text/plain; charset=us-ascii"), (b"Content-Length", b"%d" % LARGE_SIZE))
    return Reply(headers=headers, body=_large_body())


def slow(call: Call) -> Reply:
    """A head at once, then a line now and then."""
    return Reply(headers=_headers(b"text/plain; charset=us-ascii"), body=_slow_body(call.peer))


def markup(_call: Call) -> Reply:
    """An answer that holds in every place what should not reach a terminal as it is."""
    reply = _text_reply("\n".join((*bites.EVERYTHING, "")), content_type=b"text/plain; charset=utf-8")
    headers = (
        *reply.headers,
        (b"X-Markup", f"{bites.CLOSING_TAG} {bites.BOLD} {bites.LINK}".encode()),
        (b"X-Escapes", f"{bites.COLOR}{bites.TITLE}{bites.CLIPBOARD}".encode()),
        (b"X-Latin-1", bites.C1.encode("latin-1")),
        (b"X-Backwards", bites.BACKWARDS.encode()),
    )
    reason = f"{bites.CLOSING_TAG}{bites.BOLD}{bites.COLOR}{bites.CLIPBOARD}".encode()
    return Reply(headers=headers, body=reply.body, reason=reason)


def refusal(status: int, reason: str) -> Reply:
    """A short answer to a request that can't be served."""
    reply = _text_reply(f"{reason}\n", content_type=b"text/plain; charset=utf-8")
    return Reply(
        headers=(*reply.headers, (b"Connection", b"close")), body=reply.body, status=status, reason=reason.encode()
    )


ANSWERS: dict[str, Answer] = {"large": large, "slow": slow, "markup": markup}
"""Answers of their own, by the id of the exhibit; all others give the page."""


def _text_reply(text: str, *, content_type: bytes) -> Reply:
    body = text.encode()
    headers = (*_headers(content_type), (b"Content-Length", b"%d" % len(body)))
    return Reply(headers=headers, body=iter((body,)))


def _headers(content_type: bytes) -> tuple[tuple[bytes, bytes], ...]:
    date = formatdate(usegmt=True).encode()
    return ((b"Date", date), (b"Server", b"tlsglass-demo"), (b"Content-Type", content_type))


def _large_body() -> Iterator[bytes]:
    """The lines are numbered by replacing two digits in a block of ten thousand, which costs next to nothing."""
    filling = b"All work and no play makes a dull answer. ".ljust(87, b".")
    block = b"".join(b"line %s%04d %s\n" % (_HIGH_DIGITS, number, filling) for number in range(_LINES_PER_BLOCK))
    for high_digits in range(LARGE_LINES // _LINES_PER_BLOCK):
        yield block.replace(_HIGH_DIGITS, b"%02d" % high_digits)


def _slow_body(peer: Peer) -> Iterator[bytes]:
    for number in range(1, SLOW_LINES + 1):
        peer.pause(SLOW_INTERVAL)
        yield f"drop {number} of {SLOW_LINES}\n".encode()
