"""The screen goes first, and the engine gets its share all the same."""

import threading

import pytest

from tlsglass.demo.zoo import Zoo
from tlsglass.ui.engine import Run
from tlsglass.ui.means import Means
from tlsglass.ui.precedence import LONGEST_REST, SHARE, Precedence
from tlsglass.ui.settings import Settings


class Held(threading.Event):
    """Something that is never set; waiting for it ends, as it does when the time is over, once the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds: list[float | None] = []
        self.reached = threading.Event()
        self.over = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the test."""
        self.bounds.append(timeout)
        self.reached.set()
        assert self.over.wait(30)
        return False


@pytest.fixture
def held() -> Held:
    """What the engine waits for."""
    return Held()


def test_the_engine_rests_while_the_screen_works(zoo: Zoo, held: Held) -> None:
    """It goes on where it was once it has waited for long enough, even though the screen still works."""
    means = Means(Settings(), zoo)
    means.precedence = Precedence(idle=held)
    means.precedence.taken()
    run = Run(1, means.parse("good.demo.test"), lambda _message: None)
    engine = threading.Thread(target=run.carry_out, args=(means,))
    engine.start()
    try:
        assert held.reached.wait(30)
        run.take()
        before = run.observation
        assert not before.finished
        assert before.trust is None
    finally:
        held.over.set()
        engine.join()
    run.take()
    assert run.observation.trust is not None
    assert run.observation.finished
    assert set(held.bounds) == {LONGEST_REST}
    run.abandon()


def test_nobody_waits_while_the_screen_does(held: Held) -> None:
    """Nothing is waited for, and asking is all that it costs."""
    precedence = Precedence(idle=held)
    precedence.taken()
    precedence.left()
    precedence.wait()
    assert held.bounds == []


def test_a_key_that_is_held_down_leaves_the_engine_its_share() -> None:
    """After each rest it goes on for a part of the time that it has rested."""
    now, rests = 100.0, 0

    class Resting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            nonlocal now, rests
            now += timeout or 0.0
            rests += 1
            return False

    precedence = Precedence(lambda: now, Resting())
    precedence.taken()
    precedence.wait()
    precedence.wait()
    assert rests == 1
    now += LONGEST_REST * SHARE * 0.99
    precedence.wait()
    assert rests == 1
    now += LONGEST_REST * SHARE * 0.02
    precedence.wait()
    assert rests == 2
