"""Save: where to write what was seen, and writing it without holding up the screen."""

import errno
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Static
from textual.worker import Worker, get_current_worker

from tlsglass.exchange.spool import Spool
from tlsglass.report.files import write_file
from tlsglass.text import printable
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.faults import announce
from tlsglass.ui.widgets.typing import Line

_STEP = 1 << 20


class SaveScreen(Overlay[Path | None]):
    """Asks for a path and writes there; gives the path once it is written, or None."""

    TOUCHES_FILES = True
    """Not for guests."""

    DEFAULT_CSS = """
    SaveScreen {
        align: center middle;
        & > #save-dialog {
            width: 78; max-width: 96%; height: auto; max-height: 96%; padding: 1 2; background: $surface;
        }
        & > #save-dialog:ansi { border: round $accent; }
        & #save-title { text-style: bold; height: 1; }
        & #save-reason { height: auto; margin-top: 1; color: $text-warning; }
        & #save-path { margin: 1 0; padding: 0 1; background: $panel; height: 1; }
        & #save-said { height: auto; min-height: 1; margin-bottom: 1; color: $text-muted; }
        & #save-said.-bad { color: $text-error; }
        & #save-said.-asks { color: $text-warning; }
        & #save-buttons { height: 1; }
        & #save-buttons Button { margin-right: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", priority=True)]

    class _Progressed(Message):
        def __init__(self, written: int) -> None:
            super().__init__()
            self.written = written

    class _Ended(Message):
        def __init__(self, path: Path, written: int, error: OSError | None) -> None:
            super().__init__()
            self.path = path
            self.written = written
            self.error = error

    def __init__(self, suggested_name: str, source: bytes | Spool, *, offset: int = 0, reason: str = "") -> None:
        """Ask where to save something.

        Args:
            suggested_name: a file name, from `report.files`.
            source: the bytes, or the spool that holds them.
            offset: the first byte of a spool that is saved, so that a head can be left out.
            reason: why this is asked, where it isn't plain.
        """
        super().__init__()
        self._suggested = suggested_name
        self._source = source
        self._offset = offset
        self._reason = reason
        self._total = (len(source) if isinstance(source, bytes) else source.size) - offset
        self._may_replace: Path | None = None
        self._writing: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The path, what is to be said about it, and what can be done."""
        with Vertical(id="save-dialog"):
            yield Static(f"Save {content.size(self._total)}", id="save-title", markup=False)
            if self._reason:
                yield Static(content.plain(self._reason), id="save-reason", markup=False)
            yield Line(self._suggested, id="save-path", compact=True, select_on_focus=False)
            yield Static(id="save-said", markup=False)
            with Horizontal(id="save-buttons"):
                yield Button("Save", id="save-save", variant="primary", compact=True)
                yield Button("Leave", id="save-leave", compact=True)

    def on_mount(self) -> None:
        """Ready to be typed into; the name's ending is the last that one wants to change."""
        field = self.query_one("#save-path", Input)
        field.focus()
        field.cursor_position = len(self._suggested) - len(Path(self._suggested).suffix)
        self._show_folder()

    @on(Input.Changed)
    def take_back_consent(self) -> None:
        """A consent to replace holds for the path that it was given for."""
        self._may_replace = None
        if self._writing is None:
            self._show_folder()

    @on(Button.Pressed, "#save-save")
    @on(Input.Submitted)
    def save(self) -> None:
        """Write, ask first, or say why not."""
        if self._writing is not None:
            return
        path = self._path()
        if path is None:
            self._say("Name a file.", "-bad")
            return
        replace = self._may_replace == path
        self._say("Saving …")
        self._writing = self.run_worker(
            lambda: self._write(path, replace=replace), name="saving", thread=True, exit_on_error=False
        )

    @on(Button.Pressed, "#save-leave")
    def action_leave(self) -> None:
        """Stop writing, if that goes on, and save nothing."""
        if self._writing is not None:
            self._writing.cancel()
        self.dismiss(None)

    def on_save_screen__progressed(self, message: _Progressed) -> None:
        """Say how far it is."""
        message.stop()
        self._say(f"Saving … {content.size(message.written)} of {content.size(self._total)}")

    def on_save_screen__ended(self, message: _Ended) -> None:
        """Leave with the path, or say what went wrong."""
        message.stop()
        self._writing = None
        if message.error is None:
            where = printable(str(message.path))
            self.notify(f"Saved {content.size(message.written)} to {where}", markup=False)
            self.dismiss(message.path)
        elif isinstance(message.error, FileExistsError) and not message.path.is_dir():
            self._may_replace = message.path
            self._say(f"{printable(str(message.path))} exists. Enter again replaces it.", "-asks")
        else:
            self._say(_sentence(message.path, message.error), "-bad")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours ends the writing, and the dialog can be used again."""
        if announce(self.app, event):
            self._writing = None
            self._say("It was not saved: tlsglass itself failed.", "-bad")

    def _write(self, path: Path, *, replace: bool) -> None:
        """Write the file; runs in a thread and only posts messages."""
        worker: Worker[None] = get_current_worker()
        try:
            written = write_file(path, self._chunks(lambda: worker.is_cancelled), replace=replace)
        except InterruptedError:
            return
        except OSError as error:
            self.post_message(self._Ended(path, 0, error))
        except ValueError:
            self.post_message(self._Ended(path, 0, OSError(errno.EINVAL, "a null character is part of no name")))
        else:
            self.post_message(self._Ended(path, written, None))

    def _chunks(self, is_stopped: Callable[[], bool]) -> Iterator[bytes]:
        """The bytes in pieces, telling how far it is between them.

        Raises:
            InterruptedError: it is no longer wanted; `write_file` then leaves nothing behind.
        """
        written = 0
        for piece in self._pieces():
            if is_stopped():
                raise InterruptedError
            yield piece
            written += len(piece)
            if written < self._total:
                self.post_message(self._Progressed(written))

    def _pieces(self) -> Iterable[bytes]:
        if isinstance(self._source, bytes):
            yield self._source[self._offset :]
            return
        at, end = self._offset, self._offset + self._total
        while at < end and (piece := self._source.read(at, min(_STEP, end - at))):
            yield piece
            at += len(piece)

    def _path(self) -> Path | None:
        typed = self.query_one("#save-path", Input).value.strip()
        if not typed:
            return None
        path = Path(typed)
        try:
            path = path.expanduser()
        except RuntimeError:
            return path.absolute()
        return path.absolute()

    def _show_folder(self) -> None:
        path = self._path()
        self._say("Name a file." if path is None else f"In {printable(str(path.parent))}")

    def _say(self, text: str, kind: str = "") -> None:
        said = self.query_one("#save-said", Static)
        said.set_classes(kind)
        said.update(content.plain(text))


def _sentence(path: Path, error: OSError) -> str:
    """What kept a file from being written."""
    folder = printable(str(path.parent))
    match error:
        case FileExistsError() | IsADirectoryError():
            return f"{printable(str(path))} is a folder. Name a file in it."
        case FileNotFoundError():
            return f"There is no folder {folder}. Name one that exists."
        case NotADirectoryError():
            return f"{folder} is not a folder. Name one that exists."
        case PermissionError():
            return f"You may not write to {folder}. Name another folder, as ~ for your own."
        case _:
            return f"It can't be written to {printable(str(path))}: {printable(error.strerror or str(error))}."
