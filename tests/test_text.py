"""What strangers say is made safe to draw, and bounded."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from tlsglass.text import (
    COMBINING_RUN,
    LIMIT,
    LINE_ENDS,
    beginning,
    escape,
    holds_hidden,
    one_a_line,
    printable,
    printable_in_body,
    printable_lines,
    typed,
    unbroken,
)


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
        ("株式会社\u3000例", "株式会社\u3000例"),
        ("a\u2003b", "a\\u2003b"),
        ("\u2028\u2029\x85", "\\u2028\\u2029\\x85"),
        ("\x9b31m \x7f", "\\x9b31m \\x7f"),
        ("heart \u2764\ufe0f", "heart \u2764\\ufe0f"),
        ("a\U000e0100", "a\\U000e0100"),
        ("\u3164 \uffa0 \u115f", "\\u3164 \\uffa0 \\u115f"),
        ("\U0001f1e9\U0001f1ea", "\\U0001f1e9\\U0001f1ea"),
        ("\U0001f44b\U0001f3fb", "\U0001f44b\\U0001f3fb"),
        ("✓ TRUSTED │ ▸", "\\u2713 TRUSTED \\u2502 \\u25b8"),
        ("a\u20dd", "a\\u20dd"),
        ("\u0301a \u0301", "\\u0301a \\u0301"),
        ("\ue000\U0010ffff", "\\ue000\\U0010ffff"),
        ("हिन्दी", "हिन्दी"),
        ("a    b", "a    b"),
        ("a" + " " * 6 + "b", "a    \\x20\\x20b"),
        (" \u3000 \u3000\u3000 b", " \u3000 \u3000\\u3000\\x20b"),
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


def test_a_sentence_has_the_beginning_of_a_value() -> None:
    """And says that it is one."""
    assert beginning("abcdef", 3) == "abc…"
    assert beginning("abc", 3) == "abc"


def test_it_is_known_whether_something_was_hidden() -> None:
    """A view can mark a value that isn't as it looks."""
    assert not holds_hidden("plain")
    assert not holds_hidden("bücher")
    assert holds_hidden("a\u200bb")
    assert not holds_hidden("a" + " " * 20 + "b")


_ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
_MARKS = frozenset(map(chr, filter(lambda code: unicodedata.category(chr(code)) in {"Mn", "Mc"}, range(0x110000))))
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Me"})


@given(_ANYTHING | st.binary(max_size=200))
@settings(derandomize=True, max_examples=500, deadline=None)
def test_nothing_hidden_ever_passes(value: str | bytes) -> None:
    """Whatever comes in, what goes out is one line of visible characters, however often it goes through."""
    shown = printable(value)
    assert not _FORBIDDEN.intersection(map(unicodedata.category, shown))
    assert all(character in " \u3000" or not character.isspace() for character in shown)
    assert printable(shown, limit=len(shown)) == shown
    assert shown.encode().decode() == shown


@given(_ANYTHING)
@settings(derandomize=True, max_examples=500, deadline=None)
def test_what_is_shown_has_the_width_that_is_counted(value: str) -> None:
    """The library that lays out the screen and the one that terminals go by agree on every character."""
    shown = printable(value)
    assert all(cell_len(character) == wcwidth(character) for character in shown if character not in _MARKS)
    assert cell_len(shown) >= len(shown) / (COMBINING_RUN + 1)
    assert cell_len(shown) <= 2 * len(shown)


def test_every_character_is_of_a_known_width_or_escaped() -> None:
    """All of Unicode, one by one, alone and on a letter: none is of no width unless it is a mark on a letter."""
    for code in (*range(0x32000), *range(0xE0000, 0xE1000)):
        character = chr(code)
        alone = printable(character)
        assert 1 <= cell_len(alone) <= 10
        on_a_letter = printable(f"a{character}")
        if cell_len(on_a_letter) == 1:
            assert unicodedata.category(character) in {"Mn", "Mc"}
        assert printable_in_body(character) in {character, escape(character)}


def test_the_body_of_an_answer_keeps_its_frames_and_marks() -> None:
    """They are not next to ours there; what steers the terminal is escaped all the same."""
    assert "".join(map(printable_in_body, "✓│\u0301\u202e\x1b")) == "✓│\u0301\\u202e\\x1b"


def test_fields_keep_what_is_typed_and_lines_stay_lines() -> None:
    """Line ends and tabs are no danger there; escape sequences are."""
    assert typed("plain") == "plain"
    assert typed("a\tb\r\nc ✓ \x1b\u202e") == "a\tb\r\nc ✓ \\x1b\\u202e"


def test_only_we_break_lines() -> None:
    """A line end of a stranger stands as an escape; all else of a value stays, so that it can be copied."""
    assert printable_lines(["a\x1b\nb\u2028c", ""]) == "a\\x1b\\x0ab\\u2028c\n"
    assert one_a_line(["a\x1b\nb", "c\r"]) == "a\x1b\\x0ab\nc\\x0d"


@given(_ANYTHING)
@settings(derandomize=True, max_examples=500, deadline=None)
def test_no_value_ends_a_line(value: str) -> None:
    """By nothing that any program takes for a line end."""
    shown = unbroken(value)
    assert len(f"a{shown}b".splitlines()) == 1
    assert shown == "".join(escape(each) if each in LINE_ENDS else each for each in value)


def test_all_line_ends_are_known() -> None:
    """Those of Python, which has more than Unicode asks for."""
    assert [each for each in map(chr, range(0x110000)) if len(f"a{each}b".splitlines()) > 1] == list(LINE_ENDS)
