"""What the command line does to the process, which is that of the tests here, is undone after each."""

import gc
from collections.abc import Iterator, Sequence

import pytest

from tests.cli.scripted import Play, Script
from tlsglass import events
from tlsglass.exchange.spool import Spool
from tlsglass.net.stop import Stop
from tlsglass.target import Target
from tlsglass.trust.stores import Store


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    """The garbage collector's thresholds, whether it runs, and what it leaves alone."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Have probes give the events of a script instead of connecting; gives what they were asked for."""
    monkeypatch.setattr("tlsglass.cli.show.as_started", dict)  # the test's environment counts, not that of all tests

    def install(script: Sequence[events.Event] | Script) -> list[tuple[Target, Store, float]]:
        asked: list[tuple[Target, Store, float]] = []

        def probe(
            target: Target, *, store: Store, spool: Spool, stop: Stop, timeout: float, **_: object
        ) -> Iterator[events.Event]:
            asked.append((target, store, timeout))
            yield from script(target, spool, stop) if callable(script) else script

        monkeypatch.setattr("tlsglass.probe.probe", probe)
        return asked

    return install
