"""The panes of a site: certificates and detail above, one panel at a time below; stacked on a narrow screen."""

from collections.abc import Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from tlsglass import events
from tlsglass.observation import Observation
from tlsglass.report.outline import Node, outline
from tlsglass.trust.model import Finding, Severity
from tlsglass.ui.judgements import MARKS, mark
from tlsglass.ui.widgets.certificate_tree import CertificateTree
from tlsglass.ui.widgets.checks import Checks
from tlsglass.ui.widgets.detail import Detail, title
from tlsglass.ui.widgets.handshake import HandshakePanel
from tlsglass.ui.widgets.panels import PanelBar, PaneTitle
from tlsglass.ui.widgets.response import ResponsePanel


class Body(Container):
    """Composes the panes, and hands each what it shows."""

    DEFAULT_CSS = """
    Body {
        layout: grid;
        grid-size: 2 3;
        grid-columns: 9fr 11fr;
        grid-rows: 11fr 1 9fr;
        grid-gutter: 0 1;
        height: 1fr;
        background: $background;
        .pane { height: 100%; background: $surface; }
        CertificateTree { height: 1fr; }
        Detail { height: 1fr; }
        PanelBar { column-span: 2; }
        #tab-detail { display: none; }
        ResponsePanel { background: $surface; }
        ResponsePanel, Checks, HandshakePanel { column-span: 2; height: 100%; display: none; }
        &.-front-response ResponsePanel { display: block; }
        &.-front-checks Checks { display: block; }
        &.-front-handshake HandshakePanel { display: block; }
        &.-narrow {
            grid-size: 1 3;
            grid-columns: 1fr;
            PanelBar, ResponsePanel, Checks, HandshakePanel { column-span: 1; }
            #tab-detail { display: block; }
            #detail-title { display: none; }
            #detail-pane { display: none; }
            &.-front-detail #detail-pane { display: block; }
        }
    }
    """

    def __init__(self) -> None:
        """Make empty panes."""
        super().__init__(id="body", classes="-front-response")
        self._narrow = False
        self._drawn: Sequence[Node] | None = None
        self._at: datetime | None = None
        self._known: Observation | None = None
        self._pointed: Node | None = None
        self._pointed_at: datetime | None = None
        self._facts = ""

    def compose(self) -> ComposeResult:
        """The two panes, the bar with the panels' names, the panels."""
        with Vertical(id="tree-pane", classes="pane"):
            yield PaneTitle(id="tree-title")
            yield CertificateTree()
        with Vertical(id="detail-pane", classes="pane"):
            yield PaneTitle(id="detail-title")
            yield Detail()
        yield PanelBar()
        yield ResponsePanel(shows_facts=False, id="response")
        yield Checks()
        yield HandshakePanel()

    @property
    def certificates(self) -> CertificateTree:
        """The certificate tree."""
        return self.query_one(CertificateTree)

    @property
    def detail(self) -> Detail:
        """The detail pane."""
        return self.query_one(Detail)

    @property
    def bar(self) -> PanelBar:
        """The bar with the panels' names."""
        return self.query_one(PanelBar)

    @property
    def response(self) -> ResponsePanel:
        """The response panel."""
        return self.query_one(ResponsePanel)

    @property
    def checks(self) -> Checks:
        """The checks panel."""
        return self.query_one(Checks)

    @property
    def handshake(self) -> HandshakePanel:
        """The handshake panel."""
        return self.query_one(HandshakePanel)

    @property
    def front(self) -> str:
        """The id of the panel in front."""
        return self.bar.front

    def stack(self, *, narrow: bool) -> None:
        """Stack the panes, detail among the panels, or put them side by side.

        Args:
            narrow: whether there is no room for two panes side by side.
        """
        if narrow == self._narrow:
            return
        self._narrow = narrow
        pane = self.query_one("#detail-pane")
        self.set_class(narrow, "-narrow")
        self.checks.set_class(narrow, "-narrow")
        self.handshake.set_class(narrow, "-narrow")
        if narrow:
            self.move_child(pane, after=self.bar)
            self.bring_to_front("detail")
        else:
            self.move_child(pane, before=self.bar)
            if self.front == "detail":
                self.bring_to_front("response")

    def bring_to_front(self, panel: str) -> None:
        """Show a panel instead of the one that is in front; on a wide screen detail is always there.

        Args:
            panel: its id.
        """
        if panel == "detail" and not self._narrow:
            return
        self.remove_class(f"-front-{self.front}")
        self.add_class(f"-front-{panel}")
        self.bar.front = panel
        self._show_front()
        self._say_beside_tabs()

    def focus_front(self) -> None:
        """Give the focus to the panel in front, to the part of it that takes keys."""
        match self.front:
            case "response":
                self.response.focus_body()
            case "checks":
                self.checks.list.focus()
            case "handshake":
                self.handshake.focus()
            case _:
                self.detail.focus()

    @on(ResponsePanel.FactsChanged)
    def _say_facts(self, message: ResponsePanel.FactsChanged) -> None:
        self._facts = message.facts
        self._say_beside_tabs()

    def _say_beside_tabs(self) -> None:
        self.bar.say(Content(self._facts if self.front == "response" else ""))

    def clear(self) -> None:
        """Empty all panes for another site."""
        self.certificates.forget()
        self.response.clear()

    def show(self, observation: Observation) -> None:
        """Show what is known in all panes but the response, which is fed by the events themselves.

        Args:
            observation: what is known.
        """
        nodes = outline(observation)
        self._at = observation.trust.at if observation.trust else observation.started
        if nodes is not self._drawn:
            self._drawn = nodes
            if observation.certificates:
                self.certificates.open_line(observation.certificates[0].sha256)
            self.certificates.show(nodes, judged=observation.trust is not None, point_at=_main_line(observation, nodes))
            # The tree says so too, but by then the screen would have been laid out without it.
            self.point(self.certificates.pointed)
        sent = len(observation.certificates)
        heading = self.query_one("#tree-title", PaneTitle)
        heading.name_shown = "Certificates"
        heading.note = f"{sent} sent" if sent else "none yet" if not observation.finished else "none sent"
        self.bar.count("checks", _counted(observation))
        self._known = observation
        self._show_front()

    def _show_front(self) -> None:
        """Show what is known in the panel in front; the others are shown once they come there."""
        known = self._known
        if known is None:
            return
        if self.front == "handshake":
            self.handshake.show(known)
        if self.front == "checks":
            in_path = [step.certificate for step in known.trust.path] if known.trust else []
            named = (*in_path, *known.certificates)
            self.checks.show(known.trust, {certificate.sha256: certificate.label for certificate in named})

    def feed(self, event: events.Event) -> None:
        """Tell the response panel what concerns it.

        Args:
            event: what has happened.
        """
        match event:
            case events.RequestSent():
                self.response.show_request(event.request)
            case events.ResponseStarted() | events.ResponseGrew():
                self.response.grew(event.size)
            case events.ResponseHeadReceived():
                self.response.head_received(event.head)
            case events.ResponseReceived():
                self.response.ended(event.response)
            case events.Failed():
                self.response.failed(event.failure)
            case _:
                return

    def point(self, node: Node | None) -> None:
        """Show a line of the outline in the detail pane.

        Args:
            node: the line; None where there is none.
        """
        if self._at is None or (node is self._pointed and self._at == self._pointed_at):
            return
        self._pointed, self._pointed_at = node, self._at
        heading = self.query_one("#detail-title", PaneTitle)
        heading.name_shown = title(node)
        heading.note = node.note if node is not None else ""
        self.detail.show(node, self._at)

    def go_to(self, finding: Finding) -> None:
        """Put the tree's cursor on what a finding is about, and show it.

        Args:
            finding: the finding.
        """
        key = find_line(self._drawn or (), finding)
        if key is not None and self.certificates.open_at(key):
            self.certificates.focus()
            self.bring_to_front("detail")


def find_line(nodes: Sequence[Node], finding: Finding) -> str | None:
    """The key of the line that a finding is about.

    Args:
        nodes: the outline's lines.
        finding: the finding.

    Returns:
        The deepest line that has it; None where it is about no line, as a protocol that is too old is.
    """
    for node in nodes:
        below = find_line(node.children, finding)
        if below is not None:
            return below
        if finding in node.findings:
            return node.key
    return None


def _main_line(observation: Observation, nodes: Sequence[Node]) -> str | None:
    """The line that matters most: the main reason's, else the leaf's."""
    if observation.trust is not None and observation.trust.findings:
        main = observation.trust.findings[0]
        if main.severity is Severity.ERROR:
            found = find_line(nodes, main)
            if found is not None:
                return found
    return observation.certificates[0].sha256 if observation.certificates else None


def _counted(observation: Observation) -> Content:
    """How many errors and warnings there are, with their marks."""
    findings = observation.trust.findings if observation.trust else ()
    shown = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(finding.severity is severity for finding in findings)
        if count:
            symbol, style = MARKS[severity]
            shown.append(Content.styled(f"{symbol}{count}", style))
    if observation.trust is not None and not shown:
        shown.append(mark(None))
    return Content(" ").join(shown)
