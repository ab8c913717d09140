"""A search finds what a plain look over all bytes finds, in steps, and can be ended between them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.exchange.spool import Spool
from tlsglass.ui.widgets.response.search import KEPT, STEP, Found, Places, Query, query, scan


def asked(text: str, *, codec: str = "utf-8", as_bytes: bool = False) -> Query:
    """A query that there must be."""
    made = query(text, codec=codec, as_bytes=as_bytes)
    assert made is not None
    return made


def found(data: bytes, wanted: Query, start: int = 0) -> list[tuple[int, int]]:
    """All matches of a scan."""
    with Spool() as spool:
        spool.append(data)
        steps = list(scan(spool, wanted, start, lambda: False))
        return [span for step in steps for span in zip(step.starts, step.stops, strict=True)]


def test_case_does_not_matter() -> None:
    """Upper and lower case are the same, beyond ASCII too."""
    assert found("Grüße GRÜßE".encode(), asked("grü")) == [(0, 4), (8, 12)]


def test_metacharacters_are_plain() -> None:
    """What is typed is looked for as it is."""
    assert found(b"a.b a+b (", asked(".b")) == [(1, 3)]
    assert found(b"a.b a+b (", asked("(")) == [(8, 9)]


@pytest.mark.parametrize("typed", ["0d 0a", "0D0A", "0x0d0a", "0d:0a"])
def test_pairs_of_digits_are_bytes_in_the_hexadecimal_view(typed: str) -> None:
    """There they stand for bytes, elsewhere for themselves."""
    assert found(b"a\r\nb 0d 0a", asked(typed, as_bytes=True)) == [(1, 3)]
    assert found(b"a\r\nb 0d 0a", asked("0d 0a")) == [(5, 10)]


def test_other_words_stay_words_in_the_hexadecimal_view() -> None:
    """What is no row of pairs is looked for as text."""
    assert found(b"hello", asked("ell", as_bytes=True)) == [(1, 4)]


def test_text_is_looked_for_in_the_charset() -> None:
    """The bytes of a word depend on the charset."""
    assert found("é日".encode("gb18030"), asked("日", codec="gb18030")) == [(2, 4)]


def test_nothing_typed_is_no_query() -> None:
    """An empty line looks for nothing."""
    assert query("", codec="utf-8", as_bytes=False) is None


@pytest.mark.parametrize("offset", [STEP - 3, STEP - 1, STEP, 2 * STEP - 2])
def test_matches_over_the_edge_of_a_step_are_found_once(offset: int) -> None:
    """A match that begins in one step and ends in the next counts once."""
    data = bytearray(b"." * (2 * STEP + 100))
    data[offset : offset + 6] = b"needle"
    assert found(bytes(data), asked("needle")) == [(offset, offset + 6)]


def test_matches_do_not_overlap_over_steps() -> None:
    """What one match took the next one doesn't use, at an edge neither."""
    spans = found(b"a" * (STEP * 2 + 1), asked("aaa"))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert len(spans) == (STEP * 2 + 1) // 3


def test_a_stopped_scan_ends() -> None:
    """It looks at the flag before each step."""
    with Spool() as spool:
        spool.append(b"x" * (STEP * 3))
        answers = iter([False, True])
        assert len(list(scan(spool, asked("x"), 0, lambda: next(answers)))) == 1


@given(
    data=st.binary(max_size=400),
    cuts=st.lists(st.integers(0, 400), max_size=4),
    word=st.sampled_from(["aa", "ab", "\0"]),
)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_going_on_after_growth_finds_what_one_look_finds(data: bytes, cuts: list[int], word: str) -> None:
    """A scan that is taken up again as bytes arrive misses nothing and finds nothing twice."""
    data = data.replace(b"b", b"ab").replace(b"c", b"aa")
    wanted = asked(word)
    places = Places()
    with Spool() as spool:
        for cut in [*sorted(cuts), len(data)]:
            spool.append(data[spool.size : cut])
            for step in scan(spool, wanted, places.resume(wanted), lambda: False):
                places.add(step)
    assert [places[index] for index in range(len(places))] == found(data, wanted)


def test_places_are_found_by_offset() -> None:
    """The first at or after an offset, and those that touch a row."""
    places = Places()
    assert places.add(Found(starts=(2, 10, 20), stops=(4, 14, 22), scanned=30))
    assert places.at_or_after(3) == 1
    assert places.at_or_after(10) == 1
    assert places.at_or_after(21) is None
    assert list(places.within(12, 20)) == [(1, 10, 14)]
    assert list(places.within(14, 20)) == []
    assert list(places.within(0, 30)) == [(0, 2, 4), (1, 10, 14), (2, 20, 22)]


def test_places_have_an_end() -> None:
    """No search fills the memory."""
    places = Places()
    assert not places.add(Found(starts=tuple(range(KEPT + 5)), stops=tuple(range(1, KEPT + 6)), scanned=KEPT + 5))
    assert places.full
    assert len(places) == KEPT
