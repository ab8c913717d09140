"""Whole looks: a file or a server, all that is made of it, and the judgement of any chain by any store."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from OpenSSL import SSL

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.fuzz.tls_parsers import flights
from tests.report.looking import look
from tests.report.schema import errors
from tests.tls import pki, servers
from tests.trust.authority import NOW, Authority
from tests.web import Web
from tlsglass.exchange.spool import Spool
from tlsglass.net.channel import Channel
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.report.asn1 import asn1_outline, span_of
from tlsglass.report.forms import forms
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.target import parse_target
from tlsglass.target_file import FileTarget
from tlsglass.trust.judge import judge
from tlsglass.trust.model import TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.remedies.remedy import remedy
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read

_JUDGED_FILE = FileTarget(text="certs/x.pem", path="certs/x.pem", hostname="a.test")
_TARGET = parse_target("host0.test")
_MOST_CHAINED = 6


@cache
def _authority() -> Authority:
    return Authority.root()


@cache
def _own_chain() -> bytes:
    """A chain that a store of ours trusts, one certificate after the other."""
    middle = _authority().intermediate()
    return middle.issues("a.test").der + middle.der + _authority().der


def bundles() -> tuple[bytes, ...]:
    """Chains, one certificate after the other."""
    some = seeds.certificates()
    return (*[_own_chain()] * 6, *(b"".join(some[at : at + 3]) for at in range(0, len(some), 6)))


def _files() -> tuple[bytes, ...]:
    return (*seeds.files(), *bundles()[:12])


def _file(data: bytes) -> Observation:
    return look(data)


def judged_file(data: bytes) -> Observation:
    """A look at a file whose certificates are judged as a site's."""
    return look(data, _JUDGED_FILE, _authority().store())


def check_observation(_data: bytes, seen: Observation) -> None:
    """JSON that fits the schema, an outline in which each line has its key, and a report that a terminal can draw."""
    assert seen.finished
    document = json.loads(to_line(to_json(seen)))
    assert errors(document) == []
    text = to_text(seen, color=False, width=80)
    checks.drawable(text)
    tree = outline(seen)
    keys = [node.key for node in flat(tree)]
    assert len(keys) == len(set(keys))
    for node in tree[:3]:
        assert forms(seen, node)
    for node in [node for node in tree if node.certificate is not None][:1]:
        for line in flat(asn1_outline(node)):
            checks.span(span_of(line), len(node.der))
    if seen.trust is not None:
        _check_remedies(seen, seen.trust)
    if seen.failure is not None:
        assert len(seen.failure.message) <= 2_000
        seen.failure.message.encode()


def _check_remedies(seen: Observation, trust: TrustReport) -> None:
    """Commands that can be pasted are one line each, whatever the names in them are."""
    for finding in trust.findings:
        for command in remedy(finding, trust, seen.certificates, file="a.pem").commands:
            checks.drawable(command.text)
            assert "\n" not in command.text


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """All lines of a tree."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def _judgements(data: bytes) -> list[TrustReport]:
    """Whatever the bytes hold as a chain: judged by our store, and by one of itself."""
    chain = [parse_certificate(each.encoded) for each in read(data).elements[:_MOST_CHAINED]]
    own = Store.from_der("its own", [certificate.der for certificate in chain])
    return [
        judge(
            chain,
            hostname=hostname,
            is_address=hostname[0].isdigit(),
            store=store,
            handshake=None,
            at=NOW,
            profile=profile,
            from_file=True,
        )
        for store, hostname, profile in (
            (_authority().store(), "a.test", Profile.WEBPKI),
            (own, "192.0.2.1", Profile.RFC5280),
        )
    ]


def _check_judgements(data: bytes, found: list[TrustReport]) -> None:
    for report in found:
        for finding in report.findings:
            assert finding.code
            for text in (finding.title, finding.detail, finding.reference, finding.fix or ""):
                text.encode()
                assert len(text) <= 4_000 + 8 * len(data)
        for check in report.checks:
            assert len(check.detail.encode()) <= 4_000 + 8 * len(data)


def probed(data: bytes) -> Observation:
    """A look at a server that says these bytes to a hello."""
    return _look_at(Web(host0_test=[data[at : at + 500] for at in range(0, len(data), 500)]))


def _answered(data: bytes) -> Observation:
    """A look at a server that shakes hands well and then answers with these bytes."""
    return _look_at(_TalkingWeb(data))


class _TalkingWeb(Web):
    """A web of one server, by OpenSSL."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer

    def dial(
        self,
        endpoints: Sequence[Endpoint],
        *,
        stop: Stop,
        timeout: float,
        on_failure: Callable[[Endpoint, str], None],  # noqa: ARG002 - nothing fails here
    ) -> Channel:
        """Connect to it."""
        assert not stop.is_set()
        assert timeout > 0
        return _Talking(endpoints[0], self._answer)


class _Talking:
    """A channel to an OpenSSL server in this process."""

    def __init__(self, endpoint: Endpoint, answer: bytes) -> None:
        self._connection = servers.server(pki.leaf("ec"))
        self._answer = answer
        self._ready = b""
        self._answered = False
        self._endpoint = endpoint

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""
        return self._endpoint

    def send(self, data: bytes, deadline: float) -> None:
        """Take what the client says, and have an answer."""
        assert deadline > 0
        if data:
            self._connection.bio_write(data)
        try:
            self._connection.do_handshake()
            asked = self._connection.recv(1 << 16)
        except SSL.Error:
            asked = b""
        if asked and not self._answered:
            self._answered = True
            if self._answer:
                self._connection.sendall(self._answer)
            self._connection.shutdown()
        self._ready += servers.pending(self._connection)

    def receive(self, limit: int, deadline: float) -> bytes:
        """The next of it; the end where there is no more."""
        assert deadline > 0
        piece, self._ready = self._ready[:limit], self._ready[limit:]
        return piece

    def close(self) -> None:
        """Nothing is left open."""


def _look_at(web: Web) -> Observation:
    observation = Observation(target=_TARGET, started=NOW)
    with Stop() as stop, Spool() as spool:
        for event in probe(
            _TARGET,
            store=_authority().store(),
            spool=spool,
            stop=stop,
            resolver=web.resolve,
            dialer=web.dial,
            now=lambda: NOW,
        ):
            observation = observation.after(event)
    return observation


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="whole-file",
        covers=("load", "report.outline", "report.json_report", "report.text_report"),
        read=_file,
        seeds=_files,
        check=check_observation,
        inputs=120,
        calls=(30_000, 300),
    ),
    Parser(
        name="whole-judged-file",
        covers=("load", "trust.judge", "report.text_report"),
        read=judged_file,
        seeds=bundles,
        check=check_observation,
        inputs=120,
        calls=(300_000, 1_000),
    ),
    Parser(
        name="judge",
        covers=(
            "trust.judge",
            "trust.judges.webpki",
            "trust.judges.openssl",
            "trust.paths.search",
            "trust.paths.issuers",
        ),
        read=_judgements,
        seeds=bundles,
        check=_check_judgements,
        inputs=150,
        calls=(300_000, 1_000),
    ),
    Parser(
        name="whole-probe",
        covers=("probe", "tls.session"),
        read=probed,
        seeds=flights,
        check=check_observation,
        form=Form.RECORDS,
        inputs=120,
        calls=(100_000, 1_000),
    ),
    Parser(
        name="whole-answer",
        covers=("probe", "answering", "exchange.answer"),
        read=_answered,
        seeds=seeds.answers,
        check=check_observation,
        form=Form.LINES,
        inputs=80,
        calls=(300_000, 1_000),
    ),
)
