"""A dialog to choose a file: walk through the folders, or type its path."""

import os
from itertools import islice
from pathlib import Path

from rich.text import Text, TextType
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import DirectoryTree, Input, Static

from tlsglass.text import printable, typed
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.typing import Line

_MOST_NAMES = 10_000
"""Names of a folder that are looked at to complete one."""


class _Paths(Suggester):
    """Completes a path by what is there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = folder

    async def get_suggestion(self, value: str) -> str | None:
        """The first path in its folder that begins so."""
        return completed(value, self._folder)


def completed(beginning: str, folder: Path) -> str | None:
    """The first path that begins with what is typed.

    Args:
        beginning: the beginning of a path; `~` stands for the home folder.
        folder: where a relative path begins.

    Returns:
        None where there is none, or nothing to add.
    """
    head, name = os.path.split(beginning)
    if not name:
        return None
    try:
        with os.scandir(folder / Path(head).expanduser()) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in islice(entries, _MOST_NAMES)
                if entry.name.startswith(name) and typed_as_it_is(entry.name)
            )
    except (OSError, RuntimeError, ValueError):
        return None
    return beginning.removesuffix(name) + found[0] if found and found[0] != name else None


def typed_as_it_is(name: str) -> bool:
    """Whether a name can stand in the line; one with control characters in it can only be chosen."""
    return typed(name) == name and "\n" not in name


class _Folders(DirectoryTree):
    """The folders with signs that every terminal has, and names that steer none."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def process_label(self, label: TextType) -> Text:
        """A file's name, printable: whoever made the file chose it."""
        return Text(printable(str(label)))


class OpenFileScreen(Overlay[str | None]):
    """Gives the path of a file; None where the reader leaves it."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Leave", id="open.leave", tooltip="Open nothing"),
        Binding("backspace", "go_up", "Folder up", id="open.up", tooltip="The folder above"),
    ]
    TOUCHES_FILES = True
    """Not for guests."""

    DEFAULT_CSS = """
    OpenFileScreen {
        align: center middle;
        & > #open-dialog { width: 90; max-width: 96%; height: 90%; padding: 1 1 0 1; background: $surface; }
        & #open-title { height: 1; text-style: bold; padding: 0 1; margin-bottom: 1; }
        & #open-path { margin: 0 0 1 0; padding: 0 1; background: $panel; }
        & #open-tree { height: 1fr; background: $surface; scrollbar-size-vertical: 1; }
        & #open-error { height: auto; max-height: 2; padding: 0 1; color: $text-error; display: none; }
        & #open-error.-shown { display: block; }
        & #open-keys { height: 1; margin: 1 0; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Begin in a folder.

        Args:
            folder: the folder; None takes the one that the program was started in.
        """
        super().__init__()
        self._folder = (folder or Path.cwd()).absolute()

    def compose(self) -> ComposeResult:
        """A path to type, the folder, the keys."""
        with Vertical(id="open-dialog"):
            yield Static("Open a file", id="open-title", markup=False)
            hint = "a path; the arrow to the right completes it"
            yield Line(placeholder=hint, suggester=_Paths(self._folder), id="open-path", compact=True)
            yield Static("", id="open-error", markup=False)
            yield _Folders(self._folder, id="open-tree")
            yield Static("Enter opens   Backspace one folder up   Tab path   Esc leaves", id="open-keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the folder."""
        self.query_one(DirectoryTree).focus()

    def action_go_up(self) -> None:
        """Show the folder above."""
        tree = self.query_one(DirectoryTree)
        tree.path = Path(tree.path).absolute().parent

    @on(DirectoryTree.FileSelected)
    def choose(self, event: DirectoryTree.FileSelected) -> None:
        """Give the file."""
        self.dismiss(str(event.path))

    @on(Input.Submitted)
    def choose_typed(self, event: Input.Submitted) -> None:
        """Give the path if a file is there; go there if it is a folder."""
        written = event.value.strip()
        path = self._folder
        try:
            path = self._folder / Path(written).expanduser()
            is_folder, is_there = path.is_dir(), path.exists()
        except (OSError, RuntimeError, ValueError):
            is_folder = is_there = False
        if is_folder:
            tree = self.query_one(DirectoryTree)
            tree.path = path
            tree.focus()
        elif is_there:
            self.dismiss(str(path))
        else:
            said = self.query_one("#open-error", Static)
            said.update(content.plain(f"There is no file {written!r}.", limit=300))
            said.add_class("-shown")
