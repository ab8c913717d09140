"""Every attack against `tlsglass show` as text: to a pipe, and in colours to a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from rich.cells import cell_len

from tests.attacks.attack import Attack
from tests.attacks.bites import FORGED
from tests.attacks.played import play, warm_up
from tests.attacks.registry import ATTACKS
from tests.attacks.shown import COLUMNS, Form, Show
from tests.attacks.stage import Stage

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""The one kind of sequence that a report has."""

_PIPED = 80
"""Columns of a report that goes to no terminal."""

_WHOLE = ("    https://", "tlsglass: ")
"""How lines begin that are never broken: sources that are to be copied, and sentences on standard error of a pipe."""

_FORGED = re.compile(rf"^ {{0,3}}{FORGED}", re.MULTILINE)
"""Where lines of ours begin; what goes on stands further in."""


@pytest.fixture(scope="module", params=[Form.PIPE, Form.TERMINAL], ids=lambda form: form.value)
def show(request: pytest.FixtureRequest, stage: Stage, ca_file: Path) -> Iterator[Show]:
    """The process."""
    with Show(ca_file, request.param) as process:
        warm_up(process, stage)
        yield process


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_it_is_told_for_what_it_is(attack: Attack, stage: Stage, show: Show) -> None:
    """The text names it; see `play` for the rest."""
    text = play(attack, stage, show).output.decode()
    seen, plain = attack.seen, _COLOUR.sub("", text)
    assert "\x1b" not in plain
    assert (plain == text) == (show.form is Form.PIPE or _is_one_sentence(plain))
    words = " ".join(plain.split())
    assert seen.phase is None or f" {seen.phase}: " in words
    assert seen.says in words
    for code in seen.findings:
        assert f" {code}: " in words
    assert not _FORGED.search(plain)
    width = COLUMNS if show.form is Form.TERMINAL else _PIPED
    assert all(cell_len(line) <= width for line in plain.splitlines() if not line.startswith(_WHOLE))
    # The emulator composes letters with their marks.
    assert _as_drawn(text) == [unicodedata.normalize("NFC", line.rstrip()) for line in plain.splitlines()]


def _is_one_sentence(plain: str) -> bool:
    """Whether nothing was seen, and only standard error says so."""
    first, *rest = plain.splitlines()
    return first.startswith("tlsglass: ") and all(line.startswith("  ") for line in rest)


def _as_drawn(text: str) -> list[str]:
    """The lines that a terminal shows of it: where anything but letters and colours came through, they are others."""
    lines = text.splitlines()
    screen = pyte.Screen(2 * max(map(len, lines)), len(lines) + 1)
    pyte.Stream(screen).feed("\r\n".join(lines))
    return [line.rstrip() for line in screen.display[: len(lines)]]
