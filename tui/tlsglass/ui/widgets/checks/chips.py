"""How many rows of each kind there are, to be clicked: only they are shown then."""

from collections.abc import Sequence

from textual.content import Content

from tlsglass.trust.model import Severity
from tlsglass.ui.judgements import MARKS
from tlsglass.ui.widgets.checks.rows import Kind, Row
from tlsglass.ui.widgets.words import Words

KIND_MARKS: dict[Kind, tuple[str, str]] = {
    Kind.ERROR: MARKS[Severity.ERROR],
    Kind.WARNING: MARKS[Severity.WARNING],
    Kind.NOTICE: MARKS[Severity.NOTICE],
    Kind.PASSED: MARKS[None],
    Kind.NOT_CHECKED: ("\N{EN DASH}", "$text-muted"),
}
"""The mark of each kind and its colour."""

_KEYS = {Kind.ERROR: "e", Kind.WARNING: "w", Kind.NOTICE: "n", Kind.PASSED: "p", Kind.NOT_CHECKED: "u"}
_PLURALS = frozenset({Kind.ERROR, Kind.WARNING, Kind.NOTICE})


class FilterChip(Words):
    """How many rows of a kind there are; a click shows only them, a second one all again."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FilterChip {
        width: auto;
        margin-right: 1;
        padding: 0 1;
        pointer: pointer;
        &:hover { background: $block-hover-background; }
        &.-only { background: $block-cursor-blurred-background; text-style: bold; }
    }
    """

    def __init__(self, kind: Kind) -> None:
        """Make the chip of a kind."""
        super().__init__(id=f"only-{kind.name.lower().replace('_', '-')}")
        self.kind = kind
        """The rows that it counts."""

    def count(self, rows: Sequence[Row], only: Kind | None) -> None:
        """Show how many rows are of the kind; one without any takes no room.

        Args:
            rows: all rows.
            only: the kind that is shown alone; None where all are.
        """
        number = sum(row.kind is self.kind for row in rows)
        word = self.kind.value[:-1] if self.kind in _PLURALS and number == 1 else self.kind.value
        self.say(Content.assemble(KIND_MARKS[self.kind], f" {number} {word}"))
        self.tooltip = f"Show only these ({_KEYS[self.kind]})"
        self.display = number > 0
        self.set_class(self.kind is only, "-only")
