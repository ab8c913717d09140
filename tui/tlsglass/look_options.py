"""What the command line decides of every look, whether the app or a report makes it. Nothing heavy is loaded for it."""

from datetime import datetime
from pathlib import Path

from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.trust.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOptions:
    """The options that the app and the report have in common."""

    sni: str | None = None
    """The server name to send instead of the target's host."""

    address: str | None = None
    """Connect to this address instead of resolving the target's host."""

    hostname: str | None = None
    """The name to judge certificates by instead of the target's host."""

    at: datetime | None = None
    """The moment to judge for, aware and in UTC; None takes the moment that it is."""

    profile: Profile = Profile.WEBPKI
    """By whose rules to judge."""

    timeout: float = 10.0
    """Seconds that each phase may take."""

    revocation: bool = False
    """Whether every look asks responders and lists about revocation, which tells them what is looked at."""

    ca_store: tuple[str, ...] = ("mozilla",)
    """The stores that give the verdict: 'mozilla', 'system', 'none', paths of files and folders."""

    ca_file: tuple[Path, ...] = ()
    """Files whose certificates are trusted besides the stores'."""

    aia: bool = False
    """Whether issuers that a server did not send are fetched from where the certificates say that they are."""

    ct_log_list: Path | None = None
    """A file in the format of Chrome's log_list.json that says which logs count; None takes our own."""

    limits: Limits = DEFAULTS
    """How much is taken of what comes, and how long a look may take."""
