"""The tree of a file while its certificates are still being read."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.x509.der_writer import certificate
from tlsglass.events import Event, FileRead
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.target_file import pasted
from tlsglass.x509.pem import to_pem


def test_each_moment_of_a_file_can_be_shown() -> None:
    """What a file holds is told before its certificates are: the tree waits for them, and then has them all."""
    target = pasted((to_pem(certificate()) * 3).encode())
    observation = Observation(target=target, started=datetime(2026, 11, 24, tzinfo=UTC))
    shown: list[tuple[Event, Sequence[Node]]] = []
    with Stop() as stop:
        for event in load(target, store=None, stop=stop):
            observation = observation.after(event)
            shown.append((event, list(outline(observation))))
    assert [len(nodes) for event, nodes in shown if isinstance(event, FileRead)] == [0]
    assert len(shown[-1][1]) == 3
