"""The headline: the verdict in a word, a colour and its main reason, or the phase that is going on, or the error."""

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from tlsglass.errors import Failure, Fault, Phase
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.trust.model import Severity, StoreLabel, TrustReport, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.wording import moment
from tlsglass.ui import content
from tlsglass.ui.judgements import WORDS

_MOST_LINES = 5
"""Lines that an error takes at most."""

_DOING: dict[Phase, str] = {
    Phase.INPUT: "reading the target",
    Phase.RESOLVE: "resolving",
    Phase.CONNECT: "connecting",
    Phase.HANDSHAKE: "handshake",
    Phase.EXCHANGE: "reading the answer",
    Phase.REVOCATION: "asking about revocation",
}


def verdict_line(report: TrustReport, width: int) -> Content:
    """Verdict, main reason, how many more, and the store that gave it, in one line.

    Args:
        report: the judgement.
        width: cells of the line.
    """
    word, style = WORDS[report.verdict]
    if not report.hostname:
        why = content.plain(report.checks[0].detail, limit=300) if report.checks else Content("")
        return content.cut(Content.assemble(Content.styled(word, style), "   ", why), width)
    left = Content.assemble(
        Content.styled(word, style), "   ", reason(report), Content.styled(_more(report), "$text-muted")
    )
    supposed = _supposition(report)
    if supposed.cell_length:
        left = Content.assemble(supposed, "   ", left)
    rules = "" if report.profile is Profile.WEBPKI else f" · {report.profile}"
    for name in (str(report.store), report.store.names, _in_short(report.store)):
        store = content.plain(f"store: {name}{rules}", "$text-muted", limit=80)
        if left.cell_length + store.cell_length + 3 <= width:
            return content.row(left, store, width)
    return content.cut(left, width)


def _in_short(store: StoreLabel) -> str:
    """The first of the stores, and how many more there are."""
    return store.name if store.count <= 1 else f"{store.name} and {store.count - 1} more"


def _supposition(report: TrustReport) -> Content:
    """What the verdict supposes: a verdict for another day must not be taken for today's."""
    if report.seen_at is None:
        return Content("")
    supposed = [f"at {moment(report.at)}"] if report.at != report.seen_at else []
    supposed += [f"by {report.profile}"] if report.profile_supposed else []
    supposed += report.supposed.words() if report.supposed is not None else ()
    said = supposed[0] if supposed else f"for {report.hostname}"
    more = f" and {len(supposed) - 1} more" if len(supposed) > 1 else ""
    return Content.assemble(("What if ", "bold $text-accent"), content.plain(f"{said}{more}", "$text-accent", limit=60))


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


def failure_lines(failure: Failure, width: int, *, after_verdict: bool, of_file: bool = False) -> list[Content]:
    """What prevented us from seeing, and what to try, wrapped.

    Args:
        failure: what happened.
        width: cells of a line.
        after_verdict: whether the verdict stands above it, so that the certificates at least were seen.
        of_file: whether it is about a file, which gives no answer anyway.
    """
    word, style = (
        ("! INCOMPLETE", "bold $text-warning")
        if after_verdict
        else (
            "✗ NOT READ" if of_file else "✗ NO ANSWER",
            "bold $text-error",
        )
    )
    if failure.fault is Fault.CANCELLED:
        word, style = "\N{EN DASH} STOPPED", "bold $text-warning"
    message = content.plain(f"{failure.phase}: {failure.message}", limit=500)
    shown = content.indented(Content.assemble((word, style), "   ", message), width, 0, hang=4)
    if failure.hint:
        shown += content.indented(content.plain(failure.hint, "$text-muted", limit=500), width, 2)
    if len(shown) > _MOST_LINES:
        last = Content.assemble(shown[_MOST_LINES - 1], " …")
        shown = [*shown[: _MOST_LINES - 1], content.cut(last, width)]
    return shown


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
        return Content("")
    if _is_under_way(observation):
        return progress_line(observation, elapsed, width)
    shown = []
    if observation.trust is not None:
        shown.append(verdict_line(observation.trust, width))
    if observation.failure is not None:
        is_file = not isinstance(observation.target, Target)
        judged = observation.trust is not None
        shown += failure_lines(observation.failure, width, after_verdict=judged, of_file=is_file)
    elif observation.trust is None:
        shown.append(Content.styled("? NOT JUDGED   no certificate was seen", "$text-warning"))
    return content.stack(shown)


def _is_under_way(observation: Observation) -> bool:
    """Whether there is more to come than what has failed."""
    return not observation.finished and observation.failure is None


class Headline(Widget, can_focus=True):
    """Shows the headline and opens Checks at its reason by Enter or click."""

    ALLOW_SELECT = False
    BINDINGS = [Binding("enter", "open", "Checks", id="headline.open", tooltip="Show the reasons of the verdict")]
    DEFAULT_CSS = """
    Headline {
        height: auto;
        min-height: 1;
        max-height: 6;
        padding: 0 1;
        pointer: pointer;
        &:hover { background: $block-hover-background; }
        &:focus { background: $boost-focus; text-style: $block-cursor-text-style; }
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
        """Show what is known now; all panes move only where its number of lines differs."""
        lines = self._count_lines(self.content_size.width)
        self.refresh(layout=lines != self.content_size.height)

    def watch_elapsed(self) -> None:
        """Show the time."""
        self.refresh()

    def allow_focus(self) -> bool:
        """Only where it says something."""
        return self.observation is not None

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - the base's signature
        """As many lines as the headline has at that width."""
        return self._count_lines(width)

    def _count_lines(self, width: int) -> int:
        """As many as are drawn; while a look goes on no fewer than there were, so that nothing moves but once."""
        lines = len(headline(self.observation, self.elapsed, max(20, width)).plain.split("\n"))
        stays = self.observation is not None and _is_under_way(self.observation)
        return max(lines, self.content_size.height) if stays else lines

    def on_click(self, event: events.Click) -> None:
        """Open Checks."""
        event.stop()
        self.post_message(self.Opened())

    def action_open(self) -> None:
        """Open Checks."""
        self.post_message(self.Opened())
