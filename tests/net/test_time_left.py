"""The time of a look: each wait ends by itself, and none goes past the end of the whole."""

import time

import pytest

from tlsglass.limits import Limits
from tlsglass.net.time_left import TimeLeft


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moment that it is, which stands still until it is set."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_the_sooner_end_counts(moment: list[float]) -> None:
    """That of the wait while there is time, that of the whole after."""
    left = TimeLeft(Limits(total_time=60))
    assert (left.until(10), left.at_most(10), left.over, left.hint()) == (1010.0, 10.0, False, "")
    moment[0] = 1055.0
    assert (left.until(10), left.at_most(10), left.over) == (1060.0, 5.0, False)
    moment[0] = 1061.0
    assert (left.until(10), left.at_most(10), left.over) == (1060.0, 0.0, True)
    assert left.hint() == "That is the limit total-time (60 seconds); --limit total-time=120s raises it."
