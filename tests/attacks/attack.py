"""An attack as a value: what is played, on which layer, and what must be seen of it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypedDict

from tests.attacks.opponent import Opponent
from tlsglass.errors import Fault, Phase

PATIENT = 10.0
"""Seconds that each step has where it is not the timeout that ends the look."""

Manner = Callable[[Opponent], None]
"""Plays the attack to one client; raises GoneError when that has left."""


Writing = Callable[[Path, ExitStack], Path]
"""Makes a file in a folder and says where it is; what is to be closed in the end goes onto the stack."""


class Layer(StrEnum):
    """Where the attack comes in."""

    RECORDS = "records"
    HANDSHAKE = "handshake"
    CERTIFICATES = "certificates"
    SESSION = "session"
    HTTP = "http"
    PUBLICATIONS = "publications"
    NAMES = "names"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What must be seen, in the report and on the screen alike."""

    phase: Phase | None = None
    """The phase that could not be finished; None where the look ends without an error."""

    fault: Fault | None = None
    """Why it could not be."""

    says: str = ""
    """Words that the report has of it, as the error's sentence."""

    certificates: int | None = None
    """How many certificates are shown; None where that is not the point."""

    untrusted: bool = False
    """Whether the chain is not trusted."""

    findings: tuple[str, ...] = ()
    """Codes that are among the findings."""


class Bounds(TypedDict, total=False):
    """How long an attack may last and what it may take, where that is not as usual. See `Attack`."""

    timeout: float
    endless: bool
    words: tuple[str, ...]
    megabytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One attack by a server, by what it points to, or by a file."""

    id: str
    layer: Layer
    plays: str
    """What is played, in one line."""

    seen: Seen
    manner: Manner | None = None
    """What the server does; None where there is no server, or nobody gets that far."""

    host: str = "127.0.0.1"
    """What is looked at, unless it is a file."""

    file: Writing | None = None
    """What makes the file that is looked at."""

    timeout: float = PATIENT
    """Seconds that are allowed for each step: few where it is the timeout that ends the look."""

    endless: bool = False
    """Whether it goes on for as long as the client listens, so that the reader must end it."""

    words: tuple[str, ...] = ()
    """Further words of the command line."""

    megabytes: int = 64
    """What the look may take of memory on top of what the program has already, at its height."""

    @property
    def lasts(self) -> bool:
        """Whether there is time to press a key before it ends by itself, if it does."""
        return self.endless or self.timeout < PATIENT

    def __str__(self) -> str:
        """The id, as pytest shows it."""
        return self.id
