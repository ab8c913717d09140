"""The target bar: where a site is typed, with earlier targets by Up, Down and inline completion."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Paste
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tlsglass.target import Target
from tlsglass.ui import content
from tlsglass.ui.history import History
from tlsglass.ui.widgets.status_line import Negotiated
from tlsglass.ui.widgets.typing import Line
from tlsglass.ui.widgets.words import Words

if TYPE_CHECKING:
    from tlsglass.observation import Observation
    from tlsglass.target_file import FileTarget


_LONG_BASE64 = 200
"""Characters from which one line that begins as DER in base64 does is no target."""


class _EarlierTargets(Suggester):
    """Completes what is typed from the history."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The latest target that begins so."""
        return self._complete(value)


def is_document(text: str) -> bool:
    """Whether what was pasted is itself to be looked at, rather than a target: certificates and the like."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "-----BEGIN " in text or len(lines) > 1 or (len(text) >= _LONG_BASE64 and text.startswith("MI"))


class Pasted(Message):
    """Something was pasted that is itself to be looked at."""

    def __init__(self, text: str) -> None:
        """Make the message.

        Args:
            text: what was pasted.
        """
        super().__init__()
        self.text = text
        """What was pasted."""


class TargetInput(Line):
    """A line to type into, with recall as in a shell."""

    BINDING_GROUP_TITLE = "Site"
    BINDINGS = [
        Binding("enter", "submit", "Look", id="target.look", tooltip="Look at this site"),
        Binding("up", "recall(1)", "Earlier", show=False, id="target.earlier", tooltip="The target before this one"),
        Binding("down", "recall(-1)", "Later", show=False, id="target.later", tooltip="The target after this one"),
    ]

    def __init__(
        self, earlier: Callable[[], Sequence[str]], complete: Callable[[str], str | None], *, takes_files: bool = True
    ) -> None:
        """Make an empty line.

        Args:
            earlier: gives the targets so far, the latest first.
            complete: gives the whole target for its beginning.
            takes_files: whether a file can be a target.
        """
        super().__init__(
            placeholder="host, host:port, URL or file" if takes_files else "host, host:port or URL",
            suggester=_EarlierTargets(complete),
            compact=True,
            id="target",
            select_on_focus=True,
        )
        self._earlier = earlier
        self._back = 0
        """How many targets back the line stands; 0 is what was typed."""
        self._typed = ""

    def on_paste(self, event: Paste) -> None:
        """Take certificates as they are; a target goes into the line."""
        if is_document(event.text):
            event.prevent_default()
            event.stop()
            self.post_message(Pasted(event.text))

    def action_recall(self, steps: int) -> None:
        """Go to an earlier or later target; what was typed is the latest of all."""
        targets = self._earlier()
        if self._back == 0:
            self._typed = self.value
        elif not (self._back <= len(targets) and targets[self._back - 1] == self.value):
            self._back, self._typed = 0, self.value  # it was edited since, so it counts as typed
        skip = 1 if self._back == 0 and steps > 0 and targets and targets[0] == self.value else 0
        self._back = max(0, min(len(targets), self._back + steps + skip))
        self.value = targets[self._back - 1] if self._back else self._typed
        self.cursor_position = len(self.value)

    def forget_place(self) -> None:
        """Begin recalling at the latest target again."""
        self._back = 0


def reading_of(target: "Target | FileTarget | None") -> tuple[str, bool]:
    """How an internationalised name is read, and whether that may deceive; nothing for all others.

    Args:
        target: what is looked at.
    """
    if not isinstance(target, Target) or target.display == target.host:
        return "", False
    from tlsglass.idn import look_alike  # noqa: PLC0415 - few names need it

    found = look_alike(target.display)
    said = f"{target.host} reads as {target.display}"
    return (f"{said}. Beware: it {found.words}.", True) if found is not None else (f"{said}.", False)


class TargetBar(Vertical):
    """The name of the program, the target, what was negotiated, and a sentence where the target can't be read."""

    DEFAULT_CSS = """
    TargetBar {
        height: auto;
        background: $panel;
        #target-row { height: 1; }
        #brand { width: 11; padding: 0 1; color: $text-accent; text-style: bold; }
        TargetInput {
            width: 1fr;
            background: $panel;
            padding: 0;
            &:focus { background: $surface; background-tint: $foreground 4%; }
        }
        #target-error { padding: 0 1 0 11; color: $text-error; display: none; height: auto; max-height: 3; }
        #target-error.-shown { display: block; }
        #target-reads { padding: 0 1 0 11; color: $text-muted; display: none; height: auto; max-height: 2; }
        #target-reads.-shown { display: block; }
        #target-reads.-deceives { color: $text-warning; text-style: bold; }
    }
    """

    class Submitted(Message):
        """A target was entered."""

        def __init__(self, text: str) -> None:
            """Make the message.

            Args:
                text: what was typed, without surrounding space.
            """
            super().__init__()
            self.text = text
            """What was typed, without surrounding space."""

    def __init__(self, history: History, *, takes_files: bool = True) -> None:
        """Make the bar.

        Args:
            history: earlier targets.
            takes_files: whether a file can be a target.
        """
        super().__init__(id="target-bar")
        self._history = history
        self._takes_files = takes_files
        self._shown_target: Target | FileTarget | None = None

    def compose(self) -> ComposeResult:
        """Brand, input, negotiated facts; under them the error."""
        with Horizontal(id="target-row"):
            yield Static("tlsglass", id="brand", markup=False)
            yield TargetInput(lambda: self._history.latest, self._history.completion, takes_files=self._takes_files)
            yield Negotiated()
        yield Words(id="target-reads")
        yield Words(id="target-error")

    @property
    def input(self) -> TargetInput:
        """The line to type into."""
        return self.query_one(TargetInput)

    @property
    def error(self) -> str:
        """The sentence under the bar; empty where there is none."""
        return str(self.query_one("#target-error", Static).content)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell the screen what to look at."""
        event.stop()
        self.input.forget_place()
        self.post_message(self.Submitted(event.value.strip()))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the complaint away once the target is edited."""
        event.stop()
        self.complain("")

    def complain(self, message: str, hint: str = "") -> None:
        """Say under the bar what is wrong with the target.

        Args:
            message: what is wrong; empty takes the complaint away.
            hint: what would be right.
        """
        shown = content.plain(f"{message} {hint}".strip(), limit=600)
        place = self.query_one("#target-error", Words)
        place.say(shown)
        place.set_class(bool(message), "-shown")

    def show(self, observation: "Observation | None") -> None:
        """Show what was negotiated, and how the name is read where it is not what is sent."""
        self.query_one(Negotiated).observation = observation
        target = observation.target if observation is not None else None
        if target is not self._shown_target:
            self._shown_target = target
            self._show_reading(target)

    def _show_reading(self, target: "Target | FileTarget | None") -> None:
        """Both forms of an internationalised name, and why it may deceive."""
        said, deceives = reading_of(target)
        place = self.query_one("#target-reads", Words)
        place.say(content.plain(said, limit=400))
        place.set_class(bool(said), "-shown")
        place.set_class(deceives, "-deceives")
