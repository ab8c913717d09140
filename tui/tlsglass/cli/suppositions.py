"""What `show` is told to suppose of a chain, by `--drop`, `--add` and `--distrust`, held against what was seen."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tlsglass.errors import Fault, InputError
from tlsglass.limits import Limits
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.supposing import certificates_of, judge_again
from tlsglass.target_file import FileTarget
from tlsglass.trust.model import TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposition
from tlsglass.x509.model import Certificate

_NUMBER = re.compile(r"#?\d{1,4}")
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")
_SHOWN = 80
"""Characters of what was typed that a sentence repeats."""
_HINT = "Give its number in the order sent, beginning with 0, or at least 8 digits of its SHA-256 fingerprint."

NOT_JUDGED = InputError(
    Fault.BAD_SUPPOSITION,
    "What was not judged can't be judged for something that is supposed.",
    "A file is judged where --hostname names a site.",
).failure()
"""Why nothing was supposed of what was not judged."""


class Wishes(Protocol):
    """What is to be supposed, as typed."""

    @property
    def drop(self) -> Sequence[str]:
        """Certificates that are supposed not to have been sent: numbers in the order sent, or SHA-256 fingerprints."""

    @property
    def add(self) -> Sequence[Path]:
        """Files whose certificates are supposed to have been sent after the others."""

    @property
    def distrust(self) -> Sequence[str]:
        """Anchors that are supposed not to be in the store: SHA-256 fingerprints."""

    @property
    def profile(self) -> Profile:
        """By whose rules to judge."""

    @property
    def limits(self) -> Limits:
        """How many certificates take part."""


def judged_as_wished(observation: Observation, store: Store, wishes: Wishes, stop: Stop) -> TrustReport:
    """The judgement of what was seen, as it would be if that was so.

    Args:
        observation: what was seen; somebody looked at it, though it need not have been judged.
        store: the anchors.
        wishes: what is to be supposed.
        stop: ends waiting for a file that is a pipe.

    Raises:
        InputError: what is to be left out was not sent, or is not in the store; or a file has no certificate.
    """
    trust = observation.trust
    at = trust.at if trust is not None and trust.seen_at not in {None, trust.at} else None
    files = (FileTarget(text=str(path), path=str(path), hostname=None) for path in wishes.add)
    supposition = Supposition(
        at=at,
        dropped=frozenset(place for wish in wishes.drop for place in _places(wish, observation.certificates)),
        added=tuple(dict.fromkeys(each for file in files for each in certificates_of(file, stop))),
        distrusted=tuple(anchor for wish in wishes.distrust for anchor in _anchors(wish, store)),
    )
    return judge_again(observation, store, supposition, profile=wishes.profile, limits=wishes.limits)


def _places(wish: str, sent: Sequence[Certificate]) -> list[int]:
    """Where what is to be left out stands in the order sent."""
    if _NUMBER.fullmatch(wish):
        place = int(wish.removeprefix("#"))
        if place < len(sent):
            return [place]
        message = f"There is no certificate #{place} to be left out: {len(sent)} were sent."
        raise InputError(Fault.BAD_SUPPOSITION, message, _HINT)
    digits = _digits(wish)
    found = [place for place, each in enumerate(sent) if each.sha256.startswith(digits)]
    if not found:
        raise InputError(Fault.BAD_SUPPOSITION, f"No certificate was sent whose SHA-256 begins with {digits}.", _HINT)
    return found


def _anchors(wish: str, store: Store) -> tuple[Certificate, ...]:
    digits = _digits(wish)
    found = store.with_fingerprint(digits)
    if not found:
        message = f"The store {store.label} has no certificate whose SHA-256 begins with {digits}."
        raise InputError(Fault.BAD_SUPPOSITION, message, "The report names the fingerprint of the anchor in use.")
    return found


def _digits(wish: str) -> str:
    digits = wish.replace(":", "").lower()
    if not _FINGERPRINT.fullmatch(digits):
        raise InputError(Fault.BAD_SUPPOSITION, f"{wish[:_SHOWN]!r} names no certificate.", _HINT)
    return digits
