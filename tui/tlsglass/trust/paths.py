"""From the leaf to a trust anchor, through what was sent and what the store has. RFC 5280 §6.1, RFC 4158.

Servers send certificates in any order, twice, in loops and beside the point, so the path is searched for: depth first,
the likelier issuer first, within bounds that no server can stretch. Whether the path is good is judged elsewhere; here
names, key identifiers and signatures only decide who issued whom.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tlsglass.trust.encoding import matching_key
from tlsglass.trust.model import PathStep
from tlsglass.trust.signatures import SignatureCheck, check_signature
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate, Name

LONGEST_PATH = 32
"""Certificates of a path; OpenSSL goes to 100, and real paths have up to 6."""

MAXIMUM_STEPS = 256
"""How often the search goes one certificate further before it takes the best path so far."""

MAXIMUM_CHECKS = 100
"""How many signatures are checked for one chain."""

_Score = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The best path from the leaf, and what became of the other certificates that were sent."""

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
    """Indexes of sent certificates that are in the path but not where RFC 5246 §7.4.2 has them."""

    unrelated: frozenset[int]
    """Indexes of sent certificates that are not in the path."""

    alternative: frozenset[int]
    """Those of `unrelated` that lead from the path to another root, as cross-certificates do. RFC 4158 §2.2."""

    duplicates: frozenset[int]
    """Those of `unrelated` that were sent before."""


def build_path(certificates: Sequence[Certificate], store: Store, at: datetime) -> Path:
    """Find the path from the first certificate that was sent.

    Args:
        certificates: in the order sent.
        store: the anchors.
        at: the moment for which certificates that are valid are preferred.

    Returns:
        A path that ends in an anchor if there is one, else the longest.
    """
    search = _Search(certificates, store, at)
    steps, links = search.run()
    placed = [step.sent for step in steps if step.sent is not None]
    first_seen: dict[bytes, int] = {}
    for index, certificate in enumerate(certificates):
        first_seen.setdefault(certificate.der, index)
    duplicates = frozenset(i for i, certificate in enumerate(certificates) if first_seen[certificate.der] != i)
    unrelated = frozenset(range(len(certificates))) - frozenset(placed)
    end = search.end_of(steps)
    return Path(
        steps=steps,
        links=links,
        anchored=end.anchored,
        self_signed=end.self_signed,
        missing=end.missing,
        endless=end.endless,
        namesakes=end.namesakes,
        out_of_order=frozenset(sent for sent, due in zip(placed, sorted(placed), strict=True) if sent != due),
        unrelated=unrelated,
        alternative=search.reached(steps) & (unrelated - duplicates),
        duplicates=duplicates,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """How a path ends; see the fields of `Path`."""

    anchored: bool = False
    self_signed: bool = False
    missing: Name | None = None
    endless: bool = False
    namesakes: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    step: PathStep
    key_id_mismatch: bool
    rank: tuple[int, bool, bool, float]


class _Search:
    def __init__(self, certificates: Sequence[Certificate], store: Store, at: datetime) -> None:
        self._certificates = certificates
        self._store = store
        self._at = at
        self._by_subject: dict[bytes, list[PathStep]] = {}
        seen = set()
        for sent, certificate in enumerate(certificates):
            if certificate.der not in seen:
                seen.add(certificate.der)
                step = PathStep(certificate=certificate, sent=sent)
                self._by_subject.setdefault(matching_key(certificate.subject.der), []).append(step)
        self._checks: dict[tuple[bytes, bytes], SignatureCheck] = {}
        self._steps_left = MAXIMUM_STEPS
        self._best: tuple[tuple[PathStep, ...], tuple[SignatureCheck, ...]] = ((), ())
        self._best_score: _Score = (-1, 0, 0, 0)
        self._perfect = False

    def run(self) -> tuple[tuple[PathStep, ...], tuple[SignatureCheck, ...]]:
        if self._certificates:
            self._extend((PathStep(certificate=self._certificates[0], sent=0),), ())
        return self._best

    def end_of(self, steps: tuple[PathStep, ...]) -> _End:
        """How a path ends, and why there."""
        if not steps:
            return _End()
        top = steps[-1].certificate
        self_signed = self._is_self_signed(top)
        if self_signed or self._store.contains(top):
            return _End(anchored=self._store.contains(top), self_signed=self_signed)
        others = [candidate.step.certificate for candidate in self._candidates(top)]
        namesakes = tuple(other for other in others if self._check(top, other).valid is False and other.der != top.der)
        if any(self._check(top, other).valid is not False for other in others):
            return _End(endless=True)
        return _End(missing=top.issuer, namesakes=namesakes)

    def _is_self_signed(self, certificate: Certificate) -> bool:
        """Whether it was signed with its own key; by its names and key identifiers where that can't be checked."""
        if not _issued(certificate, certificate) or _key_ids_differ(certificate, certificate):
            return False
        return self._check(certificate, certificate).valid is not False

    def reached(self, steps: tuple[PathStep, ...]) -> frozenset[int]:
        """Indexes of what was sent and issued something in the path, or shares name and key with something in it."""
        reached: dict[int, None] = {}
        waiting = deque(step.certificate for step in steps[1:])
        waiting.extend(step.certificate for step in steps[:1])
        for _ in range(MAXIMUM_STEPS):
            if not waiting:
                break
            certificate = waiting.popleft()
            alike = self._by_subject.get(matching_key(certificate.subject.der), ())
            issuers = self._by_subject.get(matching_key(certificate.issuer.der), ())
            found = [step for step in alike if step.certificate.public_key.der == certificate.public_key.der]
            found += [step for step in issuers if self._check(certificate, step.certificate).valid]
            for step in found:
                if step.sent is not None and step.sent not in reached:
                    reached[step.sent] = None
                    waiting.append(step.certificate)
        return frozenset(reached)

    def _extend(self, steps: tuple[PathStep, ...], links: tuple[SignatureCheck, ...]) -> None:
        top = steps[-1].certificate
        anchored = self._store.contains(top)
        self._offer(steps, links, anchored=anchored)
        if anchored or len(steps) == LONGEST_PATH:
            return
        passed = {step.certificate.der for step in steps}
        for step, link in self._issuers(top):
            if self._perfect or not self._steps_left:
                return
            if step.certificate.der not in passed:
                self._steps_left -= 1
                self._extend((*steps, step), (*links, link))

    def _offer(self, steps: tuple[PathStep, ...], links: tuple[SignatureCheck, ...], *, anchored: bool) -> None:
        bad = sum(link.valid is False for link in links)
        invalid = sum(not _is_valid(step.certificate, self._at) for step in steps)
        score = (1, -bad, -invalid, -len(steps)) if anchored else (0, len(steps), -bad, -invalid)
        if score > self._best_score:
            self._best, self._best_score = (steps, links), score
        self._perfect = self._perfect or (anchored and not bad and not invalid)

    def _issuers(self, certificate: Certificate) -> Iterator[tuple[PathStep, SignatureCheck]]:
        """Those that may have issued a certificate, the likeliest first, and those whose key did not sign it last.

        One that has neither the key identifier nor the key is another holder of the same name and is left out.
        """
        refuted = []
        for candidate in self._candidates(certificate):
            check = self._check(certificate, candidate.step.certificate)
            if check.valid is not False:
                yield candidate.step, check
            elif not candidate.key_id_mismatch:
                refuted.append((candidate.step, check))
        yield from refuted

    def _candidates(self, certificate: Certificate) -> list[_Candidate]:
        sent = self._by_subject.get(matching_key(certificate.issuer.der), ())
        steps = {step.certificate.der: step for step in sent}
        for anchor in self._store.issuers_of(certificate):
            steps.setdefault(anchor.der, PathStep(certificate=anchor, sent=None))
        return sorted((self._rank(certificate, step) for step in steps.values()), key=lambda c: c.rank)

    def _rank(self, certificate: Certificate, step: PathStep) -> _Candidate:
        issuer = step.certificate
        mismatch = _key_ids_differ(certificate, issuer)
        unknown = certificate.authority_key_id is None or issuer.subject_key_id is None
        ends = issuer.not_after.timestamp() if issuer.not_after else 0.0
        return _Candidate(
            step=step,
            key_id_mismatch=mismatch,
            rank=(2 * mismatch + unknown, not self._store.contains(issuer), not _is_valid(issuer, self._at), -ends),
        )

    def _check(self, certificate: Certificate, issuer: Certificate) -> SignatureCheck:
        key = (certificate.der, issuer.der)
        if key not in self._checks:
            if len(self._checks) >= MAXIMUM_CHECKS:
                return SignatureCheck(valid=None, reason="too many certificates of one name were sent")
            self._checks[key] = check_signature(certificate, issuer)
        return self._checks[key]


def _issued(certificate: Certificate, issuer: Certificate) -> bool:
    return matching_key(certificate.issuer.der) == matching_key(issuer.subject.der)


def _key_ids_differ(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the key identifiers say that another key signed it. RFC 5280 §4.2.1.1."""
    wanted, had = certificate.authority_key_id, issuer.subject_key_id
    return wanted is not None and had is not None and wanted != had


def _is_valid(certificate: Certificate, at: datetime) -> bool:
    begins, ends = certificate.not_before, certificate.not_after
    return begins is not None and ends is not None and begins <= at <= ends
