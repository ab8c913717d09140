"""Screens over other ones: what is behind stays visible, dimmed and true."""

import pytest
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tlsglass.ui.dialogs.help import HelpScreen
from tlsglass.ui.dialogs.overlay import Overlay


def _lines(screen: Screen[object]) -> list[Strip]:
    return screen._compositor.render_strips()


async def test_it_dims_as_textual_does(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell the same as Textual's own rendering of a screen behind, which is slower."""
    async with make_app("expired.demo.test").run_test(size=(100, 30)) as pilot:
        site = await finished(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await pilot.pause()
        ours = _lines(pilot.app.screen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is site)
        monkeypatch.setattr(Overlay, "render", ModalScreen.render)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await pilot.pause()
        assert [list(line.simplify()) for line in ours] == [list(line.simplify()) for line in _lines(pilot.app.screen)]
        assert "expired.demo.test" in ours[0].text
