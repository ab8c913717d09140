"""The demo's list: what there is to see in the zoo, and after a visit its verdict."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from tlsglass.demo.exhibits import EXHIBITS, Exhibit
from tlsglass.errors import Failure, Fault
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.trust.model import Severity, TrustReport, Verdict
from tlsglass.ui import content
from tlsglass.ui.engine import Run
from tlsglass.ui.faults import announce
from tlsglass.ui.history import History
from tlsglass.ui.judgements import WORDS
from tlsglass.ui.means import Means
from tlsglass.ui.widgets.headline import reason
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.panels import PaneTitle

_NAME_CELLS = 22
_LEAST_SHOWN = 24
"""Cells from which it is worth beginning to say what an exhibit shows."""

_VISIT_TIMEOUT = 3.0
"""Seconds that each phase of a visit may take: the silent server says nothing however long one waits."""


def outcome(observation: Observation | None) -> tuple[Content, Content]:
    """A mark and a few words on what a visit showed.

    Args:
        observation: what was seen; None before a visit.
    """
    if observation is None:
        return Content.styled("·", "$foreground-quiet"), Content("")
    if observation.trust is not None and observation.trust.path:
        return _judged(observation.trust)
    failure = observation.failure
    if failure is None or failure.fault is Fault.CANCELLED:
        return Content.styled("·", "$foreground-quiet"), Content.styled("stopped", "$text-muted")
    return _failed(failure)


def _judged(report: TrustReport) -> tuple[Content, Content]:
    word, style = WORDS[report.verdict]
    if report.verdict is Verdict.TRUSTED:
        warned = [finding for finding in report.findings if finding.severity is not Severity.NOTICE]
        said = Content.assemble(
            ("trusted", style), content.plain(f" · {warned[0].title}" if warned else "", "$text-warning")
        )
    else:
        said = reason(report).stylize("$text-error")
    return Content.styled(word[0], style), said


def _failed(failure: Failure) -> tuple[Content, Content]:
    said = Content.assemble((f"{failure.phase}: ", "$text-warning"), content.plain(failure.message, limit=200))
    return Content.styled("✗", "$text-warning"), said


class Exhibits(OptionList):
    """The list; Enter opens, which stands among the keys."""

    BINDINGS = [Binding("enter", "select", "Open", id="demo.open", tooltip="Look at this site")]


class DemoScreen(Screen[None]):
    """The list at the left, the guide's words at the right; under each other on a narrow screen."""

    AUTO_FOCUS = "#demo-list"
    BINDINGS = [
        Binding("a", "visit_all", "Visit all", id="demo.all", tooltip="Look at all of them, one after another"),
        Binding("escape", "stop", "Stop", id="demo.stop", tooltip="Stop visiting"),
        Binding("ctrl+l", "type_site", "Other site", priority=True, id="demo.site", tooltip="Type any site"),
    ]
    DEFAULT_CSS = """
    DemoScreen {
        background: $background;
        #demo-head { height: 1; padding: 0 1; margin-bottom: 1; background: $panel; }
        #demo-row { height: 1fr; }
        #demo-left { width: 3fr; background: $surface; }
        #demo-guide { width: 2fr; margin-left: 1; background: $surface; }
        #demo-list {
            height: 1fr;
            border: none;
            padding: 0;
            background: $surface;
            scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: $foreground 0%; }
            & > .option-list--option { padding: 0 1; }
        }
        #demo-words { padding: 0 1; background: $surface; scrollbar-size-vertical: 1; }
        #demo-text { height: auto; }
        &.-narrow {
            #demo-row { layout: vertical; }
            #demo-left { width: 1fr; height: 2fr; }
            #demo-guide { width: 1fr; height: 1fr; margin: 0; }
        }
    }
    """

    class Visited(Message):
        """A visit of the tour has ended, or the tour."""

        def __init__(self, exhibit: Exhibit | None, observation: Observation | None) -> None:
            """Make the message.

            Args:
                exhibit: what was visited; None once the tour has ended.
                observation: what was seen.
            """
            super().__init__()
            self.exhibit = exhibit
            self.observation = observation

    def __init__(self, means: Means, history: History) -> None:
        """Make the list.

        Args:
            means: what all looks share.
            history: earlier targets, for the target bar of the sites.
        """
        super().__init__()
        self._means = means
        self._history = history
        self._seen: dict[str, Observation] = {}
        self._visiting: Run | None = None
        self._touring = False
        self._tours = 0

    def compose(self) -> ComposeResult:
        """The title, the list, the guide's words, the keys."""
        says = "  sites good and bad, served on this machine; no network is used"
        yield Static(Content.assemble(("tlsglass demo", "bold $text-accent"), (says, "$text-muted")), id="demo-head")
        with Horizontal(id="demo-row"):
            with Vertical(id="demo-left"):
                yield PaneTitle(id="demo-title")
                yield Exhibits(*[Option("", id=exhibit.id) for exhibit in EXHIBITS], id="demo-list", compact=True)
            with Vertical(id="demo-guide"):
                yield PaneTitle(id="demo-guide-title")
                with VerticalScroll(id="demo-words", can_focus=False):
                    yield Static("", id="demo-text", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the list with nothing visited."""
        self.query_one("#demo-title", PaneTitle).name_shown = "Sites"
        self._count()
        self.entries.highlighted = 0

    def on_unmount(self) -> None:
        """End the tour: nothing may delay quitting."""
        self._end_tour()

    @property
    def entries(self) -> Exhibits:
        """The list."""
        return self.query_one(Exhibits)

    @property
    def seen(self) -> dict[str, Observation]:
        """What was seen, by the exhibits' ids."""
        return self._seen

    @property
    def touring(self) -> bool:
        """Whether all are being visited."""
        return self._touring

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out for the new width."""
        self.set_class(event.size.width < 100, "-narrow")  # noqa: PLR2004 - as SiteScreen
        self.call_after_refresh(self._draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stopping is for while a tour goes on."""
        if action == "stop":
            return self._touring
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _guide(self, event: OptionList.OptionHighlighted) -> None:
        """Say what to look at."""
        exhibit = EXHIBITS[event.option_index]
        self.query_one("#demo-guide-title", PaneTitle).name_shown = exhibit.title
        text = Content.assemble(
            (exhibit.host, "$text-accent"),
            "\n\n",
            exhibit.shows,
            "\n\n",
            ("What to look at", "bold"),
            "\n",
            exhibit.look_at,
        )
        self.query_one("#demo-text", Static).update(text)

    @on(OptionList.OptionSelected)
    def _open_selected(self, event: OptionList.OptionSelected) -> None:
        self._open(EXHIBITS[event.option_index].host)

    def action_type_site(self) -> None:
        """Look at any other site."""
        self._open(None)

    def action_visit_all(self) -> None:
        """Look at all of them, one after another."""
        if not self._touring:
            self._touring = True
            self._tours += 1
            self.refresh_bindings()
            self._tour(self._tours)

    def action_stop(self) -> None:
        """End the tour."""
        self._end_tour()
        self.refresh_bindings()

    def _open(self, host: str | None) -> None:
        from tlsglass.ui.screens.site import SiteScreen  # noqa: PLC0415 - after the first paint

        site = SiteScreen(self._means, self._history, host)
        self.app.push_screen(site, self._returned)

    def _returned(self, seen: tuple[Observation, ...] | None) -> None:
        """Take over what was seen on a site's screen."""
        by_host = {exhibit.host: exhibit.id for exhibit in EXHIBITS}
        for observation in seen or ():
            target = observation.target
            if isinstance(target, Target) and target.host in by_host:
                self._seen[by_host[target.host]] = observation
        self._draw()

    @work(thread=True, group="probe", name="tour", exit_on_error=False)
    def _tour(self, tour: int) -> None:
        for exhibit in EXHIBITS:
            if not self._touring or tour != self._tours:
                break
            run = self._visiting = Run(
                tour, self._means.parse(exhibit.host), lambda _: None, limits=self._means.settings.limits
            )
            run.carry_out(self._means, timeout=_VISIT_TIMEOUT, until_judged=True)
            run.take()
            if self._touring:
                self.post_message(self.Visited(exhibit, run.observation))
            run.abandon()
        self.post_message(self.Visited(None, None))

    def _end_tour(self) -> None:
        self._touring = False
        if self._visiting is not None:
            self._visiting.stop.set()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A tour that ended by a fault of ours has ended all the same."""
        if announce(self.app, event):
            self.post_message(self.Visited(None, None))

    @on(Visited)
    def _note_visit(self, message: Visited) -> None:
        if message.exhibit is None:
            self._touring = False
            self.refresh_bindings()
        elif message.observation is not None:
            self._seen[message.exhibit.id] = message.observation
            self._draw_line(message.exhibit)
        self._count()

    def _draw(self) -> None:
        for exhibit in EXHIBITS:
            self._draw_line(exhibit)
        self._count()

    def _draw_line(self, exhibit: Exhibit) -> None:
        width = max(40, self.entries.scrollable_content_region.width - 3)
        mark, said = outcome(self._seen.get(exhibit.id))
        name = content.cut(Content(exhibit.id), _NAME_CELLS)
        line = Content.assemble(mark, " ", name.pad_right(_NAME_CELLS - name.cell_length), said)
        if width - line.cell_length > _LEAST_SHOWN:
            line = Content.assemble(line, "  " if said else "", (exhibit.shows, "$text-muted"))
        self.entries.replace_option_prompt(exhibit.id, content.cut(line, width))

    def _count(self) -> None:
        seen = f"{len(self._seen)} of {len(EXHIBITS)} visited"
        self.query_one("#demo-title", PaneTitle).note = f"{seen}{', on the way …' if self._touring else ''}"
