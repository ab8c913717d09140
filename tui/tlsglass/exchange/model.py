"""What was asked over the channel and what came back, as values."""

from enum import StrEnum

from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An HTTP/1.1 request without a body. RFC 9112 §3."""

    method: str
    path: str
    """The request target in origin form."""

    headers: tuple[tuple[str, str], ...]
    """Names and values in the order in which they are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHead:
    """The head of an HTTP response, as read by h11. RFC 9112 §4."""

    status: int
    reason: str
    """Not yet made printable."""

    version: str
    """'1.1' or '1.0'."""

    headers: tuple[tuple[str, str], ...]
    """Names as they came, values as Latin-1 text. Not yet made printable."""

    length: int
    """Bytes of the head, so the offset at which the body starts."""

    def header(self, name: str) -> str | None:
        """The first value of a header, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Ending(StrEnum):
    """What ended an answer."""

    CONTENT_LENGTH = "content-length"
    CHUNKED = "chunked"
    NO_BODY = "no-body"
    CLOSE_NOTIFY = "close-notify"
    EOF = "eof"
    LIMIT = "limit"
    TIMEOUT = "timeout"
    RESET = "reset"
    ALERT = "alert"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer that has ended."""

    head: ResponseHead | None
    """None where it was no HTTP, or ended before its head did."""

    size: int
    """Bytes received in all, head included."""

    truncated: bool
    """Whether it ended before it should have: by a limit of ours, or by the server without close_notify or body end."""

    ended_by: Ending

    problem: str = ""
    """Why it could not be read as HTTP, in a sentence; empty where it could, and where it did not begin as any.

    Not yet made printable.
    """
