"""Where a server is, as values."""

from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address and a TCP port."""

    address: str
    """An IPv4 or IPv6 address in text form, with a zone where it has one."""

    port: int

    def __str__(self) -> str:
        """As in a URL: `192.0.2.1:443`, `[2001:db8::1]:443`."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"
