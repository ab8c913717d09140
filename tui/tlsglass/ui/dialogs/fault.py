"""The report of a fault of our own, to be read, copied or saved."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tlsglass.ui import content
from tlsglass.ui.clipboard import CopyWanted
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.key_bar import KeyBar


class FaultScreen(Overlay[None]):
    """Shows the report over whatever is there."""

    BINDINGS = [
        Binding("c", "copy", "Copy", id="fault.copy", tooltip="Copy the report"),
        Binding("s", "save", "Save", id="fault.save", tooltip="Save the report to a file"),
        Binding("escape,q", "dismiss(None)", "Close", key_display="Esc", id="fault.close", tooltip="Close"),
    ]
    DEFAULT_CSS = """
    FaultScreen {
        align: center middle;
        #fault-box { width: 100; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding-top: 1; }
        #fault-title { padding: 0 3; text-style: bold; height: 1; color: $text-error; }
        #fault-scroll { height: auto; max-height: 100%; padding: 1 3; scrollbar-size-vertical: 1; }
        #fault-text { height: auto; }
    }
    """

    def __init__(self, report: str, *, may_save: bool) -> None:
        """Show a report.

        Args:
            report: from `fault_report.report`.
            may_save: whether it can be saved; guests save nothing.
        """
        super().__init__()
        self._report = report
        self._may_save = may_save

    def compose(self) -> ComposeResult:
        """A title, the report, the keys."""
        with Vertical(id="fault-box"):
            yield Static("tlsglass itself failed: please report this", id="fault-title", markup=False)
            with VerticalScroll(id="fault-scroll"):
                yield Static(content.stack(map(content.plain, self._report.split("\n"))), id="fault-text", markup=False)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done here."""
        if action == "save" and not self._may_save:
            return False
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """Copy the report."""
        self.post_message(CopyWanted(self._report, "report of a fault"))

    def action_save(self) -> None:
        """Ask where to save the report."""
        from tlsglass.ui.dialogs.save import SaveScreen  # noqa: PLC0415 - first needed here

        self.app.push_screen(SaveScreen("tlsglass-fault.txt", self._report.encode("ascii")))
