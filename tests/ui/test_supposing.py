"""What if: the chain on the screen is judged again for another time or name, without a connection."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.trust.authority import NOW, Authority
from tests.ui.conftest import AppMaker
from tests.ui.test_site import headline_of
from tests.ui.waiting import finished, site_of, until
from tlsglass.trust.model import FindingCode, Profile, TrustReport, Verdict
from tlsglass.ui.screens.demo import DemoScreen
from tlsglass.ui.screens.site import SiteScreen
from tlsglass.ui.screens.what_if import WhatIfScreen
from tlsglass.x509.pem import to_pem


async def _ask(pilot: Pilot[None]) -> WhatIfScreen:
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
    asked = pilot.app.screen
    assert isinstance(asked, WhatIfScreen)
    return asked


async def _suppose(pilot: Pilot[None], screen: SiteScreen, at: str = "", hostname: str = "") -> TrustReport:
    """Fill in the dialog and wait for the judgement."""
    before = _report(screen)
    asked = await _ask(pilot)
    asked.query_one("#what-if-at", Input).value = at
    asked.query_one("#what-if-name", Input).value = hostname
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is screen and _report(screen) is not before)
    return _report(screen)


def _report(screen: SiteScreen) -> TrustReport:
    assert screen.observation is not None
    assert screen.observation.trust is not None
    return screen.observation.trust


async def test_another_day_and_back(make_app: AppMaker) -> None:
    """The headline says that it is supposed, a message what it changes; empty fields bring the truth back."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        run = screen.run
        report = await _suppose(pilot, screen, at="+300d")
        assert screen.run is run
        assert (report.verdict, report.seen_at) == (Verdict.UNTRUSTED, truth.at)
        assert FindingCode.EXPIRED in {found.code for found in report.findings}
        assert headline_of(screen).startswith(f"What if at {report.at:%Y-%m-%d %H:%M} UTC   ✗ NOT TRUSTED   expired")
        assert [note.message for note in pilot.app._notifications] == [
            "Now NOT TRUSTED. New: expired, staple-unusable."
        ]
        asked = await _ask(pilot)
        assert asked.query_one("#what-if-at", Input).value == f"{report.at:%Y-%m-%dT%H:%M:%SZ}"
        await pilot.press("escape")
        back = await _suppose(pilot, screen)
        assert back == truth
        assert headline_of(screen).startswith("✓ TRUSTED")


async def test_another_name(make_app: AppMaker) -> None:
    """At the moment at which the site was seen; looking again is about the truth."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        report = await _suppose(pilot, screen, hostname="Other.test")
        assert (report.hostname, report.at, report.seen_at) == ("other.test", truth.at, truth.at)
        assert report.findings[0].code is FindingCode.NAME_MISMATCH
        assert headline_of(screen).startswith("What if for other.test   ✗ NOT TRUSTED")
        assert (await _ask(pilot)).query_one("#what-if-name", Input).value == "other.test"
        await pilot.press("escape", "r")
        await until(pilot, lambda: screen.observation is not None and screen.observation.finished)
        assert _report(screen).seen_at is None


async def test_what_can_not_be_supposed_is_complained_about(make_app: AppMaker) -> None:
    """Under the fields, until they are changed."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        await finished(pilot)
        asked = await _ask(pilot)
        await pilot.press(*"soon", "enter")
        assert "'soon' is no moment." in str(asked.query_one("#what-if-error").render())
        await pilot.press("ctrl+a", "ctrl+k", "tab", *"a..b")
        assert str(asked.query_one("#what-if-error").render()) == ""
        await pilot.press("enter")
        assert "a..b" in str(asked.query_one("#what-if-error").render())
        await pilot.press("escape")
        assert site_of(pilot).headline.observation is not None


async def test_a_file_is_judged_for_a_name_that_is_given_now(make_app: AppMaker, tmp_path: Path) -> None:
    """Nobody needs to open it again."""
    root = Authority.root()
    ca, chain = tmp_path / "ca.pem", tmp_path / "chain.pem"
    ca.write_text(to_pem(root.der), encoding="ascii")
    chain.write_text(to_pem(root.issues("a.test").der), encoding="ascii")
    async with make_app(str(chain), demo=False, ca_file=(ca,)).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        asked = await _ask(pilot)
        await pilot.press("enter")
        assert "Nobody has named a site yet" in str(asked.query_one("#what-if-error").render())
        await pilot.press("escape")
        report = await _suppose(pilot, screen, at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}", hostname="a.test")
        assert (report.verdict, report.hostname) == (Verdict.TRUSTED, "a.test")
        report = await _suppose(pilot, screen, at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}", hostname="b.test")
        assert report.verdict is Verdict.UNTRUSTED


async def test_the_demos_list_keeps_to_the_truth(make_app: AppMaker) -> None:
    """What was supposed about a server is not its verdict."""
    async with make_app().run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await pilot.press("enter")
        screen = await finished(pilot)
        await _suppose(pilot, screen, at="+300d")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        shown = pilot.app.export_screenshot()
        assert "NOT" not in shown


async def test_the_profile_stays_what_the_command_line_says(make_app: AppMaker) -> None:
    """And stands beside the store, since it is not that of browsers."""
    async with make_app("good.demo.test", profile="rfc5280").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _report(screen).profile is Profile.RFC5280
        assert headline_of(screen).endswith(" + demo root · rfc5280")
        report = await _suppose(pilot, screen, at="+1d")
        assert report.profile is Profile.RFC5280


async def test_the_command_line_supposes_for_every_look(make_app: AppMaker) -> None:
    """`--at` holds for what is looked at in the app."""
    at = NOW.replace(year=NOW.year + 5)
    async with make_app("good.demo.test", at=at).run_test(size=(120, 40)) as pilot:
        report = _report(await finished(pilot))
        assert report.at == at
        assert report.seen_at is not None
        assert report.verdict is Verdict.UNTRUSTED
