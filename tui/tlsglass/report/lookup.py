"""Lines of the outline, found by their key, by a finding, or by a byte; no more lines are made than need be."""

from collections.abc import Iterable, Sequence

from tlsglass.report.asn1 import asn1_key
from tlsglass.report.lines import Node, Nodes
from tlsglass.trust.model import Finding


def trail(lines: Sequence[Node], key: str) -> tuple[Node, ...]:
    """The way to a line from the top.

    Args:
        lines: the top lines.
        key: the key of the line.

    Returns:
        What it lies in, the topmost first, and then the line itself; nothing where there is none.
    """
    for line in _candidates(lines, key):
        if line.key == key:
            return (line,)
        below = trail(line.children, key)
        if below:
            return (line, *below)
    return ()


def find_line(lines: Sequence[Node], finding: Finding) -> str | None:
    """The key of the line that a finding is about.

    Args:
        lines: the top lines.
        finding: the finding.

    Returns:
        The deepest line that has it; None where it is about no line, as a protocol that is too old is.
    """
    for line in _candidates(lines, finding.certificate or ""):
        below = find_line(line.children, finding)
        if below is not None:
            return below
        if finding in line.findings:
            return line.key
    return None


def line_at(line: Node, offset: int) -> Node:
    """The innermost line that a byte belongs to.

    Args:
        line: the line of a certificate, or of what else has bytes.
        offset: of the byte, from the start of what the line shows.

    Returns:
        Of the lines whose bytes hold it the one with the fewest; the line itself where none below it has.
    """
    found, fewest = line, 0
    for below in _with_bytes(line, offset):
        span = below.field.span if below.field else None
        size = span.end - span.start if span else 0
        if not fewest or size <= fewest:
            found, fewest = below, size
    return found


def _with_bytes(line: Node, offset: int) -> Iterable[Node]:
    """All lines below one that belong to the same bytes and hold an offset."""
    children: Iterable[Node] = line.children
    if isinstance(children, Nodes):
        children = _candidates(children, asn1_key(line.key, offset))
    for child in children:
        if child.field is None or child.certificate != line.certificate or child.item is not line.item:
            continue
        span = child.field.span
        if span is not None and span.start <= offset < span.end:
            yield child
        yield from _with_bytes(
            child, offset
        )  # what a line holds may lie elsewhere, as the algorithm does that is signed


def _candidates(lines: Sequence[Node], key: str) -> Iterable[Node]:
    """The lines that may be what is looked for or lie above it."""
    if not isinstance(lines, Nodes):
        return lines
    place = lines.place_of(key)
    if place is not None:
        return (lines[place],)
    return (lines[0],) if lines else ()  # the path of a file that was judged holds several certificates
