"""A long session: a thousand looks at the zoo in one app, which ends with what it began with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.attacks.resources import Resources, settled
from tests.ui.waiting import until
from tlsglass.demo.zoo import Zoo
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.demo.screen import DemoScreen
from tlsglass.ui.settings import Settings
from tlsglass.ui.site.screen import SiteScreen

_LOOKS = 1000
_WARM_UP = 100
_SLACK = 24 << 20
"""Bytes by which memory may grow in the 900 looks after the warm-up: caches of values, and what the allocator keeps.

A look holds some 0.3 MB of certificates, judgement and lines while it is shown; if each left them, it were 270 MB.
"""

_WORDS = "key"
"""Narrows the list to exhibits of many kinds that answer at once, and to files."""


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    """The servers, in this process as in the demo."""
    with Zoo() as opened:
        yield opened


async def test_a_thousand_looks_leave_nothing(zoo: Zoo, tmp_path: Path) -> None:
    """Memory, threads and descriptors are at the end what they were after the first hundred.

    Tours look without drawing, as they do for the reader; after each, a site is opened, drawn and left again.
    """
    app = TlsglassApp(None, Settings(history_file=tmp_path / "history"), zoo)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        screen.entries.narrow(_WORDS)
        before: Resources | None = None
        looks = 0
        while looks < _LOOKS:
            looks += await _tour(pilot, screen) + await _visit(pilot, screen)
            if before is None and looks >= _WARM_UP:
                before = settled(os.getpid(), lambda _: True)
        assert before is not None
        base = before
        after = settled(os.getpid(), lambda now: _no_more(now, base))
    assert _no_more(after, base), (base, after)
    assert after.resident - base.resident < _SLACK


async def _tour(pilot: Pilot[None], screen: DemoScreen) -> int:
    """Visit all that is in the list; how many they were."""
    await pilot.press("a")
    await pilot.app.workers.wait_for_complete()
    await until(pilot, lambda: not screen.touring)
    return len(screen.entries.shown)


async def _visit(pilot: Pilot[None], screen: DemoScreen) -> int:
    """Open a site and come back."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SiteScreen))
    site = pilot.app.screen
    assert isinstance(site, SiteScreen)
    await until(pilot, lambda: site.observation is not None and site.observation.finished)
    await pilot.press("escape")
    await until(pilot, lambda: pilot.app.screen is screen)
    return 1


def _no_more(now: Resources, than: Resources) -> bool:
    """Whether no thread and no descriptor has come to those that there were."""
    return now.threads <= than.threads and now.descriptors <= than.descriptors
