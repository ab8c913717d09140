"""How often guests may look."""

import threading
from contextlib import suppress

import pytest

from tlsglass.errors import Fault, InputError
from tlsglass.net.pace import Pace


def test_so_many_a_minute() -> None:
    """Any sixty seconds count, and the sentence says when it goes on."""
    now = 100.0
    pace = Pace(2, lambda: now)
    for _ in range(2):
        with pace.turn():
            now += 10
    with pytest.raises(InputError) as error, pace.turn():
        pass
    assert error.value.fault is Fault.TOO_OFTEN
    assert error.value.message == "Guests may look 2 times a minute, and that many looks were begun."
    assert error.value.hint == "Look again in 40 seconds."
    now = 159.5
    with pytest.raises(InputError) as error, pace.turn():
        pass
    assert error.value.hint == "Look again in 1 second."
    now = 160.0
    with pace.turn():
        pass
    with pytest.raises(InputError) as error, pace.turn():
        pass
    assert error.value.hint == "Look again in 10 seconds."


def test_one_at_a_time() -> None:
    """A second one waits until the first has left, however it leaves."""
    pace = Pace(9)
    inside: list[str] = []
    entered, leave = threading.Event(), threading.Event()

    def first() -> None:
        with suppress(RuntimeError), pace.turn():
            inside.append("first in")
            entered.set()
            leave.wait()
            inside.append("first out")
            raise RuntimeError

    def second() -> None:
        with pace.turn():
            inside.append("second in")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    entered.wait()
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join()
    assert inside == ["first in", "first out", "second in"]
