"""Every exhibit as the engine itself judges it: exactly the findings that it is about, and no others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.demo.findings import FINDINGS, ON_THE_TOUR, STILL_TRUSTED, WHEN_ASKED
from tests.demo.test_exhibits import FILES, IDS
from tlsglass import events
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import Fault, Phase
from tlsglass.exchange.spool import Spool
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.target_file import FileTarget, parse_site_or_file
from tlsglass.trust.model import FindingCode, TrustReport, Verdict
from tlsglass.trust.revocation.model import Status
from tlsglass.trust.stores import Store
from tlsglass.trust.wording import named

FAILURES = {
    "client-cert": (Phase.EXCHANGE, Fault.ALERT),
    "hangs-up": (Phase.HANDSHAKE, Fault.CLOSED),
    "alert": (Phase.HANDSHAKE, Fault.ALERT),
    "silent": (Phase.HANDSHAKE, Fault.TIMEOUT),
    "slow": (Phase.EXCHANGE, Fault.CANCELLED),  # by ourselves, as it takes long
    "large": (Phase.EXCHANGE, Fault.CANCELLED),
}
"""What ends the look, by id; the others end well."""

SHORT = 0.05
"""Seconds for the silent one, which are always spent in full."""


@pytest.fixture(scope="module")
def store(zoo: Zoo) -> Store:
    """Nothing but the roots of the zoo, of which all but one stand in for public ones."""
    return zoo.standing(Store.from_der("demo roots", zoo.roots))


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The wish to stop, not yet felt."""
    with Stop() as made:
        yield made


def look_at(zoo: Zoo, store: Store, stop: Stop, host: str, *, revocation: bool = False) -> Observation:
    """Probe a host of the zoo; the answers that take long are stopped after their head."""
    target = parse_target(host)
    observation = Observation(target=target, started=datetime.now(UTC))
    with Spool() as spool:
        for event in probe(
            target,
            store=store,
            spool=spool,
            stop=stop,
            resolver=zoo.resolver,
            revocation=revocation,
            timeout=SHORT if host.startswith("silent.") else 20.0,
        ):
            observation = observation.after(event)
            if isinstance(event, events.ResponseHeadReceived) and host in {"slow.demo.test", "large.demo.test"}:
                stop.set()
    return observation


def unnamed(report: TrustReport) -> list[str]:
    """The titles that are about an issuer and don't say about which: they would be taken for the server's own."""
    names = {step.certificate.sha256: named(step.certificate) for step in report.path[1:]}
    titles = [
        (names[said.certificate], said.title)
        for said in report.findings
        if said.certificate in names and said.code is not FindingCode.WRONG_ORDER
    ]
    return [title for name, title in titles if name not in title]


@pytest.mark.parametrize("id_", IDS)
def test_engine_finds_what_the_exhibit_shows(zoo: Zoo, store: Store, stop: Stop, id_: str) -> None:
    """Findings, verdict and failure are those in the tables above, and the rest is well."""
    seen = look_at(zoo, store, stop, f"{id_}.demo.test")
    assert seen.finished
    failure = (seen.failure.phase, seen.failure.fault) if seen.failure else None
    assert failure == FAILURES.get(id_)
    if failure is not None and failure[0] is Phase.HANDSHAKE:
        assert seen.certificates == ()
        return
    assert seen.trust is not None
    findings = FINDINGS.get(id_, set())
    assert {finding.code for finding in seen.trust.findings} == findings
    assert unnamed(seen.trust) == []
    untrusted = bool(findings) and id_ not in STILL_TRUSTED
    assert seen.trust.verdict is (Verdict.UNTRUSTED if untrusted else Verdict.TRUSTED)
    if failure is None:
        assert seen.response is not None
        assert (seen.response.head is None) is (id_ == "no-http")


@pytest.mark.parametrize("id_", FILES)
def test_files_are_what_they_show(zoo: Zoo, store: Store, stop: Stop, id_: str) -> None:
    """Judged by the name that comes with each, as if a site had sent it."""
    bundle = zoo.bundle(f"{id_}.pem")
    assert bundle is not None
    target = parse_site_or_file(bundle.text, hostname=bundle.hostname)
    assert isinstance(target, FileTarget)
    seen = Observation(target=target, started=datetime.now(UTC))
    for event in load(replace(target, data=bundle.data), store=store, stop=stop):
        seen = seen.after(event)
    assert seen.trust is not None
    findings = FINDINGS.get(id_, set())
    assert {finding.code for finding in seen.trust.findings} == findings
    assert unnamed(seen.trust) == []
    assert (seen.trust.verdict is Verdict.TRUSTED) is (not findings or id_ in STILL_TRUSTED)


def test_every_code_is_shown() -> None:
    """Whoever makes a new code makes an exhibit for it."""
    shown = {code for codes in (*FINDINGS.values(), *WHEN_ASKED.values()) for code in codes}
    assert shown | ON_THE_TOUR == set(FindingCode)


REVOKED = {
    "good": [],
    "good-rsa": [],
    "long-chain": [],
    "revoked": [("revoked", "revoked.demo.test", "keyCompromise")],
    "revoked-ocsp": [("revoked", "revoked-ocsp.demo.test", "superseded")],
    "revoked-crl": [("revoked", "revoked-crl.demo.test", "cessationOfOperation")],
    "revoked-intermediate": [("revoked", "Demo Revoked CA", "cACompromise")],
    "revoked-issuer-ocsp": [("revoked", "Demo Withdrawn CA", "affiliationChanged")],
    "revoked-issuer-staple": [("revoked", "Demo Disowned CA", "cACompromise")],
}
"""What is found when the authorities are asked, by id: code, certificate and reason."""


@pytest.mark.parametrize("id_", REVOKED)
def test_who_asks_learns_what_was_revoked(zoo: Zoo, store: Store, stop: Stop, id_: str) -> None:
    """By staple, responder, list and delta list, of the leaf or its issuer; and of no other certificate."""
    trust = look_at(zoo, store, stop, f"{id_}.demo.test", revocation=True).trust
    assert trust is not None
    labels = {step.certificate.sha256: step.certificate.label for step in trust.path}
    found = [(finding.code, labels[finding.certificate or ""]) for finding in trust.findings]
    assert found == [(code, label) for code, label, _ in REVOKED[id_]]
    assert unnamed(trust) == []
    assert all(reason in trust.findings[0].detail for _, _, reason in REVOKED[id_])
    statuses = {(labels[answer.certificate], answer.status) for answer in trust.revocation}
    revoked = {label for _, label, _ in REVOKED[id_]}
    assert statuses == {
        (step.certificate.label, Status.REVOKED if step.certificate.label in revoked else Status.GOOD)
        for step in trust.path[:-1]
    }
    assert all(answer.signature_valid for answer in trust.revocation)


def test_where_nobody_answers_nothing_is_known(zoo: Zoo, store: Store, stop: Stop) -> None:
    """A warning, since browsers go on."""
    trust = look_at(zoo, store, stop, "no-answer.demo.test", revocation=True).trust
    assert trust is not None
    assert {found.code for found in trust.findings} == WHEN_ASKED["no-answer"]
    assert trust.verdict is Verdict.TRUSTED


def test_what_is_missing_can_be_fetched(zoo: Zoo, store: Store) -> None:
    """From where the authorities publish; that the server does not send it stays an error."""
    target = parse_target("missing-intermediate.demo.test")
    seen = Observation(target=target, started=datetime.now(UTC))
    with Spool() as spool, Stop() as stop:
        for event in probe(target, store=store, spool=spool, stop=stop, resolver=zoo.resolver, aia=True):
            seen = seen.after(event)
    assert seen.trust is not None
    (fetched,) = seen.trust.fetched
    assert fetched.certificate.label == "Demo Intermediate CA"
    assert fetched.url == "http://ca.demo.test/demo-intermediate-ca.cer"
    assert seen.trust.anchored
    assert [found.code for found in seen.trust.findings] == [FindingCode.MISSING_INTERMEDIATE]


@pytest.mark.parametrize(
    "host",
    [
        "www.wrong-name.demo.test",
        "bücher.idn.demo.test",
        "xn--pple-43d.idn.demo.test",
        "name499.many-names.demo.test",
        "a.wildcard.demo.test",
    ],
)
def test_other_names_of_the_tour(zoo: Zoo, store: Store, stop: Stop, host: str) -> None:
    """The names that the guide sends one to are as it says."""
    seen = look_at(zoo, store, stop, host)
    assert seen.trust is not None
    expected = {"a.wildcard": [FindingCode.NAME_MISMATCH], "xn--pple-43d": [FindingCode.LOOK_ALIKE_NAME]}
    found = next((codes for start, codes in expected.items() if host.startswith(start)), [])
    assert [finding.code for finding in seen.trust.findings] == found


def test_negotiated_facts_of_the_tour(zoo: Zoo, store: Store) -> None:
    """Version, group and signature are those that the guide points at."""
    facts = {}
    for id_ in ("good-ed25519", "tls12", "pq", "tls10"):
        with Stop() as stop:
            handshake = look_at(zoo, store, stop, f"{id_}.demo.test").handshake
        assert handshake is not None
        facts[id_] = handshake
    assert facts["good-ed25519"].signature_algorithm == "ed25519"
    assert facts["tls12"].version == "TLSv1.2"
    assert facts["pq"].version == "TLSv1.3"
    assert facts["pq"].group == "X25519MLKEM768"
    assert facts["tls10"].version == "TLSv1"


def test_client_certificate_request_names_its_authority(zoo: Zoo, store: Store, stop: Stop) -> None:
    """The guide says that the request names the CA."""
    handshake = look_at(zoo, store, stop, "client-cert.demo.test").handshake
    assert handshake is not None
    assert handshake.client_certificate_requested
    assert handshake.client_certificate_authorities == ("CN=Demo Client CA,O=tlsglass Demo",)
