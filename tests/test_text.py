"""What strangers say is made safe to draw, and bounded."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.text import LIMIT, holds_hidden, printable


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("example.org", "example.org"),
        ("bücher.example", "bücher.example"),
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("line\nbreak", "line\\x0abreak"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("no\u00a0break", "no\\xa0break"),
        ("\U000e0041tag", "\\U000e0041tag"),
        ("[/x] stays", "[/x] stays"),
        ("lone \ud800", "lone \\ud800"),
        (b"caf\xc3\xa9 \xff", "café \\xff"),
        ("", ""),
    ],
)
def test_hidden_characters_are_shown(value: str | bytes, shown: str) -> None:
    """What could steer the terminal or deceive the eye stands as an escape."""
    assert printable(value) == shown


def test_a_flood_of_marks_is_escaped() -> None:
    """Four combining marks on a letter are language, a hundred are an attack on the lines above."""
    assert printable("e" + "\u0301" * 4) == "e" + "\u0301" * 4
    assert printable("e" + "\u0301" * 6) == "e" + "\u0301" * 4 + "\\u0301" * 2


def test_length_is_bounded_and_the_rest_counted() -> None:
    """A value of a megabyte does not become a line of a megabyte."""
    assert printable("x" * (LIMIT + 1234)) == "x" * LIMIT + "… and 1,234 more"
    assert printable("abcdef", limit=3) == "abc… and 3 more"
    assert printable("abc", limit=3) == "abc"


def test_it_is_known_whether_something_was_hidden() -> None:
    """A view can mark a value that isn't as it looks."""
    assert not holds_hidden("plain")
    assert not holds_hidden("bücher")
    assert holds_hidden("a\u200bb")


@given(st.text(max_size=200) | st.binary(max_size=200))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_nothing_hidden_ever_passes(value: str | bytes) -> None:
    """Whatever comes in, what goes out is one line of visible characters."""
    shown = printable(value)
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in shown)
