"""The bar with the panels' names, and the titles of the panes: one line each, no boxes."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from tlsglass.ui import content
from tlsglass.ui.widgets.words import Words

PANELS: dict[str, tuple[str, str]] = {
    "detail": ("0", "Detail"),
    "response": ("1", "Response"),
    "checks": ("2", "Checks"),
    "handshake": ("3", "Handshake"),
}
"""The panels by their id, each with its key and its name. Detail is one of them only on a narrow screen."""


class PaneTitle(Widget):
    """The title of a pane: its name, and a note beside it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    PaneTitle { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    name_shown: var[str] = var("")
    """The name. Need not be printable."""

    note: var[str] = var("")
    """What stands beside it. Need not be printable."""

    def render(self) -> Content:
        """The line at the width that there is."""
        name = content.plain(self.name_shown, "bold", limit=200)
        note = content.plain(self.note, "$text-muted", limit=200)
        return content.row(Content.assemble(name, "  ", note), Content(""), max(1, self.content_size.width))

    def watch_name_shown(self) -> None:
        """Show it."""
        self.refresh()

    def watch_note(self) -> None:
        """Show it."""
        self.refresh()


class PanelTab(Words):
    """The name of one panel, with its key and what it counts; a click brings it to the front."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    PanelTab {
        width: auto;
        padding: 0 1;
        color: $text-muted;
        pointer: pointer;
        &:hover { background: $block-hover-background; color: $foreground; }
        &.-front { background: $surface; color: $foreground; text-style: bold; }
    }
    """

    def __init__(self, panel: str) -> None:
        """Make the tab of a panel.

        Args:
            panel: its id.
        """
        super().__init__(id=f"tab-{panel}")
        self.panel = panel
        """The id of the panel."""
        self.count(Content(""))

    def count(self, counted: Content) -> None:
        """Show what the panel counts beside its name."""
        key, name = PANELS[self.panel]
        self.say(Content.assemble((key, "$text-accent"), f" {name}", " " if counted else "", counted))


class PanelBar(Horizontal):
    """All panels' names, and at the right what the front one has to say."""

    DEFAULT_CSS = """
    PanelBar {
        height: 1;
        background: $panel;
        #panel-note { width: 1fr; height: 1; text-align: right; padding: 0 1; color: $text-muted; text-wrap: nowrap; }
    }
    """

    class Chosen(Message):
        """A panel is to come to the front."""

        def __init__(self, panel: str) -> None:
            """Make the message.

            Args:
                panel: its id.
            """
            super().__init__()
            self.panel = panel
            """Its id."""

    front: var[str] = var("response")
    """The id of the panel in front."""

    def compose(self) -> ComposeResult:
        """A tab each, and the note."""
        for panel in PANELS:
            yield PanelTab(panel)
        yield Static("", id="panel-note", markup=False)

    def watch_front(self, front: str) -> None:
        """Mark its tab."""
        for tab in self.query(PanelTab):
            tab.set_class(tab.panel == front, "-front")

    def on_mount(self) -> None:
        """Mark the first one."""
        self.watch_front(self.front)

    def on_click(self, event: events.Click) -> None:
        """Bring the panel to the front whose name was clicked."""
        if isinstance(event.widget, PanelTab):
            event.stop()
            self.post_message(self.Chosen(event.widget.panel))

    def tab(self, panel: str) -> PanelTab:
        """The tab of a panel."""
        return self.query_one(f"#tab-{panel}", PanelTab)

    def count(self, panel: str, counted: Content) -> None:
        """Show beside a panel's name what it counts."""
        self.tab(panel).count(counted)

    def say(self, note: Content) -> None:
        """Show something at the right."""
        self.query_one("#panel-note", Static).update(note, layout=False)
