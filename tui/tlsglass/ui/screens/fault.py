"""The report of a fault of our own, to be read, copied or saved."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tlsglass.ui import content
from tlsglass.ui.screens.overlay import Overlay
from tlsglass.ui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tlsglass.ui.app import TlsglassApp


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

    def __init__(self, report: str) -> None:
        """Show a report.

        Args:
            report: from `fault_report.report`.
        """
        super().__init__()
        self._report = report

    def compose(self) -> ComposeResult:
        """A title, the report, the keys."""
        with Vertical(id="fault-box"):
            yield Static("tlsglass itself failed: please report this", id="fault-title", markup=False)
            with VerticalScroll(id="fault-scroll"):
                yield Static(content.stack(map(content.plain, self._report.split("\n"))), id="fault-text", markup=False)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done here: guests save nothing."""
        if action == "save" and self._whole_app.means.is_kiosk:
            return False
        return super().check_action(action, parameters)

    @property
    def _whole_app(self) -> "TlsglassApp":
        return cast("TlsglassApp", self.app)

    def action_copy(self) -> None:
        """Copy the report."""
        self._whole_app.copier.copy(self._report, "report of a fault")

    def action_save(self) -> None:
        """Ask where to save the report."""
        from tlsglass.ui.screens.save import SaveScreen  # noqa: PLC0415 - first needed here

        self.app.push_screen(SaveScreen("tlsglass-fault.txt", self._report.encode("ascii")))
