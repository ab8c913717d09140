"""What if: what is supposed of a chain that was seen, and of the store that it is judged by.

Only values: `tlsglass.supposing` applies them, and judges the result like any other chain.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from tlsglass.frozen import dataclass
from tlsglass.trust.wording import named
from tlsglass.x509.model import Certificate

if TYPE_CHECKING:
    from tlsglass.trust.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed; what is None or empty is as it is in truth."""

    at: datetime | None = None
    """The moment to judge for, aware and in UTC."""

    hostname: str | None = None
    """The name or address to judge by, in its canonical form."""

    profile: "Profile | None" = None
    """By whose rules to judge."""

    dropped: frozenset[int] = frozenset()
    """Indexes of certificates that were sent, and are supposed not to have been."""

    added: tuple[Certificate, ...] = ()
    """What is supposed to have been sent after all others."""

    trusted: tuple[Certificate, ...] = ()
    """What is supposed to be an anchor of the store."""

    distrusted: tuple[Certificate, ...] = ()
    """What is supposed not to be one."""

    @property
    def is_of_chain(self) -> bool:
        """Whether something else is supposed to have been sent, or to be in the store."""
        return bool(self.dropped or self.added or self.trusted or self.distrusted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What another chain or another store is supposed to be, beside a judgement of it."""

    certificates: tuple[Certificate, ...]
    """What is supposed to have been sent, in that order; the judgement's indexes count in it."""

    dropped: tuple[Certificate, ...] = ()
    """What was sent and is supposed not to have been."""

    dropped_places: frozenset[int] = frozenset()
    """Where that stands in the order that was sent."""

    added: tuple[Certificate, ...] = ()
    """What was not sent and is supposed to have been; the last of `certificates`."""

    trusted: tuple[Certificate, ...] = ()
    """What is supposed to be an anchor and is none in truth."""

    distrusted: tuple[Certificate, ...] = ()
    """What is an anchor and is supposed to be none."""

    @property
    def first_added(self) -> int:
        """The index of the first certificate that was not sent in truth."""
        return len(self.certificates) - len(self.added)

    def place_of(self, sent: int) -> int | None:
        """Where a certificate stands that was sent in truth.

        Args:
            sent: its index in the order sent.

        Returns:
            Its index in `certificates`; None where it is supposed not to have been sent, or takes no part.
        """
        if sent in self.dropped_places:
            return None
        place = sent - sum(dropped < sent for dropped in self.dropped_places)
        return place if place < self.first_added else None

    def words(self) -> tuple[str, ...]:
        """What is supposed, a sentence's end each: `'Demo Root CA' were not in the store`. Not yet made printable."""
        kinds = (
            (self.dropped, "were not sent"),
            (self.added, "were sent"),
            (self.distrusted, "were not in the store"),
            (self.trusted, "were in the store"),
        )
        return tuple(f"{named(certificate)} {what}" for certificates, what in kinds for certificate in certificates)
