"""The standing of an anchor in the root programs, as it stands in reports."""

from collections.abc import Iterator

from tlsglass.report.json_parts import Json
from tlsglass.trust.programs.model import ProgramStanding, ProgramStatus, RootStanding


def programs_json(standing: RootStanding) -> Json:
    """What the programs hold of a root, as it stands in the JSON report."""
    data = standing.data
    return {
        "root": standing.root,
        "public": standing.public,
        "data": {
            "name": data.name,
            "version": data.version,
            "newest": data.newest.isoformat() if data.newest else None,
        },
        "programs": [_program(each) for each in standing.programs],
    }


def programs_lines(standing: RootStanding) -> Iterator[tuple[str, str]]:
    """The same for people: what a line is about, and what it says. Programs that have it without more are one line."""
    yield "Standing", standing.summary
    if standing.public:
        for each in standing.programs:
            if each.status not in {ProgramStatus.INCLUDED, ProgramStatus.NOT_INCLUDED}:
                yield each.program, each.detail
    yield "Data", str(standing.data)


def _program(each: ProgramStanding) -> Json:
    return {
        "name": each.program,
        "status": str(each.status),
        "distrusted_after": each.distrusted_after.isoformat() if each.distrusted_after else None,
        "by_timestamp": each.by_timestamp,
        "permitted": list(each.permitted),
        "certificate": each.certificate,
        "detail": each.detail,
        "reference": each.reference,
        "bounds_reference": each.bounds_reference,
    }
