"""One reason in full: what was found or checked, by which rule, on which evidence, and what mends it."""

from collections.abc import Iterator
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tlsglass.limits import DEFAULTS
from tlsglass.observation import Observation
from tlsglass.report.lines import Node
from tlsglass.text import printable_lines
from tlsglass.trust.clients.model import ClientStanding
from tlsglass.trust.model import Check, Finding, TrustReport
from tlsglass.trust.programs.model import ProgramStanding
from tlsglass.trust.topics import Topic, topic_of
from tlsglass.trust.wording import moment
from tlsglass.ui import content
from tlsglass.ui.clipboard import CopyWanted
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.checks.chips import KIND_MARKS
from tlsglass.ui.widgets.checks.rows import Row
from tlsglass.x509 import times

Wish = Literal["go", "fix"]
"""What the reader wants next: to see where it comes from, or what mends it."""

_LABEL_CELLS = 14
_BYTES = 48
"""Bytes of a field that are shown here; the rest is where Enter leads."""


def evidence(row: Row, known: Observation, node: Node | None) -> Iterator[tuple[str, str]]:
    """What a row rests on, label and value; the values need not be printable.

    Args:
        row: the row.
        known: what was seen, with the judgement that has the row.
        node: the line of the tree that shows what it is about; None where there is none.
    """
    item, trust = row.item, known.trust
    match item:
        case Finding():
            yield from _of_finding(item, known, node)
        case Check() if trust is not None:
            if topic_of(item) is Topic.JUDGES:
                yield from _opinions(trust, item.name)
        case ProgramStanding() if trust is not None and trust.programs is not None:
            yield "Known from", str(trust.programs.data)
            yield "Root", f"{trust.path[-1].certificate.label if trust.path else ''} {trust.programs.root}".strip()
        case ClientStanding():
            yield "Known from", item.basis
            yield "Roots of", ", ".join(item.programs) or "the system, or what it is given"
        case _:
            return
    if trust is not None:
        yield "Judged by", f"store {trust.store}, for {trust.hostname or 'no name'}, at {times.plain(trust.at)}"


def _of_finding(finding: Finding, known: Observation, node: Node | None) -> Iterator[tuple[str, str]]:
    if finding.cause is not None:
        yield "Follows from", finding.cause.value
    trust = known.trust
    steps = trust.path if trust is not None else ()
    certificates = (*(step.certificate for step in steps), *known.judged[: DEFAULTS.judged])
    certificate = next((each for each in certificates if each.sha256 == finding.certificate), None)
    if certificate is not None:
        yield "Certificate", f"{certificate.label}, {_where(trust, known, finding.certificate or '')}"
        yield "Subject", certificate.subject.rfc4514 or "(empty name)"
        yield "SHA-256", certificate.sha256
    if trust is not None and topic_of(finding) is Topic.JUDGES:
        yield from _opinions(trust, f"{finding.title} {finding.detail}")
    if trust is not None and topic_of(finding) is Topic.REVOCATION:
        yield from _answers(trust, finding.certificate)
    field = node.field if node is not None else None
    if node is None or field is None or field.span is None:
        return
    data = node.der[field.span.start : field.span.end]
    more = f" … {len(data):,} bytes" if len(data) > _BYTES else ""
    yield "Field", f"{field.label}, {len(data):,} bytes at 0x{field.span.start:04x}"
    yield "Bytes", data[:_BYTES].hex(" ") + more


def _opinions(trust: TrustReport, words: str) -> Iterator[tuple[str, str]]:
    """What the other judges say of the path, those of them that some words are about."""
    for opinion in trust.opinions:
        if opinion.judge in words:
            yield "Judge", f"{opinion.judge} {opinion.version}, given this path alone"
            yield "Its words", opinion.words or "accepted"


def _answers(trust: TrustReport, sha256: str | None) -> Iterator[tuple[str, str]]:
    """What was said of the revocation of a certificate, by whom and for how long."""
    for answer in trust.revocation:
        if answer.certificate != sha256:
            continue
        dates = (("as of", answer.this_update), ("until", answer.next_update), ("revoked", answer.revoked_at))
        facts = [f"{word} {moment(when)}" for word, when in dates if when is not None]
        facts += [f"reason {answer.reason}"] if answer.reason else []
        facts += [f"signed by {answer.responder}"] if answer.responder else []
        facts += [answer.problem] if answer.problem else []
        whom = f" from {answer.url}" if answer.url else ""
        yield "Said", ", ".join((f"{answer.status} by {answer.source}{whom}", *facts))


def _where(trust: TrustReport | None, known: Observation, sha256: str) -> str:
    """Where a certificate is from."""
    for step in trust.path if trust is not None else ():
        if step.certificate.sha256 == sha256 and step.sent is None:
            return "from the store" if step.fetched_from is None else f"fetched from {step.fetched_from}"
    place = next(n for n, each in enumerate(known.judged) if each.sha256 == sha256)
    return f"in the file #{place}" if known.contents is not None else f"sent #{place}"


def in_full(row: Row, known: Observation, node: Node | None, width: int) -> Content:
    """All that is known of a row, wrapped.

    Args:
        row: the row.
        known: what was seen, with the judgement that has the row.
        node: the line of the tree that shows what it is about; None where there is none.
        width: cells of a line.
    """
    symbol, style = KIND_MARKS[row.kind]
    word = f"   {row.item.stance}" if isinstance(row.item, ClientStanding) else ""
    name = Content.assemble((f"{symbol} ", style), content.plain(row.name, "bold"), word)
    shown = content.indented(name, width, 0, hang=content.HANG)
    if isinstance(row.item, Finding):
        shown += content.indented(content.plain(row.said), width, 0, hang=content.HANG)
    for paragraph in row.paragraphs:
        shown += [Content(""), *content.indented(content.plain(paragraph), width, 0, hang=content.HANG)]
    shown.append(Content(""))
    facts = [("Rule" if isinstance(row.item, Finding | Check) else "Source", row.reference)]
    if isinstance(row.item, ClientStanding):
        facts = []  # each reason has its own
    facts += evidence(row, known, node)
    if isinstance(row.item, Finding):
        facts.append(("Fix", row.item.fix or "None that the server's operator could make."))
    for label, value in facts:
        first, *rest = content.indented(content.plain(value), width, _LABEL_CELLS)
        shown += [Content.assemble((f"{label:<{_LABEL_CELLS}}", "$text-muted"), first[_LABEL_CELLS:]), *rest]
    return content.stack(shown)


class ReasonScreen(Overlay[Wish | None]):
    """Shows a row of the checks in full; gives what the reader wants next."""

    BINDINGS = [
        Binding("escape,space,q", "dismiss(None)", "Close", key_display="Esc", id="reason.close", tooltip="Close"),
        Binding("enter", "go", "Go there", id="reason.go", tooltip="Go to the certificate, the field and its bytes"),
        Binding("f", "fix", "Fix", id="reason.fix", tooltip="Show what mends it"),
        Binding("c", "copy", "Copy", id="reason.copy", tooltip="Copy it as text"),
    ]
    DEFAULT_CSS = """
    ReasonScreen {
        align: center middle;
        & > #reason-dialog { width: 100; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
        & > #reason-dialog:ansi { border: round $accent; }
        & #reason-scroll { height: auto; max-height: 90vh; padding: 1 2; scrollbar-size-vertical: 1; }
        & #reason-text { height: auto; }
        & #reason-keys { height: 1; padding: 0 2; margin-bottom: 1; color: $text-muted; }
    }
    """

    def __init__(self, row: Row, known: Observation, node: Node | None, *, may_go: bool) -> None:
        """Show a row.

        Args:
            row: the row.
            known: what was seen, with the judgement that has the row.
            node: the line of the tree that shows what it is about; None where there is none.
            may_go: whether something on the screen shows what it is about.
        """
        super().__init__()
        self._may_go = may_go
        self._row = row
        self._known = known
        self._node = node

    def compose(self) -> ComposeResult:
        """The text, the keys."""
        keys = ["Enter goes there"] * self._may_go + ["f fix"] * isinstance(self._row.item, Finding)
        with Vertical(id="reason-dialog"):
            with VerticalScroll(id="reason-scroll"):
                yield Static("", id="reason-text", markup=False)
            yield Static("   ".join([*keys, "c copies", "Esc closes"]), id="reason-keys", markup=False)

    def on_mount(self) -> None:
        """Let the reader scroll."""
        self.query_one("#reason-scroll").focus()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with this one."""
        if action == "go":
            return self._may_go
        if action == "fix":
            return isinstance(self._row.item, Finding)
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Go to where it comes from."""
        self.dismiss("go")

    def action_fix(self) -> None:
        """Show what mends it."""
        self.dismiss("fix")

    def action_copy(self) -> None:
        """Copy it as text, with its evidence."""
        facts = printable_lines(f"{label}: {value}" for label, value in evidence(self._row, self._known, self._node))
        self.post_message(CopyWanted(f"{self._row.text()}\n{facts}", "reason"))

    def _draw(self) -> None:
        width = self.query_one("#reason-scroll").scrollable_content_region.width
        shown = in_full(self._row, self._known, self._node, max(30, width))
        self.query_one("#reason-text", Static).update(shown)
