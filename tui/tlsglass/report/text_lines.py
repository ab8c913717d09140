"""The lines of the text report, before they are fitted to a width."""

from tlsglass.report.paint import Style
from tlsglass.text import printable

Line = tuple[str, str, Style]
"""What stands before the text (further lines are indented by its width), the text, the colour of both."""

VALUE_LIMIT = 400
"""Characters of a value that are shown."""

COLUMN = 14
"""How wide the column of labels is."""


def fact(label: str, value: str) -> Line:
    """A label and what it stands for; a value from outside is made printable."""
    return f"  {label:{COLUMN}}", printable(value, limit=VALUE_LIMIT) or "-", Style.PLAIN
