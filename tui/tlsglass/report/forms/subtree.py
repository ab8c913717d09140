"""A line and all lines below it as JSON."""

from tlsglass.report.asn1 import span_of
from tlsglass.report.json_parts import Json, problem_json
from tlsglass.report.lines import Node

MOST_LINES = 20_000
"""Lines that are written; what lies below is counted and left out."""


def subtree_json(line: Node) -> Json:
    """A line as the tree shows it, with its bytes' place and everything below it.

    Args:
        line: any line of the outline.
    """
    return _line(line, [MOST_LINES])


def _line(line: Node, left: list[int]) -> Json:
    left[0] -= 1
    shown: Json = {"key": line.key, "label": line.label, "value": line.field.value if line.field else line.summary}
    if line.note:
        shown["note"] = line.note
    span = span_of(line) if line.der else None
    if span is not None:
        shown |= {"offset": span.start, "header_length": span.header, "end": span.end, "tag": span.tag}
    if line.field is not None and line.field.problems:
        shown["problems"] = [problem_json(problem) for problem in line.field.problems]
    if line.findings:
        shown["findings"] = [str(finding.code) for finding in line.findings]
    children = [_line(child, left) for child in line.children if left[0] > 0]
    if children:
        shown["children"] = children
    if len(children) < len(line.children):
        shown["left_out"] = len(line.children) - len(children)
    return shown
