"""The registry is complete: whoever adds a parser has it fuzzed, or says why not."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.fuzz.parser import Parser
from tests.fuzz.registry import NO_PARSERS, PARSERS, TEXT
from tests.fuzz.taking import taking
from tests.fuzz.x509_parsers import OF_EXTENSIONS
from tlsglass.x509.extensions.decode import DECODERS

_COVERED = frozenset(module for parser in PARSERS for module in parser.covers)
_LEAST = 25_000
"""Inputs that pytest tries in all, beside the seeds and what once failed."""


def test_every_module_that_takes_bytes_has_a_parser_or_a_reason() -> None:
    """Such a module has a public function or method with a parameter of bytes or of an element."""
    missing = {module: names for module, names in taking().items() if module not in _COVERED | NO_PARSERS.keys()}
    assert missing == {}, "add a Parser to tests/fuzz, or a reason to NO_PARSERS in tests/fuzz/registry.py"


def test_reasons_are_for_modules_that_need_them() -> None:
    """A module that takes no bytes any more, or that is fuzzed by now, has no reason beside it."""
    assert NO_PARSERS.keys() <= taking().keys() - _COVERED
    assert all(NO_PARSERS.values())


def test_every_module_that_reads_text_has_a_parser() -> None:
    """What is typed is no more to be relied on than what is sent."""
    assert [module for module in TEXT if module not in _COVERED] == []


def test_every_decoder_of_extensions_has_a_parser() -> None:
    """Each by itself, so that none hides behind the certificate that holds it."""
    decoders = {f"extension-{each.__module__.rpartition('.')[2]}-{each.__name__}" for each in DECODERS.values()}
    assert {name.replace("_", "-") for name in decoders} == {parser.name for parser in OF_EXTENSIONS}


def test_the_names_are_different_and_the_inputs_many() -> None:
    """What was found is kept by the name, and the number of inputs is one that can be stated."""
    names = [parser.name for parser in PARSERS]
    assert len(names) == len(set(names))
    assert sum(parser.inputs for parser in PARSERS) >= _LEAST


def digests(parsers: Sequence[Parser]) -> dict[str, str]:
    """The seeds of parsers in short, by their names; they are made in the order of the parsers."""
    return {parser.name: hashlib.sha256(b"|".join(parser.seeds())).hexdigest() for parser in parsers}


def test_the_seeds_are_the_same_in_every_run() -> None:
    """Whenever it is, whatever was made before and in whichever order: what fails once fails again."""
    told = (
        "import json; from tests.fuzz.test_registry import PARSERS, digests; print(json.dumps(digests(PARSERS[::-1])))"
    )
    there = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True).stdout
    assert json.loads(there) == digests(PARSERS)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_its_seeds_reach_what_it_covers(parser: Parser) -> None:
    """A parser that says that it covers a module calls something in it."""
    reached: set[str] = set()

    def called(frame: object, event: str, _argument: object) -> None:
        if event == "call":
            reached.add(getattr(frame, "f_globals", {}).get("__name__", ""))

    wanted = {f"tlsglass.{module}" for module in parser.covers}
    for seed in parser.seeds():
        before = sys.getprofile()
        sys.setprofile(called)
        try:
            parser.check(seed, parser.read(seed))
        except parser.refuses:
            pass
        finally:
            sys.setprofile(before)
        if wanted <= reached:
            return
    assert wanted - reached == set()
