"""The certificate tree: the chain as an outline, each certificate opening to its fields.

Lines are made when their parent is opened, so that 500 names cost nothing until someone looks, and what a line of a
file says is read when it comes in sight. What is open and where the cursor stands is remembered by key, since the
outline is made anew whenever an event adds to what is known.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tlsglass.report.lines import Node, Nodes
from tlsglass.report.lookup import trail
from tlsglass.text import printable
from tlsglass.trust.model import Severity
from tlsglass.ui.judgements import MARKS

_COMPONENTS: dict[Severity | None, str] = {
    Severity.ERROR: "certificate-tree--error",
    Severity.WARNING: "certificate-tree--warning",
    Severity.NOTICE: "certificate-tree--quiet",
    None: "certificate-tree--good",
}
_LABEL_CELLS = (9, 22)
"""The narrowest and the widest column of labels."""

_SHOWN = 512
"""Characters of a summary that are looked at: more than any line has cells."""

_ALIGNED = 200
"""Lines with one parent that share a column of labels."""

_LOUD = frozenset({Severity.ERROR, Severity.WARNING})


class Line:
    """One line on the screen; its node is made when it is drawn or opened."""

    __slots__ = ("_at", "_lines", "key")

    def __init__(self, lines: Sequence[Node], at: int) -> None:
        """Stand for one of some lines.

        Args:
            lines: all lines with the same parent.
            at: which of them.
        """
        self.key = lines.keys[at] if isinstance(lines, Nodes) else lines[at].key
        """The key of the node, known before it is made."""

        self._lines = lines
        self._at = at

    @property
    def node(self) -> Node:
        """The outline's line."""
        return self._lines[self._at]

    @property
    def opens(self) -> bool:
        """Whether there are lines below it. What a file holds is taken to have some before anybody looks."""
        if isinstance(self._lines, Nodes) and "/" not in self.key:
            return not self.key.startswith(("note.", "key."))
        return bool(self.node.children)

    @property
    def labels(self) -> Iterable[Node]:
        """The lines that share its column of labels."""
        return self._lines[:_ALIGNED]


class CertificateTree(Tree[Line]):
    """Draws the outline, and says which of its lines the cursor is on."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    BINDING_GROUP_TITLE = "Certificates"
    BINDINGS = [
        Binding("right", "open_line", "Open", show=False, id="tree.open", tooltip="Open the line or go into it"),
        Binding(
            "left", "close_line", "Close", show=False, id="tree.close", tooltip="Close the line or go to its parent"
        ),
    ]
    COMPONENT_CLASSES = {
        "certificate-tree--error",
        "certificate-tree--warning",
        "certificate-tree--good",
        "certificate-tree--quiet",
        "certificate-tree--label",
    }
    DEFAULT_CSS = """
    CertificateTree {
        padding: 0 1;
        background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { background-tint: $foreground 0%; }
        & > .certificate-tree--error { color: $text-error; }
        & > .certificate-tree--warning { color: $text-warning; }
        & > .certificate-tree--good { color: $text-success; }
        & > .certificate-tree--quiet { color: $foreground-quiet; }
        & > .certificate-tree--label { color: $foreground-quiet; }
    }
    """

    class Pointed(Message):
        """The cursor came to a line, or the line under it changed."""

        def __init__(self, node: Node | None) -> None:
            """Make the message.

            Args:
                node: the outline's line; None where the tree is empty.
            """
            super().__init__()
            self.node = node
            """The outline's line; None where the tree is empty."""

    def __init__(self) -> None:
        """Make an empty tree."""
        super().__init__(Text("chain"), id="tree")
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.root.expand()
        self._outline: Sequence[Node] = ()
        self._columns: dict[int, int] = {}
        """Cells of the labels below each line that was drawn."""

        self._judged = False
        self._open: set[str] = set()
        self._kept: tuple[set[str], str | None] = (set(), None)
        self._placed: str | None = None
        """The key to which the cursor was last moved by us."""

        self._chosen: str | None = None
        """The key to which the reader moved the cursor; kept while the same site is looked at again."""

    @property
    def pointed(self) -> Node | None:
        """The outline's line that the cursor is on."""
        line = self.cursor_node.data if self.cursor_node is not None else None
        return line.node if line is not None else None

    def forget(self) -> None:
        """Empty the tree for another site; nothing stays open."""
        self._open.clear()
        self.show(())
        self._placed = self._chosen = None

    def remember(self) -> None:
        """Keep what is open and where the cursor stands, for when the same lines are shown again."""
        pointed = self.pointed
        self._kept = (set(self._open), pointed.key if pointed is not None else None)
        self._open = set()
        self._leave()

    def recall(self) -> None:
        """Take up what was kept."""
        self._leave()
        self._open, self._chosen = self._kept

    def _leave(self) -> None:
        """Let no line of what was shown count as the one that the reader is at."""
        self.clear()
        self.move_cursor(None)
        self._placed = self._chosen = None

    def open_line(self, key: str) -> None:
        """Let a line be open from when it is next drawn."""
        self._open.add(key)

    def show(self, outline: Sequence[Node], *, judged: bool = False, point_at: str | None = None) -> None:
        """Draw another state of the outline.

        What was open stays open, and the cursor stays where the reader put it.

        Args:
            outline: the top lines.
            judged: whether the chain was judged, so that a line without a finding may be called good.
            point_at: the key of the line that the cursor goes to unless the reader has moved it.
        """
        before = self.pointed
        if before is not None and before.key != self._placed:
            self._chosen = before.key
        self._outline, self._judged = outline, judged
        chosen = self._chosen if self._chosen is not None and trail(outline, self._chosen) else None
        wanted = chosen or point_at  # where the reader was may be gone, as what is supposed away is
        if wanted is not None:
            self._open.update(above.key for above in trail(outline, wanted)[:-1])
        self._columns.clear()
        self.clear()
        self.move_cursor(None)  # else the line that is gone would still count as pointed at
        self._fill(self.root, self._outline)
        self._place(wanted)

    def open_at(self, key: str) -> bool:
        """Move the cursor to a line, opening what is above it.

        Args:
            key: the key of the outline's line.

        Returns:
            Whether there is such a line.
        """
        way = trail(self._outline, key)
        if not way:
            return False
        for ancestor in way[:-1]:
            self._open.add(ancestor.key)
            node = self._find(ancestor.key)
            if node is not None:
                self._fill_once(node)
                node.expand()
        self._chosen = key
        self._place(key)
        return True

    def action_open_line(self) -> None:
        """Open the line under the cursor; where it is open, go to the first line in it."""
        node = self.cursor_node
        if node is None or not node.allow_expand:
            return
        if node.is_expanded:
            self.action_cursor_down()
        else:
            node.expand()

    def action_close_line(self) -> None:
        """Close the line under the cursor; where it is closed, go to the line above it."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and not node.parent.is_root:
            self.move_cursor(node.parent)

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Line]) -> None:
        """Make the lines of what was opened."""
        if event.node.data is not None:
            self._open.add(event.node.data.key)
            self._fill_once(event.node)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Line]) -> None:
        """Remember that it was closed."""
        if event.node.data is not None:
            self._open.discard(event.node.data.key)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Line]) -> None:
        """Say where the cursor is; a line of an outline that is gone doesn't count."""
        if event.node is self.cursor_node:
            self.post_message(self.Pointed(self.pointed))

    def render_label(self, node: TreeNode[Line], base_style: Style, style: Style) -> Text:
        """One line: arrow, mark, label, value, and the note at the right edge, cut to the cells that there are."""
        if node.data is None:
            return Text("")
        shown = node.data.node
        depth = -1
        above: TreeNode[Line] | None = node
        while above is not None and not above.is_root:
            depth, above = depth + 1, above.parent
        width = max(8, self.scrollable_content_region.width - depth * self.guide_depth)
        icon = (self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE) if node.allow_expand else "  "
        text = Text()
        text.append(icon, style=base_style + self._style("certificate-tree--quiet") + Style(meta={"toggle": True}))
        note = Text(printable(shown.note, limit=40), style=style + self._style("certificate-tree--quiet"))
        body = self._field(node, shown) if shown.field is not None and "/" in shown.key else self._heading(shown)
        room = width - len(icon)
        if note:
            # What it is matters more than where it is from: a long name takes its room from the note.
            taken = max(room - note.cell_len - 2, min(body.cell_len, room * 2 // 3))
            note.truncate(max(0, room - taken - 2), overflow="ellipsis")
            room = taken
        body.truncate(max(0, room), overflow="ellipsis")
        body.stylize_before(style)
        text.append_text(body)
        if note:
            text.append(" " * max(2, width - text.cell_len - note.cell_len), style=style)
            text.append_text(note)
        else:
            text.append(" " * max(0, width - text.cell_len), style=style)
        return text

    def get_label_width(self, node: TreeNode[Line]) -> int:  # noqa: ARG002 - the base's signature
        """Nothing: lines are cut to the width that there is, so none of them asks for more."""
        return 0

    def _heading(self, shown: Node) -> Text:
        """A certificate or a line about the chain: mark, label, and what it says."""
        body = Text()
        if shown.mark is not None or (self._judged and shown.certificate is not None):
            body.append(f"{MARKS[shown.mark][0]} ", style=self._style(_COMPONENTS[shown.mark]))
        elif shown.certificate is not None:
            body.append("  ")
        body.append(printable(shown.label, limit=_SHOWN), style=Style(bold=shown.certificate is not None))
        if shown.summary:
            body.append("  ")
            body.append(printable(shown.summary, limit=_SHOWN), style=self._style("certificate-tree--quiet"))
        return body

    def _field(self, node: TreeNode[Line], shown: Node) -> Text:
        """A field: its label in a column that all its siblings share, its value beside it."""
        column = self._column(node)
        mark = f"{MARKS[shown.mark][0]} " if shown.mark is not None else ""
        body = Text()
        if mark:
            body.append(mark, style=self._style(_COMPONENTS[shown.mark]))
        # Quiet on the cursor's background would be hard to read.
        quiet = Style() if node is self.cursor_node else self._style("certificate-tree--label")
        label = Text(printable(shown.label, limit=_SHOWN), style=quiet)
        label.truncate(max(1, column - len(mark)), overflow="ellipsis", pad=True)
        body.append_text(label)
        if shown.summary:
            style = self._style(_COMPONENTS[shown.mark]) if shown.mark in _LOUD else Style()
            body.append("  ")
            body.append(printable(shown.summary, limit=_SHOWN), style=style)
        return body

    def _column(self, node: TreeNode[Line]) -> int:
        """Cells for the label of a line: as many as for all that have the same parent."""
        parent = node.parent
        if parent is None or node.data is None:
            return _LABEL_CELLS[0]
        if parent.id not in self._columns:
            self._columns[parent.id] = _label_cells(line for line in node.data.labels if line.field is not None)
        return self._columns[parent.id]

    def _style(self, component: str) -> Style:
        """A colour of the theme as the tree's lines want it: without the background, which the cursor may set."""
        return Style(color=self.get_component_rich_style(component, partial=True).color)

    def _fill(self, parent: TreeNode[Line], nodes: Sequence[Node]) -> None:
        for at in range(len(nodes)):
            line = Line(nodes, at)
            opens = line.opens
            opened = opens and line.key in self._open
            added = parent.add("", line, expand=opened, allow_expand=opens)
            if opened:
                self._fill(added, line.node.children)

    def _fill_once(self, parent: TreeNode[Line]) -> None:
        if parent.data is not None and not parent.children:
            self._fill(parent, parent.data.node.children)

    def _find(self, key: str) -> TreeNode[Line] | None:
        return next((line for line in _lines(self.root) if line.data is not None and line.data.key == key), None)

    def _place(self, key: str | None) -> None:
        """Put the cursor on a line and say so: its content may be new though the line is the same."""
        place = (self._find(key) if key is not None else None) or next(iter(self.root.children), None)
        if self._chosen is None:
            self._placed = place.data.key if place is not None and place.data is not None else None
        if place is not None and self.last_line >= 0:  # asking for the last line numbers them, which moving needs
            self.move_cursor(place)
            height = self.scrollable_content_region.height
            if self._chosen is None and self.last_line >= height:
                # The reader has not looked around yet: what the cursor is on should have its own lines below it.
                self.scroll_to(y=max(0, place.line - height // 3), animate=False)
        self.post_message(self.Pointed(place.data.node if place is not None and place.data is not None else None))


def _label_cells(siblings: Iterable[Node]) -> int:
    """Cells for the labels of these lines, marks included."""
    wide = max((len(node.label) + (2 if node.mark is not None else 0) for node in siblings), default=0)
    narrowest, widest = _LABEL_CELLS
    return max(narrowest, min(widest, wide))


def _lines(node: TreeNode[Line]) -> Iterator[TreeNode[Line]]:
    """The lines that are made so far."""
    for child in node.children:
        yield child
        yield from _lines(child)
