"""Revocation within a look at a site: when it is asked, what is told, and when it is not."""

from collections.abc import Iterator

import pytest

from tlsglass import events
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import Fault, Phase, ResolveError
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.model import FindingCode, Verdict
from tlsglass.trust.stores import Store


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    """Servers with responders and lists."""
    with Zoo() as opened:
        yield opened


def looked(
    zoo: Zoo, id_: str, *, stop_at: type[events.Event] | None = None, timeout: float = 20.0
) -> list[events.Event]:
    """All events of a look that asks, and that is stopped at an event if one is given."""
    happened: list[events.Event] = []
    store = Store.from_der("demo roots", zoo.roots)
    target = parse_target(f"{id_}.demo.test")
    with Spool() as spool, Stop() as stop:
        for event in probe(
            target, store=store, spool=spool, stop=stop, resolver=zoo.resolver, timeout=timeout, revocation=True
        ):
            happened.append(event)
            if stop_at is not None and isinstance(event, stop_at):
                stop.set()
    return happened


def phases(happened: list[events.Event]) -> list[Phase]:
    """The phases that were reached."""
    return [event.phase for event in happened if isinstance(event, events.PhaseStarted)]


def test_revocation_is_asked_last_and_the_chain_judged_anew(zoo: Zoo) -> None:
    """After the answer, so that nobody waits for it; the first judgement stands until then."""
    happened = looked(zoo, "revoked-crl")
    kinds = [type(event) for event in happened if not isinstance(event, events.MessageSeen)]
    asking = kinds.index(events.RevocationAsked)
    assert kinds.index(events.ResponseReceived) < asking
    assert kinds[asking - 1 :] == [
        events.PhaseStarted,
        events.RevocationAsked,
        events.RevocationAnswered,
        events.RevocationAsked,
        events.RevocationAnswered,
        events.TrustJudged,
        events.Finished,
    ]
    assert phases(happened)[-1] is Phase.REVOCATION
    first, second = (event.report for event in happened if isinstance(event, events.TrustJudged))
    assert (first.verdict, second.verdict) == (Verdict.TRUSTED, Verdict.UNTRUSTED)
    assert [finding.code for finding in second.findings] == [FindingCode.REVOKED]
    answered = tuple(event.answer for event in happened if isinstance(event, events.RevocationAnswered))
    assert second.revocation == answered


def test_a_look_that_fails_after_the_certificates_still_asks(zoo: Zoo) -> None:
    """The server wants a certificate and gives no answer."""
    happened = looked(zoo, "client-cert")
    assert phases(happened)[-1] is Phase.REVOCATION
    assert sum(isinstance(event, events.Failed) for event in happened) == 1
    assert len([event for event in happened if isinstance(event, events.TrustJudged)]) == 2


@pytest.mark.parametrize("id_", ["hangs-up", "alert"])
def test_without_certificates_there_is_nothing_to_ask_about(zoo: Zoo, id_: str) -> None:
    """The phase is not even begun."""
    assert phases(looked(zoo, id_))[-1] is Phase.HANDSHAKE


def test_without_a_connection_there_is_nothing_to_ask_about(zoo: Zoo) -> None:
    """Nor is it then."""

    def nowhere(_host: str, _port: int, _stop: Stop, _deadline: float) -> tuple[Endpoint, ...]:
        raise ResolveError(Fault.NO_SUCH_HOST, "It is nowhere.")

    with Spool() as spool, Stop() as stop:
        look = probe(
            parse_target("a.test"),
            store=Store.from_der("demo roots", zoo.roots),
            spool=spool,
            stop=stop,
            resolver=nowhere,
            revocation=True,
        )
        assert phases(list(look)) == [Phase.RESOLVE]


@pytest.mark.parametrize(
    ("stop_at", "last"), [(events.ResponseReceived, Phase.EXCHANGE), (events.RevocationAsked, Phase.REVOCATION)]
)
def test_a_stopped_look_asks_nobody_further(zoo: Zoo, stop_at: type[events.Event], last: Phase) -> None:
    """And judges by nothing that it had not the time to hear."""
    happened = looked(zoo, "revoked-ocsp", stop_at=stop_at)
    assert phases(happened)[-1] is last
    assert len([event for event in happened if isinstance(event, events.TrustJudged)]) == 1
    assert not any(isinstance(event, events.RevocationAnswered) for event in happened)
    assert isinstance(happened[-1], events.Finished)
