"""No text of a server or of a file passes for a line of ours: in reports, on the screen, and in what is copied."""

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.attacks.attack import Attack, Layer
from tests.attacks.bites import FORGED
from tests.attacks.imitations import ORIGIN
from tests.attacks.looked import details, found, look, panes
from tests.attacks.registry import ATTACKS
from tests.attacks.stage import Stage
from tests.report.test_forged_lines import every_line
from tlsglass.observation import Observation
from tlsglass.report.forms import forms
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.trust.stores.store import Store

pytestmark = pytest.mark.usefixtures("names")

_FORGING = [attack for attack in ATTACKS if "forg" in attack.id]
_SAYING = [attack for attack in _FORGING if attack.layer in {Layer.CERTIFICATES, Layer.FILES}]
_WIDTHS = (60, 61, 79, 80, 100, 120)
_LINE_ENDS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
"""All that ends a line somewhere, as it is written here and not as the package has it."""

_SOURCE = "    https://"
"""How lines begin that are never broken, so that they can be copied."""


def _forged(text: str, indent: int) -> list[str]:
    """Lines that were begun by a stranger: no further in than ours begin."""
    return [line for line in _LINE_ENDS.split(text) if re.match(f" {{0,{indent}}}{FORGED}", line)]


def _reports(seen: Observation, said: bytes) -> Iterator[tuple[int, str]]:
    for width in _WIDTHS:
        for in_ascii in (False, True):
            yield width, to_text(seen, color=False, width=width, said=said, in_ascii=in_ascii)


def test_there_are_attacks_of_that_kind() -> None:
    """At each layer that says what is shown."""
    assert {attack.layer for attack in _FORGING} == set(Layer) - {Layer.RECORDS, Layer.SESSION, Layer.NAMES}


@pytest.mark.parametrize("attack", _FORGING, ids=str)
def test_it_forges_no_line(attack: Attack, stage: Stage, store: Store) -> None:
    """Neither by a line end, nor by blanks, nor where a line is full, nor by what a terminal makes of wide letters."""
    seen, said = look(attack, stage, store)
    assert not _LINE_ENDS.search(to_line(to_json(seen)))
    for width, report in _reports(seen, said):
        assert not _forged(report, 3)
        assert all(cell_len(line) <= width for line in report.splitlines() if not line.startswith(_SOURCE))
    for width in _WIDTHS:
        assert not [forged for pane in panes(seen, width) for forged in _forged(pane, 1)]
        for line, text in details(seen, width):
            # Words of a value that stands there alone may go on where they like: no line of ours is below it.
            is_alone = line.field is not None and len(line.field.lines) == 1 and "blanks" not in attack.id
            assert is_alone or not _forged(text, 1)
            assert not _forged(found(line, seen, width), 3)


@pytest.mark.parametrize("attack", [each for each in _SAYING if each.id.endswith("line-ends")], ids=str)
def test_it_forges_no_line_of_what_is_copied(attack: Attack, stage: Stage, store: Store) -> None:
    """In any form of any line of the tree; a value alone is as it was said, and whoever copies it is told."""
    seen, _ = look(attack, stage, store)
    copied = [form for line in every_line(outline(seen)) for form in forms(seen, line)]
    assert [form for form in copied if FORGED in form.text]
    assert not [form.id for form in copied if form.in_lines and _forged(form.text, 12)]


@pytest.mark.parametrize("attack", [each for each in _SAYING if each.id.endswith("origin")], ids=str)
def test_no_name_says_where_it_is_from(attack: Attack, stage: Stage, store: Store) -> None:
    """Two blanks in a row stand only between what a certificate is called and what we say of it."""
    seen, said = look(attack, stage, store)
    for _, report in _reports(seen, said):
        called = [line for line in report.splitlines() if re.match(r" *(\S|\d+\.) (Certificate: )?Good CA", line)]
        assert called
        assert not [line for line in called if ORIGIN in line]
