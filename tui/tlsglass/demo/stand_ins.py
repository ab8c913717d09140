"""Roots that stand in for those of public lists, and what root programs hold of them, as the demo has it.

Nobody here has the keys of roots that really are on such lists. Each of these says in its name whose it is, and the
standing that it is given says the same; what follows from that is left to the rules, which know no difference.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Self

from cryptography.hazmat.primitives.serialization import Encoding

from tlsglass.demo.authority import AGE, Authority
from tlsglass.frozen import dataclass
from tlsglass.trust.programs.data import PROGRAMS, Bounds
from tlsglass.trust.programs.model import RootStanding
from tlsglass.trust.programs.standing import MOZILLA, standing_in
from tlsglass.x509.certificate import parse_certificate

_SINCE = AGE + timedelta(days=60)
"""How long ago it is that certificates below one of them were no longer to be issued; those of sites are younger."""

_ZONE = "*.example.net"
_JAVA = frozenset({"OpenJDK", "Oracle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One root with an authority below it."""

    root: Authority
    issuing: Authority
    programs: Mapping[str, Bounds]
    """The programs that have it, and how far they trust it."""

    @classmethod
    def beside(cls, private: Authority, name: str, programs: Mapping[str, Bounds]) -> Self:
        """Make one.

        Args:
            private: another root of the demo, from which it has the moment and the books.
            name: stands in the common names: 'Public' gives 'Demo Public Root CA' and 'Demo Public CA'.
            programs: see the attribute.
        """
        root = Authority.root(f"Demo {name} Root CA", at=private.at, publications=private.publications)
        return cls(root=root, issuing=root.authority(f"Demo {name} CA"), programs=programs)

    @property
    def der(self) -> bytes:
        """The certificate of the root in DER."""
        return self.root.certificate.public_bytes(Encoding.DER)

    @property
    def standing(self) -> RootStanding:
        """What the programs hold of it."""
        return standing_in(parse_certificate(self.der), self.programs)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """All of them."""

    public: StandIn
    """In the lists of all programs, without bounds."""

    distrusted: StandIn
    """The same, but Mozilla trusts nothing that was issued below it of late."""

    limited: StandIn
    """The same, but Mozilla trusts it for the names of one domain only."""

    partial: StandIn
    """In the lists of browsers only, and not in those of Java."""

    @classmethod
    def beside(cls, private: Authority) -> Self:
        """Make them beside another root of the demo."""
        everywhere = dict.fromkeys(PROGRAMS, Bounds())
        since = (private.at - _SINCE).date()
        return cls(
            public=StandIn.beside(private, "Public", everywhere),
            distrusted=StandIn.beside(private, "Distrusted", {**everywhere, MOZILLA: Bounds(distrusted_after=since)}),
            limited=StandIn.beside(private, "Limited", {**everywhere, MOZILLA: Bounds(permitted=(_ZONE,))}),
            partial=StandIn.beside(
                private, "Partial", {program: Bounds() for program in PROGRAMS if program not in _JAVA}
            ),
        )

    @property
    def all(self) -> tuple[StandIn, ...]:
        """In a fixed order."""
        return (self.public, self.distrusted, self.limited, self.partial)
