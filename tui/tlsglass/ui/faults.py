"""Faults of our own: said aloud, since what broke must not pass for an answer, and kept so that they can be reported.

A thread that fails leaves the app alive, with a notice and a report behind a key. A handler of the app itself that
fails ends it: then nothing on the screen can be relied on. Neither shows values: they may be secrets.
"""

from typing import Any

from rich.text import Text
from textual.app import App
from textual.worker import Worker, WorkerState

from tlsglass import fault_report

_SHOWN_FOR = 30
"""Seconds that the notice stays."""

_DOING = {
    "probe": "looking at a site",
    "tour": "visiting the demo",
    "what-if": "judging again",
    "loading": "loading libraries",
    "clipboard": "copying",
}
"""What goes on in a worker, by its group."""


class TellsFaults(App[None]):
    """An app that says what failed, and keeps the report."""

    fault = ""
    """The report of the latest fault; empty where there was none."""

    def action_show_fault(self) -> None:
        """Show the report of the latest fault."""
        from tlsglass.ui.screens.fault import FaultScreen  # noqa: PLC0415 - hardly ever needed

        if not self.fault:
            self.notify("Nothing has failed.", markup=False)
        elif not isinstance(self.screen, FaultScreen):
            self.push_screen(FaultScreen(self.fault))

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._return_code = fault_report.STATUS

    def _fatal_error(self) -> None:
        """Leave with the report instead of Textual's traceback, which quotes every variable."""
        error = self._exception
        said = fault_report.report(error, "drawing the screen") if error is not None else ""
        self._exit_renderables.append(Text(f"\n{said}"))
        self._close_messages_no_wait()


def announce(app: App[Any], event: Worker.StateChanged) -> bool:
    """Say so when a thread has ended by a fault.

    Textual tells only the node that a worker belongs to, so each screen with workers calls this.

    Args:
        app: the app that shows the notice and keeps the report.
        event: what has become of a worker.

    Returns:
        Whether it was a fault.
    """
    error = event.worker.error
    if event.state is not WorkerState.ERROR or error is None:
        return False
    doing = _DOING.get(event.worker.group, "working")
    if isinstance(app, TellsFaults):
        app.fault = fault_report.report(error, doing)
    app.notify(
        f"tlsglass itself failed while {doing}: {fault_report.where(error)}. What was seen stays, and all else works. "
        "! or F9 shows a report that can be copied.",
        title="This is a bug",
        severity="error",
        timeout=_SHOWN_FOR,
        markup=False,
    )
    return True
