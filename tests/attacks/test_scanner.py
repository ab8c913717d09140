"""The scanner itself: it would see what must not come through."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks.scanner import ENCODED, PLANTED, Scanner, complaints

OURS = "\x1b[?1049h\x1b[?25l\x1b[38;2;1;2;3mtext é\x1b[0m\r\n\x1b[3;1H\x1b[?2026$p\x1b]22;pointer\x07\x1b[>1u\x1b[<u"


def test_what_textual_sends_is_no_complaint() -> None:
    """Colours, places, modes and the pointer's shape."""
    assert not complaints(OURS.encode())


@pytest.mark.parametrize(
    "said",
    [
        f"\x1b]52;c;{ENCODED}\x07",
        f"\x1b]0;{PLANTED}\x07",
        f"\x1b]8;;http://{PLANTED}.test\x1b\\",
        "\x1b[?47h",
        "\x1b[6n",
        "\x1b[2J",
        "\x1bc",
        "\x1bPq#0\x1b\\",
        "\x9b31m",
        "\x07",
        "\u202egnp.exe",
        "\u200b",
        "\u2028",
        "\x00",
        "\x7f",
    ],
    ids=ascii,
)
def test_what_steers_a_terminal_is_seen(said: str) -> None:
    """Each of them is a complaint, wherever it stands."""
    for around in ("", "text", OURS):
        assert complaints(f"{around}{said}{around}".encode())


def test_bytes_that_are_no_utf_8_are_seen() -> None:
    """C1 as one byte, too."""
    assert complaints(b"text \x9b31m text")


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.integers(0, len(OURS.encode())), max_size=8))
def test_it_does_not_matter_where_the_bytes_are_cut(cuts: list[int]) -> None:
    """A sequence that comes in two parts is read as one."""
    data = OURS.encode()
    places = [0, *sorted(cuts), len(data)]
    scanner = Scanner()
    for begin, end in pairwise(places):
        assert not scanner.complaints(data[begin:end])
