"""Faults of our own: said aloud, since what broke must not pass for an answer, and kept so that they can be reported.

A thread that fails leaves the app alive, with a notice and a report behind a key. A handler of the app itself that
fails ends it: then nothing on the screen can be relied on. Neither shows values: they may be secrets.
"""

import asyncio
import threading
from collections.abc import Callable
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
    "saving": "saving",
    "search": "searching",
}
"""What goes on in a worker, by its group."""


class TellsFaults(App[None]):
    """An app that says what failed, and keeps the report."""

    fault = ""
    """The report of the latest fault; empty where there was none."""

    _hook: "Callable[[threading.ExceptHookArgs], object] | None" = None

    def watch_threads(self) -> None:
        """Hear of threads and callbacks that end by a fault, which Python would write across the screen."""
        self._hook = threading.excepthook
        threading.excepthook = self._note_thread
        asyncio.get_running_loop().set_exception_handler(self._note_callback)

    def leave_threads(self) -> None:
        """Let Python write it again."""
        if self._hook is not None:
            threading.excepthook, self._hook = self._hook, None
            asyncio.get_running_loop().set_exception_handler(None)

    def _note_callback(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # What comes without an exception is a remark on how the loop was left, and nothing that failed.
        error = context.get("exception")
        if isinstance(error, Exception):
            self.tell_fault(error, "waiting for something")

    def _note_thread(self, fault: threading.ExceptHookArgs) -> None:
        # In the thread that failed: the app's own has to be asked, if it is still there to answer.
        if fault.exc_value is not None and self.is_running:
            self.call_later(self.tell_fault, fault.exc_value, "working in a thread")

    def tell_fault(self, error: BaseException, doing: str) -> None:
        """Say that something of ours failed, and keep the report.

        Args:
            error: what was raised.
            doing: what went on, in our own words.
        """
        self.fault = fault_report.report(error, doing)
        self.notify(
            f"tlsglass itself failed while {doing}: {fault_report.where(error)}. What was seen stays, and all else "
            "works. ! or F9 shows a report that can be copied.",
            title="This is a bug",
            severity="error",
            timeout=_SHOWN_FOR,
            markup=False,
        )

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
    if isinstance(app, TellsFaults):
        app.tell_fault(error, _DOING.get(event.worker.group, _DOING.get(event.worker.name, "working")))
    return True
