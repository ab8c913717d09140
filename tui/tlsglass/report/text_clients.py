"""The parts of the text report on whom a chain serves: families of clients, root programs, and public logs."""

from collections.abc import Iterator

from tlsglass.observation import Observation
from tlsglass.report.clients import clients_lines
from tlsglass.report.paint import Style
from tlsglass.report.programs import programs_lines
from tlsglass.report.text_lines import Line, fact
from tlsglass.report.transparency import transparency_lines
from tlsglass.text import printable
from tlsglass.trust.clients.affected import affected
from tlsglass.trust.clients.model import Stance

_STANCES = {
    Stance.REFUSES: ("✗", Style.BAD),
    Stance.UNKNOWN: ("?", Style.PLAIN),
    Stance.DEPENDS: ("!", Style.DOUBTFUL),
    Stance.ACCEPTS: ("✓", Style.GOOD),
}
"""How it is marked what clients would make of a chain."""


def clients(observation: Observation) -> Iterator[Line]:
    """What families of clients would make of it."""
    standings = affected(observation.trust) if observation.trust else ()
    if not standings:
        return
    yield "Clients, ", standings[0].basis, Style.TITLE
    for stance, families, because in clients_lines(standings):
        mark, style = _STANCES[stance]
        yield f"  {mark} ", printable(families), style
        for sentence in because:
            yield "    ", printable(sentence), Style.PLAIN


def programs(observation: Observation) -> Iterator[Line]:
    """What the root programs hold of the anchor."""
    standing = observation.trust.programs if observation.trust else None
    if standing is None:
        return
    yield "Root programs", "", Style.TITLE
    for label, value in programs_lines(standing):
        yield fact(label, value)


def transparency(observation: Observation) -> Iterator[Line]:
    """The timestamps of public logs, where there are any."""
    report = observation.trust.transparency if observation.trust else None
    if report is None or not (report.timestamps or report.notes):
        return
    yield "Public logs", "", Style.TITLE
    for label, value in transparency_lines(report):
        yield fact(label, value)
