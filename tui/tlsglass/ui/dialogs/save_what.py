"""Save what: the certificate, the chain, the answer or the report. Where to is asked afterwards."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.exchange.spool import Spool
from tlsglass.frozen import dataclass
from tlsglass.observation import Observation
from tlsglass.report import files
from tlsglass.report.forms.offered import bytes_of
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.x509.pem import to_pem

_LABEL_CELLS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be saved."""

    label: str
    """What it is."""

    file_name: str
    """What to call it."""

    source: bytes | Spool
    """What is written."""

    offset: int = 0
    """The first byte of a spool that is written."""

    @property
    def size(self) -> int:
        """How many bytes would be written."""
        return (len(self.source) if isinstance(self.source, bytes) else self.source.size) - self.offset


def choices(observation: Observation, node: Node | None, spool: Spool) -> tuple[Choice, ...]:
    """What can be saved of a site, that which is selected first.

    Args:
        observation: what is known of it.
        node: the line under the tree's cursor.
        spool: the answer's bytes.
    """
    offered: list[Choice] = []
    sent = observation.certificates
    certificate = node.certificate if node is not None else None
    if certificate is not None:
        pem = to_pem(certificate.der).encode()
        offered.append(Choice(label="Certificate, PEM", file_name=files.certificate_file_name(certificate), source=pem))
        name = files.safe_name(certificate.label, ".der", otherwise="certificate")
        offered.append(Choice(label="Certificate, DER", file_name=name, source=certificate.der))
    if node is not None:
        offered += _of_line(node)
    if sent:
        chain = "".join(to_pem(one.der) for one in sent).encode()
        offered.append(
            Choice(label="Whole chain as sent, PEM", file_name=files.chain_file_name(observation), source=chain)
        )
    repaired = repaired_chain(observation.trust) if observation.trust is not None else None
    if repaired is not None:
        chain = "".join(to_pem(one.der) for one in repaired).encode()
        name = files.chain_file_name(observation, repaired=True)
        offered.append(Choice(label="Repaired chain, PEM", file_name=name, source=chain))
    if spool.size:
        name = files.response_file_name(observation)
        offered.append(Choice(label="Answer as it came, raw", file_name=name, source=spool))
    if observation.head is not None and spool.size > observation.head.length:
        name = files.response_file_name(observation, body_only=True)
        offered.append(Choice(label="Body of the answer", file_name=name, source=spool, offset=observation.head.length))
    report = f"{to_line(to_json(observation))}\n".encode()
    offered.append(Choice(label="Report, JSON", file_name=files.report_file_name(observation), source=report))
    return tuple(offered)


def _of_line(node: Node) -> list[Choice]:
    """A thing of a file in PEM and DER, or the bytes of a field."""
    item, is_field = node.item, node.field is not None and node.field.id != ""
    offered = []
    if item is not None and item.der and not is_field:
        label = item.kind.pem_label
        if label:
            name = files.safe_name(item.kind.value, ".pem")
            offered.append(
                Choice(label=f"{item.kind.label}, PEM", file_name=name, source=to_pem(item.der, label).encode())
            )
        name = files.safe_name(item.kind.value, ".der")
        offered.append(Choice(label=f"{item.kind.label}, DER", file_name=name, source=item.der))
    data = bytes_of(node) if is_field else b""
    if data:
        name = files.safe_name(node.label, ".der", otherwise="field")
        offered.append(Choice(label="Bytes of the field, DER", file_name=name, source=data))
    return offered


class SaveWhatScreen(Overlay[int | None]):
    """A list of what can be saved; gives the index of what was chosen, or None."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Leave", id="save-what.leave", tooltip="Save nothing")]
    TOUCHES_FILES = True
    """Not for guests."""

    DEFAULT_CSS = """
    SaveWhatScreen {
        align: center middle;
        & > #what-dialog {
            width: 78; max-width: 96%; height: auto; max-height: 96%; padding: 1 1 0 1; background: $surface;
        }
        & #what-title { height: 1; text-style: bold; padding: 0 1; margin-bottom: 1; }
        & #what-list {
            height: auto; max-height: 12; border: none; padding: 0; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & #what-keys { height: 1; margin: 1 0; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, offered: tuple[Choice, ...]) -> None:
        """Offer something.

        Args:
            offered: what can be saved, in the order in which it is shown.
        """
        super().__init__()
        self._offered = offered

    def compose(self) -> ComposeResult:
        """A title, the list, the keys."""
        with Vertical(id="what-dialog"):
            yield Static("Save …", id="what-title", markup=False)
            yield OptionList(*(Option(_line(choice)) for choice in self._offered), id="what-list", compact=True)
            yield Static("↑ ↓ choose   Enter goes on   Esc leaves", id="what-keys", markup=False)

    def on_mount(self) -> None:
        """Point at the first."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Give what was chosen."""
        self.dismiss(event.option_index)


def _line(choice: Choice) -> Content:
    label = Content(choice.label)
    size = Content.styled(f"{content.size(choice.size):>9}", "$text-muted")
    name = content.plain(choice.file_name, "$text-muted", limit=90)
    return Content.assemble(" ", label.pad_right(_LABEL_CELLS - label.cell_length), size, "  ", name)
