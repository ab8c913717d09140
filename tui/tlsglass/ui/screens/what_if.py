"""A dialog that asks for another time and another name to judge the same certificates by."""

from dataclasses import dataclass
from datetime import UTC, datetime

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tlsglass.errors import InputError
from tlsglass.target import parse_hostname
from tlsglass.trust.moment import WAYS, parse_moment
from tlsglass.ui import content
from tlsglass.ui.widgets.typing import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed; None stands for what it is in truth."""

    at: datetime | None
    """The moment to judge for, aware and in UTC."""

    hostname: str | None
    """The name or address to judge by, in its canonical form."""


class WhatIfScreen(ModalScreen[Supposition | None]):
    """Gives what is to be supposed; None where the reader leaves it."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Leave", id="what-if.leave", tooltip="Leave it as it is")]
    DEFAULT_CSS = """
    WhatIfScreen {
        align: center middle;
        & > #what-if-dialog { width: 76; max-width: 96%; height: auto; padding: 1 2; background: $surface; }
        & #what-if-title { text-style: bold; height: auto; margin-bottom: 1; }
        & Label { color: $text-muted; }
        & Input { background: $panel; padding: 0 1; margin-bottom: 1; }
        & #what-if-error { height: auto; color: $text-error; }
        & #what-if-keys { height: 1; color: $text-muted; }
    }
    """

    def __init__(self, at: str, hostname: str, *, name_needed: bool) -> None:
        """Ask.

        Args:
            at: the moment that is supposed now; empty where none is.
            hostname: the name that is supposed now; empty where none is. Need not be printable.
            name_needed: whether there is no other name to judge by.
        """
        super().__init__()
        self._at = at
        self._hostname = hostname
        self._name_needed = name_needed

    def compose(self) -> ComposeResult:
        """What is asked, the fields, what is wrong with them, the keys."""
        with Vertical(id="what-if-dialog"):
            yield Static("What if: the same certificates, judged again without a connection", id="what-if-title")
            yield Label(f"at this time ({WAYS})", markup=False)
            yield Line(self._at, placeholder="as seen", id="what-if-at", compact=True)
            yield Label("for this name or address", markup=False)
            placeholder = "a name is needed" if self._name_needed else "the site's own"
            yield Line(self._hostname, placeholder=placeholder, id="what-if-name", compact=True)
            yield Static("", id="what-if-error", markup=False)
            yield Static("Enter judges   Tab next field   empty: as it is in truth   Esc leaves", id="what-if-keys")

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one("#what-if-at", Input).focus()

    @on(Input.Changed)
    def forget_complaint(self) -> None:
        """What was wrong is being mended."""
        self.query_one("#what-if-error", Static).update("")

    @on(Input.Submitted)
    def give(self) -> None:
        """Give what was typed, or say what is wrong with it."""
        at = self.query_one("#what-if-at", Input)
        name = self.query_one("#what-if-name", Input)
        try:
            moment = parse_moment(at.value, datetime.now(UTC)) if at.value.strip() else None
        except ValueError as error:
            self._complain(str(error), at)
            return
        try:
            hostname = parse_hostname(name.value) if name.value.strip() else None
        except InputError as error:
            self._complain(f"{error.message} {error.hint}".rstrip(), name)
            return
        if hostname is None and self._name_needed:
            self._complain("Nobody has named a site yet, and certificates are judged for one.", name)
            return
        self.dismiss(Supposition(at=moment, hostname=hostname))

    def _complain(self, message: str, field: Input) -> None:
        self.query_one("#what-if-error", Static).update(content.plain(message, limit=300))
        field.focus()
