"""What families of clients would make of a chain, as it stands in reports."""

from collections.abc import Iterator, Sequence

from tlsglass.report.json_parts import Json
from tlsglass.trust.clients.model import ClientStanding, Reason, Stance

_WORDS = {
    Stance.REFUSES: "refuse it",
    Stance.UNKNOWN: "not known",
    Stance.DEPENDS: "it depends",
    Stance.ACCEPTS: "accept it",
}


def clients_json(standings: Sequence[ClientStanding]) -> list[Json]:
    """The table of clients, as it stands in the JSON report."""
    return [
        {
            "family": each.family,
            "programs": list(each.programs),
            "stance": str(each.stance),
            "because": [_reason(reason) for reason in each.because],
            "basis": each.basis,
        }
        for each in standings
    ]


def clients_lines(standings: Sequence[ClientStanding]) -> Iterator[tuple[Stance, str, tuple[str, ...]]]:
    """The same for people: families for which the same reasons decide share a line. Not yet made printable.

    Yields:
        The stance, the families, and what decides: sentences, each before its reference. Of those that accept the chain
        nothing more is said, as nothing speaks against it.
    """
    groups: dict[tuple[Stance, tuple[Reason, ...]], list[str]] = {}
    for each in standings:
        because = () if each.stance is Stance.ACCEPTS else each.deciding
        groups.setdefault((each.stance, because), []).append(each.family)
    for (stance, because), families in sorted(groups.items(), key=lambda group: list(_WORDS).index(group[0][0])):
        yield (
            stance,
            f"{_WORDS[stance]}: {'; '.join(families)}",
            tuple(text for reason in because for text in (reason.told, reason.reference) if text),
        )


def _reason(reason: Reason) -> Json:
    return {
        "stance": str(reason.stance),
        "sentence": reason.sentence,
        "reference": reason.reference,
        "read": reason.is_read,
        "findings": list(reason.codes),
    }
