"""The stage with all attacks, and the programs that are attacked."""

from collections.abc import Iterator

import pytest

from tests.attacks.registry import ATTACKS, WARM_UP
from tests.attacks.stage import Stage


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Plays every attack."""
    with Stage((*ATTACKS, WARM_UP)) as playing:
        yield playing
