"""A dialog that asks what is to be supposed: another time, another name, another chain, another store."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Label, Static
from textual.worker import Worker

from tlsglass.errors import InputError
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target import parse_hostname
from tlsglass.target_file import FileTarget, pasted
from tlsglass.trust.profile import Profile
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposition
from tlsglass.trust.supposition.moment import WAYS, parse_moment
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.dialogs.premises import Premises, passed_over, premises, supposed
from tlsglass.ui.faults import announce
from tlsglass.ui.widgets.target_bar import is_document
from tlsglass.ui.widgets.typing import Line
from tlsglass.x509.model import Certificate


class SourceInput(Line):
    """A line to type into, which tells of certificates that are pasted instead of taking their first line."""

    class Pasted(Message):
        """Certificates were pasted."""

        def __init__(self, text: str) -> None:
            """Make the message.

            Args:
                text: what was pasted.
            """
            super().__init__()
            self.text = text
            """What was pasted."""

    def _on_paste(self, event: events.Paste) -> None:
        if is_document(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


class WhatIfScreen(Overlay[Supposition | None]):
    """Gives all that is to be supposed; None where the reader leaves it."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Leave", id="what-if.leave", tooltip="Leave it as it is"),
        Binding("ctrl+t", "truth", "Truth", id="what-if.truth", tooltip="Suppose nothing"),
    ]
    DEFAULT_CSS = """
    WhatIfScreen {
        align: center middle;
        & > #what-if-dialog {
            width: 90; max-width: 100%; height: auto; max-height: 100%; padding: 1 2 0 2; background: $surface;
        }
        & #what-if-title { text-style: bold; height: auto; }
        & .hint { color: $text-muted; height: auto; max-height: 2; }
        & .row { height: 1; }
        & .row Label { width: 5; color: $text-muted; }
        & Input { width: 1fr; background: $panel; padding: 0 1; }
        & #what-if-premises { margin: 1 0; }
        & #what-if-error { height: auto; max-height: 3; color: $text-error; }
        & #what-if-changes { height: auto; max-height: 3; color: $text-muted; }
        & #what-if-buttons { height: 1; margin-top: 1; }
        & #what-if-buttons Button { margin-right: 2; }
        & #what-if-keys { height: 1; color: $text-muted; }
    }
    """

    class _Read(Message):
        """A file was read."""

        def __init__(self, certificates: tuple[Certificate, ...], error: InputError | None) -> None:
            super().__init__()
            self.certificates = certificates
            self.error = error

    def __init__(
        self, truth: Observation, now: Supposition, store: Store, *, changed: str = "", may_read: bool = True
    ) -> None:
        """Ask.

        Args:
            truth: what was seen, judged as it is.
            now: what is supposed now.
            store: the anchors, as they are in truth.
            changed: what that changes, in a sentence; printable.
            may_read: whether files may be read; what is pasted is taken in any case.
        """
        super().__init__()
        self._may_read = may_read
        self._now = now
        self._store = store
        self._changed = changed
        self._name_needed = not truth.target.hostname
        self._true_rules = truth.trust.profile if truth.trust is not None else Profile.WEBPKI
        self._other_rules = next(each for each in Profile if each is not (now.profile or self._true_rules))
        self._premises = premises(truth, now, store.contains)
        self._passed_over = passed_over(truth)
        self._reading: Stop | None = None
        """Ends the reading of a file that goes on."""

    def compose(self) -> ComposeResult:
        """What is asked, the fields, what holds, what is wrong, what can be done."""
        at = f"{self._now.at:%Y-%m-%dT%H:%M:%SZ}" if self._now.at is not None else ""
        with Vertical(id="what-if-dialog"):
            yield Static("What if: judged again at once, without a connection", id="what-if-title")
            yield Static(f"at: {WAYS}; empty is as it is in truth", classes="hint", markup=False)
            with Horizontal(classes="row"):
                yield Label("at")
                yield SourceInput(at, placeholder="the time when it was seen", id="what-if-at", compact=True)
            with Horizontal(classes="row"):
                yield Label("for")
                placeholder = "a name or address is needed" if self._name_needed else "the site's own name"
                yield SourceInput(self._now.hostname or "", placeholder=placeholder, id="what-if-name", compact=True)
            yield Premises(self._premises, self._passed_over)
            with Horizontal(classes="row"):
                yield Label("with")
                hint = "more certificates: a file, or paste them" if self._may_read else "paste more certificates"
                yield SourceInput(placeholder=hint, id="what-if-add", compact=True)
            yield Static("", id="what-if-error", markup=False)
            yield Static(self._changed, id="what-if-changes", markup=False)
            with Horizontal(id="what-if-buttons"):
                yield Button("Judge", id="what-if-judge", variant="primary", compact=True)
                yield Button(f"Judge by {self._other_rules}", id="what-if-rules", compact=True)
                yield Button("Back to the truth", id="what-if-truth", compact=True)
                yield Button("Leave", id="what-if-leave", compact=True)
            yield Static("Enter judges   Space so or not   Tab next   ^t truth   Esc leaves", id="what-if-keys")

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one("#what-if-at", Input).focus()

    def on_unmount(self) -> None:
        """Nobody waits for a file any more."""
        if self._reading is not None:
            self._reading.set()

    @on(Input.Changed)
    def forget_complaint(self) -> None:
        """What was wrong is being mended."""
        self.query_one("#what-if-error", Static).update("")

    @on(Input.Submitted, "#what-if-add")
    def read_more(self, event: Input.Submitted) -> None:
        """Read a file; without one, judge."""
        event.stop()
        typed = event.value.strip()
        if not typed:
            self.give()
            return
        if not self._may_read:
            self._complain("No files are read here: paste the certificates.", event.input)
            return
        self._read(FileTarget(text=typed, path=str(Path(typed).expanduser()), hostname=None))

    @on(SourceInput.Pasted)
    @on(events.Paste)
    def take_pasted(self, event: SourceInput.Pasted | events.Paste) -> None:
        """Read what was pasted, wherever the focus is."""
        event.stop()
        if is_document(event.text):
            self._read(pasted(event.text.encode(errors="surrogateescape")))

    @on(_Read)
    def take_more(self, event: _Read) -> None:
        """Show what was read, or why it was not."""
        event.stop()
        field = self.query_one("#what-if-add", Input)
        if event.error is not None:
            self._complain(f"{event.error.message} {event.error.hint}".rstrip(), field)
            return
        field.value = ""
        shown = self.query_one(Premises)
        shown.add(event.certificates, self._store.contains)
        shown.focus()

    @on(Button.Pressed, "#what-if-truth")
    def action_truth(self) -> None:
        """Suppose nothing."""
        self.dismiss(None if self._name_needed else Supposition())

    @on(Button.Pressed, "#what-if-leave")
    def leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)

    @on(Button.Pressed, "#what-if-judge")
    @on(Premises.Submitted)
    @on(Input.Submitted, "#what-if-at,#what-if-name")
    def give(self) -> None:
        """Give what is supposed, or say what is wrong with it."""
        self._give(self._now.profile)

    @on(Button.Pressed, "#what-if-rules")
    def give_by_other_rules(self) -> None:
        """The same, to be judged by the rules of the other profile."""
        self._give(None if self._other_rules is self._true_rules else self._other_rules)

    def _give(self, profile: Profile | None) -> None:
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
        now = replace(self._now, at=moment, hostname=hostname, profile=profile)
        self.dismiss(supposed(self.query_one(Premises).shown, now))

    def _read(self, source: FileTarget) -> None:
        work = partial(self._read_in_thread, source)
        self.run_worker(work, thread=True, group="what-if", name="reading certificates", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is said."""
        announce(self.app, event)

    def _read_in_thread(self, source: FileTarget) -> None:
        from tlsglass.supposing import certificates_of  # noqa: PLC0415 - first needed here

        with Stop() as stop:
            self._reading = stop  # setting it once it is closed changes nothing
            try:
                read = self._Read(certificates_of(source, stop), None)
            except InputError as error:
                read = self._Read((), error)
        self.post_message(read)

    def _complain(self, message: str, field: Input) -> None:
        self.query_one("#what-if-error", Static).update(content.plain(message, limit=300))
        field.focus()
