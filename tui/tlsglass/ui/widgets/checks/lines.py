"""How the lines of the checks panel are drawn: the headings of the groups, and their rows."""

from collections.abc import Mapping

from textual.content import Content

from tlsglass.trust.clients.model import ClientStanding
from tlsglass.trust.model import Finding
from tlsglass.ui import content
from tlsglass.ui.widgets.checks.chips import KIND_MARKS
from tlsglass.ui.widgets.checks.rows import Group, Kind, Row

_NAME_CELLS = 22
_LABEL_CELLS = 22
_FAMILY_CELLS = 34
_HEADING_CELLS = 24
_SAID_AT = 42
"""The column from which a closed group says what is in it."""

_WIDE = 96
"""Cells from which the column with the certificate's label is shown."""

_LONGEST = 400
_GAP = 2
"""Cells between what is said and its reference."""


def heading(group: Group, width: int, *, is_open: bool | None) -> Content:
    """The heading of a group: what it is about, how many rows of each kind, and of a closed one what it says.

    Args:
        group: the group.
        width: cells of the line.
        is_open: whether all its rows are shown; None where there is nothing that could be hidden.
    """
    sign = {True: "▾ ", False: "▸ ", None: "  "}[is_open]
    title = Content.styled(group.topic.value, "bold")
    numbers = ((KIND_MARKS[kind], group.count(kind)) for kind in Kind)
    counts = [Content.styled(f"{symbol} {number}", style) for (symbol, style), number in numbers if number]
    counted = Content("  ").join(counts)
    shown = Content.assemble(sign, title.pad_right(max(0, _HEADING_CELLS - title.cell_length)), counted)
    says = group.note if is_open or group.findings else group.summary or group.rows[0].said
    if not says:
        return content.cut(shown, width)
    gap = max(2, _SAID_AT - shown.cell_length)
    said = content.plain(says, "$text-muted", limit=_LONGEST)
    return content.cut(Content.assemble(shown, " " * gap, said), width)


def line(row: Row, labels: Mapping[str, str], width: int) -> Content:
    """A row as it is drawn.

    Args:
        row: what to draw.
        labels: what certificates are called, by their SHA-256.
        width: cells of the line.
    """
    symbol, style = KIND_MARKS[row.kind]
    indent = "    " if row.follows else "  "
    cells_of_name = _FAMILY_CELLS if width >= _WIDE and isinstance(row.item, ClientStanding) else _NAME_CELLS
    column = cells_of_name + 2 - len(indent)
    cells: list[Content | str | tuple[str, str]] = [indent, (f"{symbol} ", style), _cell(row.name, column, "bold")]
    label = labels.get(row.item.certificate or "") if isinstance(row.item, Finding) else None
    if width >= _WIDE and label is not None:
        cells += ["  ", _cell(label, _LABEL_CELLS, "$text-muted")]
    cells += ["  ", content.plain(row.said, limit=_LONGEST)]
    shown = Content.assemble(*cells)
    return content.row(shown, _reference(row, width - shown.cell_length - _GAP, width), width, gap=_GAP)


def _reference(row: Row, room: int, width: int) -> Content:
    """As much of the reference as leaves what is said whole; where nothing does, the first one on a wide line only.

    Args:
        row: what is drawn; an address is read in full, not in a line.
        room: cells that are left of the line.
        width: cells of the line.
    """
    if row.reference.startswith("https://"):
        return Content("")
    first = row.reference.partition(", ")[0]
    shown = next((each for each in (row.reference, first) if len(each) <= room), first if width >= _WIDE else "")
    return content.plain(shown, "$text-muted", limit=60)


def _cell(text: str, width: int, style: str) -> Content:
    shown = content.cut(content.plain(text, style, limit=200), width)
    return shown.pad_right(width - shown.cell_length)
