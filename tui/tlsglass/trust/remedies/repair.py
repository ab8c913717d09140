"""What the server should send instead of what it sent. RFC 8446 §4.4.2, RFC 5246 §7.4.2."""

from collections.abc import Sequence
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.trust.model import PathStep, TrustReport
from tlsglass.trust.signatures.certificates import is_self_signed
from tlsglass.x509.model import Certificate


def repaired_chain(report: TrustReport) -> tuple[Certificate, ...] | None:
    """The chain as it should be sent, by the path in use.

    Args:
        report: the judgement.

    Returns:
        Leaf first, then the intermediates of the path, without the root; cross-certificates that were sent for other
        clients stay, at the end. None where that is what was sent, or where an issuer is not at hand.
    """
    steps = report.path
    if not steps or report.missing is not None:
        return None
    # An issuer that every client has to have is a root; an anchor that another one issued is none for all.
    chain = [step for place, step in enumerate(steps) if not place or not is_self_signed(step.certificate)]
    chain += _sent_beside(report)
    sent = {step.sent for step in steps if step.sent is not None} | report.unrelated
    if not report.out_of_order and {step.sent for step in chain} == sent:
        return None
    return tuple(step.certificate for step in chain)


def _sent_beside(report: TrustReport) -> list[PathStep]:
    """What was sent for other paths than the one in use, but for their roots, in the order sent."""
    beside = {
        step.sent: step
        for path in report.paths
        for step in path.steps
        if step.sent is not None and step.sent in report.unrelated and not is_self_signed(step.certificate)
    }
    return [beside[sent] for sent in sorted(beside)]


class Change(StrEnum):
    """What becomes of a certificate when the chain is repaired."""

    KEPT = "kept"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedEntry:
    """One certificate of a chain and of its repair."""

    certificate: Certificate
    change: Change
    sent: int | None
    """Where it stands in the order sent; None where it was not sent."""

    place: int | None
    """Where it should stand; None where it should not be sent."""

    why: str
    """Why it comes, goes or moves, in a few words; empty where it stays. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What should be sent, and what that changes."""

    chain: tuple[Certificate, ...]
    """Leaf first."""

    entries: tuple[RepairedEntry, ...]
    """The certificates of the chain in its order, then those that should not be sent, in the order sent."""


def repair(report: TrustReport, sent: Sequence[Certificate]) -> Repair | None:
    """What should be sent in place of what was, certificate by certificate.

    Args:
        report: the judgement.
        sent: what was sent, or is supposed to have been; the judgement's indexes count in it.

    Returns:
        None where nothing is to be repaired, or where an issuer is not at hand.
    """
    chain = repaired_chain(report)
    if chain is None:
        return None
    steps = {step.certificate: step for step in (*(s for p in report.paths for s in p.steps), *report.path)}
    places = [steps[certificate].sent for certificate in chain]
    due = iter(sorted(place for place in places if place is not None))
    entries = []
    for place, (certificate, before) in enumerate(zip(chain, places, strict=True)):
        if before is None:
            url = steps[certificate].fetched_from
            change, why = Change.ADDED, "from the store" if url is None else f"fetched from {url}"
        elif before == next(due):
            change, why = Change.KEPT, ""
        else:
            change, why = Change.MOVED, f"was #{before}"
        entries.append(RepairedEntry(certificate=certificate, change=change, sent=before, place=place, why=why))
    placed = frozenset(places)
    for place in sorted({*report.unrelated, *(step.sent for step in report.path if step.sent is not None)} - placed):
        certificate = sent[place]
        again = certificate.sha256 in {earlier.sha256 for earlier in sent[:place]}
        why = "sent before" if again else _why_not(certificate)
        entries.append(RepairedEntry(certificate=certificate, change=Change.REMOVED, sent=place, place=None, why=why))
    return Repair(chain=chain, entries=tuple(entries))


def _why_not(certificate: Certificate) -> str:
    return "a root, which clients have or don't trust" if is_self_signed(certificate) else "no part of the path"
