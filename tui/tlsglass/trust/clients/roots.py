"""Whether a family trusts a root that the chain leads to, by the lists of the root programs."""

from collections.abc import Sequence

from tlsglass.trust.clients.model import Reason, Stance
from tlsglass.trust.clients.seen import ReachedRoot, Seen
from tlsglass.trust.programs.bounds import first_logged, is_too_late, names_outside
from tlsglass.trust.programs.model import ProgramStanding, ProgramStatus
from tlsglass.trust.wording import listed, named

_DEBIAN = "https://packages.debian.org/stable/ca-certificates"
"""A distribution on where its store comes from."""


def by_programs(seen: Seen, programs: Sequence[str], *, knows_bounds: bool) -> Reason:
    """What a client makes of the root that has the list of a program, or of one of several.

    Args:
        seen: what was judged.
        programs: whose list it has; where there are several, some of its kind have one and some another.
        knows_bounds: whether it keeps to the bounds that are known of the program.
    """
    if not any(root.standing.public for root in seen.roots):
        return _private(seen)
    reasons = [_by_program(seen, program, knows_bounds=knows_bounds) for program in programs]
    if len({reason.stance for reason in reasons}) == 1:
        return reasons[0]
    sentence = " ".join(reason.sentence for reason in reasons)
    return Reason(stance=Stance.DEPENDS, sentence=sentence, reference=reasons[0].reference)


def by_system(seen: Seen) -> Reason:
    """What a client makes of the root that goes by the system's store, or by what it is given."""
    if not any(root.standing.public for root in seen.roots):
        return _private(seen)
    having = next((root for root in seen.roots if root.standing.of("Mozilla").has_root), None)
    if having is None:
        sentence = f"It goes by the system's store, and Mozilla's list does not have {_names(seen.roots)}."
        return Reason(stance=Stance.DEPENDS, sentence=sentence, reference=_DEBIAN)
    what = having.called
    sentence = f"It goes by the system's store, which on Linux mostly is Mozilla's list, and that has {what}."
    return Reason(stance=Stance.ACCEPTS, sentence=sentence, reference=_DEBIAN)


def _private(seen: Seen) -> Reason:
    if seen.roots:
        sentence = f"No public list has {_names(seen.roots)}: it is trusted where someone made it so."
        return Reason(stance=Stance.DEPENDS, sentence=sentence, reference="RFC 5280 §6.1.1 (d)")
    end = seen.report.path[-1].certificate
    sentence = f"No public root is known that {named(end)} leads to."
    return Reason(stance=Stance.REFUSES, sentence=sentence, reference="RFC 5280 §6.1.1 (d)")


def _by_program(seen: Seen, program: str, *, knows_bounds: bool) -> Reason:
    reasons = [
        _by_list(seen, root, root.standing.of(program), knows_bounds=knows_bounds)
        for root in seen.roots
        if root.standing.public
    ]
    order = (Stance.ACCEPTS, Stance.UNKNOWN, Stance.REFUSES)
    return min(reasons, key=lambda reason: order.index(reason.stance))


def _by_list(seen: Seen, root: ReachedRoot, standing: ProgramStanding, *, knows_bounds: bool) -> Reason:
    who, name, reference = f"{standing.program}'s list", root.called, standing.reference
    outside = names_outside(seen.leaf, standing) if knows_bounds else ()
    if standing.status is ProgramStatus.NOT_INCLUDED:
        return _refused(f"{who} does not have {name}.", reference, "not-in-all-programs")
    if not standing.has_root:
        return Reason(stance=Stance.UNKNOWN, sentence=f"{name}: {standing.detail}", reference=reference)
    if knows_bounds and is_too_late(seen.leaf, standing, first_logged(seen.report.transparency)):
        sentence = f"{who} has {name} for certificates up to {standing.distrusted_after} only; this one is later."
        return _refused(sentence, standing.bounds_reference or reference, "root-distrusted")
    if outside:
        sentence = f"{who} has {name} for {listed(standing.permitted)}, not for {listed(outside)}."
        return _refused(sentence, standing.bounds_reference or reference, "root-limited")
    other = "" if root.in_use else ", to which another path leads"
    return Reason(stance=Stance.ACCEPTS, sentence=f"{who} has {name}{other}.", reference=reference)


def _refused(sentence: str, reference: str, code: str) -> Reason:
    return Reason(stance=Stance.REFUSES, sentence=sentence, reference=reference, codes=(code,))


def _names(roots: Sequence[ReachedRoot]) -> str:
    return listed(root.called for root in roots)
