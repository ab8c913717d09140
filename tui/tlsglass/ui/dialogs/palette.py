"""The command palette: Textual's, but for the line that one types into."""

from textual.app import ComposeResult
from textual.command import CommandInput, CommandList, CommandPalette, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.events import Mount
from textual.widgets import LoadingIndicator

from tlsglass.ui.widgets.typing import Line


class CommandLine(CommandInput, Line):
    """Where the name of an action is typed; Textual styles it by the first of its bases."""


class Palette(CommandPalette):
    """Offers every action by its name."""

    def compose(self) -> ComposeResult:
        """What Textual has there, around our own line."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandLine(placeholder="Search for commands…", select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()

    def on_mount(self, event: Mount) -> None:
        """Look for no actions where the app has ended meanwhile: the list for them was not made then."""
        if not self.query(CommandList):
            event.prevent_default()
