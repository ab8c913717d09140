"""What was typed, parsed: scheme, host, port, path, and the names to ask for and to judge by."""

from dataclasses import dataclass

DEFAULT_PORT = 443


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
    """The name or address that the certificate is judged by."""

    @property
    def origin(self) -> str:
        """Host and port as one would type them: `example.org:443`, `[::1]:8443`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"
