"""All bytes of a certificate in hex and ASCII, those of one field standing out, with a cursor on one byte.

A row is painted when it is in sight, so that any size opens at once.
"""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tlsglass.ui.widgets.detail.hex_rows import HexRows, hex_rows, page_top
from tlsglass.x509.model import Span

_VISIBLE = range(0x20, 0x7F)
_NOWHERE = range(0)


class HexView(ScrollView, can_focus=True):
    """Shows bytes; says so when the reader moves the cursor."""

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Bytes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Back", show=False, id="bytes.left", tooltip="The byte before"),
        Binding("right", "move(1)", "On", show=False, id="bytes.right", tooltip="The next byte"),
        Binding("up", "move_rows(-1)", "Up", show=False, id="bytes.up", tooltip="The row above"),
        Binding("down", "move_rows(1)", "Down", show=False, id="bytes.down", tooltip="The row below"),
        Binding("pageup", "move_pages(-1)", "Page up", show=False, id="bytes.page-up", tooltip="A page up"),
        Binding("pagedown", "move_pages(1)", "Page down", show=False, id="bytes.page-down", tooltip="A page down"),
        Binding("home", "go_to(0)", "Start", show=False, id="bytes.start", tooltip="The first byte"),
        Binding("end", "go_to(-1)", "End", show=False, id="bytes.end", tooltip="The last byte"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hex-view--offset",
        "hex-view--other",
        "hex-view--header",
        "hex-view--content",
        "hex-view--match",
        "hex-view--cursor",
    }
    DEFAULT_CSS = """
    HexView {
        background: $surface;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        scrollbar-gutter: stable;
        & > .hex-view--offset { color: $foreground-quiet; }
        & > .hex-view--other { color: $foreground-quiet; }
        & > .hex-view--header { color: $text-warning; text-style: bold; }
        & > .hex-view--content { color: $text-accent; text-style: bold; }
        & > .hex-view--match { color: $background; background: $warning; }
        & > .hex-view--cursor { text-style: reverse; }
    }
    """

    class Moved(Message):
        """The reader has moved the cursor to another byte."""

        def __init__(self, offset: int) -> None:
            """Make the message.

            Args:
                offset: of the byte.
            """
            super().__init__()
            self.offset = offset
            """Of the byte."""

    def __init__(self) -> None:
        """Make a view of nothing."""
        super().__init__(id="bytes")
        self._der = b""
        self._span: Span | None = None
        self._match = _NOWHERE
        self._cursor = 0
        self._rows = hex_rows(0, 0)

    @property
    def cursor(self) -> int:
        """The offset of the byte that the cursor is on."""
        return self._cursor

    @property
    def der(self) -> bytes:
        """The bytes that are shown."""
        return self._der

    @property
    def span(self) -> Span | None:
        """Where the field lies whose bytes stand out."""
        return self._span

    def show(self, der: bytes, span: Span | None) -> None:
        """Show bytes, and let those of a field stand out.

        The cursor goes to the field's first byte unless it is in the field already.

        Args:
            der: the bytes.
            span: where the field lies in them; None where it has no bytes of its own.
        """
        before = (self._der, self._span)
        if der != self._der:
            self._der, self._match, self._cursor = der, _NOWHERE, 0
            self._lay_out()
        self._span = span
        if span is not None and not span.start <= self._cursor < max(span.end, span.start + 1):
            self._cursor = span.start
        if before != (der, span):
            self._turn()
        self.refresh()

    def go_to(self, offset: int, *, length: int = 1, matched: bool = False) -> None:
        """Put the cursor on a byte.

        Args:
            offset: of the byte.
            length: bytes that are to be seen.
            matched: whether they were looked for, so that they are marked.
        """
        self._cursor = max(0, min(offset, len(self._der) - 1))
        self._match = range(offset, offset + length) if matched else _NOWHERE
        self._turn()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - only that it happened matters
        """Lay the bytes out in the width that there is."""
        self._lay_out()
        self._turn()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        start = row * self._rows.per_row
        base = self.rich_style
        if start >= len(self._der):
            return Strip.blank(width, base)
        return Strip(self._segments(start), self._rows.width).adjust_cell_length(width, base).apply_style(base)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the byte that was clicked."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = self._rows.index_at(place.x)
        offset = (place.y + self.scroll_offset.y) * self._rows.per_row + (index or 0)
        if index is not None and offset < len(self._der):
            self._move_to(offset)

    def action_move(self, by: int) -> None:
        """Go on by so many bytes."""
        self._move_to(self._cursor + by)

    def action_move_rows(self, by: int) -> None:
        """Go down by so many rows, staying in the column."""
        wanted = self._cursor + by * self._rows.per_row
        if 0 <= wanted < len(self._der):
            self._move_to(wanted)

    def action_move_pages(self, by: int) -> None:
        """Go down by so many times what is in sight."""
        rows = max(1, self.scrollable_content_region.height - 1)
        self._move_to(self._cursor + by * rows * self._rows.per_row)

    def action_go_to(self, offset: int) -> None:
        """Go to a byte; a negative offset counts from the end."""
        self._move_to(offset if offset >= 0 else len(self._der) + offset)

    def _move_to(self, offset: int) -> None:
        before = self._cursor
        self.go_to(offset)
        if self._cursor != before:
            self.post_message(self.Moved(self._cursor))

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._rows = hex_rows(len(self._der), width)
        self.virtual_size = Size(width, -(-len(self._der) // self._rows.per_row))

    def _turn(self) -> None:
        """Turn to the page of what is looked at: the match, else the field, else the byte that the cursor is on."""
        span, element = self._span, self._cursor
        if self._cursor in self._match:
            element = self._match.start
        elif span is not None and span.start <= self._cursor < span.end:
            element = span.start
        per_row, height = self._rows.per_row, self.scrollable_content_region.height
        top = page_top(element // per_row, self._cursor // per_row, height)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _segments(self, start: int) -> list[Segment]:
        """A row: runs of bytes of one style each, the gaps in a run being of that style too."""
        rows: HexRows = self._rows
        offsets = range(start, min(start + rows.per_row, len(self._der)))
        quiet = self._style("hex-view--offset")
        segments = [Segment(f"{start:0{rows.digits}x}", quiet)]
        cell, before = rows.digits, Style()
        for offset in offsets:
            style = self._style_of(offset)
            gap = rows.cell(offset - start) - cell
            segments += (
                Segment(" " * gap, style if style == before and offset > start else Style()),
                Segment(f"{self._der[offset]:02x}", self._pointed(offset, style)),
            )
            cell, before = rows.cell(offset - start) + 2, style
        segments.append(Segment(" " * (rows.text_at - cell)))
        segments += (
            Segment(chr(byte) if byte in _VISIBLE else ".", self._pointed(offset, self._style_of(offset)))
            for offset, byte in zip(offsets, self._der[start : offsets.stop], strict=True)
        )
        return segments

    def _style_of(self, offset: int) -> Style:
        span = self._span
        if offset in self._match:
            return self._style("hex-view--match")
        if span is None or not span.start <= offset < span.end:
            return self._style("hex-view--other")
        # The field's content is told apart from its tag and length, so that one sees where each part of the TLV is.
        return self._style("hex-view--content" if offset >= span.start + span.header else "hex-view--header")

    def _pointed(self, offset: int, style: Style) -> Style:
        return style + self._style("hex-view--cursor") if offset == self._cursor and self.has_focus else style

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component, partial=True)
