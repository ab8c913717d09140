"""One attack played to `tlsglass show`: that it ends, and what is left of it, whatever the form of the report."""

from pathlib import Path

from tests.attacks.attack import Attack
from tests.attacks.registry import WARM_UP
from tests.attacks.resources import forget_peak, held_by, settled
from tests.attacks.scanner import complaints
from tests.attacks.shown import Show, Shown
from tests.attacks.stage import Stage
from tlsglass.errors import Fault

INTERRUPTED = 130


def warm_up(show: Show, stage: Stage) -> None:
    """A first look, which loads what all looks need."""
    show.look(stage.target(WARM_UP), "--timeout", str(WARM_UP.timeout))


def play(attack: Attack, stage: Stage, show: Show) -> Shown:
    """Look at an attack.

    It must end (`Show.end` waits for that) in little memory, with the status that is due, no thread and no descriptor
    may be left, and nothing of what was written may steer a terminal.
    """
    before = held_by(show.pid)
    forget_peak(show.pid)
    stage.forget(attack)
    show.begin(stage.target(attack), "--timeout", str(attack.timeout), *attack.words, *_bound(attack))
    if attack.file is not None and attack.endless:
        settled(show.pid, lambda _: _has_open(show.pid, stage.target(attack)))
        show.interrupt()
    shown = show.end()
    assert not complaints(shown.output)
    assert shown.status == _status(attack)
    after = settled(show.pid, lambda held: held.threads <= before.threads and held.descriptors <= before.descriptors)
    assert (after.threads, after.descriptors) == (before.threads, before.descriptors)
    assert after.peak - before.resident < attack.megabytes << 20
    return shown


def _bound(attack: Attack) -> tuple[str, ...]:
    """What bounds a look that the reader would end else."""
    return ("--limit", "total-time=1s") if attack.endless else ()


def _has_open(pid: int, path: str) -> bool:
    """Whether a process has a file open. Linux only."""
    return any(each.is_symlink() and str(each.readlink()) == path for each in Path(f"/proc/{pid}/fd").iterdir())


def _status(attack: Attack) -> int:
    """What a shell is told."""
    if attack.seen.fault is Fault.CANCELLED:
        return INTERRUPTED
    if attack.seen.phase is not None:
        return 3
    return 1 if attack.seen.untrusted else 0
