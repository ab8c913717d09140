"""The checks panel: every reason of the verdict, what was not checked and why, and what passed."""

from dataclasses import dataclass
from enum import StrEnum

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.trust.model import Check, CheckStatus, Finding, Severity, TrustReport
from tlsglass.ui import content
from tlsglass.ui.judgements import MARKS

_CODE_CELLS = 22
_LABEL_CELLS = 22
_WIDE = 96
"""Cells from which the column with the certificate's label is shown."""


class Kind(StrEnum):
    """What a row of the list is; the value is its plural."""

    ERROR = "errors"
    WARNING = "warnings"
    NOTICE = "notices"
    PASSED = "passed"
    NOT_CHECKED = "not checked"


_MARKS: dict[Kind, tuple[str, str]] = {
    Kind.ERROR: MARKS[Severity.ERROR],
    Kind.WARNING: MARKS[Severity.WARNING],
    Kind.NOTICE: MARKS[Severity.NOTICE],
    Kind.PASSED: MARKS[None],
    Kind.NOT_CHECKED: ("\N{EN DASH}", "$text-muted"),
}
_KINDS = {Severity.ERROR: Kind.ERROR, Severity.WARNING: Kind.WARNING, Severity.NOTICE: Kind.NOTICE}
_KEYS = {Kind.ERROR: "e", Kind.WARNING: "w", Kind.NOTICE: "n", Kind.PASSED: "p", Kind.NOT_CHECKED: "u"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list: a finding, or a check without one."""

    kind: Kind
    item: Finding | Check

    def text(self) -> str:
        """The row as plain text, as one would paste it into a mail."""
        if isinstance(self.item, Finding):
            parts = [f"{self.item.code.value}: {self.item.title} ({self.item.reference})", self.item.detail]
            parts += [f"Fix: {self.item.fix}"] if self.item.fix else []
            return "\n".join(part for part in parts if part)
        return f"{self.item.name}: {self.kind.value}, {self.item.detail} ({self.item.reference})"


def rows(report: TrustReport) -> list[Row]:
    """All rows of a report: findings as they are ordered, then what was not checked, then what passed."""
    found = [Row(kind=_KINDS[finding.severity], item=finding) for finding in report.findings]
    undone = [Row(kind=Kind.NOT_CHECKED, item=c) for c in report.checks if c.status is CheckStatus.NOT_CHECKED]
    passed = [Row(kind=Kind.PASSED, item=c) for c in report.checks if c.status is CheckStatus.PASSED]
    return found + undone + passed


def line(row: Row, labels: dict[str, str], width: int, *, fixes: bool) -> Content:
    """A row as it is drawn.

    Args:
        row: what to draw.
        labels: what certificates are called, by their SHA-256.
        width: cells of the line.
        fixes: whether a line with the way out stands under a finding.
    """
    symbol, style = _MARKS[row.kind]
    item = row.item
    finding = item if isinstance(item, Finding) else None
    under_cause = finding is not None and finding.cause is not None
    indent = "  " if under_cause else ""
    name = finding.code.value if finding is not None else item.name if isinstance(item, Check) else ""
    said = finding.title if finding is not None else item.detail if isinstance(item, Check) else ""
    column = _CODE_CELLS - len(indent)
    cells: list[Content | str | tuple[str, str]] = [indent, (f"{symbol} ", style), _cell(name, column, "bold")]
    if width >= _WIDE and finding is not None and finding.certificate in labels:
        cells += ["  ", _cell(labels[finding.certificate], _LABEL_CELLS, "$text-muted")]
    cells += ["  ", content.plain(said, limit=400)]
    drawn = content.row(Content.assemble(*cells), content.plain(item.reference, "$text-muted", limit=60), width)
    if fixes and finding is not None and finding.fix:
        fix = Content.assemble(("Fix: ", "bold"), content.plain(finding.fix))
        return content.stack([drawn, *content.indented(fix, width, len(indent) + 2)])
    return drawn


def _cell(text: str, width: int, style: str) -> Content:
    shown = content.cut(content.plain(text, style, limit=200), width)
    return shown.pad_right(width - shown.cell_length)


class FilterChip(Static):
    """How many rows of a kind there are; a click shows only them, a second one all again."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FilterChip {
        width: auto;
        margin-right: 1;
        padding: 0 1;
        pointer: pointer;
        &:hover { background: $block-hover-background; }
        &.-only { background: $block-cursor-blurred-background; text-style: bold; }
    }
    """

    def __init__(self, kind: Kind) -> None:
        """Make the chip of a kind."""
        super().__init__("", markup=False, id=f"only-{kind.name.lower().replace('_', '-')}")
        self.kind = kind
        """The rows that it counts."""

    def count(self, number: int) -> None:
        """Show a number of rows; a kind without any takes no room."""
        symbol, style = _MARKS[self.kind]
        plural = self.kind in (Kind.ERROR, Kind.WARNING, Kind.NOTICE)
        word = self.kind.value[:-1] if plural and number == 1 else self.kind.value
        self.update(Content.assemble((symbol, style), f" {number} {word}"))
        self.tooltip = f"Show only these ({_KEYS[self.kind]})"
        self.display = number > 0


class Checks(Vertical):
    """The list of findings and checks, filtered by kind."""

    BINDING_GROUP_TITLE = "Checks"
    BINDINGS = [
        Binding("e", "only('ERROR')", "Errors", show=False, id="checks.errors", tooltip="Show only errors"),
        Binding("w", "only('WARNING')", "Warnings", show=False, id="checks.warnings", tooltip="Show only warnings"),
        Binding("n", "only('NOTICE')", "Notices", show=False, id="checks.notices", tooltip="Show only notices"),
        Binding("p", "only('PASSED')", "Passed", show=False, id="checks.passed", tooltip="Show only what passed"),
        Binding("u", "only('NOT_CHECKED')", "Unchecked", show=False, id="checks.unchecked", tooltip="Show only those"),
        Binding("f", "fixes", "Fixes", id="checks.fixes", tooltip="Show or hide the way out under each finding"),
    ]
    DEFAULT_CSS = """
    Checks {
        background: $surface;
        #chips { height: 1; margin-bottom: 1; }
        #chips-keys { width: 1fr; text-align: right; color: $text-muted; padding: 0 1; }
        #checks-list {
            height: 1fr;
            border: none;
            padding: 0;
            background: $surface;
            scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: $foreground 0%; }
            & > .option-list--option { padding: 0 1; }
        }
        &.-narrow #chips-keys { display: none; }
    }
    """

    only: var[Kind | None] = var(None, init=False)
    """The kind of rows that are shown; None shows all."""

    fixes: var[bool] = var(default=False, init=False)
    """Whether the way out stands under each finding."""

    class Chosen(Message):
        """The reader wants to see where a finding comes from."""

        def __init__(self, finding: Finding) -> None:
            """Make the message.

            Args:
                finding: the finding that was chosen.
            """
            super().__init__()
            self.finding = finding
            """The finding that was chosen."""

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__(id="checks")
        self._report: TrustReport | None = None
        self._labels: dict[str, str] = {}
        self._shown: list[Row] = []

    def compose(self) -> ComposeResult:
        """The counts, the list."""
        with Horizontal(id="chips"):
            for kind in Kind:
                yield FilterChip(kind)
            yield Static("e w n p filter · f fixes", id="chips-keys", markup=False)
        yield OptionList(id="checks-list", markup=False, compact=True)

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._draw()

    @property
    def list(self) -> OptionList:
        """The list itself."""
        return self.query_one("#checks-list", OptionList)

    @property
    def pointed(self) -> Row | None:
        """The row that is highlighted."""
        at = self.list.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def show(self, report: TrustReport | None, labels: dict[str, str]) -> None:
        """Show another report.

        Args:
            report: the judgement; None empties the list.
            labels: what certificates are called, by their SHA-256.
        """
        if report is not self._report:
            self._report, self._labels = report, labels
            self._draw()

    def point_at_first(self) -> None:
        """Highlight the main reason."""
        if self._shown:
            self.list.highlighted = 0

    def action_only(self, kind: str) -> None:
        """Show only the rows of a kind, or all again."""
        self.only = None if self.only is Kind[kind] else Kind[kind]

    def action_fixes(self) -> None:
        """Show or hide the way out under each finding."""
        self.fixes = not self.fixes

    def watch_only(self) -> None:
        """Draw the rows that are left."""
        self._draw()

    def watch_fixes(self) -> None:
        """Draw with the fixes or without."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """A chip shows only its rows."""
        if isinstance(event.widget, FilterChip):
            event.stop()
            self.action_only(event.widget.kind.name)

    def on_resize(self) -> None:
        """Lay the columns out for the new width."""
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to where a finding comes from; a check has no such place."""
        event.stop()
        item = self._shown[event.option_index].item
        if isinstance(item, Finding):
            self.post_message(self.Chosen(item))

    def _draw(self) -> None:
        found = rows(self._report) if self._report is not None else []
        for chip in self.query(FilterChip):
            chip.count(sum(row.kind is chip.kind for row in found))
            chip.set_class(chip.kind is self.only, "-only")
        self.query_one("#chips").display = bool(found)
        width = max(30, self.size.width - 3)
        kept = self.list.highlighted or 0
        self._shown = [row for row in found if self.only is None or row.kind is self.only]
        drawn = [Option(line(row, self._labels, width, fixes=self.fixes)) for row in self._shown]
        if not drawn:
            nothing = "None of these." if found else "Nothing was judged yet."
            drawn = [Option(Content.styled(nothing, "$text-muted"), disabled=True)]
        self.list.set_options(drawn)
        if self._shown:
            self.list.highlighted = min(kept, len(self._shown) - 1)
