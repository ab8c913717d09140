"""Servers that speak something else than TLS: what they said and what it means. RFC 2595, RFC 3207."""

from tlsglass.errors import Fault, HandshakeError
from tlsglass.frozen import dataclass
from tlsglass.text import beginning

_SHOWN_BYTES = 32
_SHOWN_CHARACTERS = 200
_STARTTLS = (
    "TLS begins on this port only after a command such as STARTTLS, which is not spoken here; "
    "try the port that begins with TLS, {port}."
)
_UNKNOWN = "Check the port: this one does not begin with TLS, and may want STARTTLS first."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Protocol:
    """A protocol that shows itself by how its server begins."""

    name: str
    prefixes: tuple[bytes, ...]
    """How the first line starts, in upper case."""

    words: tuple[bytes, ...] = ()
    """Of these one stands in the first line, in upper case; empty where the prefix is enough."""

    hint: str


_PROTOCOLS = (
    _Protocol(
        name="HTTP",
        prefixes=(b"HTTP/", b"<!DOCTYPE", b"<HTML"),
        hint="This port speaks plain HTTP; try the port for HTTPS, usually 443.",
    ),
    _Protocol(
        name="SSH",
        prefixes=(b"SSH-",),
        hint="This is an SSH server, which has no certificates of this kind.",
    ),
    _Protocol(
        name="FTP",
        prefixes=(b"220", b"230", b"120"),
        words=(b"FTP", b"FILEZILLA"),
        hint=_STARTTLS.format(port="usually 990"),
    ),
    _Protocol(
        name="SMTP",
        prefixes=(b"220", b"421", b"554", b"500", b"501"),
        hint=_STARTTLS.format(port="usually 465"),
    ),
    _Protocol(name="IMAP", prefixes=(b"* OK", b"* BYE", b"* PREAUTH"), hint=_STARTTLS.format(port="usually 993")),
    _Protocol(name="POP3", prefixes=(b"+OK", b"-ERR"), hint=_STARTTLS.format(port="usually 995")),
    _Protocol(
        name="XMPP",
        prefixes=(b"<?XML", b"<STREAM:"),
        hint=_STARTTLS.format(port="usually 5223 for clients and 5270 for servers"),
    ),
    _Protocol(name="NNTP", prefixes=(b"200 ", b"201 "), hint=_STARTTLS.format(port="usually 563")),
)


def not_tls(opening: bytes) -> HandshakeError:
    """The error for a server whose first bytes are no TLS.

    Args:
        opening: those bytes, as many as were kept.

    Returns:
        An error that quotes them and knows the protocol where they tell it (NOT_TLS).
    """
    protocol = _recognised(opening)
    name = f" ({protocol.name})" if protocol else ""
    message = f"The server does not speak TLS on this port{name}. It said: {_quoted(opening)}"
    return HandshakeError(Fault.NOT_TLS, message, protocol.hint if protocol else _UNKNOWN)


def _recognised(opening: bytes) -> _Protocol | None:
    line = opening.lstrip().split(b"\n", 1)[0].upper()
    for protocol in _PROTOCOLS:
        if line.startswith(protocol.prefixes) and (not protocol.words or any(word in line for word in protocol.words)):
            return protocol
    return None


def _quoted(opening: bytes) -> str:
    """The bytes as text if they are text, else in hex; the first line or bytes only."""
    try:
        lines = opening.decode("ascii").strip().splitlines() or [""]
    except UnicodeDecodeError:
        lines = []
    if lines and all(character.isprintable() or character == "\t" for character in lines[0]):
        return beginning(lines[0], _SHOWN_CHARACTERS)
    more = " …" if len(opening) > _SHOWN_BYTES else ""
    return f"bytes {opening[:_SHOWN_BYTES].hex(' ')}{more}"
