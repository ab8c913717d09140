"""What the panes' titles say of what they show, and where the cursor begins."""

from collections.abc import Sequence

from textual.content import Content

from tlsglass.observation import Observation
from tlsglass.report.lines import Node
from tlsglass.report.lookup import find_line
from tlsglass.trust.model import Severity, Verdict
from tlsglass.ui.judgements import MARKS, mark


def main_line(observation: Observation, nodes: Sequence[Node]) -> str | None:
    """The line that matters most: the main reason's, else the leaf's."""
    if observation.trust is not None and observation.trust.findings:
        main = observation.trust.findings[0]
        if main.severity is Severity.ERROR:
            found = find_line(nodes, main)
            if found is not None:
                return found
    return observation.judged[0].sha256 if observation.judged else None


def is_judged(observation: Observation) -> bool:
    """Whether the chain was judged, which that of a file is only where a name is given."""
    return observation.trust is not None and observation.trust.hostname != ""


def how_many(observation: Observation) -> str:
    """How many certificates there are, and where they come from."""
    if observation.contents is not None:
        items = len(observation.contents.items)
        return f"{items:,} in {observation.contents.form}" if items else "none found"
    sent = len(observation.judged)
    supposed = observation.trust.supposed if observation.trust is not None else None
    if supposed is not None and (supposed.added or supposed.dropped):
        return f"{sent} sent, as supposed"
    return f"{sent} sent" if sent else "none yet" if not observation.finished else "none sent"


def which_path(observation: Observation, place: int) -> str:
    """Which of several paths is shown, and why it is not the one in use."""
    paths = observation.trust.paths if observation.trust is not None else ()
    if len(paths) <= 1:
        return ""
    which = f", path {place + 1} of {len(paths)}"
    return f"{which}: {paths[place].reason}" if place else which


def worst(observation: Observation) -> Content:
    """How many errors and warnings there are, with their marks."""
    findings = observation.trust.findings if observation.trust else ()
    shown = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(finding.severity is severity for finding in findings)
        if count:
            symbol, style = MARKS[severity]
            shown.append(Content.styled(f"{symbol}{count}", style))
    if observation.trust is not None and not shown:
        is_known = is_judged(observation) and observation.trust.verdict is not Verdict.UNKNOWN
        shown.append(mark(None) if is_known else Content.styled("\N{EN DASH}", "$text-muted"))
    return Content(" ").join(shown)
