"""The app's end waits for nobody."""

import threading

from textual.app import App

from tlsglass.cli.running import Unwaited, run_app


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
    assert run_app(app) == 3
    assert not app.is_running
