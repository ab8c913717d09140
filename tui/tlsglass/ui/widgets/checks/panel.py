"""The list itself: groups that open and close, rows that lead to what they are about, and the filter."""

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.trust.clients.model import ClientStanding, Stance
from tlsglass.trust.model import Finding, TrustReport
from tlsglass.trust.topics import Topic
from tlsglass.ui.widgets.checks.chips import FilterChip
from tlsglass.ui.widgets.checks.lines import heading, line
from tlsglass.ui.widgets.checks.rows import Group, Kind, Row, groups, rows


class Checks(Vertical):
    """The findings and checks in groups, filtered by kind."""

    BINDING_GROUP_TITLE = "Checks"
    BINDINGS = [
        Binding("e", "only('ERROR')", "Errors", show=False, id="checks.errors", tooltip="Show only errors"),
        Binding("w", "only('WARNING')", "Warnings", show=False, id="checks.warnings", tooltip="Show only warnings"),
        Binding("n", "only('NOTICE')", "Notices", show=False, id="checks.notices", tooltip="Show only notices"),
        Binding("p", "only('PASSED')", "Passed", show=False, id="checks.passed", tooltip="Show only what passed"),
        Binding("u", "only('NOT_CHECKED')", "Unchecked", show=False, id="checks.unchecked", tooltip="Show only those"),
        Binding("space", "open_row", "In full", show=False, id="checks.full", tooltip="The reason in full"),
        Binding("z", "fold_all", "Unfold", show=False, id="checks.fold", tooltip="Open all groups, or close them"),
        Binding("right", "fold(False)", "Open", show=False, id="checks.open", tooltip="Open the group"),
        Binding("left", "fold(True)", "Close", show=False, id="checks.close", tooltip="Close the group"),
    ]
    DEFAULT_CSS = """
    Checks {
        background: $surface;
        #chips { height: 1; }
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

    class Opened(Message):
        """The reader wants to read a row in full."""

        def __init__(self, row: Row) -> None:
            """Make the message.

            Args:
                row: the row.
            """
            super().__init__()
            self.row = row
            """The row."""

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__(id="checks")
        self._report: TrustReport | None = None
        self._groups: tuple[Group, ...] = ()
        self._labels: Mapping[str, str] = {}
        self._open: set[Topic] = set()
        """The groups that were opened."""

        self._shown: list[Group | Row] = []
        self._drawn_at = 0
        """Cells of the rows that were drawn."""

    def compose(self) -> ComposeResult:
        """The counts, the list."""
        with Horizontal(id="chips"):
            for kind in Kind:
                yield FilterChip(kind)
            yield Static("e w n p u filter · z unfolds · Space in full · f fix", id="chips-keys", markup=False)
        yield OptionList(id="checks-list", markup=False, compact=True)

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._draw()

    @property
    def list(self) -> OptionList:
        """The list itself."""
        return self.query_one("#checks-list", OptionList)

    @property
    def pointed(self) -> Group | Row | None:
        """The row or the heading that is highlighted."""
        at = self.list.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    @property
    def finding(self) -> Finding | None:
        """The finding that is highlighted, or the first one of the group."""
        pointed = self.pointed
        row = next(iter(pointed.findings), None) if isinstance(pointed, Group) else pointed
        return row.item if row is not None and isinstance(row.item, Finding) else None

    def show(
        self,
        report: TrustReport | None,
        labels: Mapping[str, str],
        clients: Callable[[TrustReport], Sequence[ClientStanding]] | None = None,
    ) -> None:
        """Show another report.

        Args:
            report: the judgement; None empties the list.
            labels: what certificates are called, by their SHA-256.
            clients: says what families of clients would make of the chain; None takes what is known of them.
        """
        if report is not self._report:
            self._report, self._labels = report, labels
            standings = (clients or _affected)(report) if report is not None else ()
            self._groups = groups(report, standings) if report is not None else ()
            stances = {each.stance for each in standings}
            if Stance.REFUSES in stances and len(stances) > 1:  # then one wants to know which
                self._open.add(Topic.CLIENTS)
            begins = self.pointed is None
            self._draw()
            if begins:
                self.point_at_first()

    def point_at_first(self) -> None:
        """Highlight the main reason, whatever is filtered."""
        self.only = None
        main = self._report.findings[0] if self._report is not None and self._report.findings else None
        places = (at for at, shown in enumerate(self._shown) if isinstance(shown, Row) and shown.item is main)
        if self._shown:
            self.list.highlighted = next(places, 0)

    def action_only(self, kind: str) -> None:
        """Show only the rows of a kind, or all again."""
        self.only = None if self.only is Kind[kind] else Kind[kind]

    def action_open_row(self) -> None:
        """Read the row in full; open or close a group."""
        match self.pointed:
            case Row() as row:
                self.post_message(self.Opened(row))
            case Group() as group:
                self._fold(group.topic, close=group.topic in self._open)
            case None:
                return

    def action_fold(self, close: bool) -> None:  # noqa: FBT001 - an action's arguments have no names
        """Open or close the group that is highlighted, or that the highlighted row is in."""
        pointed = self.pointed
        for group in self._groups:
            if pointed is not None and (group.topic is getattr(pointed, "topic", None) or pointed in group.rows):
                self._fold(group.topic, close=close)

    def action_fold_all(self) -> None:
        """Open all groups, or close them where all are open."""
        foldable = {group.topic for group in self._groups if _hides(group)}
        self._open = set() if foldable <= self._open else foldable
        self._draw()

    def watch_only(self) -> None:
        """Draw the rows that are left."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """A chip shows only its rows."""
        if isinstance(event.widget, FilterChip):
            event.stop()
            self.action_only(event.widget.kind.name)

    def on_resize(self) -> None:
        """Lay the columns out for the new width."""
        if self._width != self._drawn_at:
            self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to where a finding comes from; read anything else in full; open or close a group."""
        event.stop()
        match self._shown[event.option_index]:
            case Row(item=Finding() as finding):
                self.post_message(self.Chosen(finding))
            case _:
                self.action_open_row()

    def _fold(self, topic: Topic, *, close: bool) -> None:
        (self._open.discard if close else self._open.add)(topic)
        self._draw(at=topic if close else None)

    def _draw(self, at: Topic | None = None) -> None:
        """Draw what is shown.

        Args:
            at: the group whose heading is highlighted; None keeps to what is.
        """
        counted = list(rows(self._groups))
        for chip in self.query(FilterChip):
            chip.count(counted, self.only)
        self.query_one("#chips").display = bool(counted)
        kept, place = self.pointed, self.list.highlighted or 0
        width = self._drawn_at = self._width
        self._shown, drawn = [], []
        for group in self._groups if self.only is None else [group.only(self.only) for group in self._groups]:
            if not group.rows:
                continue
            is_open = self._is_open(group)
            self._shown.append(group)
            drawn.append(heading(group, width, is_open=is_open))
            for row in group.rows if is_open is not False else group.findings:
                self._shown.append(row)
                drawn.append(line(row, self._labels, width))
        options = [Option(each) for each in drawn]
        if not options:
            nothing = "None of these." if counted else "Nothing was judged yet."
            options = [Option(Content.styled(nothing, "$text-muted"), disabled=True)]
        self.list.set_options(options)
        if self._shown:
            heading_of = {each.topic: n for n, each in enumerate(self._shown) if isinstance(each, Group)}
            same = next((n for n, each in enumerate(self._shown) if each == kept), min(place, len(self._shown) - 1))
            self.list.highlighted = same if at is None else heading_of[at]

    @property
    def _width(self) -> int:
        """Cells of a row."""
        return max(30, self.size.width - 3)

    def _is_open(self, group: Group) -> bool | None:
        if self.only is not None or not _hides(group):
            return None
        return group.topic in self._open


def _affected(report: TrustReport) -> Sequence[ClientStanding]:
    from tlsglass.trust.clients.affected import affected  # noqa: PLC0415 - first needed here

    return affected(report)


def _hides(group: Group) -> bool:
    """Whether a group has rows that are hidden while it is closed."""
    return len(group.findings) < len(group.rows)
