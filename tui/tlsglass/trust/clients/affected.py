"""Who is affected: what each family of clients would make of a judged chain, derived from rules and not tested."""

from collections.abc import Iterator
from dataclasses import replace

from tlsglass.limits import MOST_REASONS
from tlsglass.trust.clients.behaviours import ALL, unknown
from tlsglass.trust.clients.browsers import BROWSERS
from tlsglass.trust.clients.family import Family
from tlsglass.trust.clients.libraries import LIBRARIES
from tlsglass.trust.clients.model import ClientStanding, Reason, Stance
from tlsglass.trust.clients.roots import by_programs, by_system
from tlsglass.trust.clients.seen import ABOUT_ROOTS, Seen, seen_in
from tlsglass.trust.model import FindingCode, Severity, TrustReport

FAMILIES = (*BROWSERS, *LIBRARIES)
"""In the order in which they are shown."""

_WEIGHT = (Stance.REFUSES, Stance.UNKNOWN, Stance.DEPENDS, Stance.ACCEPTS)
"""Which of several reasons decides."""

_GAP = FindingCode.MISSING_INTERMEDIATE

_OURS = frozenset({FindingCode.JUDGES_DIFFER})
"""Findings on what other judges say, which clients don't ask."""


def affected(report: TrustReport) -> tuple[ClientStanding, ...]:
    """What each family of clients would make of a chain. Takes a millisecond, and asks nobody.

    Args:
        report: the judgement; its path in use counts, and the roots that other good paths lead to.

    Returns:
        One of each family, always in the same order; none where nothing was judged.
    """
    seen = seen_in(report)
    return () if seen is None else tuple(_standing(family, seen) for family in FAMILIES)


def _standing(family: Family, seen: Seen) -> ClientStanding:
    reasons = sorted(_reasons(family, seen), key=lambda reason: _WEIGHT.index(reason.stance))
    return ClientStanding(
        family=family.name,
        programs=family.programs,
        stance=reasons[0].stance,
        because=_weightiest(tuple(dict.fromkeys(reasons))),
    )


def _weightiest(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The first of them, with a last one that says how many more there are."""
    if len(reasons) <= MOST_REASONS:
        return reasons
    first = reasons[: MOST_REASONS - 1]
    more = f"{len(reasons) - len(first):,} more reasons are not listed."
    return (*first, replace(reasons[len(first)], sentence=more, reference="", codes=()))


def _reasons(family: Family, seen: Seen) -> Iterator[Reason]:
    root = None
    if seen.roots or not _has_gap(seen):
        root = _of_root(family, seen)
        yield root
    for found in seen.report.findings:
        if found.code in ABOUT_ROOTS or found.code in _OURS or (found.code is _GAP and _is_filled(seen)):
            continue
        behaviour = family.behaviours.get(found.code) or ALL.get(found.code)
        if behaviour is None and found.severity is Severity.ERROR:
            behaviour = unknown
        if behaviour is not None and (reason := behaviour(seen, found)) is not None:
            yield reason
    # Of a root that it does not trust, it asks for nothing more.
    for demand in family.demands if root is None or root.stance is not Stance.REFUSES else ():
        yield from demand(seen)


def _of_root(family: Family, seen: Seen) -> Reason:
    if family.programs:
        return by_programs(seen, family.programs, knows_bounds=family.knows_bounds)
    return by_system(seen)


def _has_gap(seen: Seen) -> bool:
    """Whether an intermediate certificate was not sent, so that the root is not known."""
    return any(found.code is _GAP for found in seen.report.findings)


def _is_filled(seen: Seen) -> bool:
    """Whether what looked like a gap is a public root that the store does not have."""
    return bool(seen.roots) and not seen.report.anchored
