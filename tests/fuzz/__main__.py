"""Fuzzing at length, by hand: `python -m tests.fuzz --inputs 100000 --seed 1 [--parser NAME ...]`.

What fails is made short and kept in `tests/fuzz/found/`, where pytest reads it at each run. An input that takes longer
than `--patience` seconds of the processor counts as failed too. `--coverage` says afterwards how much was reached.
"""

import argparse
import random
import signal
import sys
import time
import traceback
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.fuzz import found
from tests.fuzz.edits import edited, random_edits
from tests.fuzz.parser import FoundError, Parser, examine
from tests.fuzz.registry import PARSERS
from tests.fuzz.shortening import shortened

_COUNTED = 16
"""Every so manieth input has the functions counted that it calls."""

_TOLD = 5
"""Failures of one parser that are told in full."""


_SHOWN = 400
"""Characters of anything that are told."""


class TooLongError(BaseException):
    """An input took longer than there is patience for; nothing on its way may swallow this."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and tell.

    Args:
        arguments: the command line.

    Returns:
        1 where something failed.
    """
    options = _options(arguments)
    chosen = [parser for parser in PARSERS if not options.parser or parser.name in options.parser]
    if not chosen:
        sys.stderr.write(f"There is no such parser; there are {', '.join(parser.name for parser in PARSERS)}.\n")
        return 2
    failures = 0
    with _measured(chosen, wanted=options.coverage):
        for parser in chosen:
            failures += _fuzz(parser, options.inputs, options.seed, options.patience)
    return 1 if failures else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the parsers at length.")
    parser.add_argument("--inputs", type=int, default=10_000, help="inputs for each parser")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs")
    parser.add_argument("--parser", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--patience", type=float, default=10.0, help="seconds of the processor that an input may take")
    parser.add_argument("--coverage", action="store_true", help="tell how much of each module was reached")
    return parser.parse_args(arguments)


def _fuzz(parser: Parser, inputs: int, seed: int, patience: float) -> int:
    """So many inputs for one parser; how many kinds of failure there were."""
    source = random.Random(zlib.crc32(parser.name.encode()) ^ seed)  # noqa: S311 - the same again for the same seed
    seeds = parser.seeds()
    watch = Watch(parser, patience)
    began, slowest = time.process_time(), 0.0
    for number in range(inputs):
        data = edited(source.choice(seeds), random_edits(source, parser.form), parser.form, seeds)
        start = time.process_time()
        watch.new_failure(data, counted=number % _COUNTED == 0)
        slowest = max(slowest, time.process_time() - start)
    took = time.process_time() - began
    print(  # noqa: T201 - this is a program
        f"{parser.name:<52} {inputs:>9,} inputs {inputs / took:>8,.0f}/s  slowest {1000 * slowest:>6,.0f} ms"
        f"  failures {len(watch.failures)}",
        flush=True,
    )
    return len(watch.failures)


class Watch:
    """Reads inputs, and keeps the first of each kind of failure."""

    def __init__(self, parser: Parser, patience: float) -> None:
        """Watch a parser.

        Args:
            parser: who reads.
            patience: seconds of the processor that an input may take.
        """
        self._parser = parser
        self._patience = patience
        self.failures: set[str] = set()

    def new_failure(self, data: bytes, *, counted: bool) -> str | None:
        """Read an input. One that fails in a way that was not seen before is made short, kept and told.

        Args:
            data: the input.
            counted: whether the functions that it calls are counted.

        Returns:
            What kind of failure it is; None where it is none, or one that was seen before.
        """
        what = self._failure(data, counted=counted)
        if what is None or what in self.failures:
            return None
        self.failures.add(what)
        if len(self.failures) <= _TOLD:
            self._tell(data, what)
        return what

    def _failure(self, data: bytes, *, counted: bool) -> str | None:
        try:
            with _alarm(self._patience):
                examine(self._parser, data, count=counted)
        except TooLongError:
            return "it takes too long"
        except FoundError as error:
            cause = error.__cause__
            if cause is None:
                return str(error).partition("functions to read")[0].rstrip("0123456789, ")
            frames = traceback.extract_tb(cause.__traceback__)
            ours = [frame for frame in frames if "tlsglass" in frame.filename or "/fuzz/" in frame.filename] or frames
            return f"{type(cause).__name__} at {ours[-1].name}, line {ours[-1].lineno}"
        return None

    def _tell(self, data: bytes, what: str) -> None:
        """Make a failing input short, keep it, and say what it does."""
        counted = "calls" in what
        data = shortened(data, lambda candidate: self._failure(candidate, counted=counted) == what)
        said = what
        try:
            with _alarm(self._patience):
                examine(self._parser, data)
        except (FoundError, TooLongError) as error:
            said = str(error) or what
            lines = traceback.format_exception(error.__cause__ or error, limit=-4, chain=False)
            sys.stderr.write("".join(line[:_SHOWN] for line in lines))
        sys.stderr.write(f"\n{self._parser.name}: {said[:_SHOWN]}\n{data[:_SHOWN].hex()}\n")
        found.keep(self._parser.name, data, said)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_number: int, _frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _measured(chosen: Sequence[Parser], *, wanted: bool) -> Iterator[None]:
    """With coverage where it is wanted, told by the modules that the parsers cover."""
    if not wanted:
        yield
        return
    from coverage import Coverage  # noqa: PLC0415 - only who measures needs it

    measure = Coverage(branch=True, source_pkgs=["tlsglass"], data_file=None)
    with measure.collect():
        yield
    modules = sorted({module for parser in chosen for module in parser.covers})
    measure.report(include=[f"*/tlsglass/{module.replace('.', '/')}.py" for module in modules], show_missing=True)


if __name__ == "__main__":
    sys.exit(main())
