"""Very many lines in folders."""

from functools import partial

from tlsglass.report.lines import Node, Nodes
from tlsglass.report.lookup import trail
from tlsglass.ui.folders import MOST_LINES, folded


def _lines(count: int, made: list[int]) -> Nodes:
    def maker(number: int) -> Node:
        made.append(number)
        return Node(key=f"k{number}", label=str(number), summary="")

    return Nodes([partial(maker, number) for number in range(count)], [f"k{number}" for number in range(count)])


def test_few_lines_stay_as_they_are() -> None:
    """So do those that are no list of a file."""
    lines = _lines(MOST_LINES, [])
    assert folded(lines) is lines
    assert folded(()) == ()


def test_very_many_lines_are_put_into_folders_and_none_is_made() -> None:
    """The last folder holds the rest; a key leads through its folder."""
    made: list[int] = []
    folders = folded(_lines(10_050, made))
    assert len(folders) == 101
    assert (folders[0].label, folders[100].label) == ("1 to 100", "10,001 to 10,050")
    assert folders[100].summary == "of 10,050"
    assert made == []
    assert [line.key for line in trail(folders, "k10049")] == ["folder.100", "k10049"]
    assert made == [10_049]
    assert [line.key for line in trail(folders, "folder.3")] == ["folder.3"]
    assert trail(folders, "none") == ()
