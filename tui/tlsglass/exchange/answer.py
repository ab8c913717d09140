"""An answer as it comes: every byte into the spool, and as much of it read as tells where it ends.

h11 reads the head and the chunks; what it makes of the body is dropped at once. An answer that is no HTTP, or stops
being it, is kept all the same, to whatever end it comes.
"""

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from tlsglass.errors import ExchangeError, Fault
from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, LONGEST_PROBLEM, Limits
from tlsglass.text import beginning

if TYPE_CHECKING:
    import h11

_PIECE = 16 * 1024
"""Bytes that h11 gets at once, so that what it holds stays within its bound."""

_TOO_LONG = 431
"""What h11 would answer to a head that is larger than it may hold. RFC 6585 §5."""

_START = b"HTTP/"
"""What every HTTP/1 response starts with. RFC 9112 §4."""

_NO_STATUS_LINE = r"illegal request line|no response line|illegal status line: bytearray\(b['\"][\\ ]"
"""What h11 says, by how much had come, where a head begins with a blank or a control character."""

_SWITCHED = "_SWITCH_UPGRADE"
"""Stands in what h11 says of status 101. RFC 9110 §15.2.2."""

_BAD_FOOTER = "malformed chunk footer"
"""What h11 says where a chunk is longer than it announced."""


class _State(Enum):
    """What is waited for."""

    HEAD = auto()
    COUNTED = auto()
    CHUNKED = auto()
    UNTIL_CLOSE = auto()
    NO_HTTP = auto()
    DONE = auto()


class AnswerReader:
    """Reads one answer to one request."""

    def __init__(self, request: Request, spool: Spool, limits: Limits = DEFAULTS) -> None:
        """Wait for an answer.

        Args:
            request: what was asked; an answer to HEAD has no body. RFC 9110 §9.3.2.
            spool: gets every byte as it came; must be empty.
            limits: how large a head is read, and how many interim responses before it.
        """
        import h11  # noqa: PLC0415 - only a look that reaches an answer needs it

        self._h11 = h11
        self._spool = spool
        self._limits = limits
        self._asked_for_head = request.method == "HEAD"
        self._start = b""
        self._state = _State.HEAD
        self._remaining = 0
        self._interim = 0
        self._ending = Ending.EOF
        self._problem = ""
        self._head: ResponseHead | None = None
        self._connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes)
        # What h11 needs to know of the request is whether a body can follow, not the headers as edited.
        method = b"HEAD" if self._asked_for_head else b"GET"
        self._connection.send(h11.Request(method=method, target=b"/", headers=[(b"Host", b"host")]))
        self._connection.send(h11.EndOfMessage())

    @property
    def head(self) -> ResponseHead | None:
        """The head of the response, once it was read."""
        return self._head

    @property
    def done(self) -> bool:
        """Whether the answer has come to the end that its head announced."""
        return self._state is _State.DONE

    @property
    def is_http(self) -> bool:
        """Whether it is HTTP as far as it came."""
        return self._state is not _State.NO_HTTP

    def feed(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            ExchangeError: TOO_LARGE, DISK or CANCELLED, from the spool, and what it had room for is read; TOO_LARGE
                where interim responses flood.
        """
        before = self._spool.size
        try:
            self._spool.append(data)
        except ExchangeError:
            self._read(data[: max(0, self._spool.size - before)])
            raise
        self._read(data)

    def _read(self, data: bytes) -> None:
        if self._state is _State.HEAD:
            self._read_head(data)
        elif self._state is _State.COUNTED:
            self._count(len(data))
        elif self._state is _State.CHUNKED:
            self._read_chunks(data)

    def response(self, ending: Ending) -> Response:
        """The answer as it stands.

        Args:
            ending: what ended the connection; does not matter where the answer had come to its own end.
        """
        if self.done:
            return self._response(self._ending, truncated=False)
        whole = ending is Ending.CLOSE_NOTIFY and self._state in {_State.UNTIL_CLOSE, _State.NO_HTTP}
        # Nothing tells the end of what is no HTTP, so that silence is as good an end as any.
        whole = whole or (ending is Ending.TIMEOUT and self._state is _State.NO_HTTP)
        return self._response(ending, truncated=not whole and self._spool.size > 0)

    def _response(self, ending: Ending, *, truncated: bool) -> Response:
        problem = self._problem
        if self._state is _State.HEAD and self._start:
            problem = "It ended before its head did."
        return Response(head=self._head, size=self._spool.size, truncated=truncated, ended_by=ending, problem=problem)

    def _read_head(self, data: bytes) -> None:
        if len(self._start) < len(_START):
            self._start = (self._start + data[: len(_START)])[: len(_START)]
            if not _START.startswith(self._start):
                self._state = _State.NO_HTTP  # it may be as good an answer as any, of another protocol
                return
        for position in range(0, len(data), _PIECE):
            self._connection.receive_data(data[position : position + _PIECE])
            try:
                response = self._next_response()
            except self._h11.RemoteProtocolError as error:
                self._no_http(self._told(error))
                return
            if response is not None:
                self._begin_body(response, data[position + _PIECE :])
                return

    def _next_response(self) -> "h11.Response | None":
        """The final response, once its head is complete; a few interim ones are passed over. RFC 9110 §15.2."""
        while True:
            event = self._connection.next_event()
            if isinstance(event, self._h11.Response):
                return event
            if event is self._h11.NEED_DATA:
                return None
            self._interim += 1
            if self._interim > self._limits.interim:
                raise ExchangeError(
                    Fault.TOO_LARGE,
                    f"The server sent more than {self._limits.interim:,} interim responses, and no answer.",
                    self._limits.hint("interim"),
                )

    def _begin_body(self, response: "h11.Response", rest: bytes) -> None:
        """Keep the head and find out what ends the body. RFC 9112 §6.3."""
        if len(response.headers) > self._limits.headers:
            self._no_http(f"its head has {len(response.headers):,} fields {self._limits.short('headers')}")
            return
        begun, _ = self._connection.trailing_data
        begun += rest
        self._head = ResponseHead(
            status=response.status_code,
            reason=response.reason.decode("latin-1"),
            version=response.http_version.decode("ascii"),
            headers=tuple((n.decode("ascii"), v.decode("latin-1")) for n, v in response.headers.raw_items()),
            length=self._spool.size - len(begun),
        )
        headers = dict(response.headers)
        if self._asked_for_head or response.status_code in {204, 304}:
            self._end(Ending.NO_BODY)
        elif b"transfer-encoding" in headers:  # h11 has refused all but chunked
            self._state = _State.CHUNKED
            self._read_chunks(rest)
        elif b"content-length" in headers:
            self._state = _State.COUNTED
            self._remaining = int(headers[b"content-length"])
            self._count(len(begun))
        else:
            self._state = _State.UNTIL_CLOSE

    def _count(self, received: int) -> None:
        self._remaining -= received
        if self._remaining <= 0:
            self._end(Ending.CONTENT_LENGTH)

    def _read_chunks(self, data: bytes) -> None:
        try:
            self._drop_chunks()
            for position in range(0, len(data), _PIECE):
                if self.done:
                    return
                self._connection.receive_data(data[position : position + _PIECE])
                self._drop_chunks()
        except self._h11.RemoteProtocolError as error:
            self._problem = f"Its chunks can't be read: {beginning(self._told(error), LONGEST_PROBLEM)}."
            self._state = _State.UNTIL_CLOSE

    def _drop_chunks(self) -> None:
        while not self.done:
            event = self._connection.next_event()
            if event is self._h11.NEED_DATA:
                return
            if isinstance(event, self._h11.EndOfMessage):
                self._end(Ending.CHUNKED)

    def _told(self, error: "h11.RemoteProtocolError") -> str:
        """What h11 holds against it, however it came; that it would have to hold too much is told in our words."""
        if str(error).startswith(_BAD_FOOTER):
            return _BAD_FOOTER  # what follows is as much as had come
        if re.match(_NO_STATUS_LINE, str(error)):
            return "no status line received"
        if _SWITCHED in str(error):
            return "it switches to another protocol (101), for which it was not asked"
        if error.error_status_hint != _TOO_LONG:
            return str(error)
        return f"a line or the head has over {self._limits.header_bytes:,} bytes {self._limits.short('header_bytes')}"

    def _end(self, ending: Ending) -> None:
        self._state = _State.DONE
        self._ending = ending

    def _no_http(self, problem: str) -> None:
        self._state = _State.NO_HTTP
        self._problem = f"This can't be read as HTTP: {beginning(problem, LONGEST_PROBLEM)}."
