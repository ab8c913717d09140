"""What stands in for characters that a terminal has not."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tlsglass.characters import REPORT, SCREEN, as_started, lacks_utf8, sign_in_ascii


@pytest.mark.parametrize(
    ("environment", "lacks"),
    [
        ({}, False),
        ({"LANG": ""}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.utf8@euro"}, False),
        ({"LANG": "de_DE@euro"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8", "LC_CTYPE": "C"}, False),
    ],
)
def test_the_locale_says_what_a_terminal_has(environment: dict[str, str], lacks: bool) -> None:  # noqa: FBT001 - a case
    """The first that is set counts, as in POSIX; where none is, nothing was said against UTF-8."""
    assert lacks_utf8(environment) is lacks


def test_the_variables_are_those_of_the_start(tmp_path: Path) -> None:
    """Python sets one of them by itself (PEP 538), which would hide what was said."""
    file = tmp_path / "environ"
    file.write_bytes(b"LANG=C\0TERM=xterm\0ODD=a=b\0EMPTY=\0nothing\0X=\xff\0")
    started = as_started({"LC_CTYPE": "C.UTF-8"}, file)
    assert started == {"LANG": "C", "TERM": "xterm", "ODD": "a=b", "EMPTY": "", "X": "\udcff"}
    assert as_started({"LANG": "C"}, tmp_path / "missing") == {"LANG": "C"}


def test_our_signs_stay_signs() -> None:
    """Each as one that looks like it."""
    drawn = "✗ NOT  ✓ OK · \N{EN DASH} … ▸ ▾ § ─│┌┬┘├┼ ═ ╭╯ ▕█░▏ ▄ ▁ ▌ ↑↓"
    expected = "x NOT  + OK . - ~ > v S -|+++++ = ++ |#.| = _ | ^v"
    assert drawn.translate(SCREEN) == expected
    assert drawn.translate(REPORT) == expected


def test_letters_of_others_become_no_similar_ones() -> None:
    """Which would be another name."""
    assert "bücher 日本 e\u0301".translate(SCREEN) == "b?cher ???? e"
    assert "bücher 日本".translate(REPORT) == "b\\xfccher \\u65e5\\u672c"


@given(st.text())
def test_all_is_ascii_and_as_wide(text: str) -> None:
    """Whatever it is."""
    assert text.translate(SCREEN).isascii()
    assert text.translate(REPORT).isascii()
    shown = "".join(
        character for character in text if unicodedata.category(character)[0] in "LNPSZ" and character >= " "
    )
    plain = "".join(character for character in shown if cell_len(character) == (2 if _is_wide(character) else 1))
    assert len(plain.translate(SCREEN)) == cell_len(plain)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


@given(st.sampled_from([chr(code) for code in range(0x2500, 0x25A0)]))
def test_every_line_and_bar_has_one(character: str) -> None:
    """Of the blocks of Unicode for them."""
    found = sign_in_ascii(character)
    assert found is not None
    assert len(found) == 1
