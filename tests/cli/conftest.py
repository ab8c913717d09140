"""What the command line does to the process, which is that of the tests here, is undone after each."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    """The garbage collector's thresholds, whether it runs, and what it leaves alone."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.enable()
