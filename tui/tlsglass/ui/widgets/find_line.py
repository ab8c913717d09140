"""A line to type into what is to be found in the lines or the bytes beside it; the search runs in a thread."""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from tlsglass.report.search import Hit, Wanted, wanted
from tlsglass.ui import content
from tlsglass.ui.faults import announce
from tlsglass.ui.widgets.typing import Line
from tlsglass.ui.widgets.words import Words

MOST_HITS = 10_000
"""Hits of one search that are kept."""

_GIVING_WAY = 0.0005
"""Seconds between two steps of a search in which the screen has the interpreter for itself."""

_TELLING = 0.1
"""Seconds of a search after which it tells what it has found so far."""

Search = Callable[[Wanted], Iterator[Hit]]
"""Finds something; called in a thread."""


class FindLine(Horizontal):
    """Finds what is typed, and steps through the hits."""

    DEFAULT_CSS = """
    FindLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        display: none;
        &.-open { display: block; }
        & > .find-word { width: auto; color: $text-accent; }
        & > .find-standing { width: auto; color: $text-muted; }
        & > Input { width: 1fr; background: $panel; }
    }
    """

    class Reached(Message):
        """The reader came to a hit."""

        def __init__(self, line: "FindLine", hit: Hit) -> None:
            """Make the message.

            Args:
                line: where it was typed.
                hit: where it is.
            """
            super().__init__()
            self.line = line
            """Where it was typed."""

            self.hit = hit
            """Where it is."""

    class _Searched(Message):
        """A part of a search, from its thread."""

        def __init__(self, looked_for: Wanted, found: list[Hit], *, through: bool) -> None:
            super().__init__()
            self.looked_for = looked_for
            self.found = found
            self.through = through

    def __init__(self, search: Callable[[], Search], back_to: Callable[[], Widget], *, in_bytes: bool) -> None:
        """Make a closed line.

        Args:
            search: gives what finds something in what is shown now.
            back_to: gives the widget that gets the focus when typing ends.
            in_bytes: whether bytes are looked at only.
        """
        super().__init__()
        self._search = search
        self._back_to = back_to
        self._in_bytes = in_bytes
        self._wanted: Wanted | None = None
        self._hits: list[Hit] = []
        self._current: int | None = None
        self._searching = False

    def compose(self) -> ComposeResult:
        """What it is, the field, how it stands."""
        yield Static("Find ", classes="find-word", markup=False)
        hint = "text, an OID, or bytes as 0d 0a"
        yield Line(placeholder=hint, compact=True, select_on_focus=True)
        yield Words(classes="find-standing")

    @property
    def is_on(self) -> bool:
        """Whether something is looked for, or about to be."""
        return self.has_class("-open") or self._wanted is not None

    @property
    def standing(self) -> str:
        """How the search stands: '3 of 120'; empty where there is none."""
        if self._wanted is None:
            return ""
        if not self._hits:
            return "searching …" if self._searching else "not found"
        more = " …" if self._searching else "+" if len(self._hits) >= MOST_HITS else ""
        return f"{(self._current or 0) + 1:,} of {len(self._hits):,}{more}"

    def open(self) -> None:
        """Let the reader type."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def forget(self) -> None:
        """Look for nothing any more."""
        self.remove_class("-open")
        self._stop()
        self._wanted = None
        self._say()

    def leave(self) -> None:
        """Look for nothing any more, and go back."""
        self.forget()
        self._back_to().focus()

    def step(self, by: int) -> None:
        """Go to the next hit or the one before, round the end.

        Args:
            by: 1 or -1.
        """
        if self._hits:
            self._reach(((self._current or 0) + by) % len(self._hits))

    @on(Input.Changed)
    def _search_as_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._stop()
        self._wanted = wanted(event.value, as_bytes=self._in_bytes)
        if self._wanted is not None:
            self._searching = True
            looked_for, search = self._wanted, self._search()
            self.run_worker(
                lambda: self._run(looked_for, search),
                name="finding",
                group="search",
                thread=True,
                exclusive=True,
                exit_on_error=False,
            )
        self._say()

    @on(Input.Submitted)
    def _leave_the_field(self, event: Input.Submitted) -> None:
        """Go from typing to stepping through the hits; where nothing was typed there is nothing to step through."""
        event.stop()
        if self._wanted is None:
            self.forget()
        self._back_to().focus()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours ends the search, and is said."""
        if announce(self.app, event):
            self._searching = False
            self._say()

    def _run(self, looked_for: Wanted, search: Search) -> None:
        """Search; runs in a thread and only posts messages."""
        worker: Worker[None] = get_current_worker()
        found: list[Hit] = []
        told = time.monotonic()
        for hit in islice(search(looked_for), MOST_HITS):
            found.append(hit)
            time.sleep(_GIVING_WAY)
            if worker.is_cancelled:
                return
            if time.monotonic() - told >= _TELLING:
                self.post_message(self._Searched(looked_for, found, through=False))
                found, told = [], time.monotonic()
        self.post_message(self._Searched(looked_for, found, through=True))

    @on(_Searched)
    def _take_in(self, message: _Searched) -> None:
        """Take in a part of the search that is on; what another one still says is dropped."""
        message.stop()
        if message.looked_for is not self._wanted:
            return
        self._hits += message.found
        self._searching = not message.through
        if self._current is None and self._hits:
            self._reach(0)
        self._say()

    def _reach(self, at: int) -> None:
        self._current = at
        self._say()
        self.post_message(self.Reached(self, self._hits[at]))

    def _stop(self) -> None:
        self.workers.cancel_group(self, "search")
        self._hits, self._current, self._searching = [], None, False

    def _say(self) -> None:
        self.query_one(".find-standing", Words).say(content.plain(self.standing))


class FindingPane(Vertical):
    """A pane with a line to find something in it: `n` and `N` step through the hits, Escape ends the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next_hit(1)", "Next", id="find.next", tooltip="The next hit"),
        Binding("N", "next_hit(-1)", "Previous", show=False, id="find.previous", tooltip="The hit before"),
        Binding("escape", "leave_find", "Leave", id="find.leave", tooltip="Find no more"),
    ]

    @property
    def find_line(self) -> FindLine:
        """The line to find something with."""
        return self.query_one(FindLine)

    def find(self) -> None:
        """Let the reader type what is to be found."""
        self.find_line.open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now; a search that isn't on can't be left, the key is then for whoever is around."""
        if action in ("next_hit", "leave_find"):
            return self.find_line.is_on
        return super().check_action(action, parameters)

    def action_next_hit(self, by: int) -> None:
        """Go to the next hit or the one before."""
        self.find_line.step(by)

    def action_leave_find(self) -> None:
        """Look for nothing any more."""
        self.find_line.leave()
