"""What is asked over HTTP/1.1, as bytes, and what an answer's head says of its body.

The request is written here rather than by a library, so that it goes out exactly as it was edited; what would let
one header become two is refused. Reading an answer is left to `answer`.
"""

import codecs
import re
from typing import NoReturn

from tlsglass import __version__
from tlsglass.errors import Fault, InputError
from tlsglass.exchange.model import Request, ResponseHead
from tlsglass.limits import LARGEST_REQUEST
from tlsglass.target import DEFAULT_PORT, Target

_TOKEN = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
"""RFC 9110 §5.6.2."""

_REQUEST_TARGET = re.compile(r"(?:/[!-~]*|\*)")
"""Origin form or the asterisk, all of it visible ASCII. RFC 9112 §3.2."""

_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""RFC 9110 §5.5."""

_CHARSET = re.compile(r""";\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))""", re.IGNORECASE)


def default_request(target: Target) -> Request:
    """The request that is sent unless another was made: a GET of the target's path that ends the connection."""
    return Request(
        method="GET",
        path=target.path,
        headers=(
            ("Host", host_of(target)),
            ("User-Agent", f"tlsglass/{__version__}"),
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ),
    )


def encode_request(request: Request, target: Target) -> bytes:
    """A request as it goes over the wire. RFC 9112 §3.

    Args:
        request: what to ask; its headers keep their order and case.
        target: whom to ask; gives the Host header where the request has none. RFC 9112 §3.2.

    Raises:
        InputError: with BAD_REQUEST, where a part of it can't be sent or would be read as something else.
    """
    if not _TOKEN.fullmatch(request.method):
        _refuse(f"{request.method[:40]!r} is not a method.", "A method is one word, as GET or HEAD.")
    if not _REQUEST_TARGET.fullmatch(request.path):
        _refuse(
            f"{request.path[:60]!r} is not a path that can be asked for.",
            "A path starts with / and has neither spaces nor other than ASCII characters; write those as %XX.",
        )
    lines = [f"{request.method} {request.path} HTTP/1.1"]
    if not any(name.lower() == "host" for name, _ in request.headers):
        lines.append(f"Host: {host_of(target)}")
    for name, value in request.headers:
        _check_header(name, value)
        lines.append(f"{name}: {value}")
    encoded = "\r\n".join([*lines, "", ""]).encode("latin-1")
    if len(encoded) > LARGEST_REQUEST:
        _refuse(f"The request is {len(encoded):,} bytes long, more than {LARGEST_REQUEST:,}.", "Shorten its headers.")
    return encoded


def host_of(target: Target, usual: int = DEFAULT_PORT) -> str:
    """The Host header: no zone, and no port where it is the usual one. RFC 9110 §7.2, RFC 6874 §4.

    Args:
        target: whom to ask.
        usual: the port that goes without saying.
    """
    host = target.host.partition("%")[0]
    host = f"[{host}]" if ":" in host else host
    return host if target.port == usual else f"{host}:{target.port}"


def media_type(head: ResponseHead) -> str | None:
    """The media type of a body in lower case, without parameters; None where it isn't said. RFC 9110 §8.3.1."""
    value = head.header("Content-Type") or ""
    return value.partition(";")[0].strip().lower() or None


def charset(head: ResponseHead) -> str | None:
    """The charset that the head names, by the name that Python's codecs have for it; None where none is or can be."""
    found = _CHARSET.search(head.header("Content-Type") or "")
    if not found:
        return None
    try:
        return codecs.lookup(found.group(1) or found.group(2) or "").name
    except (LookupError, ValueError):
        return None


def _check_header(name: str, value: str) -> None:
    if not _TOKEN.fullmatch(name):
        _refuse(f"{name[:40]!r} is not the name of a header.", "A name is one word of letters, digits and hyphens.")
    if not _VALUE.fullmatch(value):
        _refuse(
            f"The header {name[:40]} holds a character that can't be sent.",
            "A value is one line of text in ASCII or Latin-1.",
        )
    if name.lower() == "transfer-encoding" or (name.lower() == "content-length" and value.strip() != "0"):
        _refuse(f"The header {name} announces a body, but a request has none here.", f"Leave {name} out.")


def _refuse(message: str, hint: str) -> NoReturn:
    raise InputError(Fault.BAD_REQUEST, message, hint)
