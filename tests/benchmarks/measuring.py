"""Timing whole processes and screens: medians, and ratios pair by pair."""

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    budget: str
    held: bool

    def __str__(self) -> str:
        """As printed."""
        return f"{'ok  ' if self.held else 'OVER'}  {self.what:<58} {self.measured:<40} budget {self.budget}"


def median(measure: Callable[[], float], runs: int) -> float:
    """The median of several runs after one that is not counted, in the unit of the measure."""
    measure()
    return statistics.median(measure() for _ in range(runs))


def paired(first: Callable[[], float], second: Callable[[], float], runs: int) -> tuple[float, float, float]:
    """Two measures in turn: the median of each, and the median of their ratios pair by pair."""
    first()
    second()
    pairs = [(first(), second()) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def process_seconds(command: Sequence[str]) -> float:
    """Seconds from the start of a process to its end, its output read and dropped."""
    began = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return time.perf_counter() - began
