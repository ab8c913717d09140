"""What a process holds, read from outside: memory, threads and descriptors. Linux only."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 20.0
_LOOK_AGAIN = 0.01
"""Seconds between two looks at a process that another one can't wait for otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What a process holds at one moment."""

    threads: int
    descriptors: int
    resident: int
    """Bytes of memory."""

    peak: int
    """The most bytes since `forget_peak`."""


def held_by(pid: int) -> Resources:
    """What a process holds now."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return Resources(
        threads=int(fields["Threads"]),
        descriptors=len(os.listdir(f"/proc/{pid}/fd")),  # noqa: PTH208 - names alone are wanted, at once
        resident=int(fields["VmRSS"].split()[0]) * 1024,
        peak=int(fields["VmHWM"].split()[0]) * 1024,
    )


def forget_peak(pid: int) -> None:
    """Let the height of a process's memory count from now on. See proc_pid_clear_refs(5)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def settled(
    pid: int, reached: Callable[[Resources], bool], pass_time: Callable[[float], object] = time.sleep
) -> Resources:
    """Wait until a process has given back what it should: a thread that ends does so in its own time.

    Args:
        pid: the process.
        reached: whether it has.
        pass_time: lets so many seconds pass, as reading what the process writes does.

    Returns:
        What it holds then, or when waiting any longer made no sense.
    """
    deadline = time.monotonic() + _PATIENCE
    while not reached(held := held_by(pid)) and time.monotonic() < deadline:
        pass_time(_LOOK_AGAIN)
    return held
