"""A line to type into that narrows a list; closed until it is asked for."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tlsglass.ui.widgets.typing import Line


class FilterLine(Horizontal):
    """Narrows what is shown to what is typed; leaving it by Escape shows all again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Show all", id="filter.leave", tooltip="Filter no more"),
        Binding("down", "go_on", "To the list", id="filter.down", tooltip="Go to what is left of the list"),
    ]
    DEFAULT_CSS = """
    FilterLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        display: none;
        &.-open { display: block; }
        & > Static { width: auto; color: $text-accent; }
        & > Input { width: 1fr; background: $panel; }
    }
    """

    class Typed(Message):
        """Something else is to be shown."""

        def __init__(self, text: str) -> None:
            """Make the message.

            Args:
                text: what was typed; empty shows all.
            """
            super().__init__()
            self.text = text
            """What was typed."""

    def __init__(self, back_to: Callable[[], Widget]) -> None:
        """Make a closed line.

        Args:
            back_to: gives the widget that gets the focus when typing ends.
        """
        super().__init__()
        self._back_to = back_to

    def compose(self) -> ComposeResult:
        """What it is, and the field."""
        yield Static("Filter ", markup=False)
        yield Line(placeholder="words of a name or of what is shown", compact=True, select_on_focus=True)

    @property
    def is_open(self) -> bool:
        """Whether what is shown is narrowed, or is about to be."""
        return self.has_class("-open")

    def open(self) -> None:
        """Let the reader type."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def action_close(self) -> None:
        """Show all, and go back."""
        self.query_one(Input).value = ""
        self.remove_class("-open")
        self._back_to().focus()

    def action_go_on(self) -> None:
        """Go from typing to what is left."""
        self._back_to().focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _leave_the_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_go_on()
