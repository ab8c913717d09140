"""The stage with all attacks, and the programs that are attacked."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import identity
from tests.attacks.apps import Apps
from tests.attacks.names import answer
from tests.attacks.registry import ATTACKS, BETWEEN, WARM_UP
from tests.attacks.stage import Stage
from tlsglass.trust.stores import load_store
from tlsglass.trust.stores.store import Store


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Plays every attack."""
    with Stage((*ATTACKS, WARM_UP, BETWEEN)) as playing:
        yield playing


@pytest.fixture(scope="package")
def ca_file() -> Iterator[Path]:
    """The anchor of the attacking servers' certificates."""
    with identity.ca_file() as file:
        yield file


@pytest.fixture(scope="module")
def apps(stage: Stage, ca_file: Path) -> Iterator[Apps]:
    """The apps."""
    made = Apps(stage, ca_file)
    yield made
    made.close()


@pytest.fixture(scope="package")
def store(ca_file: Path) -> Store:
    """The attacking servers' anchor."""
    return load_store(("none",), (ca_file,), None)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the attacks' names lead to."""
    monkeypatch.setattr(socket, "getaddrinfo", answer)
