"""The app around the screens: themes, help, palette, quitting, and what is loaded when."""

import subprocess
import sys

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, Static

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, furnished, until
from tlsglass.ui.commands import commands
from tlsglass.ui.dialogs.help import HelpScreen
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.themes import ANSI, DARK, LIGHT


def test_the_first_paint_loads_nothing_heavy() -> None:
    """Neither the engine nor what the panes need: those follow in a thread."""
    code = "import sys, tlsglass.ui.app, tlsglass.ui.site.screen; print(' '.join(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    for heavy in (
        "OpenSSL",
        "cryptography",
        "idna",
        "h11",
        "tlsglass.probe",
        "tlsglass.observation",
        "tlsglass.x509.model",
    ):
        assert heavy not in loaded


async def test_themes_go_round(make_app: AppMaker) -> None:
    """Dark, light, the terminal's own; each is drawn without a fault."""
    app = make_app("expired.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        assert app.theme == DARK.name
        for theme in (LIGHT, ANSI, DARK):
            await pilot.press("t")
            await pilot.pause()
            assert app.theme == theme.name
            assert "NOT&#160;TRUSTED" in app.export_screenshot()


async def test_without_colours_the_words_are_left(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR is honoured, and nothing is told by colour alone."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app("expired.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        assert app.no_color
        assert "✗&#160;NOT&#160;TRUSTED" in app.export_screenshot()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_help_says_what_the_keys_do(make_app: AppMaker, size: tuple[int, int]) -> None:
    """It opens over any screen and closes by Escape."""
    app = make_app(demo=False)
    async with app.run_test(size=size) as pilot:
        screen = await furnished(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.pause()
        text = str(app.screen.query_one("#help-text", Static).content)
        for said in ("Ctrl+L", "copy the selected value", "not checked"):
            assert said in text
        app.action_help()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_help_is_kept_and_looks_as_if_it_was_new(make_app: AppMaker) -> None:
    """On a terminal of another size, in another theme, and after one has read to its end."""
    app = make_app(demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await furnished(pilot)
        await pilot.press("f1", "end")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.focused is not None)
        kept = app.screen
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.resize_terminal(90, 30)
        app.theme = LIGHT.name
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is kept)
        shown = app.export_screenshot()
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        app.push_screen(HelpScreen())
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await until(pilot, lambda: app.export_screenshot() == shown)


async def test_the_app_may_end_before_the_palette_is_there(make_app: AppMaker) -> None:
    """Nothing is looked for then: there is no list to put it into."""
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.action_command_palette()
        app.exit()
    assert app.return_code == 0
    assert not app.fault


async def test_the_palette_has_every_action(make_app: AppMaker) -> None:
    """Under its name, with its key; choosing one does it."""
    app = make_app("good.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        offered = {command.title: command for command in commands(app, screen)}
        for title in (
            "Look at the same site again",
            "Copy the selected value",
            "Copy in another form",
            "Save a certificate, the chain or the answer",
            "Find in the lines, the bytes or the answer",
            "The reasons of the verdict",
            "What was agreed",
            "Type another site",
            "Leave tlsglass",
            "Theme: light",
        ):
            assert title in offered
        offered["What was agreed"].callback()
        await pilot.pause()
        assert screen.body.front == "handshake"
        offered["Theme: light"].callback()
        assert app.theme == LIGHT.name
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        assert [line.cursor_blink for line in app.screen.query(Input)] == [False]
        await pilot.press(*"reasons of")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.screen is screen and screen.body.front == "checks")


async def test_q_quits_and_types_where_one_types(make_app: AppMaker) -> None:
    """In the target bar it is a letter; Ctrl+Q quits everywhere."""
    app = make_app(demo=False)
    async with app.run_test() as pilot:
        screen = await furnished(pilot)
        assert isinstance(screen, SiteScreen)
        await pilot.press("q")
        assert screen.target_bar.input.value == "q"
        assert app.is_running
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert not app.is_running
