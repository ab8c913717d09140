"""The app's end waits for nobody."""

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest
from textual.app import App

from tlsglass.cli.running import Unwaited, run_app
from tlsglass.ui.precedence import Precedence


@pytest.fixture(autouse=True)
def _interpreter_as_it_was() -> Iterator[None]:
    """Running an app sets how the whole process goes on."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


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


def test_everything_is_looked_through_for_garbage_less_often() -> None:
    """Than by default; what is young as often."""

    class Noting(App[None]):
        async def run_async(self, **_: object) -> None:
            noted.append(gc.get_threshold())

    noted: list[tuple[int, int, int]] = []
    young, middle, full = 700, 10, 10
    gc.set_threshold(young, middle, full)
    run_app(Noting(), Precedence())
    ((*own, own_full),) = noted
    assert own == [young, middle]
    assert own_full > full


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
