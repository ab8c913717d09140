"""The raw response panel: one line of what is going on, the bytes, and a line to search them.

It is told what happens by its owner (`attach`, `head_received`, `grew`, `ended` …) and asks for one thing only: that
an edited request be sent.
"""

import time
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from tlsglass.errors import Failure
from tlsglass.exchange.model import Request, Response, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.ui import content
from tlsglass.ui.widgets.response import words
from tlsglass.ui.widgets.response.body import ResponseBody
from tlsglass.ui.widgets.response.charset import charset_of
from tlsglass.ui.widgets.response.search import Found, Query, could_be_bytes, gathered, query, scan

COPIED_AT_MOST = 1 << 20
"""Bytes of an answer that are copied whole; a larger one is for a file."""

BESIDE_TABS = 50
"""Cells that an owner who shows the facts has for other things on that line."""

GIVING_WAY = 0.0005
"""Seconds between two steps of a search in which the screen has the interpreter for itself."""

TELLING = 0.1
"""Seconds from one word of a search on how far it is to the next."""


class ResponsePanel(Vertical):
    """The answer exactly as it came, as text or as bytes, of any size, searchable."""

    DEFAULT_CSS = """
    ResponsePanel {
        & > #response-line { height: 1; padding: 0 1; text-wrap: nowrap; }
        & > #response-words { height: 1fr; padding: 1 2; color: $text-muted; display: none; }
        & > ResponseBody { height: 1fr; }
        & > #response-find { height: 1; padding: 0 1; display: none; }
        & #response-find-label { width: auto; color: $text-accent; }
        & #response-find-input { width: 1fr; }
        &.-silent > #response-words { display: block; }
        &.-silent > ResponseBody { display: none; }
        &.-finding > #response-find { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find", tooltip="Search the answer", id="response.find"),
        Binding("n", "next_match(1)", "Next", tooltip="Go to the next match", id="response.next", show=False),
        Binding(
            "N", "next_match(-1)", "Previous", tooltip="Go to the match before", id="response.previous", show=False
        ),
        Binding("x", "toggle_hex", "Hex", tooltip="Show characters or bytes", id="response.hex"),
        Binding("w", "toggle_wrap", "Wrap", tooltip="Wrap long lines or scroll sideways", id="response.wrap"),
        Binding("e", "edit_request", "Edit request", tooltip="Change the request and send it", id="response.edit"),
        Binding("escape", "leave_find", "Leave search", show=False, id="response.leave"),
    ]

    class SendRequested(Message):
        """An edited request is to be sent."""

        def __init__(self, request: Request) -> None:
            """Name the request."""
            super().__init__()
            self.request = request

    class FactsChanged(Message):
        """The facts of the view are others now."""

        def __init__(self, facts: str) -> None:
            """Name them."""
            super().__init__()
            self.facts = facts
            """'GET / · text/html · text · wrap · 1.3 kB', printable; empty where there is no answer."""

    class _Scanned(Message):
        """A step of a search, from its thread."""

        def __init__(self, wanted: Query, found: Found | None) -> None:
            super().__init__()
            self.wanted = wanted
            self.found = found
            """None once the scan is through."""

    def __init__(self, *, shows_facts: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        """Make an empty one.

        Args:
            shows_facts: whether the facts stand above the bytes; else the owner shows them on `FactsChanged`.
            id: its id in the DOM.
        """
        super().__init__(id=id)
        self.facts = ""
        """The facts of the view, printable; empty where there is no answer."""

        self._shows_facts = shows_facts
        self._body = ResponseBody(id="response-body")
        self._spool: Spool | None = None
        self._request: Request | None = None
        self._default_request: Request | None = None
        self._sent_request: Request | None = None
        self._head: ResponseHead | None = None
        self._notice = ""
        self._described: tuple[str, str, int] | None = None
        self._received = 0
        self._query: Query | None = None
        self._scanning = False
        self._search_from = 0
        """The first byte in view when the search was typed; the first match shown is at or after it."""

    def compose(self) -> ComposeResult:
        """One line, the bytes or the words in their place, and the search."""
        yield Static(id="response-line", markup=False)
        yield Static(id="response-words", markup=False)
        yield self._body
        with Horizontal(id="response-find"):
            yield Static("Find ", id="response-find-label", markup=False)
            yield Input(id="response-find-input", compact=True)

    def on_mount(self) -> None:
        """Begin with nothing."""
        self.clear()

    # ── What the owner tells ────────────────────────────────────────────────────────────────────────────────────────

    def clear(self) -> None:
        """Forget all: another site is looked at."""
        self._stop_search()
        self._query = None
        self._spool = self._head = self._request = None
        self._received = 0
        self._notice = ""
        self._body.show(None)
        self._say(words.waiting_words(None))
        self._describe()

    def attach(self, spool: Spool) -> None:
        """Show what is and will be in a spool."""
        self._stop_search()
        self._spool = spool
        self._head = None
        self._received = 0
        self._notice = ""
        self._body.show(spool)
        self._say(words.waiting_words(self._request))
        self._restart_search()
        self.grew(spool.size)

    def show_request(self, request: Request) -> None:
        """Name what is asked."""
        self._request = request
        if request != self._sent_request:
            self._default_request = request
        if not self._received:
            self._say(words.waiting_words(request))
        self._describe()

    def head_received(self, head: ResponseHead) -> None:
        """Tell the head from the body."""
        self._head = head
        self._body.mark_head(head.length, charset_of(head.header("content-type")))
        self._restart_search()
        self._describe()

    def grew(self, size: int) -> None:
        """Show what has come."""
        if size > 0:
            self.remove_class("-silent")
        self._received = size
        self._body.grow()
        self._go_on_searching()
        self._describe()

    def ended(self, response: Response) -> None:
        """Say how the answer ended."""
        self.grew(response.size)
        if not response.size:
            self._say(words.silence_words(response))
        self._notice = words.ending_words(response) if response.size else ""
        self._describe()

    def failed(self, failure: Failure) -> None:
        """Say why there is no answer, or no more of it."""
        said = words.failure_words(failure)
        if self._received:
            self._notice = said
        else:
            self._say(said)
        self._describe()

    def copyable(self) -> tuple[str, str] | None:
        """What copying takes: the selection, else the whole answer where it is of a size for that.

        Returns:
            The text, and what it is; None where there is nothing or too much.
        """
        if self._spool is None or not self._received:
            return None
        selection = self._body.text_selection
        chosen = self._body.get_selection(selection) if selection else None
        if chosen is not None and chosen[0]:
            return chosen[0], "selection"
        if self._received > COPIED_AT_MOST:
            return None
        return self._spool.read(0, self._received).decode(self._body.charset.codec, "backslashreplace"), "response"

    # ── What is said around the bytes ───────────────────────────────────────────────────────────────────────────────

    def _say(self, text: str) -> None:
        self.query_one("#response-words", Static).update(Content(text))
        self.add_class("-silent")

    def _describe(self) -> None:
        """Bring the line above the bytes up to date, and the facts."""
        width = max(1, self.size.width - 2)
        said = Content.styled(self._notice, "$text-warning")
        facts = self._facts(width - ((said.cell_length + 2 if said else 0) if self._shows_facts else BESIDE_TABS))
        if facts != self.facts:
            self.facts = facts
            self.post_message(self.FactsChanged(facts))
        described = (self._notice, facts if self._shows_facts else "", width)
        if described == self._described:
            return
        self._described = described
        line = self.query_one("#response-line", Static)
        line.display = bool(said) or self._shows_facts
        line.update(content.row(said, Content.styled(described[1], "$text-muted"), width), layout=False)

    def _facts(self, width: int) -> str:
        if self._spool is None or not self._received:
            return ""
        return words.facts(
            request=self._request,
            head=self._head,
            charset="" if self._body.charset.understood else "charset not known, read as UTF-8",
            view="hex" if self._body.as_hex else "text · wrap" if self._body.wrap else "text · no wrap",
            size=self._received,
            found=self._search_words(),
            width=max(24, width),
        )

    def _search_words(self) -> str:
        if self._query is None:
            return ""
        count = len(self._body.places)
        more = "+" if self._body.places.full else " …" if self._scanning else ""
        if not count:
            return "searching …" if self._scanning else "not found"
        if self._body.current is None:
            return f"{count:,}{more} found"
        return f"{self._body.current + 1:,} of {count:,}{more}"

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - only that it happened matters
        """Fit the facts."""
        self._describe()

    # ── Views ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def focus_body(self) -> None:
        """Have the keys go to the bytes."""
        self._body.focus()

    def action_toggle_hex(self) -> None:
        """Show characters, or bytes."""
        self._search_from = self._body.top
        self._body.as_hex = not self._body.as_hex
        if self._query is not None and could_be_bytes(self._query.text):
            self._restart_search()
        self._describe()

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or scroll sideways."""
        if self._body.as_hex:
            self.notify("Bytes are not wrapped. Press x for the text.", markup=False)
            return
        self._body.wrap = not self._body.wrap
        self._describe()

    def action_edit_request(self) -> None:
        """Open the request for editing."""
        if self._request is None:
            self.notify("There is no request yet: look at a site first.", markup=False)
            return
        from tlsglass.ui.screens.request import RequestScreen  # noqa: PLC0415 - the app paints before it is needed

        screen = RequestScreen(self._request, self._default_request or self._request)
        self.app.push_screen(screen, self._send)

    def _send(self, request: Request | None) -> None:
        if request is not None:
            self._sent_request = request
            self.post_message(self.SendRequested(request))

    # ── Search ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_find(self) -> None:
        """Open the line that is typed into."""
        self._search_from = self._body.top
        self.add_class("-finding")
        field = self.query_one("#response-find-input", Input)
        field.placeholder = "text, or bytes as 0d 0a" if self._body.as_hex else "text, upper and lower case alike"
        field.focus()

    def action_leave_find(self) -> None:
        """Close that line and mark nothing any more."""
        self.remove_class("-finding")
        self._stop_search()
        self._query = None
        self._body.focus()
        self._describe()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A search that isn't on can't be left: the key is then for whoever is around."""
        if action == "leave_find":
            return self._is_typing or self._query is not None
        return super().check_action(action, parameters)

    def action_next_match(self, step: int) -> None:
        """Go to the next match or the one before, round the end."""
        if self._query is None:
            self.action_find()
            return
        count = len(self._body.places)
        if count:
            current = self._body.current
            index = (0 if step > 0 else count - 1) if current is None else (current + step) % count
            self._body.go_to_match(index)
        self._describe()

    @on(Input.Changed, "#response-find-input")
    def search_as_typed(self, event: Input.Changed) -> None:
        """Search for what has been typed so far."""
        event.stop()
        self._restart_search()

    @on(Input.Submitted, "#response-find-input")
    def leave_the_line(self, event: Input.Submitted) -> None:
        """Go from typing to stepping through the matches."""
        event.stop()
        self.remove_class("-finding")
        self._body.focus()

    def _restart_search(self) -> None:
        self._stop_search()
        typed = self.query_one("#response-find-input", Input).value if self._query or self._is_typing else ""
        self._query = query(typed, codec=self._body.charset.codec, as_bytes=self._body.as_hex)
        self._go_on_searching()
        self._describe()

    @property
    def _is_typing(self) -> bool:
        return self.has_class("-finding")

    def _stop_search(self) -> None:
        self.workers.cancel_group(self, "search")
        self._scanning = False
        self._body.forget_matches()

    def _go_on_searching(self) -> None:
        places = self._body.places
        if (
            self._query is None
            or self._spool is None
            or self._scanning
            or places.full
            or places.scanned >= self._received
        ):
            return
        self._scanning = True
        wanted, spool, start = self._query, self._spool, places.resume(self._query)
        self.run_worker(lambda: self._scan(spool, wanted, start), group="search", thread=True, exclusive=True)

    def _scan(self, spool: Spool, wanted: Query, start: int) -> None:
        """Look through the spool; runs in a thread and only posts messages."""
        worker: Worker[None] = get_current_worker()

        def is_stopped() -> bool:
            time.sleep(GIVING_WAY)
            return worker.is_cancelled

        for found in gathered(scan(spool, wanted, start, is_stopped), TELLING):
            self.post_message(self._Scanned(wanted, found))
        self.post_message(self._Scanned(wanted, None))

    def on_response_panel__scanned(self, message: _Scanned) -> None:
        """Take in a step of the search that is on; what another one still says is dropped."""
        message.stop()
        if message.wanted is not self._query:
            return
        places = self._body.places
        if message.found is None:
            self._scanning = False
            self._show_first_match(or_from_start=True)
            self._go_on_searching()
        elif not places.full:
            if not self._body.found_more(message.found):
                self.workers.cancel_group(self, "search")
            self._show_first_match(or_from_start=False)
        self._describe()

    def _show_first_match(self, *, or_from_start: bool) -> None:
        if self._body.current is not None:
            return
        places = self._body.places
        index = places.at_or_after(self._search_from)
        if index is None and or_from_start and len(places) > 0:
            index = 0
        if index is not None:
            self._body.go_to_match(index)
