"""The zoo's chains served by others are judged as the zoo's own servers are: the same findings for the same chain."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.demo import others
from tests.demo.findings import FINDINGS, STILL_TRUSTED
from tests.demo.test_exhibits import IDS
from tlsglass.demo.authority import Authority, distinguished_name
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations import Authorities, Presentation, servers
from tlsglass.errors import Fault
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.model import CheckStatus, FindingCode, Verdict
from tlsglass.trust.stores import Store

_NO_CERTIFICATE = {"hangs-up", "alert", "silent"}
_ABOUT_THE_SERVER = {"tls10", "client-cert", "large", "slow", "no-http"}
"""What these are about is not the chain, and others have it otherwise."""

STAPLED_TO_ISSUERS = {"revoked-issuer-staple"}
"""openssl and nginx staple for the server's own certificate only."""

SERVED = [id_ for id_ in IDS if id_ not in _NO_CERTIFICATE | _ABOUT_THE_SERVER]

REFUSED_BY_GNUTLS = {"two-algorithms", "twice", "wrong-key-usage"}
"""Certificates that GnuTLS takes offence at itself, and does not serve."""

_REVOKED_AGO = timedelta(days=5)


@pytest.fixture(scope="module")
def root() -> Authority:
    """Issues for all."""
    return Authority.root("Demo Root CA", at=datetime.now(UTC).replace(microsecond=0))


@pytest.fixture(scope="module")
def presented(root: Authority) -> dict[str, Presentation]:
    """What the exhibits present."""
    return servers(Authorities.below(root))


@pytest.fixture(scope="module")
def store(root: Authority) -> Store:
    """Nothing but the root."""
    return Store.from_der("demo root", [root.certificate.public_bytes(Encoding.DER)])


@pytest.fixture(scope="module")
def nginx(presented: dict[str, Presentation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """One for all."""
    chosen = {id_: presented[id_] for id_ in SERVED if id_ not in STAPLED_TO_ISSUERS}
    with others.nginx(tmp_path_factory.mktemp("nginx"), chosen) as endpoint:
        yield endpoint


def look_at(id_: str, endpoint: Endpoint, store: Store) -> Observation:
    """Probe a server by the name of an exhibit."""
    target = parse_target(f"{id_}.{ZONE}")
    seen = Observation(target=target, started=datetime.now(UTC))
    with Spool() as spool, Stop() as stop:
        for event in probe(target, store=store, spool=spool, stop=stop, resolver=lambda *_: (endpoint,), timeout=20.0):
            seen = seen.after(event)
    return seen


def judge_alike(id_: str, seen: Observation, presented: Presentation) -> None:
    """The chain came as it was meant to, and what is found is what the zoo's own server gives."""
    assert seen.failure is None
    ders = [each.public_bytes(Encoding.DER) for each in presented.chain]
    assert [certificate.der for certificate in seen.certificates] == ders
    assert seen.trust is not None
    findings = FINDINGS.get(id_, set())
    assert {found.code for found in seen.trust.findings} == findings
    assert (seen.trust.verdict is Verdict.TRUSTED) is (not findings or id_ in STILL_TRUSTED)


@pytest.mark.parametrize("id_", [id_ for id_ in SERVED if id_ not in STAPLED_TO_ISSUERS])
def test_openssl(id_: str, presented: dict[str, Presentation], store: Store, tmp_path: Path) -> None:
    """By `openssl s_server`."""
    with others.openssl(tmp_path, id_, presented[id_]) as endpoint:
        judge_alike(id_, look_at(id_, endpoint, store), presented[id_])


@pytest.mark.parametrize("id_", [id_ for id_ in SERVED if id_ not in STAPLED_TO_ISSUERS])
def test_nginx(id_: str, presented: dict[str, Presentation], store: Store, nginx: Endpoint) -> None:
    """By nginx, all at one port."""
    judge_alike(id_, look_at(id_, nginx, store), presented[id_])


@pytest.mark.parametrize("id_", [id_ for id_ in SERVED if id_ not in REFUSED_BY_GNUTLS])
def test_gnutls(id_: str, presented: dict[str, Presentation], store: Store) -> None:
    """By GnuTLS."""
    with others.gnutls(presented[id_]) as endpoint:
        judge_alike(id_, look_at(id_, endpoint, store), presented[id_])


@pytest.fixture(scope="module")
def issuer(root: Authority) -> Authority:
    """An intermediate that servers staple for."""
    return root.authority("Stapled Intermediate CA")


def stapled(root: Authority, issuer: Authority, about_issuer: bytes) -> Observation:
    """What is seen of a server of GnuTLS that staples for its own certificate, which is good, and for its issuer's."""
    leaf = issuer.leaf(distinguished_name(f"stapled.{ZONE}"), [x509.DNSName(f"stapled.{ZONE}")])
    staples = (issuer.staple(leaf.certificate), about_issuer)
    chain = Presentation(chain=(leaf.certificate, issuer.certificate), key=leaf.key, staples=staples)
    store = Store.from_der("demo root", [root.certificate.public_bytes(Encoding.DER)])
    with others.gnutls(chain) as endpoint:
        return look_at("stapled", endpoint, store)


def test_gnutls_staples_for_issuers_and_what_it_staples_is_judged(root: Authority, issuer: Authority) -> None:
    """RFC 8446 §4.4.2.1: a staple comes with any certificate; one that says that the issuer was revoked is told."""
    good = stapled(root, issuer, root.staple(issuer.certificate))
    assert good.trust is not None
    assert good.trust.verdict is Verdict.TRUSTED
    assert good.trust.findings == ()
    passed = {each.name: each.status for each in good.trust.checks if each.name.startswith("staple")}
    assert passed == {"staple": CheckStatus.PASSED, "staple, depth 1": CheckStatus.PASSED}

    said = root.staple(issuer.certificate, revoked_at=datetime.now(UTC).replace(microsecond=0) - _REVOKED_AGO)
    revoked = stapled(root, issuer, said)
    assert revoked.trust is not None
    assert revoked.handshake is not None
    assert revoked.handshake.entries[1].ocsp_staple == said
    assert revoked.trust.verdict is not Verdict.TRUSTED
    (found,) = revoked.trust.findings
    assert found.code is FindingCode.REVOKED
    assert found.certificate == revoked.certificates[1].sha256


def test_a_damaged_staple_for_an_issuer_is_told_and_hides_no_certificate(root: Authority, issuer: Authority) -> None:
    """OpenSSL reads each staple and ends the handshake at one that is none; what was sent before is shown."""
    seen = stapled(root, issuer, b"damaged")
    assert seen.failure is not None
    assert seen.failure.fault is Fault.PEER_MISBEHAVED
    assert seen.failure.message.startswith("OpenSSL can't read one of the 2 OCSP responses that the server staples: ")
    assert [each.label for each in seen.certificates] == [f"stapled.{ZONE}", "Stapled Intermediate CA"]
    assert seen.trust is not None
    assert [step.certificate.sha256 for step in seen.trust.path[:2]] == [each.sha256 for each in seen.certificates]
