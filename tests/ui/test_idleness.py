"""What is done while nobody waits: only then, and once."""

import asyncio

import pytest

from tests.ui.conftest import AppMaker
from tests.ui.waiting import furnished
from tlsglass.ui import idleness
from tlsglass.ui.idleness import Idleness


async def test_it_is_done_once_nothing_has_happened_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before, however long one goes on."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    waits = Idleness(lambda: done.set_result(None))
    waits.interrupt()
    first = waits._waiting
    assert first is not None
    monkeypatch.setattr(idleness, "WAIT", 0.0)
    waits.interrupt()
    assert first.cancelled()
    async with asyncio.timeout(30):
        await done


async def test_nothing_is_done_after_the_end() -> None:
    """Whoever has left is not waited for."""
    waits = Idleness()
    waits.interrupt()
    waiting = waits._waiting
    waits.end()
    assert waiting is not None
    assert waiting.cancelled()


async def test_keys_are_what_happens(make_app: AppMaker) -> None:
    """Each puts it off; with the app it ends."""
    app = make_app(demo=False)
    async with app.run_test() as pilot:
        await furnished(pilot)
        await pilot.press("a")
        before = app._idleness._waiting
        await pilot.press("b")
        assert before is not None
        assert before.cancelled()
    assert app._idleness._waiting is None
