"""The raw response panel: one line of what is going on, the bytes, and a line to search them.

It is told what happens by its owner (`attach`, `head_received`, `grew`, `ended` …) and asks for one thing only: that
an edited request be sent.
"""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tlsglass.errors import Failure
from tlsglass.exchange.model import Request, Response, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.ui import content
from tlsglass.ui.widgets.response import words
from tlsglass.ui.widgets.response.body import ResponseBody
from tlsglass.ui.widgets.response.charset import charset_of
from tlsglass.ui.widgets.response.finding import FindBar
from tlsglass.ui.widgets.words import Words

COPIED_AT_MOST = 1 << 20
"""Bytes of an answer that are copied whole; a larger one is for a file."""

BESIDE_TABS = 50
"""Cells that an owner who shows the facts has for other things on that line."""


class ResponsePanel(Vertical):
    """The answer exactly as it came, as text or as bytes, of any size, searchable."""

    DEFAULT_CSS = """
    ResponsePanel {
        & > #response-line { height: 1; padding: 0 1; text-wrap: nowrap; }
        & > #response-words { height: 1fr; padding: 1 2; color: $text-muted; display: none; }
        & > ResponseBody { height: 1fr; }
        &.-silent > #response-words { display: block; }
        &.-silent > ResponseBody { display: none; }
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
        Binding("e", "edit_request", "Edit", tooltip="Change the request and send it", id="response.edit"),
        Binding("escape", "leave_find", "Leave", tooltip="Search no more", id="response.leave"),
    ]

    class EditWanted(Message):
        """The request is to be edited and sent."""

        def __init__(self, request: Request, default: Request) -> None:
            """Name both.

            Args:
                request: what was asked last.
                default: what was asked unasked for.
            """
            super().__init__()
            self.request = request
            """What was asked last."""

            self.default = default
            """What was asked unasked for."""

    class FactsChanged(Message):
        """The facts of the view are others now."""

        def __init__(self, facts: str) -> None:
            """Name them."""
            super().__init__()
            self.facts = facts
            """'GET / · text/html · text · wrap · 1.3 kB', printable; empty where there is no answer."""

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
        self._find_bar = FindBar(self._body, id="response-find")
        self._spool: Spool | None = None
        self._request: Request | None = None
        self._default_request: Request | None = None
        self._sent_request: Request | None = None
        self._head: ResponseHead | None = None
        self._notice = ""
        self._described: tuple[str, str, int] | None = None
        self._received = 0

    def compose(self) -> ComposeResult:
        """One line, the bytes or the words in their place, and the search."""
        yield Static(id="response-line", markup=False)
        yield Words(id="response-words")
        yield self._body
        yield self._find_bar

    def on_mount(self) -> None:
        """Begin with nothing."""
        self.clear()

    # ── What the owner tells ────────────────────────────────────────────────────────────────────────────────────────

    def clear(self) -> None:
        """Forget all: another site is looked at."""
        self._spool = self._head = self._request = None
        self._received = 0
        self._notice = ""
        self._body.show(None)
        self._find_bar.search_in(None)
        self._say(words.waiting_words(None))
        self._describe()

    def attach(self, spool: Spool) -> None:
        """Show what is and will be in a spool."""
        self._spool = spool
        self._head = None
        self._received = 0
        self._notice = ""
        self._body.show(spool)
        self._say(words.waiting_words(self._request))
        self._find_bar.search_in(spool)
        self.grew(spool.size)

    def expect(self, request: Request) -> None:
        """Take what is asked next for edited, and not for what is asked unasked for."""
        self._sent_request = request

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
        self._find_bar.restart()
        self._describe()

    def grew(self, size: int) -> None:
        """Show what has come."""
        if size > 0:
            self.remove_class("-silent")
        self._received = size
        self._body.grow()
        self._find_bar.go_on()
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
        self.query_one("#response-words", Words).say(Content(text))
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
            found=self._find_bar.standing,
            width=max(24, width),
        )

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - only that it happened matters
        """Fit the facts."""
        self._describe()

    # ── Views ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def focus_body(self) -> None:
        """Have the keys go to the bytes."""
        self._body.focus()

    def action_toggle_hex(self) -> None:
        """Show characters, or bytes."""
        self._body.as_hex = not self._body.as_hex
        self._find_bar.view_changed()
        self._describe()

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or scroll sideways."""
        if self._body.as_hex:
            self.notify("Bytes are not wrapped. Press x for the text.", markup=False)
            return
        self._body.wrap = not self._body.wrap
        self._describe()

    def action_edit_request(self) -> None:
        """Have the request edited."""
        if self._request is None:
            self.notify("There is no request yet: look at a site first.", markup=False)
            return
        self.post_message(self.EditWanted(self._request, self._default_request or self._request))

    # ── Search ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_find(self) -> None:
        """Open the line that is typed into."""
        self._find_bar.open()

    def action_leave_find(self) -> None:
        """Close that line and mark nothing any more."""
        self._find_bar.close()

    def action_next_match(self, step: int) -> None:
        """Go to the next match or the one before, round the end."""
        self._find_bar.step(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A search that isn't on can't be left: the key is then for whoever is around."""
        if action == "leave_find":
            return self._find_bar.is_on
        return super().check_action(action, parameters)

    @on(FindBar.Changed)
    def _say_how_the_search_stands(self, message: FindBar.Changed) -> None:
        message.stop()
        self._describe()
