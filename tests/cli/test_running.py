"""The app's end waits for nobody."""

import asyncio
import gc
import threading

import pytest
from textual.app import App

from tlsglass.cli.running import Unwaited, run_app
from tlsglass.ui.precedence import Precedence


def test_threads_that_go_on_are_not_waited_for() -> None:
    """Work that has begun goes on by itself, and work that has not is forgotten."""
    begun, go_on = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return go_on.wait(30)

    threads = Unwaited(max_workers=1)
    first, second = threads.submit(work), threads.submit(work)
    assert begun.wait(30)
    threads.shutdown()
    assert not first.done()
    assert second.cancelled()
    go_on.set()
    assert first.result(30)


def test_the_app_gives_its_status() -> None:
    """And is over by then."""

    class Leaving(App[None]):
        def on_mount(self) -> None:
            self.exit(return_code=3)

        async def run_async(self, **_: object) -> None:
            await super().run_async(headless=True)

    app = Leaving()
    assert run_app(app, Precedence()) == 3
    assert not app.is_running


def test_threads_hand_over_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen waits for the engine at each turn of its loop."""
    usual = 0.005  # seconds, as Python has it

    class Leaving(App[None]):
        async def run_async(self, **_: object) -> None:
            pass

    asked: list[float] = []
    monkeypatch.setattr("sys.setswitchinterval", asked.append)
    run_app(Leaving(), Precedence())
    assert len(asked) == 1
    assert 0 < asked[0] <= usual / 10


def test_everything_is_looked_through_for_garbage_less_often() -> None:
    """What is young as often as before."""

    class Noting(App[None]):
        async def run_async(self, **_: object) -> None:
            noted.append(gc.get_threshold())

    noted: list[tuple[int, int, int]] = []
    gc.set_threshold(700, 10, 10)
    run_app(Noting(), Precedence())
    assert noted == [(700, 10, 400)]


def test_others_wait_only_while_the_app_has_something_to_do() -> None:
    """Not while it waits for keys and for others, nor once it is left."""
    idle = threading.Event()

    class Noting(App[None]):
        async def run_async(self, **_: object) -> None:
            noted.append(idle.is_set())
            noted.append(await asyncio.to_thread(idle.wait, 30))
            noted.append(idle.is_set())

    noted: list[bool] = []
    run_app(Noting(), Precedence(idle=idle))
    assert noted == [False, True, False]
    assert idle.is_set()
