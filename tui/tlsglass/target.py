"""What was typed, parsed: scheme, host, port, path, and the names to ask for and to judge by.

A target is a host, `host:port`, `[v6]:port`, an IPv4 or IPv6 literal or an `https://` URL; names may be
internationalised, in either form. What can't be one is refused with a sentence about what is wrong and one about
what would be right. Nothing is looked up here. The IDNA tables load only for a name that needs them.
"""

import ipaddress
import re
from typing import NoReturn
from urllib.parse import quote

from tlsglass.errors import Fault, InputError
from tlsglass.frozen import dataclass
from tlsglass.limits import LONGEST_TARGET
from tlsglass.text import beginning

DEFAULT_PORT = 443

_MAX_NAME = 253
"""Octets of a name without its final dot. RFC 1035 §2.3.4."""

_MAX_LABEL = 63
"""Octets of one label. RFC 1035 §2.3.4."""

_MAX_PORT = 65535
_LOGIN = re.compile(r"\A(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|)[^/?#]*@")
"""What stands before the host in a URL that has a user name or a password."""

_SHOWN = 60
"""Characters of what was typed that a message repeats."""

_UNUSABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_ZONE = re.compile(r"[A-Za-z0-9._~-]{1,32}")
_LIKELY_PORTS = frozenset({"443", "465", "636", "853", "990", "993", "995", "4433", "5061", "6443", "8443", "9443"})
"""Ports that someone means who writes them behind an IPv6 address without brackets."""

_FORMS = "Type a host, host:port, [IPv6 address]:port or an https:// URL."


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One site to look at."""

    text: str
    """As typed, without surrounding space."""

    host: str
    """The name in its ASCII form (A-labels, lower case), or an address without brackets."""

    display: str
    """The host as a person reads it: U-labels where the name is an IDN, else the same as host."""

    port: int
    path: str
    """What is asked for over HTTP, in origin form; starts with a slash."""

    is_address: bool
    """Whether the host is an IPv4 or IPv6 literal."""

    sni: str | None
    """The server name to send; None for an address, which has none. RFC 6066 §3."""

    address: str | None
    """Connect to this address instead of resolving the host."""

    hostname: str
    """The name or address that the certificate is judged by; an address has no zone here."""

    @property
    def origin(self) -> str:
        """Host and port as one would type them: `example.org:443`, `[::1]:8443`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def hostname_is_address(self) -> bool:
        """Whether the certificate is judged by an address rather than a name."""
        return is_address(self.hostname)


def without_login(text: str) -> str:
    """What was typed, to be shown: without the user name and password that a URL may have. RFC 3986 §3.2.1.

    Args:
        text: the target.
    """
    return _LOGIN.sub(r"\1…@", text, count=1)


def is_address(text: str) -> bool:
    """Whether a text is an IPv4 or IPv6 literal, with or without a zone, without brackets."""
    return _address(text) is not None


def parse_target(
    text: str, *, sni: str | None = None, address: str | None = None, hostname: str | None = None
) -> Target:
    """Read what was typed.

    Args:
        text: the target, in any of the forms that the module names.
        sni: the server name to send instead of the host.
        address: the address to connect to instead of resolving the host.
        hostname: the name or address to judge the certificate by instead of the host.

    Returns:
        The target with every name in its canonical form.

    Raises:
        InputError: with BAD_TARGET, where any of them can't be used.
    """
    text = text.strip()
    if _LOGIN.match(text):  # before anything is quoted in which it stands
        _refuse("A user name or password before @ is never sent from here.", "Leave out everything up to the @.")
    _check_text(text, "The target", _FORMS)
    authority, path, in_url = _split(text)
    host, port = _host_and_port(authority, in_url=in_url)
    ascii_host, display = _name_or_address(host, "host")
    literal = is_address(ascii_host)
    return Target(
        text=text,
        host=ascii_host,
        display=display,
        port=port,
        path=path,
        is_address=literal,
        sni=_server_name(sni) if sni is not None else None if literal else ascii_host,
        address=_connect_address(address) if address is not None else None,
        hostname=parse_hostname(hostname) if hostname is not None else ascii_host.partition("%")[0],
    )


def parse_hostname(text: str) -> str:
    """The name or address to judge a certificate by, in its canonical form and without a zone.

    Args:
        text: as typed.

    Raises:
        InputError: with BAD_TARGET, where it can't be used.
    """
    return _judged_name(text.strip()).partition("%")[0]


def _check_text(text: str, what: str, hint: str) -> None:
    if not text:
        _refuse(f"{what} is empty.", hint)
    if len(text) > LONGEST_TARGET:
        _refuse(f"{what} is {len(text):,} characters long, more than {LONGEST_TARGET:,}.", hint)
    found = _UNUSABLE.search(text)
    if found and found.group().isspace():
        _refuse(f"{what} has a space in it, after {_quoted(text[: found.start()])}.", hint)
    if found:
        _refuse(f"{what} has a control character in it, U+{ord(found.group()):04X}.", hint)


def _split(text: str) -> tuple[str, str, bool]:
    """Authority, path with query, and whether there was a scheme. RFC 3986 §3; the fragment is never sent."""
    scheme, separator, rest = text.partition("://")
    if not separator or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        scheme, rest, separator = "", text.removeprefix("//"), ""
    scheme = scheme.lower()
    end = re.search(r"[/?#]", rest)
    authority = rest[: end.start()] if end else rest
    if scheme == "http":
        _refuse(
            "http:// is spoken without TLS, so there is nothing to look at.",
            f"Try https://{beginning(authority, _SHOWN)} .",
        )
    if scheme not in {"", "https"}:
        _refuse(
            f"The scheme {_quoted(scheme)} is not known here.",
            "Leave the scheme out and name the port: host:port. Only https:// is known.",
        )
    path = rest[len(authority) :].partition("#")[0]
    path = path if path.startswith("/") else f"/{path}"
    return authority, quote(path, safe="!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~"), bool(separator)


def _host_and_port(authority: str, *, in_url: bool) -> tuple[str, int]:
    """The host, without brackets, and the port of an authority. RFC 3986 §3.2."""
    if authority.startswith("["):
        inside, closing, after = authority[1:].partition("]")
        if not closing:
            _refuse(f"The bracket of {_quoted(authority)} is not closed.", "Write [2001:db8::1]:443 .")
        if in_url:
            inside = inside.replace("%25", "%", 1)  # as RFC 6874 §2 had it, until RFC 9844 gave up zones in URLs
        if ":" not in inside or not is_address(inside):
            _refuse(f"{_quoted(inside)} in brackets is not an IPv6 address.", "Brackets go around IPv6 addresses only.")
        if after and not after.startswith(":"):
            _refuse(f"{_quoted(after)} after the bracket is not a port.", f"Write [{beginning(inside, _SHOWN)}]:443 .")
        return inside, _port(after[1:]) if after else DEFAULT_PORT
    if authority.count(":") > 1:
        _check_bare_v6(authority)
        return authority, DEFAULT_PORT
    host, colon, port = authority.partition(":")
    if not host:
        _refuse("There is no host in it.", _FORMS)
    return host, _port(port) if colon else DEFAULT_PORT


def _check_bare_v6(text: str) -> None:
    before, _, last = text.rpartition(":")
    with_port = f"[{before}]:{last}" if is_address(before) and last.isdecimal() else ""
    if with_port and not is_address(text):
        _refuse("An IPv6 address with a port needs brackets.", f"Write {with_port} .")
    if with_port and last in _LIKELY_PORTS:
        _refuse(
            f"{_quoted(text)} may be an address alone or one with port {last}.",
            f"Put the address in brackets: {with_port} or [{text}] .",
        )
    if not is_address(text):
        _refuse(
            f"{_quoted(text)} has several colons but is not an IPv6 address.", "Write host:port or [IPv6 address]:port."
        )


def _port(text: str) -> int:
    if not text:
        _refuse("There is no port after the colon.", "Write a number from 1 to 65535 there, or leave out the colon.")
    if not (text.isascii() and text.isdigit()):
        _refuse(f"The port {_quoted(text)} is not a number.", "A port is a number from 1 to 65535; 443 is usual.")
    number = int(text) if len(text.lstrip("0")) <= len(str(_MAX_PORT)) else _MAX_PORT + 1
    if not 1 <= number <= _MAX_PORT:
        _refuse(f"The port {_quoted(text)} is out of range.", "A port is a number from 1 to 65535; 443 is usual.")
    return number


def _server_name(text: str) -> str:
    text = text.strip()
    _check_text(text, "The server name (SNI)", "Give a host name.")
    name, _ = _name_or_address(text, "server name")
    if is_address(name):
        _refuse("An address can't be sent as server name (SNI).", "Give a host name, or leave it out. RFC 6066 §3.")
    return name


def _connect_address(text: str) -> str:
    text = text.strip()
    hint = "Give an IPv4 or IPv6 address without a port; the port belongs to the target."
    _check_text(text, "The address to connect to", hint)
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    address = _address(bare)
    if address is None:
        _refuse(f"{_quoted(text)} is not an address to connect to.", hint)
    return address


def _judged_name(text: str) -> str:
    text = text.strip()
    _check_text(text, "The name to judge by", "Give a host name or an address.")
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return _name_or_address(bare, "name to judge by")[0]


def _name_or_address(text: str, what: str) -> tuple[str, str]:
    """A host in its ASCII form and as a person reads it."""
    address = _address(text)
    if address is not None:
        return address, address
    mapped = text.lower() if text.isascii() else _mapped(text, what)
    name = mapped.removesuffix(".")
    address = _address(name)
    if address is not None:
        return address, address
    if not name or "" in name.split("."):
        _refuse(f"The {what} {_quoted(text)} has an empty label.", "Labels are parted by one dot: www.example.org .")
    labels = [_label(label, what) for label in name.split(".")]
    if labels[-1][0].isdigit():
        _refuse(
            f"The {what} {_quoted(text)} ends in a number but is not an IPv4 address.",
            "An IPv4 address has four numbers from 0 to 255: 192.0.2.1 .",
        )
    ascii_name = ".".join(a_label for a_label, _ in labels)
    if len(ascii_name) > _MAX_NAME:
        _refuse(f"The {what} is {len(ascii_name)} octets long, more than {_MAX_NAME}.", "Check for a doubled part.")
    return ascii_name, ".".join(u_label for _, u_label in labels)


def _label(label: str, what: str) -> tuple[str, str]:
    """One label as an A-label and as a U-label; an underscore is tolerated. RFC 5890 §2.3.2.1."""
    a_label = label if label.isascii() else _a_label(label, what)
    if len(a_label) > _MAX_LABEL:
        _refuse(
            f"The label {_quoted(label)} of the {what} is {len(a_label)} octets long, more than {_MAX_LABEL}.",
            "Check for a missing dot.",
        )
    if not _LABEL.fullmatch(a_label):
        _refuse(
            f"The label {_quoted(label)} of the {what} is not one of a host name.",
            "Labels are letters, digits and hyphens, with no hyphen at either end.",
        )
    return a_label, _u_label(a_label) if a_label.startswith("xn--") else label


def _mapped(text: str, what: str) -> str:
    """The mapping of UTS #46: case, width and dots of all scripts."""
    import idna  # noqa: PLC0415 - its tables are needed for very few targets

    if len(text) > _MAX_NAME:
        _refuse(f"The {what} is {len(text)} characters long, more than {_MAX_NAME}.", "Check for a doubled part.")
    try:
        return idna.uts46_remap(text, std3_rules=False)
    except idna.IDNAError as error:
        _refuse_idn(text, what, error)


def _a_label(label: str, what: str) -> str:
    import idna  # noqa: PLC0415 - as above

    try:
        return idna.alabel(label).decode("ascii")
    except idna.IDNAError as error:
        _refuse_idn(label, what, error)


def _u_label(a_label: str) -> str:
    """The U-label; where IDNA 2008 has none, the A-label itself, which can be asked for all the same."""
    import idna  # noqa: PLC0415 - as above

    try:
        return idna.ulabel(a_label)
    except idna.IDNAError:
        return a_label


def _refuse_idn(text: str, what: str, error: Exception) -> NoReturn:
    _refuse(
        f"The {what} {_quoted(text)} is not a valid internationalised name: {beginning(str(error), 120)}.",
        "If it exists all the same, type its ASCII form (xn--…). RFC 5891.",
    )


def _address(text: str) -> str | None:
    """A literal in its canonical form, zone kept; None where it is none."""
    bare, percent, zone = text.partition("%")
    if percent and not (":" in bare and _ZONE.fullmatch(zone)):
        return None
    try:
        return f"{ipaddress.ip_address(bare)}{percent}{zone}"
    except ValueError:
        return None


def _quoted(text: str) -> str:
    return f"'{beginning(text, _SHOWN)}'"


def _refuse(message: str, hint: str) -> NoReturn:
    raise InputError(Fault.BAD_TARGET, message, hint)
