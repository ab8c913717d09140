"""What the command line decided for the app. Nothing heavy is loaded for it."""

from pathlib import Path
from typing import TYPE_CHECKING

from tlsglass.frozen import dataclass
from tlsglass.look_options import LookOptions

if TYPE_CHECKING:
    from tlsglass.net.admission import HostPattern


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
class Settings(LookOptions):
    """The options that hold for every look of one start of the app."""

    standard_input: bytes | None = None
    """What was piped into the program, which the target `-` stands for; None where nothing was."""

    history_file: Path | None = None
    """Where earlier targets are kept; None means the user's state folder."""

    kiosk: Kiosk | None = None
    """The rules for guests; None where whoever sits there may do all."""

    animation: bool | None = None
    """Whether movements on the screen are animated; None says no where the session came over SSH."""
