"""How facts become `Content`: the only way by which text from outside reaches a widget.

Every function here passes what it is given through `printable`, so that neither markup nor control characters nor
bidirectional overrides of a stranger are ever interpreted.
"""

from collections.abc import Iterable

from textual.content import Content

from tlsglass.text import printable

HANG = 2
"""Cells further in at which a line goes on that has others of ours below it."""

LONGEST = 262_144
"""Characters of one value that the detail pane shows: more than any field of a certificate that a server may send."""


def plain(text: str, style: str = "", *, limit: int = LONGEST) -> Content:
    """One line of text from anywhere, made printable.

    Args:
        text: what to show.
        style: a style of the theme.
        limit: how many characters are shown.

    Returns:
        Content without line breaks.
    """
    return Content.styled(printable(text, limit=limit), style) if style else Content(printable(text, limit=limit))


def row(left: Content, right: Content, width: int, *, gap: int = 2) -> Content:
    """One line with something at both ends; the left is cut with … where both don't fit.

    Args:
        left: what begins the line.
        right: what ends it.
        width: cells of the line.
        gap: cells that stay free between the two at least.

    Returns:
        Content of exactly that width, unless the right alone is wider, which then is left out.
    """
    room = width - right.cell_length - (gap if right else 0)
    if room < min(left.cell_length, width // 3):
        return cut(left, width).pad_right(max(0, width - min(left.cell_length, width)))
    left = cut(left, room)
    return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)


def cut(content: Content, width: int) -> Content:
    """One line, cut with … where it is wider than the cells there are."""
    return content.truncate(max(0, width), ellipsis=True) if content.cell_length > width else content


def indented(content: Content, width: int, indent: int, *, hang: int = 0) -> list[Content]:
    """A paragraph, wrapped and moved to the right.

    Args:
        content: the paragraph.
        width: cells of the whole line.
        indent: cells before each line.
        hang: further cells before all but the first, so that what goes on can't pass for the next line of ours.

    Returns:
        A line each.
    """
    fits = content.cell_length <= width - indent
    first, *rest = content.wrap(max(8, width - indent - (0 if fits else hang)))
    return [Content(" " * indent) + first, *(Content(" " * (indent + hang)) + line for line in rest)]


def stack(parts: Iterable[Content]) -> Content:
    """Lines put under each other."""
    return Content("\n").join(parts)


def size(count: int) -> str:
    """A number of bytes as a person reads it: `1.3 kB`, `52.4 MB`. Decimal, as network tools have it."""
    if count < 1000:  # noqa: PLR2004 - the SI prefix begins there
        return f"{count} B"
    number, unit = count / 1000, "kB"
    for larger in ("MB", "GB"):
        if number < 999.95:  # noqa: PLR2004 - what would round to 1000.0 takes the next unit
            break
        number, unit = number / 1000, larger
    return f"{number:.1f} {unit}"


def duration(seconds: float) -> str:
    """A time as a person reads it: `0.4 ms`, `31 ms`, `1.25 s`."""
    milliseconds = seconds * 1000
    if milliseconds < 1:
        return f"{milliseconds:.1f} ms"
    if milliseconds < 999.5:  # noqa: PLR2004 - what would round to 1000 is a second
        return f"{milliseconds:.0f} ms"
    return f"{seconds:.2f} s"
