"""Lines found by key, finding and byte."""

from dataclasses import replace
from functools import partial

from tests.report.samples import LEAF, ROOT, TRUST, TRUSTED, finding
from tlsglass.report.lines import Node, Nodes
from tlsglass.report.lookup import find_line, line_at, trail
from tlsglass.report.outline import outline
from tlsglass.trust.model import FindingCode

EXPIRED = finding(FindingCode.EXPIRED)


def test_the_way_to_a_line() -> None:
    """From the anchor down."""
    lines = outline(TRUSTED)
    way = trail(lines, f"{LEAF.sha256}/subject")
    assert [line.label for line in way] == ["Root", "Middle", LEAF.label, "Subject"]
    assert trail(lines, "nowhere") == ()


def test_only_what_is_needed_is_made() -> None:
    """Of a thousand lines the one that is looked for, or the first, which may be a path."""
    made: list[int] = []

    def maker(number: int) -> Node:
        made.append(number)
        child = Node(key=f"k{number}/a", label="", summary="")
        found = replace(EXPIRED, certificate=f"k{number}")
        return Node(key=f"k{number}", label="", summary="", findings=(found,), children=(child,))

    lines = Nodes([partial(maker, number) for number in range(1000)], [f"k{number}" for number in range(1000)])
    assert [line.key for line in trail(lines, "k7/a")] == ["k7", "k7/a"]
    assert trail(lines, "other") == ()
    assert find_line(lines, replace(EXPIRED, certificate="k9")) == "k9"
    assert find_line(lines, replace(EXPIRED, certificate="k9", field="x")) is None
    nested = Node(key="outer", label="", summary="", children=(lines[9],))
    assert find_line((nested,), replace(EXPIRED, certificate="k9")) == "k9"
    assert sorted(set(made)) == [0, 7, 9]
    assert trail(Nodes([], []), "k") == ()
    assert [line.key for line in lines.part(2, 4)] == ["k2", "k3"]


def test_the_innermost_line_of_a_byte() -> None:
    """Each field's first byte belongs to it or to something in it; bytes of nothing to the certificate."""
    lines = outline(TRUSTED)
    whole = trail(lines, LEAF.sha256)[-1]
    subject = next(child for child in whole.children if child.label == "Subject")
    assert subject.field is not None
    assert subject.field.span is not None
    found = line_at(whole, subject.field.span.end - 1)
    assert found.key.startswith(subject.key)
    assert line_at(whole, 0) is whole
    root = lines[0]
    assert root.certificate is ROOT
    assert line_at(root, subject.field.span.start).certificate is ROOT
    assert TRUST.path
