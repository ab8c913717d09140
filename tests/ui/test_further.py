"""Looking further than the server: about revocation, from the key to what a later supposition keeps of it."""

from textual.widgets import Input

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, headline_of, until
from tlsglass.trust.model import FindingCode, Verdict
from tlsglass.trust.topics import FETCHING
from tlsglass.ui.dialogs.what_if import WhatIfScreen


async def test_revocation_is_asked_about_when_that_is_wanted(make_app: AppMaker) -> None:
    """Not before; and what was said then holds for whatever is supposed of the chain."""
    async with make_app("revoked-ocsp.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert headline_of(screen).startswith("✓ TRUSTED")
        run = screen.run
        await pilot.press("R")
        await until(pilot, lambda: screen.run is not run and not screen.running)
        await finished(pilot)
        assert headline_of(screen).startswith("✗ NOT TRUSTED   revoked 2 days ago")
        assert screen.observation is not None
        asked = screen.observation.trust
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
        pilot.app.screen.query_one("#what-if-at", Input).value = "+1d"
        await pilot.press("enter")
        await until(
            pilot,
            lambda: (
                pilot.app.screen is screen and screen.observation is not None and screen.observation.trust is not asked
            ),
        )
        supposed = screen.observation.trust
        assert supposed is not None
        assert supposed.verdict is Verdict.UNTRUSTED
        assert FindingCode.REVOKED in {found.code for found in supposed.findings}


async def test_who_was_asked_for_issuers_is_told_of_what_is_supposed_too(make_app: AppMaker) -> None:
    """Of another time, and of the truth that one comes back to."""
    async with make_app("missing-intermediate.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        run = screen.run
        await pilot.press("A")
        await until(pilot, lambda: screen.run is not run and not screen.running)
        await finished(pilot)

        def told() -> list[str]:
            trust = screen.observation.trust if screen.observation is not None else None
            return [check.detail for check in trust.checks if check.name == FETCHING] if trust is not None else []

        truth, before = screen.observation, told()
        assert [" gave 1 certificate." in detail for detail in before] == [True]
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
        pilot.app.screen.query_one("#what-if-at", Input).value = "+1d"
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and screen.observation is not truth)
        supposed = screen.observation
        assert told() == before
        await pilot.press("I")
        await until(pilot, lambda: screen.observation is not supposed)
        assert told() == before
        assert screen.observation is not None
        assert truth is not None
        assert screen.observation.trust == truth.trust


async def test_files_have_nobody_to_ask(make_app: AppMaker) -> None:
    """The key is for sites that were seen."""
    async with make_app().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "R" not in pilot.app.screen.active_bindings
