"""A field's bytes where they lie in their certificate, with their neighbours."""

from textual.content import Content

from tlsglass.x509.model import Span

_GROUP = 8
"""Bytes after which a gap helps the eye to count."""

_ROWS = 64
"""Rows shown of one field; a longer one is cut, since what follows is hardly read by eye."""


def hex_dump(data: bytes, span: Span, width: int) -> list[Content]:
    """The rows that hold a field, its own bytes standing out.

    Args:
        data: the whole certificate in DER.
        span: where the field lies in it.
        width: cells of a line; the text column is left out where it doesn't fit.

    Returns:
        A line a row of 16 bytes, or of 8 on a narrow screen: offset, bytes, and the characters that they are in ASCII.
    """
    per_row = 16 if width >= 8 + 2 + 16 * 3 else 8
    with_text = width >= 8 + 2 + per_row * 3 + 1 + 1 + per_row
    start = span.start - span.start % per_row
    end = min(len(data), span.end)
    rows = [
        _row(data, offset, per_row, span, with_text=with_text)
        for offset in range(start, min(end, start + _ROWS * per_row), per_row)
    ]
    left_out = end - (start + _ROWS * per_row)
    if left_out > 0:
        rows.append(Content.styled(f"… and {left_out:,} more bytes", "$text-muted"))
    return rows


def _row(data: bytes, offset: int, per_row: int, span: Span, *, with_text: bool) -> Content:
    cells: list[Content | tuple[str, str]] = [(f"{offset:08x}  ", "$foreground-quiet")]
    characters: list[tuple[str, str]] = []
    for index in range(offset, offset + per_row):
        middle = (index + 1) % per_row == per_row // 2 == _GROUP
        gap = "  " if middle else " "
        if index >= len(data):
            cells.append((f"  {gap}", ""))
            continue
        inside = span.start <= index < span.end
        # The field's content is told apart from its tag and length, so that one sees where each part of the TLV is.
        style = "$foreground-quiet"
        if inside:
            style = "bold $text-accent" if index >= span.start + span.header else "$text-warning"
        joined = inside and index + 1 < span.end
        cells.append((f"{data[index]:02x}", style))
        cells.append((gap, style if joined else ""))
        character = chr(data[index]) if 0x20 <= data[index] < 0x7F else "."  # noqa: PLR2004 - the printable ASCII
        characters.append((character, style))
    if with_text:
        cells.extend((Content(" "), *characters))
    return Content.assemble(*cells)
