"""The sentences around a raw answer: what is going on, how it ended, and the facts of the view."""

from tlsglass.errors import Failure
from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.text import printable
from tlsglass.ui import content


def waiting_words(request: Request | None) -> str:
    """What stands where the answer will be, before its first byte."""
    if request is None:
        return "No answer yet. The answer to a GET over the same TLS connection comes here, exactly as it was sent."
    return f"Asked {printable(request.method, limit=20)} {printable(request.path, limit=200)}, no answer yet …"


def silence_words(response: Response) -> str:
    """What stands in place of an answer of no bytes."""
    return f"{_SILENCES[response.ended_by]}."


def ending_words(response: Response) -> str:
    """What is to be said beside an answer that has bytes; empty where it is whole."""
    if response.ended_by is Ending.CANCELLED:
        return "Stopped by you; this came until then."
    if response.head is None:
        return f"{printable(response.problem) or 'This server does not speak HTTP.'} What it said:"
    cut = f"Cut short: {_CUTS[response.ended_by]}." if response.truncated else ""
    return f"{printable(response.problem)} {cut}".strip()


_CLOSED = "The server said nothing and closed the connection"
_CLOSED_EARLY = "the server closed the connection before the end"

_SILENCES: dict[Ending, str] = {
    Ending.CONTENT_LENGTH: _CLOSED,
    Ending.CHUNKED: _CLOSED,
    Ending.NO_BODY: _CLOSED,
    Ending.CLOSE_NOTIFY: _CLOSED,
    Ending.EOF: _CLOSED,
    Ending.LIMIT: "The server said nothing",
    Ending.TIMEOUT: "The server said nothing within the time limit; it may wait for words of another protocol",
    Ending.RESET: "The server said nothing and reset the connection",
    Ending.ALERT: "The server said nothing and ended the connection with a TLS alert",
    Ending.CANCELLED: "Stopped before the server said anything",
}

_CUTS: dict[Ending, str] = {
    Ending.CONTENT_LENGTH: _CLOSED_EARLY,
    Ending.CHUNKED: _CLOSED_EARLY,
    Ending.NO_BODY: _CLOSED_EARLY,
    Ending.CLOSE_NOTIFY: _CLOSED_EARLY,
    Ending.EOF: _CLOSED_EARLY,
    Ending.LIMIT: "no more of it is kept, and the headline says why",
    Ending.TIMEOUT: "no more came within the time limit",
    Ending.RESET: "the server reset the connection",
    Ending.ALERT: "the server ended the connection with a TLS alert",
    Ending.CANCELLED: "it was stopped",
}


def failure_words(failure: Failure) -> str:
    """Why there is no answer, and what to try."""
    return " ".join(printable(part) for part in (failure.message, failure.hint) if part)


def facts(  # noqa: PLR0913 - each is one of the facts
    *, request: Request | None, head: ResponseHead | None, charset: str, view: str, size: int, found: str, width: int
) -> str:
    """The facts of the view on one line, the least telling left out where the width is short.

    Args:
        request: what was asked, if it was.
        head: the head of the answer, if it is HTTP.
        charset: what is to be said about the charset, if anything.
        view: 'text · wrap'.
        size: bytes so far.
        found: how a search stands, if there is one.
        width: cells that there are.
    """
    parts: list[tuple[int, str]] = [(1, found)] if found else []
    if request is not None:
        parts.append((2, f"{printable(request.method, limit=20)} {printable(request.path, limit=60)}"))
    content_type = head.header("content-type") if head else None
    if content_type:
        parts.append((3, printable(content_type.strip(), limit=60)))
    encoding = head.header("content-encoding") if head else None
    if encoding and encoding.strip().lower() != "identity":
        parts.append((3, f"{printable(encoding.strip(), limit=20)}-encoded"))
    if charset:
        parts.append((3, charset))
    parts += [(1, view), (1, content.size(size))]
    for least in (3, 2, 1):
        line = " · ".join(text for rank, text in parts if rank <= least)
        if len(line) <= width:
            return line
    return content.size(size)
