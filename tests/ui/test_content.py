"""How facts become content: nothing of a stranger is interpreted, and lines have the width that they are given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from tlsglass.ui import content

HOSTILE = "[/x] [bold]no[/bold] \x1b[31mred\x9b31m \u202eback \x07"


def test_markup_and_controls_stay_visible_text() -> None:
    """Brackets stand as they are; whatever a terminal would act on is escaped."""
    shown = content.plain(HOSTILE).plain
    assert "[bold]no[/bold]" in shown
    assert shown.isprintable()
    assert r"\x1b" in shown
    assert r"\u202e" in shown


def test_no_value_breaks_its_line() -> None:
    """Neither a line feed nor a carriage return, which would overwrite what stands before it."""
    assert content.plain("a\r\nb\x0bc").plain == "a\\x0d\\x0ab\\x0bc"


def test_long_values_are_cut_with_a_count() -> None:
    """What is left out is said."""
    assert content.plain("x" * 50 + "\n" + "y" * 50, limit=60).plain.endswith("… and 41 more")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(left=st.text(max_size=40), right=st.text(max_size=40), width=st.integers(1, 80))
def test_a_row_never_exceeds_its_width(left: str, right: str, width: int) -> None:
    """However long both ends are, the line fits."""
    assert content.row(content.plain(left), content.plain(right), width).cell_length <= width


def test_a_row_puts_its_ends_at_the_edges() -> None:
    """The right end is aligned, the left one is cut for it."""
    row = content.row(Content("left"), Content("right"), 20)
    assert row.plain == "left           right"
    assert content.row(Content("l" * 30), Content("right"), 20).plain == "l" * 12 + "…  right"


@settings(derandomize=True, max_examples=100, deadline=None)
@given(text=st.text(max_size=200), width=st.integers(12, 60), indent=st.integers(0, 4))
def test_an_indented_paragraph_fits(text: str, width: int, indent: int) -> None:
    """Each line begins with the indent and fits into the width."""
    for line in content.indented(content.plain(text), width, indent):
        assert line.cell_length <= width
        assert line.plain.startswith(" " * indent)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1256, "1.3 kB"), (999_960, "1.0 MB"), (52_428_800, "52.4 MB")],
)
def test_sizes(count: int, shown: str) -> None:
    """Decimal units, one digit."""
    assert content.size(count) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.0004, "0.4 ms"), (0.031, "31 ms"), (0.9994, "999 ms"), (0.9996, "1.00 s"), (2.5, "2.50 s")],
)
def test_durations(seconds: float, shown: str) -> None:
    """In the unit that a person would take."""
    assert content.duration(seconds) == shown


def test_what_goes_on_hangs() -> None:
    """So that it can't pass for the next line of ours; what fits is as wide as it may be."""
    assert [line.plain for line in content.indented(Content("one two three"), 11, 1, hang=2)] == [
        " one two",
        "   three",
    ]
    assert [line.plain for line in content.indented(Content("one two"), 8, 1, hang=2)] == [" one two"]
