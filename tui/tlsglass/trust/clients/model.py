"""What families of clients would make of a chain, as values."""

from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.trust.clients.unread import UNREAD


class Stance(StrEnum):
    """What a family of clients would make of a chain."""

    ACCEPTS = "accepts"
    """No documented rule of it speaks against what was seen."""

    REFUSES = "refuses"
    DEPENDS = "depends"
    """On its version, its settings or what it has kept; the reasons say on what."""

    UNKNOWN = "unknown"
    """No source says; the reasons say of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One behaviour of a family that matters for this chain."""

    stance: Stance
    """What follows from this one alone."""

    sentence: str
    """'It does not fetch issuers that were not sent.' Not yet made printable."""

    reference: str
    """Documentation, source or RFC that says so; empty where the sentence only says how many more there are."""

    codes: tuple[str, ...] = ()
    """The codes of the findings that it is about, of another path, too; empty where it is about none."""

    @property
    def is_read(self) -> bool:
        """Whether the reference itself was read, so that the sentence is known from there."""
        return self.reference not in UNREAD

    @property
    def told(self) -> str:
        """The sentence, and where it was not held against its source, that: nobody shall take it for a fact then."""
        return self.sentence if self.is_read else f"{self.sentence} (Source not read.)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientStanding:
    """What one family of clients would make of a chain."""

    family: str
    """'Chrome'."""

    programs: tuple[str, ...]
    """Whose list of roots it goes by; empty where that is the system's, or whatever it was given."""

    stance: Stance
    because: tuple[Reason, ...]
    """What the stance rests on, what weighs most first; at least one."""

    basis: str = "derived from rules, not tested"
    """How this is known."""

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """Those of the reasons that the stance rests on."""
        return tuple(reason for reason in self.because if reason.stance is self.stance)
