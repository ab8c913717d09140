"""Faults of our own in a thread: said aloud, since a run that broke must not pass for an answer."""

from typing import Any

from textual.app import App
from textual.worker import Worker, WorkerState

from tlsglass.text import printable

_SHOWN_FOR = 30
"""Seconds that the notice stays."""


def announce(app: App[Any], event: Worker.StateChanged) -> bool:
    """Say so when a thread has ended by a fault.

    Textual tells only the node that a worker belongs to, so each screen with workers calls this.

    Args:
        app: the app that shows the notice.
        event: what has become of a worker.

    Returns:
        Whether it was a fault.
    """
    if event.state is not WorkerState.ERROR:
        return False
    error = event.worker.error
    what = f"{type(error).__name__}: {error}"
    app.notify(
        printable(f"tlsglass itself failed ({event.worker.name}): {what}", limit=500),
        title="This is a bug",
        severity="error",
        timeout=_SHOWN_FOR,
        markup=False,
    )
    return True
