"""What the command line decided for the app; standard library only, so that it costs nothing to make one."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tlsglass.frozen import dataclass

if TYPE_CHECKING:
    from tlsglass.net.admission import HostPattern

from tlsglass.limits import DEFAULTS, Limits
from tlsglass.trust.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk:
    """What guests may do: look, copy, and nothing that touches this machine or its network."""

    allowed: "tuple[HostPattern, ...]" = ()
    """What may be looked at besides the demo."""

    per_minute: int = 30
    """How many looks may begin within a minute."""

    idle: float = 300.0
    """Seconds without a key after which the app ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options that hold for every look of one start of the app."""

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

    standard_input: bytes | None = None
    """What was piped into the program, which the target `-` stands for; None where nothing was."""

    history_file: Path | None = None
    """Where earlier targets are kept; None means the user's state folder."""

    kiosk: Kiosk | None = None
    """The rules for guests; None where whoever sits there may do all."""

    animation: bool | None = None
    """Whether movements on the screen are animated; None says no where the session came over SSH."""
