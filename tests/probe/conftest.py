"""A look for each test."""

from collections.abc import Iterator

import pytest

from tests.probe.looks import Look
from tlsglass.exchange.spool import Spool
from tlsglass.net.stop import Stop


@pytest.fixture
def look() -> Iterator[Look]:
    """A look with everything in its place."""
    with Spool() as spool, Stop() as stop:
        yield Look(spool=spool, stop=stop)
