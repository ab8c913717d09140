"""Faults of our own: a thread's leave the app alive with a report, a handler's end it without quoting a value."""

import ast
import asyncio
import importlib
import threading
from pathlib import Path

import pytest
from rich.text import Text
from textual.widgets import Static

import tlsglass
from tests.ui.conftest import AppMaker
from tests.ui.waiting import furnished, site_of, until
from tlsglass import fault_report
from tlsglass.ui.dialogs.fault import FaultScreen
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.engine import Run
from tlsglass.ui.site.screen import SiteScreen

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
    app.copier.copy = lambda text, what, **_: copied.append((text, what))  # type: ignore[method-assign]  # no terminal here
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


async def test_a_thread_of_no_worker_that_fails_is_told(make_app: AppMaker) -> None:
    """Python would write it across the screen; after the app it may do so again."""
    before = threading.excepthook
    app = make_app()

    def fail() -> None:
        raise RuntimeError(MESSAGE)

    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.is_running and threading.excepthook is not before)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        await until(pilot, lambda: bool(app.fault))
        assert "while working in a thread: RuntimeError in test_faults.py" in app.fault
        assert MESSAGE not in app.fault
    assert threading.excepthook is before


async def test_a_callback_that_fails_is_told(make_app: AppMaker) -> None:
    """A timer's and a task's that nobody waits for; remarks of the loop without an exception are none."""
    app = make_app()
    loop = asyncio.get_running_loop()

    def fail() -> None:
        raise RuntimeError(MESSAGE)

    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.is_running and loop.get_exception_handler() is not None)
        loop.call_exception_handler({"message": MESSAGE})
        assert not app.fault
        loop.call_soon(fail)
        await until(pilot, lambda: bool(app.fault))
        assert "while waiting for something: RuntimeError in test_faults.py" in app.fault
        assert MESSAGE not in app.fault
        assert app.is_running
    assert loop.get_exception_handler() is None


async def test_a_dialog_whose_thread_fails_can_be_used_again(
    make_app: AppMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving tells that it did not, and a second try may do."""
    fails = [True]

    def write(path: Path, chunks: object, *, replace: bool) -> int:  # noqa: ARG001 - as it is called
        if fails:
            raise RuntimeError(MESSAGE)
        return path.write_bytes(b"x")

    monkeypatch.setattr("tlsglass.ui.dialogs.save.write_file", write)
    app = make_app()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.is_running)
        screen = SaveScreen(str(tmp_path / "x"), b"x")
        app.push_screen(screen)
        await until(pilot, lambda: app.screen is screen and bool(screen.query("#save-path")))
        screen.save()
        await until(pilot, lambda: bool(app.fault))
        await until(pilot, lambda: "not saved" in str(screen.query_one("#save-said", Static).content))
        assert "while saving: RuntimeError" in app.fault
        fails.clear()
        screen.save()
        await until(pilot, lambda: app.screen is not screen)
    assert (tmp_path / "x").read_bytes() == b"x"


def test_every_thread_has_somebody_who_hears_of_its_fault() -> None:
    """Textual tells only the node that a worker belongs to; each that starts one hears it, or one made of it does."""
    deaf = []
    for path in (Path(tlsglass.__file__).parent / "ui").rglob("*.py"):
        for kind in ast.walk(ast.parse(path.read_text())):
            if isinstance(kind, ast.ClassDef) and _starts_workers(kind):
                made = getattr(importlib.import_module(_module(path)), kind.name)
                if not any(hasattr(each, "on_worker_state_changed") for each in (made, *made.__subclasses__())):
                    deaf.append(f"{path.name}: {kind.name}")
    assert deaf == []


def _starts_workers(kind: ast.ClassDef) -> bool:
    calls = [node.func for node in ast.walk(kind) if isinstance(node, ast.Call)]
    started = any(isinstance(call, ast.Attribute) and ast.unparse(call) == "self.run_worker" for call in calls)
    return started or any(isinstance(call, ast.Name) and call.id == "work" for call in calls)


def _module(path: Path) -> str:
    parts = path.relative_to(Path(tlsglass.__file__).parent.parent).with_suffix("").parts
    return ".".join(parts)
