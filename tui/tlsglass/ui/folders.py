"""Very many lines put into folders, so that a tree of them opens at once and any of them is a few keys away."""

from collections.abc import Sequence
from functools import partial

from tlsglass.report.lines import Node, Nodes

MOST_LINES = 1_000
"""Lines that stand beside each other without folders."""

FOLDER = 100
"""Lines in a folder."""


def folded(lines: Sequence[Node]) -> Sequence[Node]:
    """The same lines, in folders where there are very many.

    Args:
        lines: the top lines; none of them is made.
    """
    if not isinstance(lines, Nodes) or len(lines) <= MOST_LINES:
        return lines
    starts = range(0, len(lines), FOLDER)

    def place_of(key: str) -> int | None:
        if key.startswith("folder."):
            return int(key.removeprefix("folder."))
        place = lines.place_of(key)
        return place // FOLDER if place is not None else None

    return Nodes([partial(_folder, lines, start) for start in starts], [_key(start) for start in starts], place_of)


def _key(start: int) -> str:
    return f"folder.{start // FOLDER}"


def _folder(lines: Nodes, start: int) -> Node:
    stop = min(start + FOLDER, len(lines))
    return Node(
        key=_key(start),
        label=f"{start + 1:,} to {stop:,}",
        summary=f"of {len(lines):,}",
        children=lines.part(start, stop),
    )
