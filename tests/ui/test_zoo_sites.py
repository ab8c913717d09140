"""Every server of the zoo, looked at through the app."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from textual.content import Content
from textual.pilot import Pilot

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, site_of, until
from tlsglass.demo.exhibits import EXHIBITS
from tlsglass.demo.zoo import Zoo
from tlsglass.target import Target
from tlsglass.trust.model import FindingCode
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.settings import Settings
from tlsglass.ui.widgets.checks import Row

HEADLINES: dict[str, tuple[str, str]] = {
    "good": ("TRUSTED", "by Demo Root CA"),
    "good-rsa": ("TRUSTED", "by Demo Root CA"),
    "good-ed25519": ("TRUSTED", "by Demo Root CA"),
    "tls12": ("TRUSTED", "by Demo Root CA"),
    "pq": ("TRUSTED", "by Demo Root CA"),
    "expired": ("NOT TRUSTED", "expired 3 days ago"),
    "not-yet-valid": ("NOT TRUSTED", "not valid for another"),
    "wrong-name": ("NOT TRUSTED", "issued for www.wrong-name.demo.test"),
    "self-signed": ("NOT TRUSTED", "self-signed"),
    "unknown-root": ("NOT TRUSTED", "is not known"),
    "missing-intermediate": ("NOT TRUSTED", "does not send 'Demo Intermediate CA'"),
    "wrong-order": ("TRUSTED", "2 warnings"),
    "sha1": ("NOT TRUSTED", "SHA-1"),
    "rsa1024": ("NOT TRUSTED", "weak key"),
    "cn-only": ("NOT TRUSTED", "only as common name"),
    "wildcard": ("TRUSTED", "by Demo Root CA"),
    "idn": ("TRUSTED", "by Demo Root CA"),
    "many-names": ("TRUSTED", "by Demo Root CA"),
    "revoked": ("NOT TRUSTED", "revoked"),
    "name-constraints": ("NOT TRUSTED", "may not issue for"),
    "too-complex": ("NOT TRUSTED", "too many names"),
    "critical": ("NOT TRUSTED", "as a critical extension"),
    "policy": ("NOT TRUSTED", "no policy that its issuers accept"),
    "two-algorithms": ("NOT TRUSTED", "two signature algorithms"),
    "revoked-ocsp": ("TRUSTED", "by Demo Root CA"),
    "revoked-crl": ("TRUSTED", "by Demo Root CA"),
    "revoked-intermediate": ("TRUSTED", "by Demo Root CA"),
    "client-cert": ("TRUSTED", "by Demo Root CA"),
    "tls10": ("TRUSTED", "1 warning"),
    "long-chain": ("TRUSTED", "by Demo Root CA"),
    "large": ("TRUSTED", "by Demo Root CA"),
    "slow": ("TRUSTED", "by Demo Root CA"),
    "no-http": ("TRUSTED", "by Demo Root CA"),
    "hangs-up": ("NO ANSWER", "handshake: "),
    "alert": ("NO ANSWER", "handshake_failure"),
    "silent": ("NO ANSWER", "handshake: "),
    "markup": ("TRUSTED", "by Demo Root CA"),
    "expires-soon": ("TRUSTED", "1 warning"),
    "expired-intermediate": ("NOT TRUSTED", "'Demo Former CA' expired"),
    "sent-twice": ("TRUSTED", "1 warning"),
    "bad-signature": ("NOT TRUSTED", "the signature of 'bad-signature.demo.test' is wrong"),
    "wrong-key-id": ("NOT TRUSTED", "names another key"),
    "cross-signed": ("TRUSTED", "by Demo Root CA"),
    "cross-signed-late": ("TRUSTED", "1 warning"),
    "cross-expired": ("TRUSTED", "by Demo Root CA"),
    "cross-both-expired": ("NOT TRUSTED", "'Demo Stranded CA' expired"),
    "renewed": ("TRUSTED", "by Demo Root CA"),
    "no-ca": ("NOT TRUSTED", "may not sign certificates"),
    "no-cert-sign": ("NOT TRUSTED", "may not sign certificates"),
    "path-length": ("NOT TRUSTED", "too many certificates below it"),
    "self-issued": ("TRUSTED", "1 warning"),
    "self-issued-too-long": ("NOT TRUSTED", "too many certificates below it"),
    "wrong-usage": ("NOT TRUSTED", "not issued for servers"),
    "wrong-key-usage": ("NOT TRUSTED", "its key usage is not that of a server"),
    "intermediate-usage": ("NOT TRUSTED", "'Demo Mail CA' is not issued for servers"),
    "upper-usage": ("NOT TRUSTED", "'Demo Post CA' is not issued for servers"),
    "twice": ("NOT TRUSTED", "more than once"),
    "revoked-issuer-ocsp": ("TRUSTED", "by Demo Root CA"),
    "revoked-issuer-staple": ("NOT TRUSTED", "' was revoked 2 days ago"),
    "no-answer": ("TRUSTED", "by Demo Root CA"),
    "must-staple": ("NOT TRUSTED", "no OCSP staple"),
    "stale-staple": ("TRUSTED", "1 warning"),
    "long-lived": ("NOT TRUSTED", "longer than the 825 days allowed"),
    "ca-as-server": ("NOT TRUSTED", "is an authority's certificate"),
    "no-purpose": ("NOT TRUSTED", "does not say that it is for servers"),
    "shared-key": ("TRUSTED", "1 warning"),
}
"""The word of each exhibit's headline, and something that its reason says."""


def test_every_exhibit_is_looked_at() -> None:
    """A new exhibit needs a line above."""
    assert set(HEADLINES) == {exhibit.id for exhibit in EXHIBITS}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pilot(zoo: Zoo, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pilot[None]]:
    """One app, which looks at one after the other."""
    settings = Settings(history_file=tmp_path_factory.mktemp("state") / "history", timeout=2.0)
    async with TlsglassApp("good.demo.test", settings, zoo).run_test(size=(120, 40)) as driving:
        await finished(driving)
        yield driving


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("exhibit", sorted(HEADLINES))
async def test_the_headline_says_what_the_server_is(exhibit: str, pilot: Pilot[None]) -> None:
    """Verdict or error, with the main reason; the tree and the answer are there where they can be."""
    word, reason = HEADLINES[exhibit]
    screen = site_of(pilot)
    before = screen.observation
    screen.look_at(f"{exhibit}.demo.test")
    await until(pilot, lambda: screen.observation is not before)
    await finished(pilot)
    shown = screen.headline.render()
    assert isinstance(shown, Content)
    assert shown.plain.lstrip("✓✗! ").startswith(word), shown.plain
    assert reason in shown.plain
    assert shown.plain.replace("\n", "").isprintable()
    observation = screen.observation
    assert observation is not None
    if word == "NO ANSWER":
        assert observation.failure is not None
        assert "none sent" in str(screen.query_one("#tree-title").render())
        return
    assert f"{len(observation.certificates)} sent" in str(screen.query_one("#tree-title").render())
    assert screen.body.certificates.pointed is not None
    assert observation.trust is not None
    await pilot.press("2", "z")
    listed = {row.item for row in screen.body.checks._shown if isinstance(row, Row)}
    await pilot.press("z")  # folded again for the next
    assert listed >= {*observation.trust.findings, *observation.trust.checks}
    assert observation.received > 0 or exhibit == "client-cert"  # it refuses to answer whoever shows none


async def test_the_cursor_waits_at_the_main_reason(make_app: AppMaker) -> None:
    """An expired certificate opens at its last moment, with what is wrong and the bytes in the detail."""
    async with make_app("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        node = screen.body.certificates.pointed
        assert node is not None
        assert node.field is not None
        assert node.field.id == "validity.not_after"
        assert [finding.code for finding in node.findings] == [FindingCode.EXPIRED]
        text = screen.body.detail.text
        for said in ("3 days ago", "90 of 90 days", "✗ expired", "RFC 5280 §4.1.2.5", "Fix: "):
            assert said in text
        assert screen.body.detail.hex_view.span == node.field.span


async def test_an_idn_is_found_by_the_form_that_people_type(make_app: AppMaker) -> None:
    """Typed as U-labels, looked up and judged as A-labels."""
    async with make_app("bücher.idn.demo.test").run_test() as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        assert isinstance(screen.observation.target, Target)
        assert screen.observation.target.host.startswith("xn--")
        assert screen.observation.certificates
