"""How a path ends and why there, and what of the sent certificates leads elsewhere."""

from collections import deque
from collections.abc import Iterable

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_REACHED
from tlsglass.trust.model import PathStep
from tlsglass.trust.paths.issuers import Issuers
from tlsglass.x509.model import Certificate, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a path ends; see the fields of `Path`."""

    anchored: bool = False
    self_signed: bool = False
    missing: Name | None = None
    endless: bool = False
    namesakes: tuple[Certificate, ...] = ()


def end_of(steps: tuple[PathStep, ...], issuers: Issuers) -> End:
    """How a path ends, and why there.

    Args:
        steps: the path, leaf first; it may be empty.
        issuers: who may have issued whom.
    """
    if not steps:
        return End()
    top = steps[-1].certificate
    self_signed, anchored = issuers.is_self_signed(top), issuers.is_anchor(top)
    if self_signed or anchored:
        return End(anchored=anchored, self_signed=self_signed)
    others = [candidate.step.certificate for candidate in issuers.candidates(top)]
    if any(issuers.check(top, other).valid is not False for other in others):
        return End(endless=True)
    return End(missing=top.issuer, namesakes=tuple(other for other in others if other.der != top.der))


def reached(paths: Iterable[tuple[PathStep, ...]], issuers: Issuers) -> tuple[frozenset[int], str]:
    """Indexes of what was sent and issued something in a path, or shares name and key with something in one.

    Args:
        paths: the steps of each path.
        issuers: who may have issued whom.

    Returns:
        The indexes, and what ended the search before all was seen, as a sentence without its full stop; empty where
        nothing did.
    """
    found: dict[int, None] = {}
    # The leaf comes last: what is alike to an issuer is an alternative more often.
    steps = dict.fromkeys(step.certificate for path in paths for step in (*path[1:], *path[:1]))
    waiting = deque(steps)
    for _ in range(MOST_REACHED):
        if not waiting:
            break
        certificate = waiting.popleft()
        key = certificate.public_key.der
        near = [step for step in issuers.named(certificate.subject.der) if step.certificate.public_key.der == key]
        above = issuers.named(certificate.issuer.der)
        near += [step for step in above if issuers.check(certificate, step.certificate).valid]
        for step in near:
            if step.sent is not None and step.sent not in found:
                found[step.sent] = None
                waiting.append(step.certificate)
    return frozenset(found), f"{MOST_REACHED} certificates were looked at" if waiting else ""
