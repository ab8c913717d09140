"""The detail pane: the text of one line of the outline above, all bytes that it was read from below."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus, Resize
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget

from tlsglass.report.asn1 import span_of
from tlsglass.report.lines import Node
from tlsglass.report.search import places
from tlsglass.ui import content
from tlsglass.ui.widgets.detail.hex_view import HexView
from tlsglass.ui.widgets.detail.text import detail
from tlsglass.ui.widgets.find_line import FindingPane, FindLine, Search
from tlsglass.x509.model import Span

_LOW = 14
"""Rows below which text and bytes don't fit above each other, so that the focus decides which has the room."""

_NARROWEST = 16
"""Cells of a line that text is wrapped to at least."""


class BytesTitle(Widget):
    """Says which bytes stand out, and which one the cursor is on."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BytesTitle { height: 1; padding: 0 1; color: $text-muted; }
    """

    said: var[tuple[str, str]] = var(("", ""))
    """What stands at the left and at the right. Need not be printable."""

    def render(self) -> Content:
        """The line at the width that there is."""
        left, right = self.said
        return content.row(content.plain(left), content.plain(right), max(1, self.content_size.width))

    def watch_said(self) -> None:
        """Show it."""
        self.refresh()


class DetailText(Widget):
    """The line in full, wrapped to whatever width it is given when it is laid out."""

    DEFAULT_CSS = """
    DetailText { height: auto; width: 1fr; padding-right: 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        """Make it, showing nothing."""
        super().__init__(id="detail-text")
        self._node: Node | None = None
        self._at: datetime | None = None
        self._wrapped = (0, Content(""))
        """What is shown, and the width that it is wrapped to."""

    def show(self, node: Node | None, at: datetime) -> None:
        """Show another line of the outline.

        Args:
            node: the line; None where nothing was seen yet.
            at: the moment that counts as now.
        """
        self._node, self._at = node, at
        self._wrapped = (0, Content(""))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """As many lines as it takes in a width."""
        return str(self.wrapped(width)).count("\n") + 1

    def render(self) -> Content:
        """The text at the width that there is."""
        return self.wrapped(self.content_size.width)

    def wrapped(self, width: int) -> Content:
        """The text in lines of a width, as wrapped last where it is the same.

        Args:
            width: cells of a line.
        """
        if self._at is None:
            return Content("")
        width = max(_NARROWEST, width)
        if self._wrapped[0] != width:
            self._wrapped = (width, detail(self._node, self._at, width))
        return self._wrapped[1]


class Detail(FindingPane):
    """Shows one line of the outline in full; the text scrolls where it is longer than its part of the pane."""

    BINDING_GROUP_TITLE = "Detail"
    DEFAULT_CSS = """
    Detail {
        background: $surface;
        #detail-scroll {
            height: auto;
            max-height: 72%;
            padding: 0 1;
            background: $surface;
            scrollbar-size-vertical: 1;
            scrollbar-gutter: stable;
        }
        BytesTitle { margin-top: 1; }
        HexView { height: 1fr; padding: 0 0 0 1; }
        &.-no-bytes #detail-scroll { max-height: 100%; height: 1fr; }
        &.-no-bytes BytesTitle, &.-no-bytes HexView { display: none; }
        &.-low BytesTitle { margin-top: 0; }
        &.-low.-in-bytes #detail-scroll { display: none; }
    }
    """

    def __init__(self) -> None:
        """Make an empty pane."""
        super().__init__(id="detail", classes="-no-bytes")
        self._node: Node | None = None

    def compose(self) -> ComposeResult:
        """The text, a line on the bytes, the bytes."""
        with VerticalScroll(id="detail-scroll", can_focus=True):
            yield DetailText()
        yield BytesTitle()
        yield HexView()
        yield FindLine(self._search, lambda: self.hex_view, in_bytes=True)

    @property
    def text(self) -> str:
        """All that is shown as text."""
        return str(self.query_one(DetailText).render())

    @property
    def hex_view(self) -> HexView:
        """The bytes."""
        return self.query_one(HexView)

    @property
    def node(self) -> Node | None:
        """The line that is shown."""
        return self._node

    def focus_text(self) -> None:
        """Give the focus to the text."""
        self.query_one("#detail-scroll").focus()

    def show(self, node: Node | None, at: datetime) -> None:
        """Show another line of the outline.

        Args:
            node: the line; None empties the pane.
            at: the moment that counts as now.
        """
        same = node is not None and self._node is not None and node.key == self._node.key
        self._node = node
        self.query_one(DetailText).show(node, at)
        if not same:
            self.query_one("#detail-scroll").scroll_home(animate=False, immediate=True)
        der = node.der if node is not None else b""
        self.set_class(not der, "-no-bytes")
        self.hex_view.show(der, span_of(node) if node is not None else None)
        self.say_where()

    def mark(self, start: int, end: int) -> None:
        """Mark bytes that were looked for, and put the cursor on the first.

        Args:
            start: the first.
            end: the one after the last.
        """
        self.hex_view.go_to(start, length=end - start, matched=True)
        self.say_where()

    def _search(self) -> Search:
        der = self.hex_view.der
        return lambda looked_for: places(der, looked_for)

    def say_where(self) -> None:
        """Say which bytes stand out, and which one the cursor is on."""
        node, view = self._node, self.hex_view
        if node is None or not view.der:
            return
        cursor = f"0x{view.cursor:04x} of {len(view.der):,}" if view.has_focus else f"{len(view.der):,} bytes"
        self.query_one(BytesTitle).said = (_where(view.span), cursor)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Let the bytes have the room while the focus is in them, where there is little."""
        self.set_class(isinstance(event.widget, HexView), "-in-bytes")
        self.say_where()

    def on_descendant_blur(self, event: DescendantBlur) -> None:  # noqa: ARG002 - only that it happened matters
        """Show the text again."""
        self.remove_class("-in-bytes")
        self.say_where()

    def on_resize(self, event: Resize) -> None:
        """Where there is little room, let the focus decide who has it."""
        if event.size.width:
            self.set_class(event.size.height < _LOW, "-low")


def _where(span: Span | None) -> str:
    """What stands out, in words."""
    if span is None:
        return "derived: no bytes of its own"
    size = span.end - span.start - span.header
    return f"{span.tag} at 0x{span.start:04x}, {span.header} + {size:,} bytes"
