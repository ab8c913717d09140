"""What is cut from a write looks, on a terminal, as all of it would have."""

import re
from dataclasses import dataclass

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.ui.thrift import Canvas, is_harmless

COLUMNS, ROWS = 24, 6
STYLES = (
    "",
    "1",
    "31",
    "44",
    "1;31;44",
    "38;5;200",
    "48;5;17",
    "38;2;1;2;3;48;2;4;5;6",
    "4;38;5;9",
    "7",
    "7;31;42",
    "97;104",
    "9;48;5;3",
    "39;49",
)


@dataclass(frozen=True)
class Write:
    """Text at a place in a style."""

    row: int
    column: int
    style: str
    text: str

    def __str__(self) -> str:
        """As Textual writes it."""
        text = self.text[: COLUMNS - self.column]
        styled = f"\x1b[{self.style}m{text}\x1b[0m" if self.style else text
        return f"\x1b[{self.row + 1};{self.column + 1}H{styled}"


def screen() -> tuple[pyte.Screen, pyte.Stream]:
    """A terminal, and where to write to it."""
    made = pyte.Screen(COLUMNS, ROWS)
    return made, pyte.Stream(made)


def looks(made: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What is seen in each cell; blank cells have no colour of text."""
    rows: list[list[tuple[object, ...]]] = []
    for row in range(ROWS):
        cells = [made.buffer[row][column] for column in range(COLUMNS)]
        rows.append(
            [
                (" ", cell.bg, False, False)
                if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough)
                else (cell.data, cell.bg, cell.reverse, cell.underscore, cell.strikethrough, cell.fg, cell.bold)
                for cell in cells
            ]
        )
    return rows


writes = st.builds(
    Write,
    row=st.integers(0, ROWS - 1),
    column=st.integers(0, COLUMNS - 2),
    style=st.sampled_from(STYLES),
    text=st.text(st.sampled_from("ab  é─✗▸"), min_size=1, max_size=COLUMNS),
)
frames = st.lists(st.lists(writes, min_size=1, max_size=6), min_size=1, max_size=8)


@given(frames, st.booleans(), st.integers(1, 3))
@settings(max_examples=400, deadline=None)
def test_the_terminal_looks_the_same(drawn: list[list[Write]], erases: bool, every: int) -> None:  # noqa: FBT001 - as hypothesis calls it
    """In each cell, whatever is written where, and also where several writes become one picture."""
    whole, whole_stream = screen()
    cut, cut_stream = screen()
    canvas = Canvas(erases_in_colour=erases)
    for number, frame in enumerate(drawn):
        data = "".join(map(str, frame)) + "\x1b[2;3H"
        whole_stream.feed(data)
        assert canvas.take(data)
        if number % every == 0:
            cut_stream.feed(canvas.drawn(COLUMNS))
            assert looks(cut) == looks(whole)
            assert (cut.cursor.x, cut.cursor.y) == (2, 1)
    cut_stream.feed(canvas.drawn(COLUMNS))
    assert looks(cut) == looks(whole)
    assert canvas.drawn(COLUMNS) == ""


def drawn(canvas: Canvas, *writes_: Write) -> str:
    """What is written for a frame."""
    assert canvas.take("".join(map(str, writes_)))
    return canvas.drawn(COLUMNS)


def test_what_is_there_is_not_written_again() -> None:
    """Nor is a style that is set, nor the colour of text on blanks."""
    canvas = Canvas(erases_in_colour=True)
    assert drawn(canvas, Write(0, 0, "31", "abc def")) == "\x1b[1;1H\x1b[31mabc def"
    assert drawn(canvas, Write(0, 0, "31", "abc def")) == ""
    assert drawn(canvas, Write(0, 0, "31", "abc deg")) == "\x1b[1;7H\x1b[31mg"
    assert drawn(canvas, Write(0, 0, "31;44", "abc deg")) == "\x1b[1;1H\x1b[31;44mabc deg"


def test_without_colours_attributes_are_left() -> None:
    """Of each style, also on blanks."""
    canvas = Canvas(erases_in_colour=True, colours=False)
    assert drawn(canvas, Write(0, 0, "1;38;5;9;44", "a b"), Write(1, 0, "7;31", "c ")) == (
        "\x1b[1;1H\x1b[1ma b\x1b[2;1H\x1b[;7mc "
    )


def test_a_jump_is_made_where_it_is_shorter() -> None:
    """A few cells in between are written instead."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "", "abcdefghijklmnop"))
    assert drawn(canvas, Write(0, 0, "", "Abcdefghijklmnop")) == "\x1b[1;1HA"
    assert drawn(canvas, Write(0, 0, "", "abcdEfghijklmnoP")) == "\x1b[1;1HabcdE\x1b[1;16HP"


@pytest.mark.parametrize(("erases", "expected"), [(True, "\x1b[1;3H\x1b[44m\x1b[K"), (False, " " * 22)])
def test_the_rest_of_a_line_is_erased(erases: bool, expected: str) -> None:  # noqa: FBT001 - as above
    """In colour only where the terminal does so."""
    canvas = Canvas(erases_in_colour=erases)
    first = drawn(canvas, Write(0, 0, "44", "ab" + " " * 22))
    assert first.startswith("\x1b[1;1H\x1b[44mab")
    assert first.endswith("\x1b[K" if erases else expected)
    drawn(canvas, Write(0, 0, "44", "x" * 24))
    assert drawn(canvas, Write(0, 2, "44", " " * 22)).endswith(expected)


def test_changes_of_style_are_short() -> None:
    """Only what differs is set; what must be unset makes it begin anew."""
    canvas = Canvas(erases_in_colour=True)
    pieces = ("\x1b[38;5;1;48;5;2ma", "\x1b[38;5;3;48;5;2mb", "\x1b[1;38;5;3;48;5;2mc", "\x1b[38;5;3md", "e")
    data = "\x1b[1;1H" + "\x1b[0m".join(pieces)
    assert canvas.take(data)
    assert canvas.drawn(COLUMNS) == ("\x1b[1;1H\x1b[38;5;1;48;5;2ma\x1b[38;5;3mb\x1b[1mc\x1b[;38;5;3md\x1b[me")


def test_characters_of_doubtful_width_take_their_line_along() -> None:
    """Whatever a terminal makes of them, what follows stands where it belongs; later the line is plain again."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "", "x" * 8))
    assert drawn(canvas, Write(0, 0, "", "a日b")) == "\x1b[1;1Ha日\x1b[1;4Hbxxxx"
    assert drawn(canvas, Write(0, 0, "", "e\u0301日b")) == "\x1b[1;1He\u0301\x1b[1;2H日\x1b[1;4Hbxxxx"
    assert drawn(canvas, Write(0, 7, "", "y")) == "\x1b[1;1He\u0301\x1b[1;2H日\x1b[1;4Hbxxxy"
    assert drawn(canvas, Write(0, 0, "", "abcd")) == "\x1b[1;1Habcdxxxy"
    assert drawn(canvas, Write(0, 0, "", "Abcd")) == "\x1b[1;1HA"
    assert drawn(canvas, Write(1, 0, "", "\u0301")) == ""


def test_what_was_never_painted_is_left_alone() -> None:
    """Between two writes on a line of which nothing else is known."""
    canvas = Canvas(erases_in_colour=True)
    assert drawn(canvas, Write(0, 10, "", "b"), Write(0, 0, "", "a")) == "\x1b[1;1Ha\x1b[1;11Hb"
    canvas.forget()
    assert drawn(canvas, Write(0, 10, "", "b")) == "\x1b[1;11Hb"


@pytest.mark.parametrize(
    "data", ["\x1b[?25l", "\x1b[?1004h", "\x1b[>1u", "\x1b[<u", "\x1b[?2026$p", "\x1b]52;c;YQ==\x07", ""]
)
def test_modes_and_the_clipboard_pass(data: str) -> None:
    """They change no cell."""
    assert is_harmless(data)
    assert not Canvas(erases_in_colour=True).take(data)


@pytest.mark.parametrize(
    "data", ["\x1b[?1049h", "\x1b[2J", "abc", "\x1b[1;1Ha\rb", "\x1bPtmux;\x1b\\", "\x1b[1;1Ha\nb"]
)
def test_what_is_not_understood(data: str) -> None:
    """It may change any cell."""
    assert not is_harmless(data)
    assert not Canvas(erases_in_colour=True).take(data)


@given(st.text(st.sampled_from("\x1b[0123456789;Hmab \n?hl\x07]K"), max_size=30))
def test_anything_can_be_given(data: str) -> None:
    """It is understood or it is not."""
    canvas = Canvas(erases_in_colour=True)
    if canvas.take(data):
        assert re.fullmatch(r"(?:\x1b\[[\d;]*[HmK]|[ab \d;?hlmHK\]\[])*", canvas.drawn(10))
