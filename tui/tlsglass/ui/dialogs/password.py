"""A dialog that asks for the password of a file; what is typed is not shown."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.typing import Line


class PasswordScreen(Overlay[str | None]):
    """Gives what was typed; None where the reader leaves it."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Leave", id="password.leave", tooltip="Open it without a password")]
    DEFAULT_CSS = """
    PasswordScreen {
        align: center middle;
        & > #password-dialog { width: 70; max-width: 96%; height: auto; padding: 1 2; background: $surface; }
        & #password-title { text-style: bold; height: auto; margin-bottom: 1; }
        & #password-input { background: $panel; padding: 0 1; }
        & #password-keys { height: 1; margin-top: 1; color: $text-muted; }
    }
    """

    def __init__(self, file: str, *, again: bool) -> None:
        """Ask.

        Args:
            file: what the file is called. Need not be printable.
            again: whether what was typed before did not open it.
        """
        super().__init__()
        self._file = file
        self._again = again

    def compose(self) -> ComposeResult:
        """What is asked, the field, the keys."""
        with Vertical(id="password-dialog"):
            asked = content.plain(f"Password of {self._file}", limit=200)
            wrong = Content.styled("That password does not open it.\n", "$text-error") if self._again else Content("")
            yield Static(Content.assemble(wrong, asked), id="password-title")
            yield Line(password=True, id="password-input", compact=True)
            yield Static("Enter opens   Esc leaves", id="password-keys", markup=False)

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def give(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value)
