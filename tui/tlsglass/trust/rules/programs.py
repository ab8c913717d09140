"""What the root programs hold of the path's anchor: who lacks it, and the bounds that a program sets to it.

Of anchors that are in no public list nothing is said: a private authority needs no program.
"""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.programs.bounds import first_logged, is_too_late, names_outside
from tlsglass.trust.programs.model import ProgramStanding, ProgramStatus, RootStanding
from tlsglass.trust.wording import listed, named


def examine(case: Case) -> Iterator[Finding | Check]:
    """Hold the chain against the bounds that are known, and tell which programs lack the root."""
    standing = case.programs
    if standing is None or not standing.public:
        return
    for program in standing.programs:
        if program.distrusted_after is not None:
            yield _issued(case, standing, program)
        if program.permitted:
            yield _named(case, standing, program)
    lacking = [each for each in standing.programs if each.status is ProgramStatus.NOT_INCLUDED]
    if lacking:
        yield _lacking(case, standing, lacking)
    else:
        detail = f"{_root(case, standing)} is {standing.summary}. Known from {standing.data}."
        yield passed("root programs", detail, standing.programs[0].reference)


def _issued(case: Case, standing: RootStanding, program: ProgramStanding) -> Finding | Check:
    day, name = f"{program.distrusted_after:%Y-%m-%d}", program.program
    what = "that public logs first saw" if program.by_timestamp else "issued"
    reference = program.bounds_reference or program.reference
    if not is_too_late(case.leaf, program, first_logged(case.transparency)):
        detail = f"{name} distrusts the root for certificates {what} after {day}; this one is not known to be."
        return passed(f"distrust by {name}", detail, reference)
    root = _root(case, standing)
    return finding(
        FindingCode.ROOT_DISTRUSTED,
        _severity(case, program),
        case.leaf,
        field="validity.not_before",
        title=f"{name} does not trust {root} for certificates {what} after {day}",
        detail=f"Of the certificates under {root} {name} trusts only those {what} by {day}, for as long as they are "
        "valid, and this one is later. Clients that take its list without such dates know nothing of it.",
        reference=reference,
        fix="Have the certificate issued by another authority.",
    )


def _named(case: Case, standing: RootStanding, program: ProgramStanding) -> Finding | Check:
    name, bounds = program.program, listed(program.permitted)
    reference = program.bounds_reference or program.reference
    outside = names_outside(case.leaf, program)
    if not outside:
        return passed(f"names by {name}", f"{name} trusts the root for {bounds} only; no name is outside.", reference)
    root = _root(case, standing)
    return finding(
        FindingCode.ROOT_LIMITED,
        _severity(case, program),
        case.leaf,
        field="extensions.2.5.29.17",
        title=f"{name} trusts {root} for {bounds} only",
        detail=f"The certificate is for {listed(outside)} too, which is outside, so {name} trusts none of it. Clients "
        "that take its list without these bounds, as most that are no browsers do, know nothing of it.",
        reference=reference,
        fix="Have the certificate issued by another authority.",
    )


def _severity(case: Case, program: ProgramStanding) -> Severity:
    """An error where the store is the program's, which only Mozilla's can be, and browsers' rules are asked for."""
    is_its_store = program.program == "Mozilla" and case.store.is_public(case.path.steps[-1].certificate)
    return Severity.ERROR if is_its_store and case.profile is Profile.WEBPKI else Severity.WARNING


def _lacking(case: Case, standing: RootStanding, lacking: list[ProgramStanding]) -> Finding:
    root = case.path.steps[-1].certificate
    names = listed((each.program for each in lacking), count=len(lacking))
    return finding(
        FindingCode.NOT_IN_ALL_PROGRAMS,
        Severity.NOTICE,
        root,
        title=f"{_root(case, standing)} is not in the list of {names}",
        detail=f"It is {standing.summary}. Clients that go by a list without it refuse the chain, unless they find "
        f"another path. Known from {standing.data}.",
        reference=lacking[0].reference,
        fix="Where such clients matter, have the certificate issued under a root that their list has, or send a "
        "cross-certificate that leads to one.",
    )


def _root(case: Case, standing: RootStanding) -> str:
    """The anchor in a sentence."""
    return standing.root_named(named(case.path.steps[-1].certificate))
