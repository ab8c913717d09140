"""The garbage collector rests while a command loads what it needs, and works after that."""

import gc
import io
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tlsglass import cli, events
from tlsglass.cli.loading import loaded, loading
from tlsglass.cli.show import Look, write_reports


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_loaded_is_never_looked_through_for_garbage(*, fails: bool) -> None:
    """Not while it loads and not later, also where loading is broken off; what comes after is."""
    frozen = gc.get_freeze_count()
    with suppress(ImportError), loading():
        assert not gc.isenabled()
        libraries: list[list[object]] = [[] for _ in range(100)]
        if fails:
            raise ImportError
    assert gc.isenabled()
    assert gc.get_freeze_count() >= frozen + len(libraries)


def test_only_what_was_loaded_is_left_alone() -> None:
    """Once the collector works, what is there is looked through: it may be garbage."""
    frozen = gc.get_freeze_count()
    loaded()
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen


def test_the_command_line_is_loaded_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first line on."""
    noted: list[bool] = []
    monkeypatch.setattr("tlsglass.cli.end_at_once", lambda: None)
    monkeypatch.setattr("tlsglass.cli.front.main", lambda: noted.append(gc.isenabled()))
    cli.main()
    assert noted == [False]


def test_the_first_report_is_written_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step of it loads what it needs; with the second target everything is there."""
    noted: list[bool] = []

    def probe(*_: object, **__: object) -> Iterator[events.Event]:
        noted.append(gc.isenabled())
        yield events.Finished(at=0)

    monkeypatch.setattr("tlsglass.probe.probe", probe)
    gc.disable()
    write_reports(["a.test", "b.test"], Look(ca_store=("none",)), as_json=True, out=io.StringIO(), err=io.StringIO())
    assert noted == [False, True]
