"""What guests see and can't do: the app for those whom its owner does not know."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.ui.waiting import finished, furnished, until
from tlsglass.demo.exhibits import BUNDLES
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import Fault, InputError
from tlsglass.exchange.http import default_request
from tlsglass.net.admission import HostPattern
from tlsglass.net.stop import Stop
from tlsglass.target import Target
from tlsglass.target_file import FileTarget
from tlsglass.ui.commands import commands
from tlsglass.ui.demo.screen import DemoScreen
from tlsglass.ui.dialogs.fault import FaultScreen
from tlsglass.ui.dialogs.fix import FixScreen
from tlsglass.ui.dialogs.help import HelpScreen, help_text
from tlsglass.ui.dialogs.open_file import OpenFileScreen
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.dialogs.what_if import WhatIfScreen
from tlsglass.ui.engine import Run
from tlsglass.ui.kiosk import KioskApp
from tlsglass.ui.means import Means
from tlsglass.ui.settings import Kiosk, Settings
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.target_bar import Pasted
from tlsglass.x509.pem import to_pem

KioskMaker = Callable[..., KioskApp]


@pytest.fixture
def make_kiosk(zoo: Zoo) -> KioskMaker:
    """Makes kiosks on the zoo."""

    def make(target: str | None = None, *patterns: str, per_minute: int = 1000, idle: float = 1e6) -> KioskApp:
        rules = Kiosk(allowed=tuple(map(HostPattern.parse, patterns)), per_minute=per_minute, idle=idle)
        return KioskApp(target, Settings(kiosk=rules), zoo)

    return make


def notices(app: KioskApp) -> list[str]:
    """What the toasts say."""
    return [notification.message for notification in app._notifications]


async def complaint(pilot: Pilot[None], text: str) -> str:
    """What is said of a target that is typed."""
    site = await furnished(pilot)
    site.action_focus_target()
    site.target_bar.input.value = text
    await pilot.press("enter")
    await pilot.pause()
    return " ".join(site.target_bar.error.split())


async def test_a_kiosk_begins_with_the_demo(make_kiosk: KioskMaker) -> None:
    """Whose sites open as ever."""
    async with make_kiosk().run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app.screen, DemoScreen)
        await pilot.press("enter")
        site = await finished(pilot)
        assert site.observation is not None
        assert site.observation.failure is None
        assert site.observation.trust is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/etc/passwd", "There is no host in it."),
        ("./x.pem", "The host '.' has an empty label."),
        ("-", "of a host name"),
        ("file:///etc/passwd", "The scheme 'file' is not known here."),
        ("!sh", "of a host name"),
        (":sh", "There is no host in it."),
        ("-- show", "has a space in it"),
        ("--ca-file=/etc/passwd", "of a host name"),
        ("pyproject.toml", "Guests may not look at pyproject.toml:443 here."),
        ("chain.pem", "Guests may not look at chain.pem:443 here. Open to guests: the sites of the demo, b.test."),
        ("127.0.0.1:22", "Guests may not look at 127.0.0.1:22 here."),
        ("localhost", "Guests may not look at localhost:443 here."),
        ("[::ffff:127.0.0.1]", "Guests may not look at"),
        ("169.254.169.254", "Guests may not look at"),
        ("b.test:22", "Guests may not look at b.test:22 here."),
    ],
)
async def test_what_guests_may_not_type(make_kiosk: KioskMaker, text: str, said: str) -> None:
    """Files are none here, whether they are there or not, and hosts are those that are open."""
    async with make_kiosk("good.demo.test", "b.test").run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        run = site.run
        assert said in await complaint(pilot, text)
        assert site.run is run


async def test_a_name_that_is_open_leads_not_to_this_machine(make_kiosk: KioskMaker) -> None:
    """`localhost`, though it be named: only an address that is listed is open."""
    async with make_kiosk("localhost", "localhost").run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        assert site.observation is not None
        assert site.observation.failure is not None
        assert site.observation.failure.fault is Fault.NOT_ALLOWED
        assert "guests may not go" in str(site.headline.render())


async def test_nothing_touches_files(make_kiosk: KioskMaker) -> None:
    """Neither by key, nor from the palette, nor by whatever else would open such a dialog."""
    app = make_kiosk("good.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        for key in ("o", "s"):
            await pilot.press(key)
            assert app.screen is site
        titles = " ".join(command.title for command in commands(app, site))
        assert "Save" not in titles
        assert "file" not in titles
        await app.push_screen(SaveScreen("x", b"x"))
        await app.push_screen(OpenFileScreen())
        await pilot.pause()
        assert app.screen is site
        assert notices(app)[-1] == "Guests open and save no files here."
        app.copier._offer_file("x" * 100_000, "Whole chain", "")
        await pilot.pause()
        assert app.screen is site
        assert "more than a terminal takes" in notices(app)[-1]
        app.open_url("https://a.test")
        app.deliver_screenshot()
        for action in ("app.screenshot", "app.suspend_process", "screen.open_file", "screen.save"):
            assert not await app.run_action(action)
        assert app.screen is site


async def test_the_palette_has_ours_only(make_kiosk: KioskMaker) -> None:
    """Nothing that Textual brings along."""
    async with make_kiosk().run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        listed = palette.query_one(OptionList)
        await until(pilot, lambda: listed.option_count > 0)
        await pilot.app.workers.wait_for_complete()
        ours = [command.title for command in commands(pilot.app, pilot.app.screen_stack[0])]
        titles = [str(option.prompt).partition("\n")[0] for option in listed.options]
        assert set(titles) == set(ours)


async def test_earlier_targets_are_kept_here_only(make_kiosk: KioskMaker) -> None:
    """And not for the next guest."""
    app = make_kiosk("good.demo.test")
    async with app.run_test() as pilot:
        await finished(pilot)
        app.history.add("b.test")
        app.history.add("good.demo.test")
        assert list(app.history.latest) == ["good.demo.test", "b.test"]
        assert app.history._file is None


async def test_too_many_looks(make_kiosk: KioskMaker) -> None:
    """The screen says so, and what to do."""
    async with make_kiosk("good.demo.test", per_minute=2).run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        await pilot.press("r")
        await finished(pilot)
        await pilot.press("r")
        site = await finished(pilot)
        assert site.observation is not None
        assert site.observation.failure is not None
        assert site.observation.failure.fault is Fault.TOO_OFTEN
        assert "Guests may look 2 times a minute" in str(site.headline.render())


async def test_requests_that_only_read(make_kiosk: KioskMaker) -> None:
    """Any other is refused with a sentence, and what is on the screen stays."""
    app = make_kiosk("good.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        run = site.run
        assert run is not None
        assert isinstance(run.target, Target)
        request = default_request(run.target)
        site.send(replace(request, method="DELETE"))
        await pilot.pause()
        assert site.run is run
        assert notices(app)[-1].startswith("Guests may not send the method 'DELETE'.")
        site.send(replace(request, method="HEAD"))
        await until(pilot, lambda: site.run is not run)
        await finished(pilot)
        assert app.means.objection(replace(request, method="PUT"), FileTarget(text="", path="", hostname=None)) == ""


async def test_certificates_may_be_pasted(make_kiosk: KioskMaker, zoo: Zoo) -> None:
    """They come from the guest's own terminal: no file is read, nobody is asked."""
    async with make_kiosk("good.demo.test").run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        before = site.run
        site._look_at_pasted(Pasted(to_pem(zoo.roots[0])))
        await until(pilot, lambda: site.run is not before)
        site = await finished(pilot)
        assert site.observation is not None
        assert site.observation.failure is None
        assert "pasted" in site.observation.target.text


def test_a_file_is_not_opened_below_the_screen_either(zoo: Zoo, tmp_path: Path) -> None:
    """Whatever a screen hands to the engine's thread."""
    secret = tmp_path / "secret.pem"
    secret.write_text("secret", encoding="utf-8")
    run = Run(1, FileTarget(text="secret.pem", path=str(secret), hostname=None), lambda _message: None)
    run.carry_out(Means(Settings(kiosk=Kiosk()), zoo))
    run.take()
    assert run.observation.failure is not None
    assert run.observation.failure.fault is Fault.NOT_ALLOWED
    run.abandon()


async def test_files_of_the_demo_are_open(make_kiosk: KioskMaker) -> None:
    """They are made by the demo itself, and are had by their names alone."""
    bundle = BUNDLES[0]
    async with make_kiosk(bundle.text).run_test(size=(120, 40)) as pilot:
        site = await finished(pilot)
        assert site.observation is not None
        assert site.observation.failure is None
        assert f"/{bundle.text}" not in await complaint(pilot, f"./{bundle.text}")
        assert "empty label" in site.target_bar.error


async def test_the_help_names_what_guests_can_do(make_kiosk: KioskMaker) -> None:
    """Keys that do nothing for them are not told."""
    async with make_kiosk().run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.pause()
    told = str(help_text(80, for_guests=True))
    assert "if it is open to guests" in " ".join(told.split())
    assert "open a file" not in told
    assert "save a certificate" not in told
    assert "save a certificate" in str(help_text(80))


async def test_examples_are_open(make_kiosk: KioskMaker) -> None:
    """What stands on an empty screen can be looked at."""
    app = make_kiosk(None, "b.test", "*.c.test", "d.test:8443", "e.test:*")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+l")
        site = await furnished(pilot)
        assert site.query_one("#target", Input).placeholder == "host, host:port or URL"
        examples = [target for target, _ in app.means.examples()]
        assert examples[:3] == ["b.test", "d.test:8443", "good.demo.test"]
        for example in examples:
            app.means.parse(example)
        with pytest.raises(InputError):
            app.means.parse("example.com")


class Clock:
    """The time, as a test has it."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


async def test_nobody_there(make_kiosk: KioskMaker) -> None:
    """A warning, then the end with a farewell; a key before that begins anew."""
    app = make_kiosk(idle=300)
    clock = Clock()
    app.clock = clock
    async with app.run_test(size=(80, 24)) as pilot:
        app._alive_at = 0.0
        clock.now = 269.0
        app.watch_idleness()
        await pilot.pause()
        assert notices(app) == []
        clock.now = 270.5
        app.watch_idleness()
        await pilot.pause()
        assert notices(app) == ["Nobody there? This ends in 30 s; any key goes on."]
        await pilot.press("down")
        assert app._alive_at == 270.5
        await until(pilot, lambda: notices(app) == [])
        clock.now = 570.0
        app.watch_idleness()
        assert app.farewell == ""
        clock.now = 570.5
        app.watch_idleness()
        async with asyncio.timeout(30):
            await pilot.pause()
    assert app.farewell == "tlsglass: no key was pressed for 5 min, so this session has ended. Come again."
    assert not app.is_running


@pytest.mark.parametrize(("idle", "said"), [(45, "45 s"), (90, "1 min 30 s"), (60, "1 min")])
async def test_how_long_nobody_was_there(make_kiosk: KioskMaker, idle: float, said: str) -> None:
    """In words that people use."""
    app = make_kiosk(idle=idle)
    async with app.run_test(size=(80, 24)):
        app.clock = lambda: app._alive_at + idle
        app.watch_idleness()
    assert f"no key was pressed for {said}," in app.farewell


def test_a_stop_is_not_needed_for_the_rules() -> None:
    """Outside of a kiosk there are none."""
    means = Means(Settings())
    assert means.admission() is None
    with means.turn(), Stop():
        assert not means.is_kiosk


async def test_what_is_supposed_is_pasted_and_what_mends_is_copied(
    make_kiosk: KioskMaker, zoo: Zoo, tmp_path: Path
) -> None:
    """No file is read for the one, and none written for the other."""
    file = tmp_path / "root.pem"
    file.write_text(to_pem(zoo.roots[0]), encoding="ascii")
    async with make_kiosk("wrong-order.demo.test").run_test(size=(100, 40)) as pilot:
        await finished(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
        field = pilot.app.screen.query_one("#what-if-add", Input)
        field.focus()
        field.value = str(file)
        await pilot.press("enter")
        await pilot.pause()
        assert "No files are read here" in str(pilot.app.screen.query_one("#what-if-error").render())
        await pilot.press("escape", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FixScreen))
        assert "s saves" not in str(pilot.app.screen.query_one("#fix-keys").render())
        await pilot.press("s")
        assert isinstance(pilot.app.screen, FixScreen)


async def test_a_report_of_a_fault_is_not_saved_by_guests(make_kiosk: KioskMaker) -> None:
    """The key isn't offered; copying is."""
    async with make_kiosk().run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, KioskApp)
        app.fault = "RuntimeError in tlsglass/probe.py"
        await pilot.press("f9")
        assert isinstance(app.screen, FaultScreen)
        assert not pilot.app.screen.check_action("save", ())
        assert pilot.app.screen.check_action("copy", ())
        keys = str(pilot.app.screen.query_one(KeyBar).render())
        assert "Save" not in keys
        assert "Copy" in keys
