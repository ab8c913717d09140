"""One zoo for all tests of the room; whoever closes one makes one of their own."""

from collections.abc import Iterator

import pytest

from tlsglass.demo.zoo import Zoo


@pytest.fixture(scope="package")
def zoo() -> Iterator[Zoo]:
    """An open zoo."""
    with Zoo() as opened:
        yield opened
