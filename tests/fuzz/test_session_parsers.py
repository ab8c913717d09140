"""Sessions with servers that say anything, fuzzed in short: so many inputs each, the same at every run."""

import pytest

from tests.fuzz.parser import Parser
from tests.fuzz.running import run
from tests.fuzz.session_parsers import PARSERS


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_nothing_fails(parser: Parser) -> None:
    """Whatever the bytes are, a session ends with a failure that has a sentence, or goes on; nothing else is raised."""
    run(parser)
