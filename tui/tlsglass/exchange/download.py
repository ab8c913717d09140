"""What a certificate points to, fetched: revocation lists, OCSP responses and issuers' certificates. RFC 5280 §4.2.2.1.

The address comes from a stranger, and so does the answer. Only plain HTTP is spoken: to check a certificate with the
help of a certificate would be a circle, and what comes is signed in itself. Sizes, redirects and times are bounded,
and nobody is led into a network that the site itself is not in.
"""

import math
import time
from collections.abc import Sequence
from urllib.parse import urljoin

from tlsglass import __version__
from tlsglass.errors import DownloadError, Fault, TlsglassError
from tlsglass.exchange.downloaded import KEEPS_METHOD, OK, Answer, Reader, Redirect, cut, refuse
from tlsglass.exchange.http import encode_request, host_of
from tlsglass.exchange.model import Request
from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.channel import Channel
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.reach import is_metadata, is_public
from tlsglass.net.resolve import Resolver, resolve
from tlsglass.net.stop import Stop
from tlsglass.target import Target, parse_target

_SCHEME = "http://"
_PORT = 80
_CHUNK = 64 * 1024
_PIECE = 16 * 1024
"""Bytes that h11 gets at once, so that what it holds stays within its bound."""

_OVERHEAD = 256 * 1024
"""Bytes of heads and between chunks that may come beside twice the limit."""

_CIRCLE = (
    "it is an https address, and to check a certificate with the help of another one would be a circle, so that only "
    "http addresses are followed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What was fetched."""

    data: bytes
    """The body, freed from the transfer coding; at most as long as the limit."""

    url: str
    """Where it came from in the end. Not yet made printable."""

    status: int
    """The status of the final answer: 200, as anything else is an error."""

    content_type: str | None
    """The media type in lower case, without parameters; None where none was named. Not yet made printable."""

    peer: Endpoint
    """Who gave it."""

    redirects: tuple[str, ...]
    """The addresses that sent on, in order; empty where the first one answered. Not yet made printable."""


def download(  # noqa: PLR0913 - what a download needs from outside, each by name
    url: str,
    *,
    body: bytes | None = None,
    content_type: str | None = None,
    accept: str | None = None,
    limit: str,
    stop: Stop,
    timeout: float,
    resolver: Resolver = resolve,
    dialer: Dialer = dial,
    allow_private: bool,
    limits: Limits = DEFAULTS,
    ends: float = math.inf,
) -> Download:
    """Fetch what is at an address.

    Args:
        url: an http address, as a certificate has it.
        body: what to send by POST; None asks by GET.
        content_type: the media type of what is sent.
        accept: the media type that is wanted.
        limit: the attribute of the limits that says how many bytes a body may have.
        stop: ends every wait.
        timeout: seconds for each wait.
        resolver: names to endpoints.
        dialer: endpoints to a channel.
        allow_private: whether the address may lead into this machine or its network, because the site that the
            certificate is from is there itself. An address that is not there never leads there by a redirect.
        limits: how much is taken, and how long the whole may last.
        ends: when it has to be over in any case, as `time.monotonic` has it.

    Raises:
        DownloadError: it can't be had; the message is a sentence that says why.
    """
    fetch = _Fetch(limit, stop, timeout, resolver, dialer, limits, ends)
    redirects: list[str] = []
    private = allow_private
    while True:
        answer = fetch.one(url, body, content_type, accept, private=private)
        if isinstance(answer, Answer):
            return Download(
                data=answer.data,
                url=url,
                status=OK,
                content_type=answer.content_type,
                peer=answer.peer,
                redirects=tuple(redirects),
            )
        redirects.append(url)
        if len(redirects) > limits.redirects:
            often = f"it sent on more than {limits.redirects} times {limits.short('redirects')}"
            refuse(Fault.PEER_MISBEHAVED, redirects[0], often)
        url = urljoin(url, answer.location)
        if url in redirects:
            refuse(Fault.PEER_MISBEHAVED, redirects[0], f"it sent on in a circle, to {cut(url)} again")
        if body is not None and answer.status not in KEEPS_METHOD:
            refuse(Fault.PEER_MISBEHAVED, redirects[-1], f"it sent on with status {answer.status}, which drops POST")
        private = private and not is_public(answer.peer.address)


class _Fetch:
    """What all requests of one download share."""

    def __init__(  # noqa: PLR0913, PLR0917 - handed on from `download`, once
        self, limit: str, stop: Stop, timeout: float, resolver: Resolver, dialer: Dialer, limits: Limits, ends: float
    ) -> None:
        self._limit = limit
        self._limits = limits
        self._stop = stop
        self._timeout = timeout
        self._resolver = resolver
        self._dialer = dialer
        self._ends = ends
        self._overall = min(ends, time.monotonic() + limits.download_time)

    def one(
        self, url: str, body: bytes | None, content_type: str | None, accept: str | None, *, private: bool
    ) -> Answer | Redirect:
        """Ask one address once."""
        target = _parsed(url)
        try:
            endpoints = self._resolver(target.host, target.port, self._stop, self._deadline())
            permitted = _permitted(url, endpoints, private=private)
            wait = max(0.0, self._deadline() - time.monotonic())
            channel = self._dialer(permitted, stop=self._stop, timeout=wait, on_failure=_pass_over)
        except DownloadError:
            raise
        except TlsglassError as error:
            raise self._explained(url, error) from error
        try:
            # The dialer is another's: what counts is where it went.
            _permitted(url, (channel.endpoint,), private=private)
            channel.send(_encoded(target, body, content_type, accept), self._deadline())
            return self._receive(url, channel)
        except DownloadError:
            raise
        except TlsglassError as error:
            raise self._explained(url, error) from error
        finally:
            channel.close()

    def _explained(self, url: str, error: TlsglassError) -> DownloadError:
        """The error; where it is the whole that took too long, with the limit that says how long it may."""
        now = time.monotonic()
        if error.fault is not Fault.TIMEOUT or now < self._overall:
            return _explained(url, error)
        return _explained(url, error, self._limits.short("total_time" if now >= self._ends else "download_time"))

    def _deadline(self) -> float:
        return min(self._overall, time.monotonic() + self._timeout)

    def _receive(self, url: str, channel: Channel) -> Answer | Redirect:
        import h11  # noqa: PLC0415 - only who fetches needs it

        reader = Reader(url, self._limit, self._limits)
        most: int = getattr(self._limits, self._limit)
        received = 0
        try:
            while not reader.done:
                data = channel.receive(_CHUNK, self._deadline())
                received += len(data)
                if received > 2 * most + _OVERHEAD:
                    longer = f"what comes is longer than {most:,} bytes {self._limits.short(self._limit)}"
                    refuse(Fault.TOO_LARGE, url, longer)
                for position in range(0, len(data) or 1, _PIECE):
                    reader.feed(data[position : position + _PIECE])
        except h11.RemoteProtocolError as error:
            if not received:
                refuse(Fault.CLOSED, url, "the server closed the connection without an answer")
            if reader.begun:
                refuse(Fault.TRUNCATED, url, f"the answer is not whole ({cut(str(error))})")
            refuse(Fault.PEER_MISBEHAVED, url, f"the answer can't be read as HTTP ({cut(str(error))})")
        return reader.result(channel.endpoint)


def _parsed(url: str) -> Target:
    """The address taken apart; names in their ASCII form."""
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() == "https":
        refuse(Fault.NOT_ALLOWED, url, _CIRCLE)
    if url[: len(_SCHEME)].lower() != _SCHEME:
        said = f"'{cut(scheme if separator else url.partition(':')[0])}'"
        refuse(Fault.NOT_ALLOWED, url, f"only http addresses are followed, not those of the scheme {said}")
    rest = url[len(_SCHEME) :]
    end = min((found for found in map(rest.find, "/?#") if found >= 0), default=len(rest))
    authority = rest[:end]
    port = authority.rpartition("]")[2]
    if port.count(":") > 1 and "@" not in authority:
        refuse(Fault.BAD_TARGET, url, "an IPv6 address in it is not in brackets")
    if not port.partition(":")[2]:
        authority = f"{authority.removesuffix(':')}:{_PORT}"
    try:
        return parse_target(f"{authority}{rest[end:]}")
    except TlsglassError as error:
        raise _explained(url, error) from error


def _permitted(url: str, endpoints: Sequence[Endpoint], *, private: bool) -> tuple[Endpoint, ...]:
    """Those of the endpoints that may be gone to; at least one."""
    found = tuple(
        endpoint
        for endpoint in endpoints
        if (private or is_public(endpoint.address)) and not is_metadata(endpoint.address)
    )
    if not found:
        refuse(Fault.NOT_ALLOWED, url, f"it leads to {_forbidden(endpoints)}")
    return found


def _forbidden(endpoints: Sequence[Endpoint]) -> str:
    """Where nobody may go, and why."""
    if not endpoints:
        return "nowhere"
    address = endpoints[0].address
    if is_metadata(address):
        return f"{address}, where clouds tell a machine its secrets, and which is never asked"
    return f"{address}, inside this machine or its network, but comes from outside"


def _encoded(target: Target, body: bytes | None, content_type: str | None, accept: str | None) -> bytes:
    headers = [
        ("Host", host_of(target, _PORT)),
        ("User-Agent", f"tlsglass/{__version__}"),
        ("Accept", accept or "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    if body is None:
        return encode_request(Request(method="GET", path=target.path, headers=tuple(headers)), target)
    if content_type is not None:
        headers.append(("Content-Type", content_type))
    head = encode_request(Request(method="POST", path=target.path, headers=tuple(headers)), target)
    return head.removesuffix(b"\r\n") + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _pass_over(_endpoint: Endpoint, _message: str) -> None:
    """An attempt failed; if all do, the error says so."""


def _explained(url: str, error: TlsglassError, limit: str = "") -> DownloadError:
    reason = error.message[:1].lower() + error.message[1:].removesuffix(".")
    return DownloadError(error.fault, f"{cut(url)} can't be had: {reason}{f' {limit}' if limit else ''}.")
