"""`tlsglass show` on probes that follow a script."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.report.samples import FAILURE, HEAD, LEAF, MIDDLE, RESPONSE, TRUST
from tests.report.schema import errors
from tlsglass import events
from tlsglass.cli.show import Look, write_reports
from tlsglass.errors import Phase
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.target import Target
from tlsglass.trust.stores import Store

ENDPOINT = Endpoint(address="127.0.0.1", port=443)
SEEN: tuple[events.Event, ...] = (
    events.PhaseStarted(at=0, phase=Phase.CONNECT),
    events.Connected(at=0.01, endpoint=ENDPOINT),
    events.CertificatesReceived(at=0.02, certificates=(LEAF, MIDDLE)),
    events.TrustJudged(at=0.02, report=TRUST),
)
ANSWER: tuple[events.Event, ...] = (
    events.ResponseHeadReceived(at=0.03, head=HEAD),
    events.ResponseReceived(at=0.04, response=RESPONSE),
    events.Finished(at=0.05),
)
FAILED: tuple[events.Event, ...] = (events.Failed(at=0.05, failure=FAILURE), events.Finished(at=0.06))


Script = Callable[[Target, Spool, Stop], Iterator[events.Event]]
Play = Callable[[Sequence[events.Event] | Script], list[tuple[Target, Store, float]]]


def show(
    *targets: str, as_json: bool = False, look: Look | None = None, out: io.StringIO | None = None
) -> tuple[int, str, str]:
    """The exit status, the reports, and what was said besides."""
    out, err = out or io.StringIO(), io.StringIO()
    status = write_reports(targets, look or Look(), as_json=as_json, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def documents_of(text: str) -> list[Any]:
    """The documents, which the schema allows."""
    documents = [json.loads(line) for line in text.splitlines()]
    assert [error for document in documents for error in errors(document)] == []
    return documents
