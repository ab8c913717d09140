"""What stands where the certificates will be before the first look: targets to press Enter on."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.frozen import dataclass
from tlsglass.ui import content
from tlsglass.ui.history import History

_RECENT = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A target that shows what one can type."""

    target: str
    says: str


EXAMPLES = (
    Example("example.com", "a site: its certificates and its answer to GET /"),
    Example("one.one.one.one:853", "another port: DNS over TLS"),
    Example("https://www.rfc-editor.org/rfc/rfc8446.txt", "a page: asks for that very path"),
)


class Start(Vertical):
    """Examples and recent targets, and where to look around without a network."""

    DEFAULT_CSS = """
    Start {
        align-horizontal: center;
        padding: 1 2;
        background: $surface;
        #start-column { width: 100%; max-width: 92; height: auto; }
        .start-head { color: $text-muted; margin-top: 1; }
        OptionList {
            height: auto;
            border: none;
            padding: 0;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            &:focus { border: none; background-tint: $foreground 0%; }
        }
    }
    """

    class Chosen(Message):
        """One of the targets was picked."""

        def __init__(self, target: str) -> None:
            """Make the message.

            Args:
                target: the text of the target.
            """
            super().__init__()
            self.target = target
            """The text of the target."""

    def __init__(self, history: History, for_guests: Sequence[tuple[str, str]] = ()) -> None:
        """Make the pane.

        Args:
            history: earlier targets.
            for_guests: targets and what they are, instead of ours; empty where whoever looks is no guest.
        """
        super().__init__(id="start")
        self._history = history
        self._for_guests = for_guests

    def compose(self) -> ComposeResult:
        """A sentence, the targets, the demo."""
        recent = self._history.latest[:_RECENT]
        examples = [Example(*each) for each in self._for_guests] or list(EXAMPLES)
        targets = [*examples, *(Example(target, "") for target in recent)]
        options: list[Option | None] = [Option(_line(example), id=str(at)) for at, example in enumerate(targets)]
        self._targets = [example.target for example in targets]
        if recent:
            head = Option(Content.styled("Recent", "$text-muted"), disabled=True)
            options[len(examples) : len(examples)] = [Option("", disabled=True), head]
        with Vertical(id="start-column"):
            yield Static("Look at a site: type its name above, or press Enter on one of these.", markup=False)
            yield Static("Examples", classes="start-head", markup=False)
            yield OptionList(*options, id="start-list", markup=False, compact=True)
            if self._for_guests:
                return
            demo = Content.assemble(("tlsglass demo", "bold $text-accent"), " looks around without a network: ")
            yield Static(demo + "good and bad servers on this machine.", classes="start-head", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Look at the target that was picked."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(self._targets[int(event.option_id)]))


def _line(example: Example) -> Content:
    target = content.plain(example.target, limit=70)
    if not example.says:
        return target
    return Content.assemble(target.pad_right(max(1, 44 - target.cell_length)), (example.says, "$text-muted"))
