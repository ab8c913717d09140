"""The lines of the report that a person reads: wrapped, in ASCII or in colour, and with nothing that acts."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.report.samples import (
    FAILURE,
    MIDDLE,
    TRUSTED,
    UNJUDGED,
    certificate,
    finding,
    judged,
)
from tlsglass.observation import Observation
from tlsglass.report.text_lines import wrapped
from tlsglass.report.text_report import to_text
from tlsglass.text import printable
from tlsglass.trust.model import FindingCode, PathStep, Severity, Verdict


def _hostile() -> Observation:
    evil = certificate("\x1b]0;x\x07[/red]\u202e", "e" * 64, names=("a" * 200 + ".test", "b.test"))
    nasty = replace(finding(certificate=evil), title="\x1b[31m" * 40, detail="\u202e" * 90, fix="\x07")
    path = tuple(PathStep(certificate=evil, sent=None) for _ in range(40))
    return replace(
        judged(verdict=Verdict.UNTRUSTED, findings=(nasty,), path=path, hostname="\x9b" * 30, missing=evil.issuer),
        certificates=(evil,),
        failure=replace(FAILURE, message="\x1b" * 100, hint="\r\n" * 50),
    )


@given(text=st.text(st.sampled_from("a 株ｆ\u3000e\u0301-"), max_size=300), room=st.integers(20, 100))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_no_line_is_broken_once_more_by_the_terminal(text: str, room: int) -> None:
    """Letters that take two cells count twice: else what is behind them would stand at the start of the next line."""
    shown = printable(text)
    lines = wrapped(shown, room)
    assert all(cell_len(line) <= room for line in lines)
    assert all(line.startswith("  ") for line in lines[1:])
    assert "".join("".join(lines).split(" ")) == "".join(shown.split(" "))


def test_what_is_in_ascii_fits_too() -> None:
    """An escape is longer than the letter that it stands for; our own signs are as wide, and words stay together."""
    named = certificate("株" * 20, "Ж" * 30, names=("a.test",))
    seen = replace(TRUSTED, certificates=(named,), trust=None)
    text = to_text(seen, color=False, width=80, in_ascii=True)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    assert r"CN=\u682a\u682a" in text
    assert "\n  Times         resolve 2 ms, connect 14 ms, TLS 31 ms, first byte 48 ms,\n" in text
    assert "########" in to_text(TRUSTED, color=False, in_ascii=True)


def test_only_our_own_sources_stay_whole() -> None:
    """A name that begins as one is wrapped."""
    names = ("https://" + "a" * 300,)
    text = to_text(replace(UNJUDGED, certificates=(certificate("a", "b", names=names),)), color=False, width=80)
    assert max(map(cell_len, text.splitlines())) <= 80


@pytest.mark.parametrize("observation", [TRUSTED, UNJUDGED, _hostile()])
@pytest.mark.parametrize("width", [80, 100])
def test_every_line_fits_and_holds_nothing_that_a_terminal_acts_on(observation: Observation, width: int) -> None:
    """Whatever strangers call themselves."""
    text = to_text(observation, color=False, width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_colour_marks_judgements_and_titles_and_changes_no_word() -> None:
    """Without colour the same report is read; the sequences are these four and no others."""
    observation = judged(
        verdict=Verdict.UNTRUSTED, findings=(finding(), finding(FindingCode.WEAK_KEY, Severity.WARNING, MIDDLE))
    )
    colored = to_text(observation, color=True, width=80)
    assert re.sub(r"\x1b\[(?:1|31|32|33|0)m", "", colored) == to_text(observation, color=False, width=80)
    assert "\x1b[31m✗ NOT TRUSTED  expired in few words\x1b[0m\n" in colored
    assert "\x1b[1mFindings\x1b[0m\n" in colored
    assert "\x1b[33m    ! Middle  sent #1\x1b[0m\n" in colored
    assert "\x1b[32m  ✓ Root  from the store\x1b[0m\n" in colored
    assert "\n  Issuer        CN=Middle\n" in colored
