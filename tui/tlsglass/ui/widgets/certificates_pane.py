"""The pane with the certificate tree: fields, or the ASN.1 elements of one certificate, and what is found in them."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from tlsglass.report.asn1 import asn1_key, asn1_outline, span_of
from tlsglass.report.lines import Node, Nodes
from tlsglass.report.lookup import find_line, line_at, trail
from tlsglass.report.search import hits
from tlsglass.trust.model import Finding
from tlsglass.ui.folders import folded
from tlsglass.ui.widgets.certificate_tree import CertificateTree
from tlsglass.ui.widgets.find_line import FindingPane, FindLine, Search
from tlsglass.ui.widgets.panels import PaneTitle

_OPENED_AT_ONCE = 2_000
"""Elements that are all opened when they are first shown."""


class CertificatesPane(FindingPane):
    """Shows the outline or, in its place, the elements of what the cursor was on."""

    def __init__(self) -> None:
        """Make an empty pane."""
        super().__init__(id="tree-pane", classes="pane")
        self._lines: Sequence[Node] = ()
        self._judged = False
        self._note = ""
        self._raw: Node | None = None
        """The line whose elements are shown; None while the fields are."""

    def compose(self) -> ComposeResult:
        """Title, tree, and the line to find something with."""
        yield PaneTitle(id="tree-title")
        yield CertificateTree()
        yield FindLine(self._search, lambda: self.certificate_tree, in_bytes=False)

    @property
    def certificate_tree(self) -> CertificateTree:
        """The tree."""
        return self.query_one(CertificateTree)

    @property
    def shows_asn1(self) -> bool:
        """Whether the elements are shown."""
        return self._raw is not None

    def clear(self) -> None:
        """Make room for another site."""
        self._raw, self._lines = None, ()
        self.find_line.forget()
        self.certificate_tree.forget()

    def show(self, lines: Sequence[Node], *, judged: bool, point_at: str | None) -> None:
        """Show another state of the outline; the elements stay as they are, since no event changes them.

        Args:
            lines: the top lines.
            judged: whether the chain was judged.
            point_at: the key of the line that the cursor goes to unless the reader has moved it.
        """
        self._lines, self._judged = folded(lines), judged
        if self._raw is None:
            self.certificate_tree.show(self._lines, judged=judged, point_at=point_at)

    def say(self, note: str) -> None:
        """Say beside the title what there is."""
        self._note = note
        title = self.query_one("#tree-title", PaneTitle)
        if self._raw is not None:
            title.name_shown, title.note = "ASN.1", self._raw.label
        else:
            title.name_shown, title.note = "Certificates", note

    def toggle_asn1(self) -> bool:
        """Go from the fields to the elements of what the cursor is on, and back, to the same bytes.

        Returns:
            Whether there was something to go to.
        """
        pointed = self.certificate_tree.pointed
        if self._raw is not None:
            self._show_fields()
            return True
        if pointed is None or not pointed.der:
            return False
        self._raw = next(line for line in trail(self._lines, pointed.key) if line.key == pointed.key.partition("/")[0])
        elements = asn1_outline(self._raw)
        span = span_of(pointed)
        self.certificate_tree.remember()
        for key in _keys(elements, _OPENED_AT_ONCE):
            self.certificate_tree.open_line(key)
        self.certificate_tree.show(elements, judged=False, point_at=asn1_key(pointed.key, span.start if span else 0))
        self.say(self._note)
        return True

    def go_to(self, finding: Finding) -> bool:
        """Put the cursor on what a finding is about.

        Returns:
            Whether there is such a line.
        """
        key = find_line(self._lines, finding)
        if key is None:
            return False
        self._leave_asn1()
        return self.certificate_tree.open_at(key)

    def point_at_byte(self, offset: int) -> None:
        """Put the cursor on the innermost line that a byte belongs to.

        Args:
            offset: of the byte, in the bytes of what the cursor is on.
        """
        pointed = self.certificate_tree.pointed
        if pointed is None:
            return
        root = self._raw or next(
            (line for line in trail(self._lines, pointed.key) if line.key == pointed.key.partition("/")[0]), None
        )
        if root is not None:
            shown = replace(root, children=asn1_outline(root)) if self._raw is not None else root
            self.certificate_tree.open_at(line_at(shown, offset).key)

    @on(FindLine.Reached)
    def _go_to_hit(self, message: FindLine.Reached) -> None:
        self.certificate_tree.open_at(message.hit.key)

    def _search(self) -> Search:
        lines = asn1_outline(self._raw) if self._raw is not None else self._lines
        return lambda looked_for: hits(lines, looked_for)

    def _show_fields(self) -> None:
        pointed, root = self.certificate_tree.pointed, self._raw
        self._leave_asn1()
        span = span_of(pointed) if pointed is not None else None
        if root is not None and span is not None:
            self.certificate_tree.open_at(line_at(root, span.start).key)

    def _leave_asn1(self) -> None:
        if self._raw is None:
            return
        self._raw = None
        self.find_line.forget()
        self.certificate_tree.recall()
        self.certificate_tree.show(self._lines, judged=self._judged)
        self.say(self._note)


def _keys(lines: Nodes, most: int) -> list[str]:
    """The keys of all lines that have some below them, or of the first so many."""
    found: list[str] = []
    waiting: list[Nodes] = [lines]
    while waiting and len(found) < most:
        for line in waiting.pop(0):
            if line.children and isinstance(line.children, Nodes):
                found.append(line.key)
                waiting.append(line.children)
    return found
