"""One site on the screen: the target bar, the verdict, the panes, and what the reader can ask for."""

from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from tlsglass.text import printable
from tlsglass.ui.site import copying
from tlsglass.ui.site.keys import SITE_KEYS
from tlsglass.ui.site.looking import LookingScreen
from tlsglass.ui.widgets.start import Start
from tlsglass.ui.widgets.target_bar import Pasted, TargetBar, TargetInput

if TYPE_CHECKING:
    from tlsglass.exchange.model import Request
    from tlsglass.report.lines import Node
    from tlsglass.ui.site.supposing import Supposed
    from tlsglass.ui.widgets.certificate_tree import CertificateTree
    from tlsglass.ui.widgets.checks import Checks
    from tlsglass.ui.widgets.panels import PanelBar
    from tlsglass.ui.widgets.response import ResponsePanel

_NEEDING = frozenset(
    {"next_path", "look_further", "what_if", "response", "fix", "truth", "other_sending", "other_store"}
)
"""The actions that what is shown must have something for."""


class SiteScreen(LookingScreen):
    """Looks at sites, one at a time, and does what the keys ask. It returns what was seen."""

    BINDINGS = SITE_KEYS

    @on(TargetBar.Submitted)
    def _look_at_typed(self, message: TargetBar.Submitted) -> None:
        self.look_at(message.text)

    @on(Pasted)
    def _look_at_pasted(self, message: Pasted) -> None:
        target = self._means.pasted(message.text)
        self.target_bar.input.value = target.text
        self.target_bar.complain("")
        if self.is_furnished:
            self._start(target)

    @on(Start.Chosen)
    def _look_at_picked(self, message: Start.Chosen) -> None:
        self.target_bar.input.value = message.target
        self.look_at(message.target)

    def on_response_panel_edit_wanted(self, message: "ResponsePanel.EditWanted") -> None:
        """Let the reader edit the request."""
        from tlsglass.ui.dialogs.request import RequestScreen  # noqa: PLC0415 - first needed here

        self.app.push_screen(RequestScreen(message.request, message.default), self.send)

    def send(self, request: "Request | None") -> None:
        """Look again, with a request as it was edited.

        Args:
            request: what to ask; None where it was left as it is.
        """
        if self._run is None or request is None:
            return
        self.body.response.expect(request)
        if objection := self._means.objection(request, self._run.target):
            self.notify(printable(objection), severity="error", markup=False)
            return
        self._start(self._run.target, request)

    def on_certificate_tree_pointed(self, message: "CertificateTree.Pointed") -> None:
        """Show the line under the cursor in full."""
        self.body.point(message.node)

    def on_checks_chosen(self, message: "Checks.Chosen") -> None:
        """Go to where a finding comes from; where that is no line of the tree, read it in full."""
        if not self.body.go_to(message.finding):
            self.body.checks.action_open_row()

    def on_checks_opened(self, message: "Checks.Opened") -> None:
        """Read a reason in full."""
        from tlsglass.ui.site import reading  # noqa: PLC0415 - first needed here

        reading.read(self, message.row)

    def on_panel_bar_chosen(self, message: "PanelBar.Chosen") -> None:
        """Bring the panel to the front whose name was clicked."""
        self.action_panel(message.panel)

    def on_supposed(self, message: "Supposed") -> None:
        """Show another judgement of the same chain, and what it changes."""
        run = self._run
        if run is not None and message.run == run.number and run.observation.trust is not None:
            from tlsglass.ui.site import supposing  # noqa: PLC0415 - it is loaded, since it has sent the message

            before = run.observation.trust
            run.suppose(message.report, message.supposition)
            self._show()
            self.notify(supposing.said(before, message.report), markup=False)

    def on_headline_opened(self) -> None:
        """Show the reasons of the verdict, the main one first."""
        self.action_panel("checks")
        self.body.checks.point_at_first()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        if action in ("open_file", "save") and self._means.is_kiosk:
            return False
        if action == "back":
            typing = isinstance(self.focused, TargetInput) and self._run is not None
            return self.running or typing or self._opened_from_demo
        if action == "panel" and self._run is not None and not self.body.has_answer:
            return parameters[0] not in ("response", "handshake")
        if action in ("again", "copy", "copy_as", "save", "find", "asn1", "bytes", "panel"):
            return self._run is not None
        if action in (
            "next_path",
            "look_further",
            "what_if",
            "response",
            "fix",
            "truth",
            "other_sending",
            "other_store",
        ):
            return self._run is not None and self._offers(action, *parameters)
        return super().check_action(action, parameters)

    def _offers(self, action: str, how: object = "") -> bool:
        """Whether what is shown has something for an action: several paths, issuers to be had, a chain, an answer."""
        known = self.observation
        if action == "next_path":
            return self.body.path_count > 1
        if action == "response":
            return self.body.front == "response"
        if action == "fix":
            return self.body.finding is not None
        if known is None or not known.finished:
            return False
        is_supposed = known.trust is not None and known.trust.seen_at is not None
        seen = bool(known.certificates)
        offered = {
            "look_further": self.body.lacks_issuers if how == "aia" else self.body.has_answer and seen,
            "truth": is_supposed and known.target.hostname is not None,
            "other_sending": self._supposable is not None,
            "other_store": self._supposable is not None,
        }
        return offered.get(action, seen)

    @property
    def _supposable(self) -> "Node | None":
        """The line under the tree's cursor, where it belongs to a certificate that was judged."""
        known, node = self.observation, self.body.certificates.pointed
        is_judged = known is not None and known.trust is not None and known.trust.hostname != ""
        return node if is_judged and node is not None and node.certificate is not None else None

    @property
    def _opened_from_demo(self) -> bool:
        return len(self.app.screen_stack) > 1 and self.app.screen_stack[0] is not self

    def action_focus_target(self) -> None:
        """Go to the target bar."""
        self.target_bar.input.focus()

    def action_again(self) -> None:
        """Look at the same site again, with the same request."""
        if self._run is not None:
            self._start(self._run.target, self._run.request)

    def action_back(self) -> None:
        """Stop the run; else leave the target bar; else return to the demo's list."""
        if self.running and self._run is not None:
            self._run.halt()
        elif isinstance(self.focused, TargetInput) and self._run is not None:
            self.target_bar.input.value = self._run.target.text
            self.body.certificates.focus()
        elif self._opened_from_demo:
            self._forget_drawing()
            self.dismiss(tuple(self._seen.values()))

    def _forget_drawing(self) -> None:
        """Drop what was drawn: Textual keeps the drawings of the last thousand widgets, some 1.5 MB a screen."""
        for widget in self.walk_children(Widget):
            widget.refresh()

    def action_panel(self, panel: str) -> None:
        """Bring a panel to the front and go to it."""
        self.body.bring_to_front(panel)
        self.body.focus_front() if panel != "detail" else self.body.detail.focus_text()

    async def action_response(self, action: str) -> None:
        """Do in the answer, while it is in front, what its own keys do once it has the focus."""
        await self.app.run_action(action, self.body.response)

    def action_find(self) -> None:
        """Find in what has the focus: the lines, the bytes, else the answer."""
        body = self.body
        above = self.focused.ancestors_with_self if self.focused is not None else []
        if body.detail in above and body.detail.hex_view.der:
            body.detail.find()
        elif body.pane in above or not body.has_answer:
            body.pane.find()
        else:
            self.action_panel("response")
            body.response.action_find()

    def action_open_file(self) -> None:
        """Choose a file to look at."""
        from tlsglass.ui.dialogs.open_file import OpenFileScreen  # noqa: PLC0415 - first needed here

        def look(path: str | None) -> None:
            if path is not None:
                self.target_bar.input.value = path
                self.look_at(path)

        self.app.push_screen(OpenFileScreen(), look)

    def action_asn1(self) -> None:
        """Show the ASN.1 elements of what the cursor is on, or its fields again."""
        if self.body.pane.toggle_asn1():
            self.body.certificates.focus()
        else:
            self.notify("This line has no bytes of its own: go to a certificate first.", markup=False)

    def action_next_path(self) -> None:
        """Show the next of several paths, and what the rules say of it."""
        self.body.show_next_path()

    def action_fix(self) -> None:
        """Show what mends the finding under the cursor."""
        from tlsglass.ui.site import reading  # noqa: PLC0415 - first needed here

        finding = self.body.finding
        if finding is not None:
            reading.mend(self, finding)

    def action_what_if(self) -> None:
        """Judge what was seen for another time, name, chain or store."""
        from tlsglass.ui.site import supposing  # noqa: PLC0415 - first needed here

        supposing.ask(self, self._means)

    def action_truth(self) -> None:
        """Suppose nothing any more."""
        from tlsglass.ui.site import supposing  # noqa: PLC0415 - first needed here

        supposing.back_to_truth(self, self._means)

    def action_other_sending(self) -> None:
        """Suppose that the certificate under the cursor was not sent, or that it was."""
        from tlsglass.ui.site import supposing  # noqa: PLC0415 - first needed here

        if self._supposable is not None:
            supposing.suppose_sending(self, self._means, self._supposable)

    def action_other_store(self) -> None:
        """Suppose that the certificate under the cursor is not in the store, or that it is."""
        from tlsglass.ui.site import supposing  # noqa: PLC0415 - first needed here

        if self._supposable is not None:
            supposing.suppose_store(self, self._means, self._supposable)

    def action_bytes(self) -> None:
        """Go to the bytes."""
        self.body.bring_to_front("detail")
        self.body.detail.hex_view.focus()

    def action_copy(self) -> None:
        """Copy what is selected."""
        copying.copy(self)

    def action_copy_as(self) -> None:
        """Copy what is selected in another form."""
        copying.copy_as(self)

    def action_save(self) -> None:
        """Save a certificate, the chain or the answer."""
        copying.save(self)
