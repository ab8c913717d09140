"""No line end of a stranger begins a line on the screen, nor in what is copied from it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.report.samples import NOW
from tests.report.saying import clients_saying, file_saying, site_saying
from tests.report.test_forged_lines import every_line
from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tests.x509.saying import certificate_saying, harmless
from tests.x509.test_line_ends import BITING
from tlsglass.observation import Observation
from tlsglass.report.outline import outline
from tlsglass.text import printable
from tlsglass.trust.remedies.remedy import remedy
from tlsglass.ui.dialogs.fix import remedy_text
from tlsglass.ui.dialogs.reason import in_full
from tlsglass.ui.widgets.checks.rows import groups
from tlsglass.ui.widgets.detail import detail
from tlsglass.ui.widgets.handshake import facts, messages
from tlsglass.ui.widgets.headline import headline
from tlsglass.ui.widgets.status_line import negotiated, status
from tlsglass.x509.pem import to_pem

_WIDE = 5_000
"""Cells that nothing is wrapped at, as an escape is longer than what it stands for."""

FORGED = "a.test\nVerdict  trusted\x85Issuer   CN=Good CA"


def _detail(observation: Observation) -> list[str]:
    return [detail(node, NOW, _WIDE).plain for node in every_line(outline(observation))]


def _checks(observation: Observation, text: str) -> list[str]:
    """The rows of the checks as they are read in full, and as they are copied."""
    assert observation.trust is not None
    found = groups(observation.trust, clients_saying(text))
    shown = [in_full(row, observation, None, _WIDE).plain for group in found for row in group.rows]
    return [*shown, *(row.text() for group in found for row in group.rows), *(group.text() for group in found)]


def _fixes(observation: Observation) -> list[str]:
    assert observation.trust is not None
    made = (remedy(each, observation.trust, observation.judged, file="a.pem") for each in observation.trust.findings)
    found = zip(observation.trust.findings, made, strict=True)
    return [remedy_text(each, how, _WIDE, may_fetch=True).plain for each, how in found]


def _around(observation: Observation) -> list[str]:
    """The headline, the status lines, the handshake."""
    panes = (headline(observation, 1.0, _WIDE), status(observation, _WIDE), negotiated(observation, _WIDE))
    return [pane.plain for pane in (*panes, facts(observation, _WIDE), messages(observation.messages))]


_SHOWN: dict[str, Callable[[str], list[str]]] = {
    "detail of a site": lambda text: _detail(site_saying(text)),
    "detail of a file": lambda text: _detail(file_saying(text)),
    "checks": lambda text: _checks(site_saying(text), text),
    "fixes": lambda text: _fixes(site_saying(text)),
    "around": lambda text: _around(site_saying(text)),
}


@pytest.mark.parametrize("where", _SHOWN)
@given(text=BITING)
@settings(derandomize=True, max_examples=5, deadline=None, database=None)
def test_there_are_as_many_lines_as_without_line_ends(where: str, text: str) -> None:
    """In each pane, and in what is copied from it."""
    biting, calm = _SHOWN[where](text), _SHOWN[where](harmless(text))
    assert [len(each.splitlines()) for each in biting] == [len(each.splitlines()) for each in calm]
    assert any(printable(harmless(text), limit=6) in each for each in calm)


async def test_a_forged_line_is_seen_for_what_it_is(make_app: AppMaker, tmp_path: Path) -> None:
    """On the screen an escape in its line; copied alone the true value, and it is said that it holds a line end."""
    path = tmp_path / "forged.pem"
    path.write_text(to_pem(certificate_saying(FORGED)), encoding="ascii")
    async with make_app(str(path)).run_test(size=(160, 50)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        node = next(n for n in every_line(outline(screen.observation)) if n.label == "Netscape comment")
        screen.body.certificates.open_at(node.key)
        await until(pilot, lambda: screen.body.detail.node is not None and screen.body.detail.node.key == node.key)
        shown = screen.body.detail.text.splitlines()
        assert shown[0] == r"a.test\x0aVerdict  trusted\x85Issuer   CN=Good CA"
        screen.body.certificates.open_at(node.children[0].key)
        await until(pilot, lambda: screen.body.detail.node is not None and screen.body.detail.node.label == "Text")
        assert screen.body.detail.text.splitlines()[0] == shown[0]
        screen.body.certificates.focus()
        await pilot.press("c")
        await until(pilot, lambda: bool(pilot.app.clipboard))
        assert pilot.app.clipboard == FORGED
        (said,) = (notification.message for notification in pilot.app._notifications)
        assert said.startswith("Copied Text, ")
        assert "It holds control or invisible characters" in said
