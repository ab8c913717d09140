"""Lines that are wanted some rows above or below of where they stand, as when a list scrolls."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tlsglass.ui.pen import BLANK, UNKNOWN, Cell

Lines = Mapping[int, list[Cell]]
"""The cells of each row, as far as they are known."""

_FEWEST = 3
"""Lines that must have moved for it to be worth a thought."""

_GAP = 3
"""Rows in between that may look different, as the line under the cursor does."""

_LOOKED_AT = 5
"""The part of a line that it is known by: two fifths, so that a pane at the left may scroll beside another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Rows to move."""

    top: int
    """The first."""

    bottom: int
    """The last."""

    by: int
    """By how many they move up; down where it is negative."""

    def moved(self, shown: Lines) -> dict[int, list[Cell]]:
        """What stands in the rows afterwards: what was there before, elsewhere, and blank lines."""
        rows = range(self.top, self.bottom + 1)
        return {row: list(shown[row + self.by]) if row + self.by in rows else [BLANK] * len(shown[row]) for row in rows}


def likely_shift(wanted: Lines, shown: Lines, changed: Iterable[int], width: int) -> Shift | None:
    """The rows that a shift brings most lines to where they are wanted; None where there are none.

    Args:
        wanted: what is to stand there.
        shown: what stands there.
        changed: rows in which they may differ.
        width: columns of the terminal.
    """
    before: dict[str, int] = {}
    for row, cells in shown.items():
        if (known := _known(cells)) is not None:
            before[known] = -1 if known in before else row  # what is there twice says nothing
    found = [
        (before[known] - row, row)
        for row in sorted(changed)
        if (known := _known(wanted[row])) is not None and before.get(known, -1) not in {-1, row}
    ]
    if len(found) < _FEWEST:
        return None
    ((by, votes),) = Counter(by for by, _ in found).most_common(1)
    group = _largest([row for other, row in found if other == by]) if votes >= _FEWEST else []
    if len(group) < _FEWEST:
        return None
    top, bottom = min(group[0], group[0] + by), max(group[-1], group[-1] + by)
    rows = range(top, bottom + 1)
    whole = all(_is_whole(lines.get(row), width) for lines in (wanted, shown) for row in rows)
    return Shift(top=top, bottom=bottom, by=by) if whole else None


def _known(cells: list[Cell]) -> str | None:
    """What a line is known by; None where that is too little."""
    text = "".join(text for text, _ in cells[: len(cells) * 2 // _LOOKED_AT])
    return text if text.strip() else None


def _largest(rows: list[int]) -> list[int]:
    """The most rows that are next to each other but for small gaps."""
    groups = [rows[:1]]
    for before, row in pairwise(rows):
        if row - before > _GAP:
            groups.append([])
        groups[-1].append(row)
    return max(groups, key=len)


def _is_whole(cells: list[Cell] | None, width: int) -> bool:
    """Whether all is known of a line."""
    return cells is not None and len(cells) == width and UNKNOWN not in cells
