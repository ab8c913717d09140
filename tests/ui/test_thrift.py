"""What is cut from a write looks, on a terminal, as all of it would have."""

import re
from dataclasses import dataclass
from itertools import cycle

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

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
        texts = [cell.data for cell in cells]
        for at, text in enumerate(texts):  # terminals leave no half of a wide character behind, the emulator does
            follows = cell_len(texts[at - 1]) == 2 if at else False
            if (text == "" and not follows) or (cell_len(text) == 2 and texts[at + 1 : at + 2] != [""]):
                texts[at] = " "
        rows.append(
            [
                (" ", cell.bg, False, False)
                if text == " " and not (cell.reverse or cell.underscore or cell.strikethrough)
                else (text, cell.bg, cell.reverse, cell.underscore, cell.strikethrough, cell.fg, cell.bold)
                for text, cell in zip(texts, cells, strict=True)
            ]
        )
    return rows


writes = st.builds(
    Write,
    row=st.integers(0, ROWS - 1),
    column=st.integers(0, COLUMNS - 2),
    style=st.sampled_from(STYLES),
    text=st.text(st.sampled_from("ab  é─✗▸"), min_size=1, max_size=COLUMNS)
    | st.integers(1, COLUMNS).map(lambda count: " " * count + "a"),
)
clusters = st.sampled_from(["a", "b", "c", " ", "é", "─", "✗", "日", "本", "e\u0301"])
lines = st.lists(st.lists(clusters, min_size=3, max_size=COLUMNS), min_size=ROWS * 2, max_size=20)


def filled(line: list[str]) -> str:
    """As much of it as a line of the terminal holds, and blanks."""
    text = ""
    for cluster in line:
        if cell_len(text + cluster) > COLUMNS:
            break
        text += cluster
    return text + " " * (COLUMNS - cell_len(text))


@st.composite
def scrolled(draw: st.DrawFn) -> list[Write]:
    """A list that is looked at from one of its lines on, between two other lines, a line of it marked."""
    listed = draw(st.shared(lines, key="listed"))
    start = draw(st.integers(0, len(listed) - ROWS))
    marked = draw(st.integers(1, ROWS - 2))
    styles = ["44" if row == marked else draw(st.sampled_from(["", "31"])) for row in range(ROWS - 1)]
    return [Write(row, 0, styles[row], filled(listed[start + row])) for row in range(1, ROWS - 1)]


frames = st.lists(st.lists(writes, min_size=1, max_size=6) | scrolled(), min_size=1, max_size=8)
most = st.none() | st.integers(1, 400)


@given(frames, st.booleans(), st.lists(most, min_size=1, max_size=8))
@settings(max_examples=400, deadline=None)
def test_the_terminal_looks_the_same(drawn: list[list[Write]], erases: bool, rooms: list[int | None]) -> None:  # noqa: FBT001 - as hypothesis calls it
    """In each cell: whatever is written where, scrolls, is wide, waits for a later picture, or comes in parts."""
    whole, whole_stream = screen()
    cut, cut_stream = screen()
    canvas = Canvas(erases_in_colour=erases)
    for frame, room in zip(drawn, cycle(rooms), strict=False):
        data = "".join(map(str, frame)) + "\x1b[2;3H"
        whole_stream.feed(data)
        assert canvas.take(data, COLUMNS, ROWS)
        size = canvas.size(COLUMNS)
        picture = canvas.drawn(COLUMNS, room)
        cut_stream.feed(picture)
        if room is None or size <= room:
            assert len(picture.encode()) == size
            assert looks(cut) == looks(whole)
            assert (cut.cursor.x, cut.cursor.y) == (2, 1)
    while canvas.size(COLUMNS):
        cut_stream.feed(canvas.drawn(COLUMNS, 100))
    assert looks(cut) == looks(whole)
    assert canvas.drawn(COLUMNS) == ""


def drawn(canvas: Canvas, *writes_: Write) -> str:
    """What is written for a frame."""
    assert canvas.take("".join(map(str, writes_)), COLUMNS, ROWS)
    return canvas.drawn(COLUMNS)


def test_what_is_there_is_not_written_again() -> None:
    """Nor is a style that is set, nor the colour of text on blanks."""
    canvas = Canvas(erases_in_colour=True)
    assert drawn(canvas, Write(0, 0, "31", "abc def")) == "\x1b[1H\x1b[31mabc def\x1b[m"
    assert drawn(canvas, Write(0, 0, "31", "abc def")) == ""
    assert drawn(canvas, Write(0, 0, "31", "abc deg")) == "\x1b[1;7H\x1b[31mg\x1b[m"
    assert drawn(canvas, Write(0, 0, "31;44", "abc deg")) == "\x1b[1H\x1b[31;44mabc deg\x1b[m"


def test_without_colours_attributes_are_left() -> None:
    """Of each style, also on blanks."""
    canvas = Canvas(erases_in_colour=True, colours=False)
    assert drawn(canvas, Write(0, 0, "1;38;5;9;44", "a b"), Write(1, 0, "7;31", "c ")) == (
        "\x1b[1H\x1b[1ma b\x1b[2H\x1b[;7mc \x1b[m"
    )


def test_a_jump_is_made_where_it_is_shorter() -> None:
    """A few cells in between are written instead."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "", "abcdefghijklmnop"))
    assert drawn(canvas, Write(0, 0, "", "Abcdefghijklmnop")) == "\x1b[1HA"
    assert drawn(canvas, Write(0, 0, "", "abcdEfghijklmnoP")) == "\x1b[1HabcdE\x1b[10CP"


@pytest.mark.parametrize(("erases", "expected"), [(True, "\x1b[1;3H\x1b[44m\x1b[K"), (False, " " * 22)])
def test_the_rest_of_a_line_is_erased(erases: bool, expected: str) -> None:  # noqa: FBT001 - as above
    """In colour only where the terminal does so."""
    canvas = Canvas(erases_in_colour=erases)
    first = drawn(canvas, Write(0, 0, "44", "ab" + " " * 22))
    assert first.startswith("\x1b[1H\x1b[44mab")
    assert first.endswith("\x1b[K\x1b[m" if erases else f"{expected}\x1b[m")
    drawn(canvas, Write(0, 0, "44", "x" * 24))
    assert drawn(canvas, Write(0, 2, "44", " " * 22)).endswith(f"{expected}\x1b[m")


def test_changes_of_style_are_short() -> None:
    """Only what differs is set; what must be unset makes it begin anew."""
    canvas = Canvas(erases_in_colour=True)
    pieces = ("\x1b[38;5;1;48;5;2ma", "\x1b[38;5;3;48;5;2mb", "\x1b[1;38;5;3;48;5;2mc", "\x1b[38;5;3md", "e")
    data = "\x1b[1;1H" + "\x1b[0m".join(pieces)
    assert canvas.take(data, COLUMNS, ROWS)
    assert canvas.drawn(COLUMNS) == ("\x1b[1H\x1b[38;5;1;48;5;2ma\x1b[38;5;3mb\x1b[1mc\x1b[22;49md\x1b[me")


def test_characters_of_doubtful_width_take_their_line_along() -> None:
    """Whatever a terminal makes of them, what follows stands where it belongs; later the line is plain again."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "", "x" * 8))
    assert drawn(canvas, Write(0, 0, "", "a日b")) == "\x1b[1Ha日\x1b[1;4Hbxxxx"
    assert drawn(canvas, Write(0, 0, "", "e\u0301日b")) == "\x1b[1He\u0301\x1b[1;2H日\x1b[1;4Hbxxxx"
    assert drawn(canvas, Write(0, 7, "", "y")) == "\x1b[1He\u0301\x1b[1;2H日\x1b[1;4Hbxxxy"
    assert drawn(canvas, Write(0, 0, "", "abcd")) == "\x1b[1Habcdxxxy"
    assert drawn(canvas, Write(0, 0, "", "Abcd")) == "\x1b[1HA"
    assert drawn(canvas, Write(1, 0, "", "\u0301")) == ""


def test_what_was_never_painted_is_left_alone() -> None:
    """Between two writes on a line of which nothing else is known."""
    canvas = Canvas(erases_in_colour=True)
    assert drawn(canvas, Write(0, 10, "", "b"), Write(0, 0, "", "a")) == "\x1b[1Ha\x1b[9Cb"
    canvas.forget()
    assert drawn(canvas, Write(0, 10, "", "b")) == "\x1b[1;11Hb"


@pytest.mark.parametrize(
    "data", ["\x1b[?25l", "\x1b[?1004h", "\x1b[>1u", "\x1b[<u", "\x1b[?2026$p", "\x1b]52;c;YQ==\x07", ""]
)
def test_modes_and_the_clipboard_pass(data: str) -> None:
    """They change no cell."""
    assert is_harmless(data)
    assert not Canvas(erases_in_colour=True).take(data, COLUMNS, ROWS)


@pytest.mark.parametrize("data", ["\x1b[?1049h", "\x1b[2J", "abc", "\x1b[1Ha\rb", "\x1bPtmux;\x1b\\", "\x1b[1Ha\nb"])
def test_what_is_not_understood(data: str) -> None:
    """It may change any cell."""
    assert not is_harmless(data)
    assert not Canvas(erases_in_colour=True).take(data, COLUMNS, ROWS)


def test_what_lies_outside_of_the_terminal_is_not_drawn() -> None:
    """It would stand in the last line or column; of a wide letter half of which is outside a blank is left."""
    canvas = Canvas(erases_in_colour=False)
    last = "a" * (COLUMNS - 1)
    assert canvas.take(f"\x1b[{ROWS};1H{last}株b\x1b[{ROWS + 1};1Hc\x1b[1;{COLUMNS + 1}Hd", COLUMNS, ROWS)
    made, stream = screen()
    stream.feed(canvas.drawn(COLUMNS))
    assert made.display == [" " * COLUMNS] * (ROWS - 1) + [f"{last} "]
    assert canvas.take(f"\x1b[{ROWS};1Hxy", COLUMNS, ROWS)
    stream.feed(canvas.drawn(COLUMNS))
    assert made.display[-1] == f"xy{last[2:]} "


@given(st.text(st.sampled_from("\x1b[0123456789;Hmab \n?hl\x07]K"), max_size=30))
def test_anything_can_be_given(data: str) -> None:
    """It is understood or it is not."""
    canvas = Canvas(erases_in_colour=True)
    if canvas.take(data, COLUMNS, ROWS):
        assert re.fullmatch(r"(?:\x1b\[[\d;]*[HmK]|[ab \d;?hlmHK\]\[])*", canvas.drawn(10))


LISTED = [f"line {number} of a list".ljust(COLUMNS) for number in range(20)]


def seen(start: int, *, but_for: int = -1) -> list[Write]:
    """Lines of a list from one on, all but one of the terminal's."""
    return [Write(row, 0, "31", LISTED[start + row]) for row in range(ROWS) if row != but_for]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (9, "\x1b[1;6r\x1b[1H\x1b[M\x1b[r\x1b[6H\x1b[31mline 14 of a list\x1b[m"),
        (7, "\x1b[1;6r\x1b[1H\x1b[L\x1b[r\x1b[1H\x1b[31mline 7 of a list\x1b[m"),
        (
            10,
            "\x1b[1;6r\x1b[1H\x1b[2M\x1b[r\x1b[5H\x1b[31mline 14 of a list\x1b[6Hline 15 of a list\x1b[m",
        ),
    ],
)
def test_a_list_that_scrolls_is_moved(start: int, expected: str) -> None:
    """Up or down; only what comes in is written, and no blanks of it."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, *seen(8))
    assert drawn(canvas, *seen(start)) == expected


def test_only_what_is_known_is_moved() -> None:
    """A line between that was never painted stays where it is."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, *seen(8, but_for=2))
    assert "\x1b[r" not in drawn(canvas, *seen(9, but_for=2))


def test_nothing_is_moved_that_would_be_written_anew_anyway() -> None:
    """Where few lines would come to stand right."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, *(Write(row, 0, "", str(row) * COLUMNS) for row in range(ROWS)))
    assert "\x1b[r" not in drawn(canvas, Write(0, 0, "", "1" * COLUMNS), Write(1, 0, "", "2" * COLUMNS))


def test_blanks_in_the_middle_are_erased() -> None:
    """Where the terminal can, and only as far as they go."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "44", "x" * COLUMNS))
    assert drawn(canvas, Write(0, 0, "44", " " * 20)) == "\x1b[1H\x1b[44m\x1b[20X\x1b[m"
    assert drawn(canvas, Write(1, 0, "44", "a" + " " * 12 + "b")) == "\x1b[2H\x1b[44ma\x1b[12X\x1b[12Cb\x1b[m"
    assert drawn(canvas, Write(2, 0, "7", " " * 12)) == f"\x1b[3H\x1b[7m{' ' * 12}\x1b[m"
    assert drawn(canvas, Write(3, 0, "", "✗" + " " * 12 + "b")) == "\x1b[4H✗\x1b[12X\x1b[4;14Hb"


def test_half_of_a_wide_character_does_not_stay() -> None:
    """What terminals blank is known to be blank."""
    canvas = Canvas(erases_in_colour=True)
    drawn(canvas, Write(0, 0, "", "日本"))
    assert drawn(canvas, Write(0, 1, "", "ab")) == "\x1b[1H ab "
    assert drawn(canvas, Write(0, 0, "", " ab ")) == ""
