"""The panes of a site: certificates and detail above, one panel at a time below; stacked on a narrow screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget

from tlsglass import events
from tlsglass.limits import DEFAULTS
from tlsglass.observation import Observation
from tlsglass.report.lines import Node
from tlsglass.report.lookup import find_line, trail
from tlsglass.report.outline import outline
from tlsglass.trust.aia import wanted
from tlsglass.trust.model import Finding
from tlsglass.trust.topics import Topic, topic_of
from tlsglass.ui.widgets.captions import how_many, is_judged, main_line, which_path, worst
from tlsglass.ui.widgets.certificate_tree import CertificateTree
from tlsglass.ui.widgets.certificates_pane import CertificatesPane
from tlsglass.ui.widgets.checks import Checks
from tlsglass.ui.widgets.detail import Detail, HexView, title
from tlsglass.ui.widgets.find_line import FindLine
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
        grid-gutter: 0 1;
        height: 1fr;
        background: $background;
        .pane { height: 100%; background: $surface; }
        CertificateTree { height: 1fr; }
        Detail { height: 1fr; }
        PanelBar { column-span: 2; }
        #tab-detail { display: none; }
        ResponsePanel { background: $surface; }
        ResponsePanel, Checks, HandshakePanel { column-span: 2; height: 100%; }
        &.-narrow {
            grid-size: 1 3;
            grid-columns: 1fr;
            PanelBar, ResponsePanel, Checks, HandshakePanel { column-span: 1; }
            #tab-detail { display: block; }
            #detail-title { display: none; }
        }
    }
    """

    def __init__(self) -> None:
        """Make empty panes."""
        super().__init__(id="body")
        self._narrow = False
        self._has_answer = True
        self._drawn: Sequence[Node] | None = None
        self._at: datetime | None = None
        self._known: Observation | None = None
        """What is known, with the judgement of the path that is shown."""

        self._whole: Observation | None = None
        self._place = 0
        """Which of the paths is shown; the first is the one in use."""

        self._pointed: Node | None = None
        self._pointed_at: datetime | None = None
        self._facts = ""

    def compose(self) -> ComposeResult:
        """The two panes, the bar with the panels' names, the panels."""
        yield CertificatesPane()
        with Vertical(id="detail-pane", classes="pane"):
            yield PaneTitle(id="detail-title")
            yield Detail()
        yield PanelBar()
        yield ResponsePanel(shows_facts=False, id="response")
        yield Checks()
        yield HandshakePanel()

    def on_mount(self) -> None:
        """Leave one of the panels."""
        self._divide()
        self._hide_others()

    @property
    def certificates(self) -> CertificateTree:
        """The certificate tree."""
        return self.pane.certificate_tree

    @property
    def pane(self) -> CertificatesPane:
        """The pane that the tree is in."""
        return self.query_one(CertificatesPane)

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
    def has_answer(self) -> bool:
        """Whether what is looked at answers, as a site does and a file does not."""
        return self._has_answer

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
        self._hide_others()
        if narrow:
            self.move_child(pane, after=self.bar)
            if not self._is_read_in_front:
                self.bring_to_front("detail")
        else:
            self.move_child(pane, before=self.bar)
            if self.front == "detail":
                self.bring_to_front("response" if self.has_answer else "checks")

    @property
    def _is_read_in_front(self) -> bool:
        """Whether the focus is in the panel in front, which must not vanish under the reader."""
        focused = self.screen.focused
        panels: dict[str, Widget] = {
            "response": self.response,
            "checks": self.checks,
            "handshake": self.handshake,
        }
        front = panels.get(self.front)
        return focused is not None and front is not None and front in focused.ancestors_with_self

    def bring_to_front(self, panel: str) -> None:
        """Show a panel instead of the one that is in front; on a wide screen detail is always there.

        Args:
            panel: its id.
        """
        if panel == "detail" and not self._narrow:
            return
        self.bar.front = panel
        self._hide_others()
        self._show_front()
        self._say_beside_tabs()

    def _hide_others(self) -> None:
        """Leave the panel in front; not by a class, which would have all that is in the panes styled anew."""
        for panel in (self.response, self.checks, self.handshake):
            panel.display = panel.id == self.front
        self.query_one("#detail-pane").display = not self._narrow or self.front == "detail"

    def _divide(self) -> None:
        """Share the rows out and leave the tabs that there are; not by a class, for the same reason."""
        self.styles.grid_rows = "11fr 1 9fr" if self._has_answer else "14fr 1 6fr"
        for panel in ("response", "handshake"):
            self.bar.tab(panel).display = self._has_answer

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
                self.detail.focus_text()

    @on(ResponsePanel.FactsChanged)
    def _say_facts(self, message: ResponsePanel.FactsChanged) -> None:
        self._facts = message.facts
        self._say_beside_tabs()

    def _say_beside_tabs(self) -> None:
        self.bar.say(Content(self._facts if self.front == "response" else ""))

    def clear(self, *, is_file: bool) -> None:
        """Empty all panes for another site.

        Args:
            is_file: whether it is a file, which has neither an answer nor a handshake.
        """
        if is_file is self.has_answer:
            self._has_answer = not is_file
            self._divide()
            if self.front != "detail":
                self.bring_to_front("checks" if is_file else "response")
        self._place, self._whole = 0, None
        self.pane.clear()
        self.point(self.certificates.pointed)
        self.response.clear()

    @property
    def path_count(self) -> int:
        """How many paths there are to show."""
        return len(self._whole.trust.paths) if self._whole is not None and self._whole.trust is not None else 0

    @property
    def lacks_issuers(self) -> bool:
        """Whether a site's certificates name addresses where issuers might be had that it did not send."""
        trust = self._whole.trust if self._whole is not None else None
        return self.has_answer and trust is not None and bool(wanted(trust))

    def show_next_path(self) -> None:
        """Show the next path in the place of the one that is shown, and what the rules say of it."""
        if self._whole is not None and self.path_count:
            self._place = (self._place + 1) % self.path_count
            self._draw(self._whole)

    def show(self, observation: Observation) -> None:
        """Show what is known in all panes but the response, which is fed by the events themselves.

        Args:
            observation: what is known.
        """
        if self._whole is None or observation.trust is not self._whole.trust:
            self._place = 0
        self._whole = observation
        self._draw(observation)

    def _draw(self, whole: Observation) -> None:
        observation = whole
        if self._place and whole.trust is not None:
            observation = replace(whole, trust=whole.trust.along(self._place))
        nodes = outline(observation)
        self._at = observation.trust.at if observation.trust else observation.started
        if nodes is not self._drawn:
            self._drawn = nodes
            if observation.certificates:
                self.certificates.open_line(observation.judged[0].sha256 if observation.judged else "")
            self.pane.show(nodes, judged=is_judged(observation), point_at=main_line(observation, nodes))
            self.point(self.certificates.pointed)
        self.pane.say(how_many(whole) + which_path(whole, self._place))
        self.bar.count("checks", worst(observation))
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
            named = (*in_path, *known.judged[: DEFAULTS.judged])
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

        The tree says too where its cursor is, but by then the screen would have been laid out without it.

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

    @property
    def shown(self) -> Observation | None:
        """What is known, with the judgement of the path that is shown."""
        return self._known

    @property
    def finding(self) -> Finding | None:
        """What the cursor is on: in the checks where they have the focus, else in the tree; else the main finding.

        None where nothing was found.
        """
        known = self._known
        if known is None or known.trust is None:
            return None
        if self.checks.list.has_focus and self.checks.finding is not None:
            return self.checks.finding
        pointed = self.certificates.pointed
        under = pointed.findings if pointed is not None else ()
        return next(iter((*under, *known.trust.findings)), None)

    def line_of(self, finding: Finding) -> Node | None:
        """The line of the tree that shows what a finding is about.

        Args:
            finding: the finding.
        """
        lines = self._drawn or ()
        key = find_line(lines, finding)
        return trail(lines, key)[-1] if key is not None else None

    def go_to(self, finding: Finding) -> bool:
        """Put the tree's cursor on what a finding is about, and show it.

        Args:
            finding: the finding.

        Returns:
            Whether it is about something that the tree or the handshake shows.
        """
        if self.pane.go_to(finding):
            self.certificates.focus()
            self.bring_to_front("detail")
            return True
        if topic_of(finding) is not Topic.SERVER:
            return False
        self.bring_to_front("handshake")
        self.focus_front()
        return True

    @on(HexView.Moved)
    def _point_at_byte(self, message: HexView.Moved) -> None:
        self.pane.point_at_byte(message.offset)
        self.detail.say_where()

    @on(FindLine.Reached)
    def _show_found_bytes(self, message: FindLine.Reached) -> None:
        hit = message.hit
        if not hit.key and hit.start is not None:
            self.pane.point_at_byte(hit.start)
        self.point(self.certificates.pointed)  # the tree says so too, but the bytes are to be marked in what is shown
        if hit.start is not None and hit.end is not None:
            self.detail.mark(hit.start, hit.end)
