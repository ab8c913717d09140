"""Where guests may go: which hosts they may name, and which addresses may be connected to on their behalf.

Two gates, since a name says nothing of where it leads. What is typed must be on the list of hosts. What is connected
to, for the site itself and for whatever its certificates point to, must be an address that anybody may be sent to, or
one that is listed; it is checked where the connection is made, so that a name that resolves to another address the
second time gains nothing by it.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from typing import Self

from tlsglass.errors import ConnectError, Fault, InputError
from tlsglass.frozen import dataclass
from tlsglass.net.channel import Channel
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.reach import is_public, meant
from tlsglass.net.stop import Stop
from tlsglass.target import DEFAULT_PORT, Target, is_address, parse_hostname

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LONGEST = 280
"""Characters of a pattern: those of the longest name, and a port."""

_PATTERN = re.compile(r"(?:\[(?P<inside>[^\[\]]+)\]|(?P<host>[^\[\]:]+))(?::(?P<port>\d{1,5}|\*))?")
_MAX_PORT = 65535
_NAMED = 6
"""How many patterns a hint names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPattern:
    """What guests may look at: a host, all names below one, an address, or a network of addresses; at one port or all.

    Naming an address or a network also permits what is in it to be connected to, wherever it is.
    """

    text: str
    """As it was written."""

    name: str | None
    """A name in its ASCII form; None where it is all names, or an address or a network."""

    below: bool
    """Whether it stands for the names below the name, at any depth, and not for the name itself."""

    network: _Network | None
    """The addresses; None for names."""

    port: int | None
    """None permits every port."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pattern.

        Args:
            text: `example.org`, `*.example.org`, `*`, `192.0.2.1`, `192.0.2.0/24`, `[2001:db8::/32]`, each with `:8443`
                or `:*` behind it; without that, port 443 is meant.

        Raises:
            ValueError: it is none; the message is a sentence.
        """
        if len(text) > _LONGEST:
            message = f"{text[:_LONGEST]!r}… is too long for a pattern of hosts."
            raise ValueError(message)
        found = _PATTERN.fullmatch(text) or _bare(text)
        if found is None:
            message = f"{text!r} is no pattern of hosts."
            raise ValueError(message)
        host, port = found["inside"] or found["host"], _port(text, found["port"])
        network = _network(text, host)
        if network is None and found["inside"]:
            message = f"{text!r} has no address in its brackets."
            raise ValueError(message)
        if network is not None or host == "*":
            return cls(text=text, name=None, below=host == "*", network=network, port=port)
        below = host.startswith("*.")
        try:
            name = parse_hostname(host.removeprefix("*."))
        except InputError as error:
            message = f"{text!r} is no pattern of hosts. {error.message}"
            raise ValueError(message) from error
        return cls(text=text, name=name, below=below, network=None, port=port)

    def admits(self, host: str, port: int) -> bool:
        """Whether guests may name a host, by a name in its ASCII form or by an address, at a port."""
        if self.port not in {None, port}:
            return False
        if is_address(host):
            return self.permits(Endpoint(address=host, port=port)) or (self.name is None and self.network is None)
        if self.network is not None:
            return False
        if self.name is None:
            return True
        plain = host.lower().removesuffix(".")
        return plain.endswith(f".{self.name}") if self.below else plain == self.name

    def permits(self, endpoint: Endpoint) -> bool:
        """Whether it lists an address at a port, so that it may be connected to wherever it is."""
        if self.network is None or self.port not in {None, endpoint.port}:
            return False
        return meant(endpoint.address)[0] in self.network


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The rules for where guests may go. What is not admitted raises, with a sentence for whoever typed it."""

    patterns: tuple[HostPattern, ...] = ()
    """The hosts that may be named, and the addresses that are listed."""

    own: frozenset[Endpoint] = frozenset()
    """Servers of this very process, which may be connected to."""

    welcome: str = ""
    """What a hint names before the patterns: 'the demo'."""

    def check(self, target: Target) -> None:
        """Refuse what guests may not name.

        Raises:
            InputError: with NOT_ALLOWED.
        """
        if any(pattern.admits(target.host, target.port) for pattern in self.patterns):
            return
        raise InputError(Fault.NOT_ALLOWED, f"Guests may not look at {target.origin} here.", self._hint())

    def permits(self, endpoint: Endpoint) -> bool:
        """Whether an address may be connected to."""
        if endpoint in self.own or is_public(endpoint.address):
            return True
        return any(pattern.permits(endpoint) for pattern in self.patterns)

    def dialer(self, inner: Dialer = dial) -> Dialer:
        """A dialer that goes only where guests may be led, and raises ConnectError with NOT_ALLOWED else."""

        def guarded(
            endpoints: Sequence[Endpoint],
            *,
            stop: Stop,
            timeout: float,
            on_failure: Callable[[Endpoint, str], None],
        ) -> Channel:
            permitted = [endpoint for endpoint in endpoints if self.permits(endpoint)]
            for endpoint in endpoints:
                if endpoint not in permitted:
                    on_failure(endpoint, f"{endpoint} is not for guests.")
            if not permitted:
                where = ", ".join(map(str, endpoints[:_NAMED]))
                if len(endpoints) > _NAMED:
                    where += f" and {len(endpoints) - _NAMED:,} more"
                raise ConnectError(
                    Fault.NOT_ALLOWED,
                    f"It leads to {where}, inside this machine or its network, where guests may not go.",
                    self._hint(),
                )
            return inner(permitted, stop=stop, timeout=timeout, on_failure=on_failure)

        return guarded

    def _hint(self) -> str:
        named = [pattern.text for pattern in self.patterns if pattern.text][:_NAMED]
        more = len([pattern for pattern in self.patterns if pattern.text]) - len(named)
        places = [*([self.welcome] if self.welcome else []), *named]
        return f"Open to guests: {', '.join(places)}{f' and {more} more' if more else ''}." if places else ""


def _bare(text: str) -> "re.Match[str] | None":
    """An IPv6 address or network without brackets, which then has no port."""
    return _PATTERN.fullmatch(f"[{text}]") if text.count(":") > 1 else None


def _port(text: str, port: str | None) -> int | None:
    if port is None or port == "*":
        return DEFAULT_PORT if port is None else None
    if not 1 <= int(port) <= _MAX_PORT:
        message = f"{text!r} has a port that is none."
        raise ValueError(message)
    return int(port)


def _network(text: str, host: str) -> "_Network | None":
    """The addresses of a pattern; None where it is one of names."""
    if not is_address(host) and "/" not in host:
        return None
    try:
        return ipaddress.ip_network(host, strict=False)
    except ValueError as error:
        message = f"{text!r} is no network of addresses: {str(error)[:_LONGEST]}."
        raise ValueError(message) from error
