"""The demo's list: what there is to see in the zoo, and after a visit its verdict."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import Worker

from tlsglass.demo.exhibits import ENTRIES, Bundle, Entry
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.ui.demo.exhibits import Exhibits
from tlsglass.ui.engine import Run
from tlsglass.ui.faults import announce
from tlsglass.ui.history import History
from tlsglass.ui.means import Means
from tlsglass.ui.widgets.filter_line import FilterLine
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.panels import PaneTitle
from tlsglass.ui.widgets.words import Words

_BY_ID = {entry.id: entry for entry in ENTRIES}

_VISIT_TIMEOUT = 3.0
"""Seconds that each phase of a visit may take: the silent server says nothing however long one waits."""


class DemoScreen(Screen[None]):
    """The list at the left, the guide's words at the right; under each other on a narrow screen."""

    AUTO_FOCUS = "#demo-list"
    BINDINGS = [
        Binding("a", "visit_all", "Visit all", id="demo.all", tooltip="Look at all of them, one after another"),
        Binding("slash", "filter", "Filter", id="demo.filter", tooltip="Show only what some words occur in"),
        Binding("escape", "stop", "Stop", id="demo.stop", tooltip="Stop visiting"),
        Binding("escape", "show_all", "Show all", id="demo.whole", tooltip="Filter no more"),
        Binding("ctrl+l", "type_site", "Other site", priority=True, id="demo.site", tooltip="Type any site"),
    ]
    DEFAULT_CSS = """
    DemoScreen {
        background: $background;
        #demo-head { height: 1; padding: 0 1; margin-bottom: 1; background: $panel; }
        #demo-row { height: 1fr; }
        #demo-left { width: 3fr; background: $surface; }
        #demo-guide { width: 2fr; margin-left: 1; background: $surface; }
        #demo-list { height: 1fr; }
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

        def __init__(self, entry: Entry | None, observation: Observation | None) -> None:
            """Make the message.

            Args:
                entry: what was visited; None once the tour has ended.
                observation: what was seen.
            """
            super().__init__()
            self.entry = entry
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
                yield FilterLine(lambda: self.entries)
                yield Exhibits(self._seen)
            with Vertical(id="demo-guide"):
                yield PaneTitle(id="demo-guide-title")
                with VerticalScroll(id="demo-words", can_focus=False):
                    # From the beginning: Textual keeps the height of words that change while they are mounted.
                    yield Words(_words(ENTRIES[0]), id="demo-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the list with nothing visited."""
        self.query_one("#demo-title", PaneTitle).name_shown = "Sites and files"
        self._count()

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stopping is for while a tour goes on, and showing all for while not all is shown."""
        if action == "stop":
            return self._touring
        if action == "show_all":
            return not self._touring and self.is_mounted and self.query_one(FilterLine).is_open
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _guide(self, event: OptionList.OptionHighlighted) -> None:
        """Say what to look at."""
        entry = _BY_ID.get(event.option_id or "")
        if entry is None:
            return
        self.query_one("#demo-guide-title", PaneTitle).name_shown = entry.title
        self.query_one("#demo-text", Words).say(_words(entry))

    @on(OptionList.OptionSelected)
    def _open_selected(self, event: OptionList.OptionSelected) -> None:
        entry = _BY_ID.get(event.option_id or "")
        if entry is not None:
            self._open(entry.text)

    @on(FilterLine.Typed)
    def _narrow(self, message: FilterLine.Typed) -> None:
        """Show what fits."""
        self.entries.narrow(message.text)
        self.query_one("#demo-words").display = bool(self.entries.shown)
        self._count()
        self.refresh_bindings()

    def action_filter(self) -> None:
        """Narrow the list."""
        self.query_one(FilterLine).open()
        self.refresh_bindings()

    def action_show_all(self) -> None:
        """Show the whole list."""
        self.query_one(FilterLine).action_close()
        self.refresh_bindings()

    def action_type_site(self) -> None:
        """Look at any other site."""
        self._open(None)

    def action_visit_all(self) -> None:
        """Look at all that is in the list, one after another."""
        if not self._touring and self.entries.shown:
            self._touring = True
            self._tours += 1
            self.refresh_bindings()
            self._tour(self._tours, self.entries.shown)

    def action_stop(self) -> None:
        """End the tour."""
        self._end_tour()
        self.refresh_bindings()

    def _open(self, text: str | None) -> None:
        from tlsglass.ui.site.screen import SiteScreen  # noqa: PLC0415 - after the first paint

        site = SiteScreen(self._means, self._history, text)
        self.app.push_screen(site, self._returned)

    def _returned(self, seen: tuple[Observation, ...] | None) -> None:
        """Take over what was seen on a site's screen."""
        by_text = {entry.text: entry.id for entry in ENTRIES}
        for observation in seen or ():
            target = observation.target
            text = target.host if isinstance(target, Target) else target.text if target.of_the_demo else ""
            if text in by_text:
                self._seen[by_text[text]] = observation
        self.entries.draw()
        self._count()

    @work(thread=True, group="probe", name="tour", exit_on_error=False)
    def _tour(self, tour: int, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if not self._touring or tour != self._tours:
                break
            text, limits = entry.text, self._means.settings.limits
            run = self._visiting = Run(tour, self._means.parse(text), lambda _: None, limits=limits)
            run.carry_out(self._means, timeout=_VISIT_TIMEOUT, until_judged=True)
            run.take()
            if self._touring:
                self.post_message(self.Visited(entry, run.observation))
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
        if message.entry is None:
            self._touring = False
            self.refresh_bindings()
        elif message.observation is not None:
            self._seen[message.entry.id] = message.observation
            self.entries.draw_line(message.entry)
        self._count()

    def _count(self) -> None:
        shown = len(self.entries.shown)
        said = f"{len(self._seen)} of {len(ENTRIES)} visited"
        if shown < len(ENTRIES):
            said += f", {shown} shown" if shown else ", none has these words"
        self.query_one("#demo-title", PaneTitle).note = f"{said}{', on the way …' if self._touring else ''}"


def _words(entry: Entry) -> Content:
    """What the guide says of an exhibit."""
    judged = f", judged as {entry.hostname}" if isinstance(entry, Bundle) else ""
    return Content.assemble(
        (entry.text, "$text-accent"),
        (judged, "$text-muted"),
        "\n\n",
        entry.shows,
        "\n\n",
        ("What to look at", "bold"),
        "\n",
        entry.look_at,
    )
