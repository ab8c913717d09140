"""An answer is cut into rows that together are the answer, whatever was laid out before and however it came."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.exchange.spool import Spool
from tlsglass.ui.widgets.response.charset import drawn
from tlsglass.ui.widgets.response.rows import CHUNK, SEGMENT, HexRows, Rows, TextRows, without_line_end

SAMPLES = {
    "lines": b"".join(b"line %d of some length\r\n" % n * (n % 3) for n in range(2000)),
    "one long line": b"0123456789" * 5000,
    "no text at all": bytes(range(256)) * 150,
    "wide characters": "日本語\tテキスト é\n".encode() * 1200,
    "only line ends": b"\n" * 20_000,
    "long between short": b"x\n" * 500 + b"y" * 70_000 + b"\n" + b"z\n" * 9000,
}


@pytest.fixture
def spool() -> Iterator[Spool]:
    """An empty spool."""
    with Spool() as made:
        yield made


def walk(rows: Rows) -> list[tuple[int, int]]:
    """All extents from the top, as one sees them who scrolls down row by row."""
    extents = []
    row = 0
    while True:
        row = rows.settle(row, 30)
        extents.append(rows.extent(row))
        if row + 1 >= rows.total:
            return extents
        row += 1


@pytest.mark.parametrize("wrap", [None, 20, 118])
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("first_seen", ["start", "end", "middle"])
def test_rows_are_the_answer(spool: Spool, sample: str, wrap: int | None, first_seen: str) -> None:
    """Row follows row without a gap, from the first byte to the last, wherever one looked first."""
    data = SAMPLES[sample]
    spool.append(data)
    rows = TextRows(spool, wrap=wrap)
    rows.settle({"start": 0, "end": rows.total - 1, "middle": rows.total // 2}[first_seen], 50)
    extents = walk(rows)
    assert extents[0][0] == 0
    assert extents[-1][1] == len(data)
    assert all(before[1] == after[0] for before, after in pairwise(extents))
    assert all(start < stop for start, stop in extents)


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_row_is_wider_than_the_wrap(spool: Spool, sample: str) -> None:
    """A wrapped row fits, escapes and wide characters and all."""
    data = SAMPLES[sample]
    spool.append(data)
    for start, stop in walk(TextRows(spool, wrap=20)):
        cells = sum(cells for _, _, cells in drawn(without_line_end(data[start:stop]), "utf-8"))
        assert cells <= 20


def test_unwrapped_rows_are_lines(spool: Spool) -> None:
    """Without wrapping a row is a line, and a very long line is cut into segments of bounded length."""
    data = b"one\r\n\r\ntwo\n" + b"x" * (SEGMENT * 2 + 5) + b"\nend"
    spool.append(data)
    texts = [without_line_end(data[start:stop]) for start, stop in walk(TextRows(spool, wrap=None))]
    assert texts == [b"one", b"", b"two", b"x" * SEGMENT, b"x" * SEGMENT, b"xxxxx", b"end"]


def test_long_lines_wrap_without_holes(spool: Spool) -> None:
    """In a line of many chunks all rows but one are full: no chunk's end shows as a break."""
    spool.append(b"<" + b"y" * (CHUNK * 5) + b">")
    lengths = [stop - start for start, stop in walk(TextRows(spool, wrap=100))]
    assert set(lengths[:-1]) == {100}


@given(
    pieces=st.lists(st.binary(min_size=1, max_size=9000), min_size=1, max_size=12),
    wrap=st.sampled_from([None, 20, 77]),
    glances=st.lists(st.floats(0, 1), max_size=12),
)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_growing_changes_nothing_that_is_whole(pieces: list[bytes], wrap: int | None, glances: list[float]) -> None:
    """Bytes that arrive piece by piece, looked at in between, come to the same rows as all at once."""
    with Spool() as whole, Spool() as growing:
        whole.append(b"".join(pieces))
        growing.append(pieces[0])
        rows = TextRows(growing, wrap=wrap)
        for piece, glance in zip(pieces[1:], glances, strict=False):
            growing.append(piece)
            rows.grow()
            rows.settle(int(rows.total * glance), 40)
        for piece in pieces[len(glances) + 1 :]:
            growing.append(piece)
        rows.grow()
        assert walk(rows) == walk(TextRows(whole, wrap=wrap))


@pytest.mark.parametrize("wrap", [None, 40])
@pytest.mark.parametrize("sample", SAMPLES)
def test_each_byte_is_found_in_its_row(spool: Spool, sample: str, wrap: int | None) -> None:
    """The row of a byte holds it."""
    spool.append(SAMPLES[sample])
    rows = TextRows(spool, wrap=wrap)
    for offset in range(0, spool.size, 997):
        start, stop = rows.extent(rows.row_of(offset))
        assert start <= offset < stop


def test_settling_keeps_what_is_around(spool: Spool) -> None:
    """Who scrolls up row by row from the end meets each row once, though all above was a guess."""
    spool.append(b"short\n" * 6000 + b"long " * 20_000 + b"\n" + b"last\n" * 6000)
    rows = TextRows(spool, wrap=60)
    row = rows.settle(rows.total - 1, 40)
    expected = spool.size
    while True:
        start, stop = rows.extent(row)
        assert stop == expected
        expected = start
        if start == 0:
            break
        row = rows.settle(row - 1, 40)
    assert row == 0


def test_nothing_is_no_rows(spool: Spool) -> None:
    """An empty answer has no rows, and asking for one gives no bytes."""
    rows = TextRows(spool, wrap=80)
    assert rows.total == 0
    assert rows.settle(5, 10) == 0
    assert rows.row_of(3) == 0
    assert rows.extent(0) == (0, 0)


def test_hex_rows_are_even(spool: Spool) -> None:
    """Sixteen bytes a row, the last may have fewer."""
    spool.append(bytes(40))
    rows = HexRows(spool, 16)
    assert rows.total == 3
    assert rows.extent(2) == (32, 40)
    assert rows.row_of(31) == 1
    assert rows.row_of(99) == 2
    assert rows.settle(1, 10) == 1
    spool.append(bytes(10))
    rows.grow()
    assert rows.total == 4


def test_line_ends_are_not_drawn() -> None:
    r"""`\n` and `\r\n` end a row; a lone `\r` is part of it."""
    assert without_line_end(b"a\r\n") == b"a"
    assert without_line_end(b"a\n") == b"a"
    assert without_line_end(b"a\r") == b"a\r"
    assert without_line_end(b"") == b""
