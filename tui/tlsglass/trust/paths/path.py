"""One path from the leaf, as a value: its steps, its signatures, how it ends and what was sent beside it."""

from tlsglass.frozen import dataclass
from tlsglass.trust.model import PathStep
from tlsglass.trust.signatures.certificates import SignatureCheck
from tlsglass.x509.model import Certificate, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A path from the leaf, and what became of the other certificates that were sent."""

    steps: tuple[PathStep, ...]
    """Leaf first; empty where nothing was sent."""

    links: tuple[SignatureCheck, ...]
    """Whether each step was signed by the next; one fewer than the steps."""

    anchored: bool
    """Whether the last step is a certificate of the store."""

    self_signed: bool
    """Whether the last step was signed with its own key."""

    missing: Name | None
    """The issuer of the last step, where it was neither sent nor in the store."""

    endless: bool
    """Whether the last step's issuer is at hand but the path would go in a circle or become too long."""

    namesakes: tuple[Certificate, ...]
    """Certificates of the missing issuer's name that have another key."""

    out_of_order: frozenset[int]
    """Indexes of sent certificates that are in the path but not where RFC 8446 §4.4.2 has them."""

    unrelated: frozenset[int]
    """Indexes of sent certificates that are not in the path."""

    alternative: frozenset[int]
    """Those of `unrelated` that lead from the path to another root, as cross-certificates do. RFC 4158 §1.5.3."""

    duplicates: frozenset[int]
    """Those of `unrelated` that were sent before."""

    found: int = 1
    """How many paths the search that gave this one has found, itself included."""

    bound: str = ""
    """The bound that ended the search before all paths were seen: '200 signatures were checked'; empty where all were
    seen."""
