"""The line that is typed into to search an answer, and the search that it drives in a thread."""

import time
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from tlsglass.exchange.spool import Spool
from tlsglass.ui.faults import announce
from tlsglass.ui.widgets.response.body import ResponseBody
from tlsglass.ui.widgets.response.search import Found, Query, could_be_bytes, gathered, query, scan
from tlsglass.ui.widgets.typing import Line

GIVING_WAY = 0.0005
"""Seconds between two steps of a search in which the screen has the interpreter for itself."""

TELLING = 0.1
"""Seconds from one word of a search on how far it is to the next."""


class FindBar(Horizontal):
    """Searches the bytes of a body for what is typed, and takes the body to the matches."""

    DEFAULT_CSS = """
    FindBar {
        height: 1;
        padding: 0 1;
        display: none;
        &.-open { display: block; }
        & > Static { width: auto; color: $text-accent; }
        & > Input { width: 1fr; }
    }
    """
    GROUP: ClassVar[str] = "search"

    class Changed(Message):
        """The search stands otherwise than before."""

    class _Scanned(Message):
        """A step of a search, from its thread."""

        def __init__(self, wanted: Query, found: Found | None) -> None:
            super().__init__()
            self.wanted = wanted
            self.found = found
            """None once the scan is through."""

    def __init__(self, body: ResponseBody, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        """Search a body."""
        super().__init__(id=id)
        self._body = body
        self._spool: Spool | None = None
        self._query: Query | None = None
        self._scanning = False
        self._search_from = 0
        """The first byte in view when the search was typed; the first match shown is at or after it."""

    def compose(self) -> ComposeResult:
        """What it is, and the field."""
        yield Static("Find ", markup=False)
        yield Line(id="response-find-input", compact=True)

    @property
    def field(self) -> Input:
        """What is typed into."""
        return self.query_one(Input)

    @property
    def is_on(self) -> bool:
        """Whether something is looked for, or about to be."""
        return self.has_class("-open") or self._query is not None

    @property
    def standing(self) -> str:
        """How the search stands: '3 of 120'; empty where there is none."""
        if self._query is None:
            return ""
        count = len(self._body.places)
        if not count:
            return "searching …" if self._scanning else "not found"
        more = "+" if self._body.places.full else " …" if self._scanning else ""
        if self._body.current is None:
            return f"{count:,}{more} found"
        return f"{self._body.current + 1:,} of {count:,}{more}"

    def search_in(self, spool: Spool | None) -> None:
        """Search other bytes from now on, for the same."""
        self._spool = spool
        self.restart()

    def open(self) -> None:
        """Let the reader type."""
        self._search_from = self._body.top
        self.add_class("-open")
        hint = "text, or bytes as 0d 0a" if self._body.as_hex else "text, upper and lower case alike"
        self.field.placeholder = hint
        self.field.focus()

    def close(self) -> None:
        """Look for nothing any more, and mark nothing."""
        self.remove_class("-open")
        self._stop()
        self._query = None
        self._body.focus()
        self.post_message(self.Changed())

    def step(self, step: int) -> None:
        """Go to the next match or the one before, round the end."""
        if self._query is None:
            self.open()
            return
        count = len(self._body.places)
        if count:
            current = self._body.current
            index = (0 if step > 0 else count - 1) if current is None else (current + step) % count
            self._body.go_to_match(index)
        self.post_message(self.Changed())

    def view_changed(self) -> None:
        """What was typed may mean bytes now, or text again."""
        self._search_from = self._body.top
        if self._query is not None and could_be_bytes(self._query.text):
            self.restart()

    def restart(self) -> None:
        """Look for what is typed, from the start."""
        self._stop()
        typed = self.field.value if self.is_on else ""
        self._query = query(typed, codec=self._body.charset.codec, as_bytes=self._body.as_hex)
        self.go_on()
        self.post_message(self.Changed())

    def go_on(self) -> None:
        """Look through what has not been looked at yet."""
        places = self._body.places
        if self._query is None or self._spool is None or self._scanning:
            return
        if places.full or places.scanned >= self._spool.size:
            return
        self._scanning = True
        wanted, spool, start = self._query, self._spool, places.resume(self._query)
        self.run_worker(
            lambda: self._scan(spool, wanted, start),
            name="search",
            group=self.GROUP,
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _stop(self) -> None:
        self.workers.cancel_group(self, self.GROUP)
        self._scanning = False
        self._body.forget_matches()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours ends the search, and is said."""
        if announce(self.app, event):
            self._scanning = False
            self.post_message(self.Changed())

    def _scan(self, spool: Spool, wanted: Query, start: int) -> None:
        """Look through the spool; runs in a thread and only posts messages."""
        worker: Worker[None] = get_current_worker()

        def is_stopped() -> bool:
            time.sleep(GIVING_WAY)
            return worker.is_cancelled

        for found in gathered(scan(spool, wanted, start, is_stopped), TELLING):
            self.post_message(self._Scanned(wanted, found))
        self.post_message(self._Scanned(wanted, None))

    @on(_Scanned)
    def _take_in(self, message: _Scanned) -> None:
        """Take in a step of the search that is on; what another one still says is dropped."""
        message.stop()
        if message.wanted is not self._query:
            return
        if message.found is None:
            self._scanning = False
            self._show_first_match(or_from_start=True)
            self.go_on()
        elif not self._body.places.full:
            if not self._body.found_more(message.found):
                self.workers.cancel_group(self, self.GROUP)
            self._show_first_match(or_from_start=False)
        self.post_message(self.Changed())

    def _show_first_match(self, *, or_from_start: bool) -> None:
        if self._body.current is not None:
            return
        places = self._body.places
        index = places.at_or_after(self._search_from)
        if index is None and or_from_start and len(places) > 0:
            index = 0
        if index is not None:
            self._body.go_to_match(index)

    @on(Input.Changed)
    def _search_as_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.restart()

    @on(Input.Submitted)
    def _leave_the_field(self, event: Input.Submitted) -> None:
        """Go from typing to stepping through the matches."""
        event.stop()
        self.remove_class("-open")
        self._body.focus()
