"""Faults of our own: a thread's leave the app alive with a report, a handler's end it without quoting a value."""

from pathlib import Path

import pytest
from rich.text import Text

from tests.ui.conftest import AppMaker
from tests.ui.waiting import furnished, site_of, until
from tlsglass import fault_report
from tlsglass.ui.engine import Run
from tlsglass.ui.screens.fault import FaultScreen
from tlsglass.ui.screens.save import SaveScreen
from tlsglass.ui.screens.site import SiteScreen

MESSAGE = "of-nobody.example"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether looking fails, by a fault whose message is a secret; a test may clear it."""
    fails = [True]
    sound = Run._look

    def look(self: Run, *words: object) -> object:
        if fails:
            raise RuntimeError(MESSAGE)
        return sound(self, *words)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Run, "_look", look)
    return fails


async def test_a_thread_that_fails_leaves_a_report_and_the_app_alive(
    make_app: AppMaker, broken: list[bool], tmp_path: Path
) -> None:
    """`!` shows it, `c` copies it, `s` saves it, and the next look works."""
    app = make_app("good.demo.test")
    copied: list[tuple[str, str]] = []
    app.copier.copy = lambda text, what: copied.append((text, what))  # type: ignore[method-assign]  # no terminal here
    async with app.run_test() as pilot:
        await furnished(pilot)
        await until(pilot, lambda: bool(app.fault))
        (notice,) = app._notifications
        assert "looking at a site: RuntimeError in tlsglass/" in notice.message
        assert "! or F9 shows a report" in notice.message
        assert MESSAGE not in notice.message + app.fault
        app.screen.set_focus(None)
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, FaultScreen))
        await pilot.press("f9", "c")
        assert copied == [(app.fault, "report of a fault")]
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        path = tmp_path / "fault.txt"
        app.screen.query_one("#save-path").value = str(path)  # type: ignore[attr-defined]  # an Input
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FaultScreen))
        assert path.read_text() == app.fault
        assert path.stat().st_mode & 0o777 == 0o600
        await pilot.press("escape")
        broken.clear()
        await until(pilot, lambda: isinstance(app.screen, SiteScreen))
        site_of(pilot).look_at("good.demo.test")
        await until(pilot, lambda: getattr(site_of(pilot).observation, "trust", None) is not None)


async def test_without_a_fault_there_is_nothing_to_show(make_app: AppMaker) -> None:
    """And that is said."""
    app = make_app()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.is_running)
        app.action_show_fault()
        await pilot.pause()
        assert [notice.message for notice in app._notifications] == ["Nothing has failed."]


async def test_a_handler_that_fails_ends_the_app_with_the_report_alone(make_app: AppMaker) -> None:
    """Textual's own traceback would quote every variable."""
    app = make_app()

    def fail(secret: str) -> None:
        raise RuntimeError(secret)

    async def run() -> None:
        async with app.run_test() as pilot:
            app.call_later(fail, MESSAGE)
            await pilot.pause()

    with pytest.raises(RuntimeError):
        await run()
    assert app.return_code == fault_report.STATUS
    printed: list[object] = []
    app._print_error_renderables = lambda: printed.extend(app._exit_renderables)  # type: ignore[method-assign]
    app._exception = RuntimeError(MESSAGE)
    app._fatal_error()
    app._print_error_renderables()
    (said,) = printed
    assert isinstance(said, Text)
    assert "RuntimeError" in said.plain
    assert MESSAGE not in said.plain
