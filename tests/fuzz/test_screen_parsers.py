"""What is drawn of looks, fuzzed in short: so many inputs each, the same at every run."""

import pytest

from tests.fuzz.parser import Parser
from tests.fuzz.running import run
from tests.fuzz.screen_parsers import PARSERS


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_nothing_fails(parser: Parser) -> None:
    """Whatever the bytes are, it refuses as it may, or gives what holds together, at a cost that its length bounds."""
    run(parser)
