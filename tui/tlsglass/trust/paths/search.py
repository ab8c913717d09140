"""From the leaf to every trust anchor, through what was sent, what was fetched and what the store has. RFC 4158.

Servers send certificates in any order, twice, in loops and beside the point, so paths are searched for: depth first,
the likelier issuer first, within bounds that no server can stretch. First those that lead to an anchor, then those
that end elsewhere, and only where no anchor was found those in which a signature is wrong. Whether a path is good is
judged elsewhere; here names, key identifiers and signatures only decide who issued whom.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.limits import LONGEST_PATH, MOST_CHECKS, MOST_PATHS, MOST_STEPS
from tlsglass.trust.model import FetchedCertificate, PathStep
from tlsglass.trust.paths.ends import end_of, reached
from tlsglass.trust.paths.issuers import Issuers
from tlsglass.trust.paths.path import Path
from tlsglass.trust.signatures.certificates import SignatureCheck
from tlsglass.trust.stores import Store
from tlsglass.turns import give_way
from tlsglass.x509.encoding import matching_key
from tlsglass.x509.model import Certificate

_ROUNDS = (4, 6, 10)
"""How long paths to an anchor may be at first; nearly all there are end within the first."""

_Score = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Way:
    """A path as it is searched for."""

    steps: tuple[PathStep, ...]
    links: tuple[SignatureCheck, ...]
    holders: frozenset[tuple[bytes, bytes]]
    """Subject and key of each step: none comes twice, else the path would go in a circle. RFC 4158 §2.4.2."""

    def with_issuer(self, step: PathStep, link: SignatureCheck) -> "_Way":
        return _Way((*self.steps, step), (*self.links, link), self.holders | {_holder(step.certificate)})


def build_path(
    certificates: Sequence[Certificate], store: Store, at: datetime, fetched: Sequence[FetchedCertificate] = ()
) -> Path:
    """Find the best path from the first certificate that was sent. See `find_paths`."""
    return find_paths(certificates, store, at, fetched)[0]


def find_paths(
    certificates: Sequence[Certificate], store: Store, at: datetime, fetched: Sequence[FetchedCertificate] = ()
) -> tuple[Path, ...]:
    """Find all paths from the first certificate that was sent.

    Args:
        certificates: in the order sent.
        store: the anchors.
        at: the moment for which paths that are valid are preferred.
        fetched: certificates that were had otherwise, as from the addresses that the sent ones name.

    Returns:
        At least one path and at most `MOST_PATHS`, the best first: those that end in an anchor, with the fewest wrong
        signatures, fetched certificates and wrong dates, the shortest; then the others, the longest first.
    """
    issuers = Issuers(certificates, store, at, fetched)
    ways, bound = _all_ways(certificates, issuers)
    first_seen: dict[bytes, int] = {}
    for index, certificate in enumerate(certificates):
        first_seen.setdefault(certificate.der, index)
    duplicates = frozenset(i for i, certificate in enumerate(certificates) if first_seen[certificate.der] != i)
    ends = [(way, end_of(way.steps, issuers)) for way in ways]
    # A circle says nothing where there is a path that ends.
    ends = [(way, end) for way, end in ends if not end.endless] or ends
    elsewhere, cut = reached([way.steps for way, _ in ends], issuers)
    found = []
    for way, end in ends:
        placed = [step.sent for step in way.steps if step.sent is not None]
        unrelated = frozenset(range(len(certificates))) - frozenset(placed)
        path = Path(
            steps=way.steps,
            links=way.links,
            anchored=end.anchored,
            self_signed=end.self_signed,
            missing=end.missing,
            endless=end.endless,
            namesakes=end.namesakes,
            out_of_order=frozenset(sent for sent, due in zip(placed, sorted(placed), strict=True) if sent != due),
            unrelated=unrelated,
            alternative=elsewhere & (unrelated - duplicates),
            duplicates=duplicates,
            found=len(ends),
            bound=bound or cut,
        )
        found.append(path)
    return tuple(found)


def _all_ways(certificates: Sequence[Certificate], issuers: Issuers) -> tuple[list[_Way], str]:
    """The ways to keep, best first, and the bound that was hit before all to an anchor were seen, if one was."""
    if not certificates:
        return [_Way((), (), frozenset())], ""
    first = _Way((PathStep(certificate=certificates[0], sent=0),), (), frozenset({_holder(certificates[0])}))
    ways, bound = _to_anchors(issuers, first)
    elsewhere = _Search(issuers, first)
    anchored = bool(ways)
    ways += elsewhere.others
    if not anchored:
        with_refuted = _Search(issuers, first, refuted=True)
        ways += (*with_refuted.anchored, *with_refuted.others)
        bound = bound or elsewhere.bound or (_too_long() if elsewhere.was_cut else "")
    unique: dict[tuple[bytes, ...], _Way] = {}
    for way in ways:
        unique.setdefault(tuple(step.certificate.der for step in way.steps), way)
    return sorted(unique.values(), key=_scoring(issuers), reverse=True)[:MOST_PATHS], bound


def _to_anchors(issuers: Issuers, first: _Way) -> tuple[list[_Way], str]:
    """The ways that end in an anchor, the short ones first, so that no thicket of long ones hides them."""
    ways: list[_Way] = []
    bound = ""
    for longest in sorted({min(each, LONGEST_PATH) for each in (*_ROUNDS, LONGEST_PATH)}):
        found = _Search(issuers, first, to_anchors=True, longest=longest)
        ways += found.anchored
        bound = found.bound
        if not found.was_cut or bound:
            break
        bound = _too_long()
    return ways, bound


def _too_long() -> str:
    return f"a path became longer than {LONGEST_PATH} certificates"


class _Search:
    """One walk over all ways that begin with another; what it has found is there once it is made."""

    def __init__(
        self,
        issuers: Issuers,
        first: _Way,
        *,
        to_anchors: bool = False,
        refuted: bool = False,
        longest: int | None = None,
    ) -> None:
        """Walk.

        Args:
            issuers: who may have issued whom.
            first: where all ways begin.
            to_anchors: whether to go only where names lead to an anchor.
            refuted: whether to go on where a signature is wrong.
            longest: how many certificates a way may have; `LONGEST_PATH` unless given.
        """
        self.anchored: list[_Way] = []
        self.others: list[_Way] = []
        self.was_cut = False
        """Whether a way became too long."""

        self.bound = ""
        """What ended the walk before all was seen, as a sentence without its full stop; empty where nothing did."""

        self._issuers = issuers
        self._to_anchors = to_anchors
        self._refuted = refuted
        self._longest = LONGEST_PATH if longest is None else longest
        self._steps_left = MOST_STEPS
        self._extend(first)
        if issuers.exhausted:
            self.bound = f"{MOST_CHECKS} signatures were checked"

    def _extend(self, way: _Way) -> None:
        give_way()
        top = way.steps[-1].certificate
        if self._issuers.is_anchor(top):
            self._keep(way, self.anchored)
            return
        goes_on = False
        for candidate, link in self._issuers.of(top, refuted=self._refuted):
            step = candidate.step
            if (self._to_anchors and not candidate.leads_to_store) or _holder(step.certificate) in way.holders:
                continue
            if len(way.steps) == self._longest:
                self.was_cut = True
                break
            if not self._steps_left:
                self.bound = self.bound or f"{MOST_STEPS} steps were gone"
                return
            if len(self.anchored) > MOST_PATHS:
                return
            goes_on = True
            self._steps_left -= 1
            self._extend(way.with_issuer(step, link))
        if not goes_on:
            self._keep(way, self.others)

    def _keep(self, way: _Way, kept: list[_Way]) -> None:
        if self._to_anchors and kept is self.others:
            return
        if len(kept) <= MOST_PATHS:
            kept.append(way)
        if len(kept) > MOST_PATHS:
            self.bound = f"more than {MOST_PATHS} paths were found"


def _scoring(issuers: Issuers) -> Callable[[_Way], _Score]:
    """What tells the better of two ways, the higher the better."""

    def score(way: _Way) -> _Score:
        length = len(way.steps)
        bad = sum(link.valid is False for link in way.links)
        fetched = sum(step.fetched_from is not None for step in way.steps)
        invalid = sum(not issuers.is_valid(step.certificate) for step in way.steps)
        if issuers.is_anchor(way.steps[-1].certificate):
            return (1, -bad, -fetched, -invalid, -length)
        return (0, length, -bad, -fetched, -invalid)

    return score


def _holder(certificate: Certificate) -> tuple[bytes, bytes]:
    """Who has a certificate: a name and a key. One without a readable key is taken for itself alone."""
    return matching_key(certificate.subject.der), certificate.public_key.der or certificate.der
