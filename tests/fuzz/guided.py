"""Fuzzing led by coverage, by hand: `python -m tests.fuzz.guided --inputs 20000 [--parser NAME ...]`.

An input that reaches something new is kept for the length of the run and damaged further. That is libFuzzer's doing, by
way of atheris, which comes with the extra `fuzz`; the damage is done by it and by our own edits in turn. What fails is
made short and kept as by `python -m tests.fuzz`. A process for each parser, as libFuzzer ends the one that it is in.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_LONGEST = 8_192
"""Bytes of an input."""

_PATIENCE = 10.0
_LAST = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_PACE = re.compile(r"exec/s: (\d+)")
_FAILED = "failed: "


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and tell.

    Args:
        arguments: the command line.

    Returns:
        1 where something failed.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description="Fuzz the parsers by coverage.")
    parser.add_argument("--inputs", type=int, default=20_000, help="inputs for each parser")
    parser.add_argument("--seed", type=int, default=1, help="of the generator")
    parser.add_argument("--parser", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.in_this_process:
        _fuzz(options.parser[0], options.inputs, options.seed)
        return 0
    from tests.fuzz.registry import PARSERS  # noqa: PLC0415 - where it is instrumented, atheris has to come first

    names = options.parser or [each.name for each in PARSERS]
    return 1 if sum([_tell(name, options.inputs, options.seed) for name in names]) else 0


def _tell(name: str, inputs: int, seed: int) -> int:
    """Fuzz a parser in a process of its own; how many kinds of failure there were."""
    command = [sys.executable, "-m", "tests.fuzz.guided", "--in-this-process", "--parser", name]
    done = subprocess.run(
        [*command, "--inputs", str(inputs), "--seed", str(seed)], capture_output=True, text=True, check=False
    )
    coverage, pace = _LAST.findall(done.stderr), _PACE.findall(done.stderr)
    failures = [line for line in done.stdout.splitlines() if line.startswith(_FAILED)]
    if done.returncode or not coverage:
        failures.append(f"{_FAILED}{done.stderr[-1_500:]}")
    first, last = (coverage[0], coverage[-1]) if coverage else (("0",) * 3,) * 2
    print(  # noqa: T201 - this is a program
        f"{name:<52} {inputs:>9,} inputs {pace[-1] if pace else '?':>8}/s  edges {first[0]:>6} -> {last[0]:>6}"
        f"  kept {last[2]:>5}  failures {len(failures)}",
        *failures,
        sep="\n  ",
        flush=True,
    )
    return len(failures)


def _fuzz(name: str, inputs: int, seed: int) -> None:
    """Let libFuzzer make the inputs; it ends the process."""
    import atheris  # noqa: PLC0415 - the extra `fuzz` has it

    with atheris.instrument_imports(include=["tlsglass"]):
        from tests.fuzz.__main__ import Watch  # noqa: PLC0415 - what is imported here is instrumented
        from tests.fuzz.edits import edited, random_edits  # noqa: PLC0415 - as above
        from tests.fuzz.registry import PARSERS  # noqa: PLC0415 - as above

    parser = next(each for each in PARSERS if each.name == name)
    seeds = parser.seeds()
    watch = Watch(parser, _PATIENCE)

    def one(data: bytes) -> None:
        if what := watch.new_failure(data, counted=False):
            print(f"{_FAILED}{what}", flush=True)  # noqa: T201 - the other process reads it

    def damaged(data: bytes, most: int, number: int) -> bytes:
        source = random.Random(number)  # noqa: S311 - the same again for the same seed
        if source.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return edited(bytes(data), random_edits(source, parser.form, 3), parser.form, seeds)[:most]

    with tempfile.TemporaryDirectory() as folder:
        for place, data in enumerate(seeds):
            Path(folder, str(place)).write_bytes(data[:_LONGEST])
        words = [f"-runs={inputs}", f"-seed={seed}", f"-max_len={_LONGEST}", "-timeout=60", "-rss_limit_mb=0", folder]
        atheris.Setup([name, *words], one, custom_mutator=damaged)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
