"""The raw bytes, drawn: a scroll view on the line API that paints only the rows in view."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tlsglass.ui.widgets.response.charset import UNNAMED, Charset
from tlsglass.ui.widgets.response.paint import (
    WIDE_HEX,
    Palette,
    Part,
    Row,
    byte_of_hex,
    byte_of_text,
    paint_hex,
    paint_text,
    text_index,
)
from tlsglass.ui.widgets.response.rows import HexRows, Rows, TextRows, extents, without_line_end
from tlsglass.ui.widgets.response.search import Found, Places
from tlsglass.ui.widgets.response.source import Blocks, Source

STRIPS_KEPT = 256
SELECTED_AT_MOST = 1 << 20
"""Bytes that a selection gives; what is larger is for a file."""

_LEAST_WRAP = 20


class ResponseBody(ScrollView, can_focus=True):
    """An answer of any size, as text or as bytes; stays where it is while more arrives."""

    DEFAULT_CSS = """
    ResponseBody {
        scrollbar-gutter: stable;
        scrollbar-size-horizontal: 1;
        padding: 0 0 0 1;
        & > .response--status { text-style: bold; color: $text-primary; }
        & > .response--name { color: $text-primary; }
        & > .response--escape { color: $text-muted; }
        & > .response--offset { color: $text-muted; }
        & > .response--match { background: $accent 30%; text-style: underline; }
        & > .response--current { background: $accent; color: $background; text-style: bold; }
        &:ansi > .response--match { background: ansi_default; text-style: underline; }
        &:ansi > .response--current { background: ansi_default; color: ansi_default; text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "response--status",
        "response--name",
        "response--escape",
        "response--offset",
        "response--match",
        "response--current",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("left", "shift(-8)", "Left", show=False),
        Binding("right", "shift(8)", "Right", show=False),
        Binding("home,g", "start", "Start", show=False),
        Binding("end,G", "end", "End", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
    ]

    wrap: reactive[bool] = reactive(default=True)
    as_hex: reactive[bool] = reactive(default=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        """Make an empty one."""
        super().__init__(id=id)
        self.charset: Charset = UNNAMED
        self.places = Places()
        self.current: int | None = None
        """The index of the match that was gone to."""

        self._source: Source | None = None
        self._rows: Rows | None = None
        self._head_length = 0
        self._widest = 0
        self._settling = False
        self._strips: OrderedDict[tuple[int, int], Strip] = OrderedDict()
        self._palette: Palette | None = None

    # ── What it shows ───────────────────────────────────────────────────────────────────────────────────────────────

    def show(self, source: Source | None) -> None:
        """Show other bytes, from their start."""
        self._source = Blocks(source) if source is not None else None
        self._head_length = 0
        self.charset = UNNAMED
        self._widest = 0
        self._rows = None
        self.forget_matches()
        self._lay_out(0)

    def mark_head(self, length: int, charset: Charset) -> None:
        """Tell the head from the body, and read the bytes in a charset."""
        top = self.top
        self._head_length = length
        self.charset = charset
        self._lay_out(top)

    def grow(self) -> None:
        """Take in what the source holds by now."""
        if self._rows is None:
            self._lay_out(0)
            return
        before = self.scroll_offset.y, extents(self._rows, self.scroll_offset.y, self._height)
        self._rows.grow()
        self._settle()
        if (self.scroll_offset.y, extents(self._rows, self.scroll_offset.y, self._height)) != before:
            self.refresh()

    def forget_matches(self) -> None:
        """Mark nothing any more."""
        self.places = Places()
        self.current = None
        self.marks_changed()

    def found_more(self, found: Found) -> bool:
        """Take in a step of the search, and say whether more of it can be kept."""
        more = self.places.add(found)
        if found.starts and self._rows is not None:
            last = min(self.scroll_offset.y + self._height, self._rows.total) - 1
            if found.starts[0] < self._rows.extent(last)[1] and found.stops[-1] > self.top:
                self.marks_changed()
        return more

    def marks_changed(self) -> None:
        """Draw the matches anew."""
        self._strips.clear()
        self.refresh()

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self.current = index
        start, stop = self.places[index]
        if self._rows is not None:
            row = self._settled(self._rows.row_of(start))
            height = self._height
            if not self.scroll_offset.y <= row < self.scroll_offset.y + height - 1:
                self._move_to(max(0, row - height // 3))
            self._bring_columns(row, start, stop)
        self.marks_changed()

    @property
    def top(self) -> int:
        """The first byte in view."""
        return self._rows.extent(self.scroll_offset.y)[0] if self._rows else 0

    # ── How it is cut into rows ─────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self, top: int) -> None:
        """Cut the bytes into rows anew, with the row of a byte at the top."""
        self._strips.clear()
        self._widest = 0
        width = self._width
        if self._source is None or width <= 0:
            self._rows = None
            self.virtual_size = Size(0, 0)
            self.refresh()
            return
        if self.as_hex:
            self._rows = HexRows(self._source, self._per_row)
            self._widest = self._hex_width
        else:
            wrap = max(_LEAST_WRAP, width) if self.wrap else None
            self._rows = TextRows(self._source, wrap=wrap, codec=self.charset.codec)
        self.set_scroll(0, None)
        self._move_to(self._settled(self._rows.row_of(top)) if top else 0)
        self._settle()
        self.refresh()

    def _settle(self) -> None:
        """Make exact what is around the view, and keep the view on the rows that it shows."""
        if self._rows is None or self._settling:
            return
        self._settling = True
        try:
            top, height = self.scroll_offset.y, self._height
            at_end = top > 0 and top >= self._rows.total - height
            if at_end:
                self._rows.settle(self._rows.total - 1, 2 * height)
                top = max(0, self._rows.total - height)
            else:
                top = self._rows.settle(top, 2 * height)
            self._move_to(top)
        finally:
            self._settling = False

    def _settled(self, row: int) -> int:
        return self._rows.settle(row, 2 * self._height) if self._rows else 0

    def _move_to(self, row: int) -> None:
        """Have a row at the top, in the numbers that hold now."""
        total = self._rows.total if self._rows else 0
        self._reach_to(Size(max(self._widest, 1), total))
        if row != self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, force=True, immediate=True)

    def _reach_to(self, size: Size) -> None:
        """Have as much to scroll through; where there is a bar at the side, nothing but that looks different."""
        known = self.virtual_size
        if size.width == known.width and self.show_vertical_scrollbar and min(size.height, known.height) > self._height:
            self.set_reactive(ResponseBody.virtual_size, size)  # else all of the screen would be laid out anew
            self.vertical_scrollbar.window_virtual_size = size.height
        elif size != known:
            self.virtual_size = size

    def _bring_columns(self, row: int, start: int, stop: int) -> None:
        """Scroll sideways until a match is in view, where rows are wider than it."""
        if self._rows is None or self.as_hex or self.wrap:
            return
        painted = self._row(row)
        left = text_index(painted, self.charset.codec, start)
        right = text_index(painted, self.charset.codec, stop)
        self._widen(right + 1)
        if not (self.scroll_offset.x <= left and right <= self.scroll_offset.x + self._width):
            self.scroll_to(x=max(0, left - self._width // 3), animate=False, force=True, immediate=True)

    def _widen(self, width: int) -> None:
        if width > self._widest:
            self._widest = width
            self.virtual_size = Size(width, self.virtual_size.height)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    @property
    def _per_row(self) -> int:
        return 16 if self._width >= WIDE_HEX else 8

    @property
    def _hex_width(self) -> int:
        return WIDE_HEX if self._per_row == 16 else 43  # noqa: PLR2004 - the two layouts that there are

    # ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        left, top = self.scroll_offset
        width = self.size.width
        base = self._styles.body
        if self._rows is None or top + y >= self._rows.total:
            return Strip.blank(width, base)
        extent = self._rows.extent(top + y)
        strip = self._strips.get(extent)
        if strip is None:
            strip = self._strips[extent] = self._paint(top + y)
            if len(self._strips) > STRIPS_KEPT:
                self._strips.popitem(last=False)
        if strip.cell_length > self._widest and not self.wrap:
            self.call_later(self._widen, strip.cell_length)
        selection = self.text_selection
        if selection is not None:
            strip = self._with_selection(strip, selection.get_span(top + y))
        return strip.crop_extend(left, left + width, base).apply_offsets(left, top + y)

    def _paint(self, row: int) -> Strip:
        painted = self._row(row)
        if self.as_hex:
            return paint_hex(painted, self._styles, self._per_row)
        return paint_text(painted, self._styles, self.charset.codec)

    def _row(self, row: int) -> Row:
        if self._rows is None or self._source is None:
            return Row(data=b"", offset=0)
        start, stop = self._rows.extent(row)
        data = self._source.read(start, stop - start)
        matches = tuple(
            (first, after, index == self.current) for index, first, after in self.places.within(start, stop)
        )
        if self.as_hex:
            return Row(data=data, offset=start, matches=matches)
        return Row(data=without_line_end(data), offset=start, part=self._part(start), matches=matches)

    def _part(self, start: int) -> Part:
        if start >= self._head_length or self._source is None:
            return Part.BODY
        if start == 0:
            return Part.STATUS
        return Part.FIELD if self._source.read(start - 1, 1) == b"\n" else Part.VALUE

    def _with_selection(self, strip: Strip, span: tuple[int, int] | None) -> Strip:
        if span is None:
            return strip
        start, stop = span
        text = strip.text
        cuts = [strip.index_to_cell_position(at) for at in (start, len(text) if stop < 0 else min(stop, len(text)))]
        chosen = self.screen.get_component_rich_style("screen--selection")
        before, inside, after = strip.crop(0, cuts[0]), strip.crop(cuts[0], cuts[1]), strip.crop(cuts[1])
        marked = Strip([Segment(piece, (style or Style.null()) + chosen) for piece, style, _ in inside])
        return Strip.join([before, marked, after])

    @property
    def _styles(self) -> Palette:
        if self._palette is None:
            base = self.rich_style
            part = self.get_component_rich_style
            self._palette = Palette(
                body=base,
                status=base + part("response--status", partial=True),
                name=base + part("response--name", partial=True),
                escape=part("response--escape", partial=True),
                offset=base + part("response--offset", partial=True),
                match=part("response--match"),
                current=part("response--current"),
            )
        return self._palette

    def notify_style_update(self) -> None:
        """Draw with the styles that hold now."""
        super().notify_style_update()
        self._palette = None
        self._strips.clear()

    # ── Selecting with the mouse ────────────────────────────────────────────────────────────────────────────────────

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Draw the selection."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The true characters that are selected, or in the hexadecimal view the bytes as pairs of digits."""
        if self._rows is None or self._source is None:
            return None
        start = self._byte_at(selection.start) if selection.start else 0
        stop = self._byte_at(selection.end) if selection.end else self._source.size
        data = self._source.read(start, min(max(0, stop - start), SELECTED_AT_MOST))
        if self.as_hex:
            return data.hex(" "), "\n"
        return data.decode(self.charset.codec, "backslashreplace"), "\n"

    def _byte_at(self, place: Offset) -> int:
        row = self._row(place.y)
        if self.as_hex:
            return byte_of_hex(row, self._per_row, place.x)
        return byte_of_text(row, self.charset.codec, place.x)

    # ── Moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_move(self, rows: int) -> None:
        """Go so many rows down, or up where it is negative."""
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Go so many pages down, or up; one row of the last page stays."""
        self.action_move(pages * max(1, self._height - 1))

    def action_shift(self, columns: int) -> None:
        """Go so many columns to the right, or to the left."""
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False)

    def action_start(self) -> None:
        """Go to the first byte."""
        self.scroll_to(0, 0, animate=False)

    def action_end(self) -> None:
        """Go to the last row, which is laid out for that; nothing between is."""
        if self._rows is not None:
            self._move_to(max(0, self._settled(self._rows.total - 1) + 1 - self._height))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Settle what came into view."""
        super().watch_scroll_y(old_value, new_value)
        self._settle()

    def watch_wrap(self) -> None:
        """Cut the rows anew, at the same place."""
        self._lay_out(self.top)

    def watch_as_hex(self) -> None:
        """Cut the rows anew, at the same place."""
        self._lay_out(self.top)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - only that it happened matters
        """Cut the rows anew where the width decides, at the same place."""
        self._lay_out(self.top)

    def visible_rows(self) -> Iterator[str]:
        """The text of the rows in view."""
        for y in range(self._height):
            yield self.render_line(y).text.rstrip()
