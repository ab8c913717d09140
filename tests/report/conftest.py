"""One zoo, looked at once, for all tests that compare the report with what others say of the same servers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tlsglass.demo.exhibits import EXHIBITS, Exhibit
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import Phase
from tlsglass.events import PhaseStarted, ResponseStarted
from tlsglass.exchange.spool import Spool
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.report.json_report import to_json, to_line
from tlsglass.target import parse_target
from tlsglass.trust.stores import Store

_ENOUGH = {"large", "slow"}
"""Exhibits whose answer takes long and is none of the report's business."""

IDS = [exhibit.id for exhibit in EXHIBITS]


@pytest.fixture(scope="session")
def zoo() -> Iterator[Zoo]:
    """An open zoo."""
    with Zoo() as opened:
        yield opened


@pytest.fixture(scope="session")
def observations(zoo: Zoo) -> dict[str, Observation]:
    """What is known about each exhibit after a look."""
    store = Store.from_der("demo roots", zoo.roots)
    return {exhibit.id: _look(exhibit, zoo, store) for exhibit in zoo.exhibits}


@pytest.fixture(scope="session")
def documents(observations: dict[str, Observation]) -> dict[str, Any]:
    """The JSON report on each exhibit as a reader gets it."""
    return {name: json.loads(to_line(to_json(observation))) for name, observation in observations.items()}


def _look(exhibit: Exhibit, zoo: Zoo, store: Store) -> Observation:
    target = parse_target(f"{exhibit.host}:{exhibit.port}")
    observation = Observation(target=target, started=datetime.now(UTC))
    with Spool() as spool, Stop() as stop:
        for event in probe(target, store=store, spool=spool, stop=stop, resolver=zoo.resolver, timeout=60):
            observation = observation.after(event)
            silent = exhibit.id == "silent" and event == PhaseStarted(at=event.at, phase=Phase.HANDSHAKE)
            if silent or (exhibit.id in _ENOUGH and isinstance(event, ResponseStarted)):
                stop.set()
    return observation
