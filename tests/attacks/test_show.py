"""Every attack against `tlsglass show`: what it reports, and what it holds afterwards."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.attack import PATIENT, Attack
from tests.attacks.registry import ATTACKS, WARM_UP
from tests.attacks.resources import forget_peak, held_by, settled
from tests.attacks.scanner import complaints
from tests.attacks.shown import Show
from tests.attacks.stage import Stage
from tests.report.schema import errors
from tlsglass.errors import Fault

_INTERRUPTED = 130
_MARGIN = 20.0
"""Seconds that a look may take beyond those it allows the server: no measure of speed, but of that it ends."""


@pytest.fixture(scope="module")
def show(stage: Stage, ca_file: Path) -> Iterator[Show]:
    """The process, after a first look that loads what all looks need."""
    with Show(ca_file) as process:
        process.look(stage.target(WARM_UP), "--timeout", str(WARM_UP.timeout))
        yield process


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_it_is_reported_for_what_it_is(attack: Attack, stage: Stage, show: Show) -> None:
    """The report names it in time and in little memory, and no thread and no descriptor is left of it."""
    before = held_by(show.pid)
    forget_peak(show.pid)
    stage.forget(attack)
    began = time.monotonic()
    show.begin(stage.target(attack), "--timeout", str(attack.timeout), *attack.words, *_bound(attack))
    if attack.file is not None and attack.endless:
        settled(show.pid, lambda _: _has_open(show.pid, stage.target(attack)))
        show.interrupt()
    shown = show.end()
    assert time.monotonic() - began < PATIENT + _MARGIN
    assert not complaints(shown.output)
    assert not errors(shown.report)
    _agrees(attack, shown.report)
    assert shown.status == _status(attack)
    after = settled(show.pid, lambda held: held.threads <= before.threads and held.descriptors <= before.descriptors)
    assert (after.threads, after.descriptors) == (before.threads, before.descriptors)
    assert after.peak - before.resident < attack.megabytes << 20


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.endless][:1], ids=str)
def test_it_ends_when_it_is_interrupted(attack: Attack, stage: Stage, show: Show) -> None:
    """Ctrl+C ends what goes on for ever, and what was seen is reported."""
    stage.forget(attack)
    show.begin(stage.target(attack))
    stage.wait_until_under_way(attack)
    show.interrupt()
    shown = show.end()
    assert shown.status == _INTERRUPTED
    assert shown.report["error"]["code"] == "cancelled"
    assert shown.report["certificates"]


def _bound(attack: Attack) -> tuple[str, ...]:
    """What bounds a look that the reader would end else."""
    return ("--limit", "total-time=1s") if attack.endless else ()


def _has_open(pid: int, path: str) -> bool:
    """Whether a process has a file open. Linux only."""
    return any(each.is_symlink() and str(each.readlink()) == path for each in Path(f"/proc/{pid}/fd").iterdir())


def _agrees(attack: Attack, report: dict[str, object]) -> None:
    """The report says what must be seen."""
    seen, error = attack.seen, report["error"]
    if seen.phase is None:
        assert error is None
    else:
        assert isinstance(error, dict), report
        assert (error["phase"], error["code"]) == (seen.phase, seen.fault)
        assert seen.says in error["message"]
    text = json.dumps(report)
    if seen.certificates is not None:
        certificates = report["certificates"]
        assert isinstance(certificates, list)
        assert len(certificates) == seen.certificates
    for code in seen.findings:
        assert f'"code": "{code}"' in text


def _status(attack: Attack) -> int:
    """What a shell is told."""
    if attack.seen.fault is Fault.CANCELLED:
        return _INTERRUPTED
    if attack.seen.phase is not None:
        return 3
    return 1 if attack.seen.untrusted else 0
