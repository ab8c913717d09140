"""The parts of the text report on what goes beyond what was sent: more than is taken, and issuers that were fetched."""

from collections.abc import Iterator

from tlsglass.observation import Observation
from tlsglass.report.left_out import left_out
from tlsglass.report.paint import Style
from tlsglass.report.text_lines import Line
from tlsglass.text import printable
from tlsglass.trust.model import CheckStatus
from tlsglass.trust.topics import FETCHING

_MARKS = {CheckStatus.PASSED: ("✓", Style.GOOD), CheckStatus.NOT_CHECKED: ("!", Style.DOUBTFUL)}
"""How it is marked what came of asking."""


def more_than_taken(observation: Observation) -> Iterator[Line]:
    """The limits that were reached without that ending the look."""
    sentences = left_out(observation)
    if sentences:
        yield "Left out", "", Style.TITLE
    for sentence in sentences:
        yield "  ! ", printable(sentence), Style.DOUBTFUL


def issuers(observation: Observation) -> Iterator[Line]:
    """Who was asked for issuers that were not sent, and what came of it."""
    checks = [check for check in observation.trust.checks if check.name == FETCHING] if observation.trust else []
    if checks:
        yield "Issuers fetched", "", Style.TITLE
    for check in checks:
        mark, style = _MARKS[check.status]
        yield f"  {mark} ", printable(check.detail), style
