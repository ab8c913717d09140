"""A look that fetches what the server did not send: only where that is asked for, and after everything else."""

import socket
from pathlib import Path

import pytest

from tests.peers import Peer, peer
from tests.probe.sites import MIDDLE, ROOT, giving, site
from tests.trust.authority import NOW
from tlsglass import events
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.model import FindingCode, TrustReport, Verdict
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.trust.topics import FETCHING


def _judgements(made: Peer, *, aia: bool, revocation: bool = False) -> list[TrustReport]:
    def resolver(_host: str, port: int, _stop: Stop, _deadline: float) -> tuple[Endpoint, ...]:
        return (Endpoint(address="127.0.0.1", port=port),)

    target = parse_target(f"a.test:{made.endpoint.port}")
    with Spool() as spool, Stop() as stop:
        happened = list(
            probe(
                target,
                store=ROOT.store(),
                spool=spool,
                stop=stop,
                resolver=resolver,
                now=lambda: NOW,
                aia=aia,
                revocation=revocation,
            )
        )
    assert isinstance(happened[-1], events.Finished)
    received = [index for index, event in enumerate(happened) if isinstance(event, events.ResponseReceived)]
    judged = [index for index, event in enumerate(happened) if isinstance(event, events.TrustJudged)]
    assert all(index > received[0] for index in judged[1:])
    return [event.report for event in happened if isinstance(event, events.TrustJudged)]


def test_a_missing_issuer_is_fetched_where_that_is_asked_for(tmp_path: Path) -> None:
    """The chain is judged as it was sent, then once more with what was had; it stays an error of the server."""
    with peer(giving(MIDDLE.der)) as ca:
        url = f"http://127.0.0.1:{ca.endpoint.port}/middle.cer"
        with site(tmp_path, url) as made:
            sent, whole = _judgements(made, aia=True)
        assert ca.heard.startswith(b"GET /middle.cer HTTP/1.1\r\n")
    assert (sent.anchored, sent.verdict) == (False, Verdict.UNTRUSTED)
    assert (whole.anchored, whole.verdict) == (True, Verdict.UNTRUSTED)
    assert [step.fetched_from for step in whole.path] == [None, url, None]
    assert [found.code for found in whole.findings] == [FindingCode.MISSING_INTERMEDIATE]
    assert whole.at == sent.at
    chain = repaired_chain(whole)
    assert chain is not None
    assert [certificate.label for certificate in chain] == ["leaf", "Test Intermediate CA"]


def test_nothing_is_fetched_unasked(tmp_path: Path) -> None:
    """The address would not answer; nobody comes by."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        with site(tmp_path, f"http://127.0.0.1:{listener.getsockname()[1]}/") as made:
            (report,) = _judgements(made, aia=False)
        assert not report.anchored
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_what_can_not_be_had_is_told(tmp_path: Path) -> None:
    """As a check that was not made, with the reason."""
    with (
        peer(giving(b"", "404 Not Found")) as ca,
        site(tmp_path, f"http://127.0.0.1:{ca.endpoint.port}/") as made,
    ):
        _, report = _judgements(made, aia=True)
    assert not report.anchored
    assert "404" in report.checks[-1].detail


def test_what_was_fetched_is_told_after_revocation_was_asked_too(tmp_path: Path) -> None:
    """That judges the chain once more."""
    with (
        peer(giving(b"", "404 Not Found")) as ca,
        site(tmp_path, f"http://127.0.0.1:{ca.endpoint.port}/") as made,
    ):
        _, fetched, asked = _judgements(made, aia=True, revocation=True)
    told = [check for check in fetched.checks if check.name == FETCHING]
    assert told
    assert [check for check in asked.checks if check.name == FETCHING] == told


def test_without_certificates_nothing_is_asked() -> None:
    """Nothing was seen, and the look ends."""
    with peer(lambda _made, _connection: None) as made, Spool() as spool, Stop() as stop:
        target = parse_target(f"127.0.0.1:{made.endpoint.port}")
        happened = list(probe(target, store=ROOT.store(), spool=spool, stop=stop, aia=True))
    assert [type(event) for event in happened[-2:]] == [events.Failed, events.Finished]
