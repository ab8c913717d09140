"""Who may have issued whom: candidates by name, the likeliest first, and signatures within a bound. RFC 4158 §3."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_CHECKS
from tlsglass.trust.model import FetchedCertificate, PathStep
from tlsglass.trust.signatures.certificates import SignatureCheck, check_signature, is_self_signed, key_ids_differ
from tlsglass.trust.stores import Store
from tlsglass.turns import give_way
from tlsglass.x509.encoding import matching_key
from tlsglass.x509.model import Certificate

_LARGE_KEY = 1_100
"""Bytes of a SubjectPublicKeyInfo from which on a signature is dear: RSA with 8,192 bits has 1,062."""

_LARGE_KEY_COST = 10
_OUT_OF_REACH = 1_000_000
"""The distance to the store of what does not lead there."""

_TOO_MANY = "too many certificates of one name were sent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A certificate that has the name of an issuer."""

    step: PathStep
    key_id_mismatch: bool
    """Whether the key identifiers say that it has another key. RFC 5280 §4.2.1.1."""

    leads_to_store: bool
    """Whether names lead from it to an anchor, or it is one."""

    rank: tuple[int, int, bool, bool, float]
    """The lower the likelier."""


class Issuers:
    """What was sent, what was fetched and what the store has, by who may have issued whom."""

    def __init__(
        self, certificates: Sequence[Certificate], store: Store, at: datetime, fetched: Sequence[FetchedCertificate]
    ) -> None:
        """Sort certificates by name.

        Args:
            certificates: in the order sent.
            store: the anchors.
            at: the moment for which certificates that are valid are preferred.
            fetched: what else is at hand.
        """
        self._store = store
        self._at = at
        self._by_subject: dict[bytes, list[PathStep]] = {}
        steps = [PathStep(certificate=certificate, sent=index) for index, certificate in enumerate(certificates)]
        steps += (PathStep(certificate=each.certificate, sent=None, fetched_from=each.url) for each in fetched)
        self._unique = list({step.certificate.der: step for step in reversed(steps)}.values())[::-1]
        for step in self._unique:
            self._by_subject.setdefault(matching_key(step.certificate.subject.der), []).append(step)
        self._distances: dict[bytes, int] = {}
        self._candidates: dict[bytes, tuple[Candidate, ...]] = {}
        self._checks: dict[tuple[bytes, bytes], SignatureCheck] = {}
        self._checks_left = MOST_CHECKS
        self._measured = False
        self.exhausted = False
        """Whether a signature was not checked as too many were before."""

    def is_anchor(self, certificate: Certificate) -> bool:
        """Whether the store has this very certificate."""
        return self._store.contains(certificate)

    def named(self, name: bytes) -> Sequence[PathStep]:
        """What was sent or fetched with a subject.

        Args:
            name: a Name as encoded.
        """
        return self._by_subject.get(matching_key(name), ())

    def of(self, certificate: Certificate, *, refuted: bool) -> Iterator[tuple[Candidate, SignatureCheck]]:
        """Those that may have issued a certificate, the likeliest first.

        One whose signature could not be checked any more is left out: no path may rest on it.

        Args:
            certificate: the one that was issued.
            refuted: whether those come too, last, whose key did not sign it though its identifier is named. One that
                has neither the key identifier nor the key is another holder of the name, and never an issuer.
        """
        wrong = []
        for candidate in self.candidates(certificate):
            check = self.check(certificate, candidate.step.certificate)
            if check.reason == _TOO_MANY:
                return
            if check.valid is not False:
                yield candidate, check
            elif refuted and not candidate.key_id_mismatch:
                wrong.append((candidate, check))
        yield from wrong

    def candidates(self, certificate: Certificate) -> tuple[Candidate, ...]:
        """All that have the name of a certificate's issuer, the likeliest first; no signature has been looked at."""
        known = self._candidates.get(certificate.der)
        if known is None:
            steps = {step.certificate.der: step for step in self.named(certificate.issuer.der)}
            for anchor in self._store.issuers_of(certificate):
                before = steps.get(anchor.der)
                if before is None or before.sent is None:
                    steps[anchor.der] = PathStep(certificate=anchor, sent=None)
            ranked = sorted((self._rank(certificate, step) for step in steps.values()), key=lambda one: one.rank)
            known = self._candidates[certificate.der] = tuple(ranked)
        return known

    def check(self, certificate: Certificate, issuer: Certificate) -> SignatureCheck:
        """Whether the key of one signed the other; not checked once that was done too often."""
        key = (certificate.der, issuer.der)
        if key not in self._checks:
            cost = _LARGE_KEY_COST if len(issuer.public_key.der) > _LARGE_KEY else 1
            if cost > self._checks_left:
                self.exhausted = True
                return SignatureCheck(valid=None, reason=_TOO_MANY)
            self._checks_left -= cost
        return self._checked(certificate, issuer)

    def is_self_signed(self, certificate: Certificate) -> bool:
        """Whether it was signed with its own key; by its names and key identifiers where that can't be checked."""
        return is_self_signed(certificate)

    def _checked(self, certificate: Certificate, issuer: Certificate) -> SignatureCheck:
        key = (certificate.der, issuer.der)
        if key not in self._checks:
            give_way()
            self._checks[key] = check_signature(certificate, issuer)
        return self._checks[key]

    def is_valid(self, certificate: Certificate) -> bool:
        """Whether its dates include the moment that is judged for."""
        begins, ends = certificate.not_before, certificate.not_after
        return begins is not None and ends is not None and begins <= self._at <= ends

    def _rank(self, certificate: Certificate, step: PathStep) -> Candidate:
        issuer = step.certificate
        mismatch = key_ids_differ(certificate, issuer)
        unknown = certificate.authority_key_id is None or issuer.subject_key_id is None
        distance = self._distance(issuer)
        ends = issuer.not_after.timestamp() if issuer.not_after else 0.0
        return Candidate(
            step=step,
            key_id_mismatch=mismatch,
            leads_to_store=distance < _OUT_OF_REACH,
            rank=(2 * mismatch + unknown, distance, step.fetched_from is not None, not self.is_valid(issuer), -ends),
        )

    def _distance(self, certificate: Certificate) -> int:
        """How many certificates there are between it and the store at least, going by names alone."""
        if self.is_anchor(certificate):
            return 0
        if not self._measured:
            self._measure()
        return 1 + self._distances.get(matching_key(certificate.issuer.der), _OUT_OF_REACH)

    def _measure(self) -> None:
        """How far each name is from the store, so that the search need not go where no anchor is."""
        self._measured = True
        issued_by: dict[bytes, list[PathStep]] = {}
        for step in self._unique:
            certificate = step.certificate
            issuer = matching_key(certificate.issuer.der)
            issued_by.setdefault(issuer, []).append(step)
            if issuer not in self._distances and self._store.named(certificate.issuer.der):
                self._distances[issuer] = 0
            if self.is_anchor(certificate):
                self._distances[matching_key(certificate.subject.der)] = 0
        waiting = deque(self._distances)
        while waiting:
            name = waiting.popleft()
            for step in issued_by.get(name, ()):
                subject = matching_key(step.certificate.subject.der)
                if subject not in self._distances:
                    self._distances[subject] = self._distances[name] + 1
                    waiting.append(subject)
