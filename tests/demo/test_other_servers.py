"""The zoo's chains served by others are judged as the zoo's own servers are: the same findings for the same chain."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.demo import others
from tests.demo.findings import FINDINGS, STILL_TRUSTED
from tests.demo.test_exhibits import IDS
from tlsglass.demo.authority import Authority
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations import Authorities, Presentation, servers
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.model import Verdict
from tlsglass.trust.stores import Store

_NO_CERTIFICATE = {"hangs-up", "alert", "silent"}
_ABOUT_THE_SERVER = {"tls10", "client-cert", "large", "slow", "no-http"}
"""What these are about is not the chain, and others have it otherwise."""

_STAPLED_TO_ISSUERS = {"revoked-issuer-staple"}
"""openssl and nginx staple for the server's own certificate only, and GnuTLS takes offence at what this staple says."""

SERVED = [id_ for id_ in IDS if id_ not in _NO_CERTIFICATE | _ABOUT_THE_SERVER | _STAPLED_TO_ISSUERS]

_CHANGED_BY_GNUTLS = {
    "wrong-order",
    "sent-twice",
    "wrong-key-id",
    "cross-signed",
    "cross-signed-late",
    "cross-expired",
    "cross-both-expired",
    "renewed",
}
"""Chains that GnuTLS sorts and shortens before it sends them."""

_REFUSED_BY_GNUTLS = {"two-algorithms", "twice", "wrong-key-usage", "revoked", "stale-staple"}
"""Certificates and staples that GnuTLS takes offence at itself, and does not serve."""


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
    chosen = {id_: presented[id_] for id_ in SERVED}
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


@pytest.mark.parametrize("id_", SERVED)
def test_openssl(id_: str, presented: dict[str, Presentation], store: Store, tmp_path: Path) -> None:
    """By `openssl s_server`."""
    with others.openssl(tmp_path, id_, presented[id_]) as endpoint:
        judge_alike(id_, look_at(id_, endpoint, store), presented[id_])


@pytest.mark.parametrize("id_", SERVED)
def test_nginx(id_: str, presented: dict[str, Presentation], store: Store, nginx: Endpoint) -> None:
    """By nginx, all at one port."""
    judge_alike(id_, look_at(id_, nginx, store), presented[id_])


@pytest.mark.parametrize("id_", [id_ for id_ in SERVED if id_ not in _CHANGED_BY_GNUTLS | _REFUSED_BY_GNUTLS])
def test_gnutls(id_: str, presented: dict[str, Presentation], store: Store) -> None:
    """By GnuTLS."""
    with others.gnutls(presented[id_]) as endpoint:
        judge_alike(id_, look_at(id_, endpoint, store), presented[id_])
