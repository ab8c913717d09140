"""One answer to a download: its body, or where else to ask. RFC 9110 §15.4.

What is not as it was asked for is refused with a sentence that names the address.
"""

from typing import TYPE_CHECKING, NoReturn

from tlsglass.errors import DownloadError, Fault
from tlsglass.frozen import dataclass
from tlsglass.limits import Limits
from tlsglass.net.model import Endpoint
from tlsglass.text import beginning

if TYPE_CHECKING:
    import h11

OK = 200
"""The status of an answer that is taken."""

KEEPS_METHOD = frozenset({307, 308})
"""Statuses that send on what was asked as it is. RFC 9110 §15.4.8, §15.4.9."""

_REDIRECTS = frozenset({301, 302, 303}) | KEEPS_METHOD
_SHOWN = 120
"""Characters of an address that a sentence repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came."""

    data: bytes
    """The body."""

    content_type: str | None
    """The media type in lower case, without parameters; None where none was named. Not yet made printable."""

    peer: Endpoint
    """Who gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where else to ask."""

    status: int
    """The status."""

    location: str
    """Where, as the server has it. Not yet made printable."""

    peer: Endpoint
    """Who sends there."""


class Reader:
    """Reads one answer, of which it keeps the body."""

    def __init__(self, url: str, limit: str, limits: Limits) -> None:
        """Make one that has read nothing.

        Args:
            url: the address that was asked.
            limit: the attribute of the limits that says how many bytes a body may have.
            limits: how much is taken.
        """
        import h11  # noqa: PLC0415 - only who fetches needs it

        self._h11 = h11
        self._url = url
        self._limits = limits
        self._most: int = getattr(limits, limit)
        self._raising = limits.short(limit)
        self._pieces: list[bytes] = []
        self._size = 0
        self._head: h11.Response | None = None
        self._interim = 0
        self.done = False
        """Whether nothing more is wanted."""

        self._connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes)
        # What h11 needs to know of the request is that a body can follow, not the headers as sent.
        self._connection.send(h11.Request(method=b"GET", target=b"/", headers=[(b"Host", b"host")]))
        self._connection.send(h11.EndOfMessage())

    @property
    def begun(self) -> bool:
        """Whether the head was read."""
        return self._head is not None

    def feed(self, data: bytes) -> None:
        """Take the next bytes, none at the end of the connection.

        Raises:
            DownloadError: it is not what was asked for, or too much.
            h11.RemoteProtocolError: it is no HTTP, or not whole.
        """
        if self.done:
            return
        self._connection.receive_data(data)
        while not self.done:
            event = self._connection.next_event()
            if event is self._h11.NEED_DATA:
                return
            if isinstance(event, self._h11.InformationalResponse):
                self._pass_over()
            elif isinstance(event, self._h11.Response):
                self._begin(event)
            elif isinstance(event, self._h11.Data):
                self._keep(bytes(event.data))
            else:
                self.done = True  # `EndOfMessage`: no other event of h11's comes before it

    def result(self, peer: Endpoint) -> Answer | Redirect:
        """What came of it, once it is done."""
        location = self._header(b"location")
        if self._status in _REDIRECTS and location:
            return Redirect(status=self._status, location=location, peer=peer)
        media = self._header(b"content-type").partition(";")[0].strip().lower()
        return Answer(data=b"".join(self._pieces), content_type=media or None, peer=peer)

    def _pass_over(self) -> None:
        """Take note of an interim response. RFC 9110 §15.2."""
        self._interim += 1
        if self._interim > self._limits.interim:
            flood = f"it sent more than {self._limits.interim:,} interim responses {self._limits.short('interim')}"
            refuse(Fault.TOO_LARGE, self._url, flood)

    def _begin(self, head: "h11.Response") -> None:
        self._head = head
        if len(head.headers) > self._limits.headers:
            many = f"the head of the answer has {len(head.headers):,} fields {self._limits.short('headers')}"
            refuse(Fault.PEER_MISBEHAVED, self._url, many)
        if self._status in _REDIRECTS and self._header(b"location"):
            self.done = True
            return
        if self._status != OK:
            reason = cut(head.reason.decode("latin-1"))
            refuse(Fault.HTTP_STATUS, self._url, f"the server answered {self._status} {reason}".rstrip())
        coding = self._header(b"content-encoding").strip().lower()
        if coding not in {"", "identity"}:
            refuse(Fault.PEER_MISBEHAVED, self._url, f"the answer is compressed ({cut(coding)}), though not asked to")
        length = self._header(b"content-length")
        if length and int(length) > self._most:
            more = f"it has {int(length):,} bytes, more than {self._most:,} {self._raising}"
            refuse(Fault.TOO_LARGE, self._url, more)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._most:
            refuse(Fault.TOO_LARGE, self._url, f"it has more than {self._most:,} bytes {self._raising}")
        self._pieces.append(data)

    @property
    def _status(self) -> int:
        return self._head.status_code if self._head else 0

    def _header(self, name: bytes) -> str:
        headers = self._head.headers if self._head else ()
        return next((value.decode("latin-1") for key, value in headers if key == name), "")


def refuse(fault: Fault, url: str, reason: str) -> NoReturn:
    """Refuse what is at an address.

    Args:
        fault: of what kind.
        url: the address. Need not be printable.
        reason: how a sentence goes on after 'can't be had'.

    Raises:
        DownloadError: always.
    """
    raise DownloadError(fault, f"{cut(url)} can't be had: {reason}.")


def cut(text: str) -> str:
    """The beginning of what a stranger said, where it is long."""
    return beginning(text, _SHOWN)
