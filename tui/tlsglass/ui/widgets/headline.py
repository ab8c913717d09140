"""The headline: the verdict in a word, a colour and its main reason, or the phase that is going on, or the error."""

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from tlsglass.errors import Failure, Fault, Phase
from tlsglass.observation import Observation
from tlsglass.trust.model import Severity, TrustReport, Verdict
from tlsglass.ui import content

WORDS: dict[Verdict, tuple[str, str]] = {
    Verdict.TRUSTED: ("✓ TRUSTED", "bold $text-success"),
    Verdict.UNTRUSTED: ("✗ NOT TRUSTED", "bold $text-error"),
    Verdict.UNKNOWN: ("? NOT JUDGED", "bold $text-warning"),
}
"""Each verdict as the screen says it, with its colour."""

_DOING: dict[Phase, str] = {
    Phase.INPUT: "reading the target",
    Phase.RESOLVE: "resolving",
    Phase.CONNECT: "connecting",
    Phase.HANDSHAKE: "handshake",
    Phase.EXCHANGE: "reading the answer",
}


def verdict_line(report: TrustReport, width: int) -> Content:
    """Verdict, main reason, how many more, and the store that gave it, in one line.

    Args:
        report: the judgement.
        width: cells of the line.
    """
    word, style = WORDS[report.verdict]
    left = Content.assemble(
        Content.styled(word, style), "   ", reason(report), Content.styled(_more(report), "$text-muted")
    )
    store = content.plain(f"store: {report.store}", "$text-muted", limit=60)
    return content.row(left, store, width)


def reason(report: TrustReport) -> Content:
    """The main reason of a verdict in a few words."""
    if report.findings and report.findings[0].severity is Severity.ERROR:
        return content.plain(report.findings[0].title, limit=300)
    if report.verdict is Verdict.TRUSTED:
        return _assurance(report)
    if report.findings:
        return content.plain(report.findings[0].title, limit=300)
    return Content("there is nothing to judge by")


def _assurance(report: TrustReport) -> Content:
    """What a trusted chain rests on, and for how long."""
    parts = []
    if report.path:
        anchor, leaf = report.path[-1].certificate, report.path[0].certificate
        parts.append(f"by {anchor.label}")
        if leaf.not_after is not None:
            parts.append(f"{(leaf.not_after - report.at).days} days left")
    return content.plain(" · ".join(parts), limit=300)


def _more(report: TrustReport) -> str:
    """How many findings there are besides the one that the line names."""
    named = bool(report.findings) and (
        report.findings[0].severity is Severity.ERROR or report.verdict is not Verdict.TRUSTED
    )
    rest = report.findings[1:] if named else report.findings
    errors = sum(finding.severity is Severity.ERROR for finding in rest)
    if errors:
        return f" · {errors} more reason{'s' * (errors > 1)}"
    warnings = sum(finding.severity is Severity.WARNING for finding in rest)
    if warnings:
        return f" · {warnings} warning{'s' * (warnings > 1)}"
    return f" · {len(rest)} notice{'s' * (len(rest) > 1)}" if rest else ""


def failure_line(failure: Failure, width: int, *, after_verdict: bool) -> Content:
    """What prevented us from seeing, in one line.

    Args:
        failure: what happened.
        width: cells of the line.
        after_verdict: whether the verdict stands above it, so that the certificates at least were seen.
    """
    message = Content.assemble(f"{failure.phase}: ", content.plain(failure.message, limit=500))
    if failure.fault is Fault.CANCELLED:
        return content.cut(Content.assemble(Content.styled("– STOPPED", "bold $text-warning"), "   ", message), width)
    word = ("! INCOMPLETE", "bold $text-warning") if after_verdict else ("✗ NO ANSWER", "bold $text-error")
    return content.cut(Content.assemble(Content.styled(*word), "   ", message), width)


def progress_line(observation: Observation, elapsed: float, width: int) -> Content:
    """The phase that is going on, with the time since the start.

    Args:
        observation: what is known so far.
        elapsed: seconds since the probe began.
        width: cells of the line.
    """
    doing = _DOING[observation.phase or Phase.INPUT]
    shown = content.plain(f"{doing}… {elapsed:.1f} s, Esc stops", "$text-accent")
    if observation.trust is None:
        where = content.plain(observation.target.origin, "$text-muted", limit=80)
        return content.row(Content.assemble(Content.styled("◌ ", "$text-accent"), shown), where, width)
    return content.row(verdict_line(observation.trust, width - shown.cell_length - 3), shown, width, gap=3)


def headline(observation: Observation | None, elapsed: float, width: int) -> Content:
    """The whole headline, one or more lines.

    Args:
        observation: what is known; None before the first look.
        elapsed: seconds since the probe began.
        width: cells of a line.
    """
    if observation is None:
        return Content.styled("Type a site and press Enter.", "$text-muted")
    if not observation.finished and observation.failure is None:
        return progress_line(observation, elapsed, width)
    shown = []
    if observation.trust is not None:
        shown.append(verdict_line(observation.trust, width))
    if observation.failure is not None:
        shown.append(failure_line(observation.failure, width, after_verdict=observation.trust is not None))
        if observation.failure.hint:
            shown.extend(content.indented(content.plain(observation.failure.hint, "$text-muted"), width, 2)[:3])
    elif observation.trust is None:
        shown.append(Content.styled("? NOT JUDGED   the server sent no certificate", "$text-warning"))
    return content.stack(shown)


class Headline(Widget, can_focus=True):
    """Shows the headline and opens Checks at its reason by Enter or click."""

    ALLOW_SELECT = False
    BINDINGS = [Binding("enter", "open", "Checks", id="headline.open", tooltip="Show the reasons of the verdict")]
    DEFAULT_CSS = """
    Headline {
        height: auto;
        min-height: 1;
        max-height: 5;
        padding: 0 1;
        pointer: pointer;
        &:hover { background: $block-hover-background; }
        &:focus { background: $boost-focus; }
    }
    """

    observation: var[Observation | None] = var(None)
    """What is known."""

    elapsed: var[float] = var(0.0)
    """Seconds since the probe began."""

    class Opened(Message):
        """The reader wants to know more."""

    def render(self) -> Content:
        """The headline at the width that there is."""
        return headline(self.observation, self.elapsed, max(20, self.content_size.width))

    def watch_observation(self) -> None:
        """Show what is known now; its number of lines may differ."""
        self.refresh(layout=True)

    def watch_elapsed(self) -> None:
        """Show the time."""
        self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - the base's signature
        """As many lines as the headline has at that width."""
        return len(headline(self.observation, self.elapsed, max(20, width)).plain.split("\n"))

    def on_click(self, event: events.Click) -> None:
        """Open Checks."""
        event.stop()
        self.post_message(self.Opened())

    def action_open(self) -> None:
        """Open Checks."""
        self.post_message(self.Opened())
