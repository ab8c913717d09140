"""Waiting for the screen to come to a state, and what it says then.

Nothing sleeps: each round lets all messages that wait be handled.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.content import Content
from textual.pilot import Pilot

from tlsglass.ui.site.screen import SiteScreen

DEADLINE = 30.0
"""Seconds after which a test gives up; none should come near it."""


async def until(pilot: Pilot[Any], reached: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(DEADLINE):
        while not reached():
            await pilot.pause()
    await pilot.pause()


def site_of(pilot: Pilot[Any]) -> SiteScreen:
    """The screen in front, which is a site's."""
    screen = pilot.app.screen
    assert isinstance(screen, SiteScreen)
    return screen


async def finished(pilot: Pilot[Any]) -> SiteScreen:
    """Wait until the run on the screen in front has ended."""
    await until(
        pilot,
        lambda: (
            isinstance(pilot.app.screen, SiteScreen)
            and pilot.app.screen.observation is not None
            and pilot.app.screen.observation.finished
        ),
    )
    return site_of(pilot)


async def furnished(pilot: Pilot[Any]) -> SiteScreen:
    """Wait until all parts of a site's screen are there."""
    await until(pilot, lambda: isinstance(pilot.app.screen, SiteScreen) and bool(pilot.app.screen.query("Body")))
    return site_of(pilot)


def headline_of(screen: SiteScreen) -> str:
    """The whole headline as text."""
    shown = screen.headline.render()
    assert isinstance(shown, Content)
    return shown.plain
