"""What there is to see in the zoo, as values: servers and files, in groups."""

from dataclasses import field

from tlsglass.frozen import dataclass
from tlsglass.net.model import Endpoint

ZONE = "demo.test"
"""The domain of all exhibits. No resolver outside of this program knows it: RFC 6761 §6.2 reserves `test`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    """What is said of everything that there is to see."""

    id: str
    """Stable. Of a server it is the first label of its name, of a file its name without the ending."""

    title: str
    """What it is, in a few words."""

    shows: str
    """One line: what it shows."""

    look_at: str
    """The guide's words: what to look at, and why it matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit(_Labelled):
    """One server of the zoo."""

    endpoint: Endpoint | None = None
    """Where it answers; None while the zoo is closed."""

    @property
    def host(self) -> str:
        """The name that it answers under: `expired.demo.test`."""
        return f"{self.id}.{ZONE}"

    @property
    def text(self) -> str:
        """What is typed to look at it."""
        return self.host

    @property
    def port(self) -> int | None:
        """The TCP port that it answers at; None while the zoo is closed."""
        return None if self.endpoint is None else self.endpoint.port


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(_Labelled):
    """One file of the zoo: a chain that is judged as if a site had sent it."""

    hostname: str
    """The name or address that it is judged by."""

    data: bytes | None = field(default=None, repr=False)
    """What it holds: certificates in PEM; None while the zoo is closed."""

    @property
    def text(self) -> str:
        """What is typed to look at it, inside of the demo: `outside-address.pem`."""
        return f"{self.id}.pem"


Entry = Exhibit | Bundle
"""What there is to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What belongs together on the tour."""

    title: str
    """A word or a few."""

    entries: tuple[Entry, ...]
    """In the order of the tour."""
