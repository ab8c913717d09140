"""Where each byte of a hex view stands, and which byte stands where."""

from tlsglass.frozen import dataclass

_FEWEST_DIGITS = 4
_PAIR = 2
_FEW = 8
_MANY = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class HexRows:
    """How bytes are laid out: offset, the bytes in hex, and the characters that they are in ASCII."""

    digits: int
    """Hex digits of an offset."""

    per_row: int
    """Bytes of a row."""

    grouped: int
    """Bytes that stand together without a gap."""

    @property
    def hex_at(self) -> int:
        """The cell of the first byte."""
        return self.digits + (1 if self.grouped > 1 else 2)

    @property
    def text_at(self) -> int:
        """The cell of the first character."""
        return self.cell(self.per_row - 1) + _PAIR + 1 + (self.grouped == 1)

    @property
    def width(self) -> int:
        """Cells of a row."""
        return self.text_at + self.per_row

    def cell(self, index: int) -> int:
        """The cell of a byte's first digit.

        Args:
            index: which byte of its row.
        """
        gaps = index // self.grouped + (index >= _FEW if self.grouped == 1 else 0)
        return self.hex_at + index * _PAIR + gaps

    def index_at(self, cell: int) -> int | None:
        """Which byte of a row stands at a cell, in hex or as a character; None left and right of all."""
        if cell >= self.text_at:
            index = cell - self.text_at
            return index if index < self.per_row else None
        return next((index for index in reversed(range(self.per_row)) if self.cell(index) <= cell), None)


def page_top(element: int, cursor: int, height: int) -> int:
    """The first row in sight. Pages turn by half of what is in sight, so that what is looked at has room below it.

    It depends on nothing that was in sight before: however one comes to a byte, it stands in the same place.

    Args:
        element: the row where what is looked at begins.
        cursor: the row that the cursor is in.
        height: rows in sight.

    Returns:
        Where the element's page begins, or the cursor's where that one doesn't show the cursor.
    """
    turn = max(1, height // 2)
    top = element // turn * turn
    return top if top <= cursor < top + height else cursor // turn * turn


def hex_rows(size: int, width: int) -> HexRows:
    """The roomiest layout that fits.

    Args:
        size: how many bytes there are.
        width: cells that there are.

    Returns:
        Sixteen bytes a row where they fit, with a gap after each or else after every other one; else eight.
    """
    digits = max(_FEWEST_DIGITS, len(f"{max(0, size - 1):x}"))
    for per_row, grouped in ((_MANY, 1), (_MANY, _PAIR), (_FEW, 1)):
        rows = HexRows(digits=digits, per_row=per_row, grouped=grouped)
        if rows.width <= width:
            return rows
    return HexRows(digits=digits, per_row=_FEW, grouped=_PAIR)
