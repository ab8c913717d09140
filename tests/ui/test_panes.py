"""Detail, checks, handshake, headline, status line: what they say of what is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.trust.authority import Authority
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.net.model import Endpoint
from tlsglass.observation import Observation, Timings
from tlsglass.report.lines import Node
from tlsglass.target import parse_target
from tlsglass.tls.model import CertificateEntry, Direction, Handshake, HandshakeMessage
from tlsglass.trust.model import (
    Check,
    CheckStatus,
    Finding,
    FindingCode,
    Severity,
    StoreLabel,
    TrustReport,
    Verdict,
)
from tlsglass.ui.widgets.detail import detail
from tlsglass.ui.widgets.handshake import facts, messages
from tlsglass.ui.widgets.headline import headline
from tlsglass.ui.widgets.status_line import negotiated, status
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Field, Problem

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = "[/x] \x1b[31m\u202e"
CAUSE = Finding(
    code=FindingCode.MISSING_INTERMEDIATE,
    severity=Severity.ERROR,
    certificate="aa",
    field="issuer",
    title=f"does not send {HOSTILE}",
    detail="The detail.",
    reference="RFC 8446 §4.4.2",
    fix="Send it.",
)
CONSEQUENCE = replace(CAUSE, code=FindingCode.UNKNOWN_ISSUER, cause=FindingCode.MISSING_INTERMEDIATE, fix=None)
WARNING = replace(CAUSE, code=FindingCode.EXPIRES_SOON, severity=Severity.WARNING, certificate=None)
NOTICE = replace(CAUSE, code=FindingCode.ROOT_SENT, severity=Severity.NOTICE)
PASSED = Check(name="name", status=CheckStatus.PASSED, detail="covered", reference="RFC 9525 §6")
UNDONE = Check(name="revocation", status=CheckStatus.NOT_CHECKED, detail="nobody was asked", reference="RFC 6960")
REPORT = TrustReport(
    verdict=Verdict.UNTRUSTED,
    store=StoreLabel(name="Mozilla", date=None),
    at=AT,
    hostname="a.test",
    path=(),
    anchored=False,
    missing=None,
    out_of_order=frozenset(),
    unrelated=frozenset(),
    findings=(CAUSE, CONSEQUENCE, WARNING, NOTICE),
    checks=(PASSED, UNDONE),
)
OBSERVED = Observation(target=parse_target("a.test"), started=AT)
AGREED = Handshake(
    version="TLSv1.3",
    cipher_suite="TLS_AES_256_GCM_SHA384",
    openssl_cipher="TLS_AES_256_GCM_SHA384",
    group="X25519MLKEM768",
    signature_algorithm="ed25519",
    alpn="http/1.1",
    resumed=False,
    server_name="a.test",
    client_certificate_requested=True,
    client_certificate_authorities=(f"CN={HOSTILE}",),
    verification_errors=(),
    messages=(),
)


def said(
    *, trust: TrustReport | None = None, failure: Failure | None = None, width: int = 118, done: bool = True
) -> str:
    """The headline of an observation."""
    return headline(replace(OBSERVED, trust=trust, failure=failure, finished=done), 1.23, width).plain


class TestHeadline:
    """Verdict, progress, error: always a word, never a colour alone."""

    def test_an_untrusted_chain_names_the_main_reason_and_counts_the_rest(self) -> None:
        """Errors only; warnings are counted where there is no other error."""
        assert said(trust=REPORT).startswith(r"✗ NOT TRUSTED   does not send [/x] \x1b[31m\u202e · 1 more reason ")
        assert said(trust=REPORT).endswith("store: Mozilla")
        assert "1 warning" in said(trust=replace(REPORT, findings=(CAUSE, WARNING)))

    def test_a_trusted_chain_counts_what_should_be_better(self) -> None:
        """Warnings before notices."""
        trusted = replace(REPORT, verdict=Verdict.TRUSTED, findings=(WARNING, NOTICE))
        assert said(trust=trusted).startswith("✓ TRUSTED")
        assert "1 warning" in said(trust=trusted)
        assert "1 notice" in said(trust=replace(trusted, findings=(NOTICE,)))

    def test_an_unknown_verdict_is_not_called_anything_else(self) -> None:
        """Without a store nothing is trusted or untrusted."""
        unknown = replace(REPORT, verdict=Verdict.UNKNOWN, findings=())
        assert said(trust=unknown).startswith("? NOT JUDGED")
        assert said(trust=replace(unknown, findings=(NOTICE,))).startswith("? NOT JUDGED   does not send")
        assert said().startswith("? NOT JUDGED   no certificate was seen")

    def test_progress_says_the_phase_and_the_way_out(self) -> None:
        """The verdict comes before the answer, and then stands beside the progress."""
        going = replace(OBSERVED, phase=Phase.HANDSHAKE)
        assert headline(going, 1.23, 80).plain.startswith("◌ handshake… 1.2 s, Esc stops")
        judged = headline(replace(going, phase=Phase.EXCHANGE, trust=REPORT), 1.23, 118).plain
        assert judged.startswith("✗ NOT TRUSTED")
        assert judged.endswith("reading the answer… 1.2 s, Esc stops")
        assert headline(None, 0, 80).plain == ""

    def test_an_error_says_phase_message_and_hint(self) -> None:
        """After a verdict it is what is incomplete; before one there is no answer."""
        failure = Failure(phase=Phase.CONNECT, fault=Fault.REFUSED, message=f"refused {HOSTILE}", hint="Try 443.")
        assert said(failure=failure).splitlines() == [
            r"✗ NO ANSWER   connect: refused [/x] \x1b[31m\u202e",
            "  Try 443.",
        ]
        both = said(failure=failure, trust=REPORT).splitlines()
        assert both[0].startswith("✗ NOT TRUSTED")
        assert both[1].startswith("! INCOMPLETE   connect")
        assert "STOPPED" in said(failure=replace(failure, fault=Fault.CANCELLED))

    def test_what_does_not_fit_of_an_error_is_told(self) -> None:
        """Its last line says that there is more."""
        failure = Failure(phase=Phase.CONNECT, fault=Fault.REFUSED, message="refused " * 40, hint="Try 443.")
        assert said(failure=failure, width=40).endswith("…")
        assert said(failure=failure, width=118).endswith("Try 443.")

    @pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
    def test_it_fits(self, width: int) -> None:
        """At any width, with the store's name given up before the reason is."""
        failure = Failure(phase=Phase.CONNECT, fault=Fault.REFUSED, message="refused " * 40, hint="hint " * 60)
        for shown in (said(trust=REPORT, width=width), said(failure=failure, trust=REPORT, width=width)):
            assert all(len(line) <= width for line in shown.splitlines())
            assert len(shown.splitlines()) <= 6


class TestStatusLine:
    """Times, bytes and where from, as far as they fit."""

    KNOWN = replace(
        OBSERVED,
        handshake=AGREED,
        endpoint=Endpoint(address="2001:db8::1", port=443),
        received=1256,
        timings=Timings(resolve=0.002, connect=0.014, handshake=0.031, first_byte=0.048, total=0.095),
    )

    def test_all_of_it(self) -> None:
        """As drawn."""
        shown = status(self.KNOWN, 118).plain
        assert shown.startswith("resolve 2 ms  connect 14 ms  TLS 31 ms  first byte 48 ms  total 95 ms")
        assert shown.endswith("1.3 kB received   [2001:db8::1]:443")

    @pytest.mark.parametrize("width", [10, 30, 50, 70, 90, 118])
    def test_it_fits(self, width: int) -> None:
        """What is left keeps its sense."""
        assert status(self.KNOWN, width).cell_length <= width
        assert negotiated(self.KNOWN, width).cell_length <= width

    def test_what_was_negotiated(self) -> None:
        """The cipher suite goes last."""
        assert negotiated(self.KNOWN, 80).plain == "TLSv1.3 · TLS_AES_256_GCM_SHA384 · X25519MLKEM768 · http/1.1"
        assert negotiated(self.KNOWN, 30).plain == "TLSv1.3 · X25519MLKEM768"
        assert negotiated(OBSERVED, 30).plain == ""
        assert status(None, 30).plain == ""


class TestDetail:
    """The value in full, and its bytes."""

    def node(self, **more: object) -> Node:
        """A line that shows a field."""
        field = Field(id="x", label="X", value=f"first {HOSTILE}", meaning="What it is.", reference="RFC 1")
        return Node(key="k", label="X", summary="", field=replace(field, **more), findings=(CAUSE,))  # type: ignore[arg-type]  # as the test names them

    def test_value_meaning_and_what_is_wrong(self) -> None:
        """In this order, each line as wide as the pane at most."""
        value, problem = f"first {HOSTILE}\nsecond\rthird", Problem(text="Bad padding.", offset=16)
        text = detail(self.node(problems=(problem,), value=value), AT, 60).plain
        assert text.splitlines()[0] == r"first [/x] \x1b[31m\u202e\x0asecond\x0dthird"
        places = [text.index(part) for part in ("third", "What it is.", "✗ missing-intermediate", "Fix: Send it.")]
        assert places == sorted(places)
        assert "Bad padding. (at 0x0010)" in text
        assert max(map(len, text.splitlines())) <= 60
        ours = detail(self.node(value="first\nsecond\rthird", in_lines=True), AT, 60).plain
        assert ours.splitlines()[:2] == ["first", r"second\x0dthird"]

    def test_nothing_and_lines_about_the_chain(self) -> None:
        """An empty value says so; a line without a certificate shows what it says."""
        assert "shown here" in detail(None, AT, 40).plain
        assert "(empty)" in detail(self.node(value=""), AT, 40).plain
        assert detail(Node(key="m", label="missing: CN=x", summary=""), AT, 40).plain == "missing: CN=x"

    def test_a_certificate_has_its_dates(self) -> None:
        """To the second, in years of four digits also before the year 1000."""
        leaf = parse_certificate(Authority.root().issues("a.test").der)
        leaf = replace(leaf, not_before=datetime(50, 1, 2, tzinfo=UTC), not_after=None)
        text = detail(Node(key="k", label="a", summary="", certificate=leaf), AT, 80).plain
        assert "0050-01-02 00:00:00 UTC to (unreadable)" in text

    def test_a_long_value_is_there_in_full(self) -> None:
        """A modulus of 16384 bits is not cut."""
        value = "ab:" * 2048
        assert detail(self.node(value=value), AT, 60).plain.replace("\n", "").count("ab:") == 2048


class TestHandshake:
    """Facts and messages."""

    def test_facts(self) -> None:
        """What was agreed, where, and what was tried before."""
        one, other = Endpoint(address="192.0.2.1", port=443), Endpoint(address="192.0.2.2", port=443)
        shown = facts(replace(OBSERVED, handshake=AGREED, endpoint=one, endpoints=(one, other)), 60).plain
        for part in (
            "TLSv1.3",
            "ed25519",
            r"asked for, of CN=[/x] \x1b[31m\u202e",
            "192.0.2.1:443 connected",
            "not tried",
        ):
            assert part in shown
        assert "OpenSSL:" not in shown
        assert "OpenSSL: ADH" in facts(replace(OBSERVED, handshake=replace(AGREED, openssl_cipher="ADH")), 60).plain
        plainer = replace(AGREED, client_certificate_requested=False, group=None)
        many = replace(
            AGREED, client_certificate_authorities=("CN=a",) * 5, client_certificate_authorities_left_out=1000
        )
        shown = facts(replace(OBSERVED, handshake=many), 118).plain
        assert "asked for, of CN=a; CN=a; CN=a; CN=a and 1,001 more" in shown
        assert "The server named 2,000 authorities for client certificates; only 1,000 are kept." in shown
        shown = facts(replace(OBSERVED, handshake=plainer), 60).plain
        assert "not asked for" in shown
        assert "OCSP staple         none" in shown
        assert "Timestamps" not in shown

    def test_what_came_along_with_the_certificates(self) -> None:
        """For each whose it is; what can't be read is said, and of many the first."""
        leaf = parse_certificate(Authority.root().issues("a.test").der)
        entries = (
            CertificateEntry(certificate=leaf.der, ocsp_staple=b"1234", timestamps=b"12"),
            CertificateEntry(certificate=b"?", problem="The status that came with it is empty."),
        )
        known = replace(OBSERVED, certificates=(leaf,), handshake=replace(AGREED, entries=entries))
        shown = facts(known, 118).plain
        assert f"OCSP staple         4 bytes for #0, {leaf.label}\n" in shown
        assert f"\n{'':20}The status that came with it is empty. It is for #1, unread\n" in shown
        assert f"Timestamps          2 bytes for #0, {leaf.label}\n" in shown
        many = replace(known, handshake=replace(AGREED, entries=entries[:1] * 50))
        assert f"4 bytes for #7, {leaf.label}\n{'':20}and 42 more\n" in facts(many, 118).plain

    def test_what_was_left_out(self) -> None:
        """A sentence each, which names the limit."""
        shown = facts(replace(OBSERVED, left_out=("9 more (limit addresses).", "7 more (limit certificates).")), 118)
        assert f"Left out            9 more (limit addresses).\n{'':20}7 more (limit certificates).\n" in shown.plain

    def test_messages(self) -> None:
        """Who spoke, what, how long, and alerts aloud."""
        passed = (
            HandshakeMessage(direction=Direction.SENT, name="client_hello", length=1675, encrypted=False),
            HandshakeMessage(direction=Direction.RECEIVED, name="alert", length=2, encrypted=True, detail="fatal x"),
        )
        first, second = messages(passed).plain.splitlines()[1:]
        assert first.split() == ["→", "client_hello", "1,675"]
        assert second.split() == ["←", "alert", "2", "encrypted", "fatal", "x"]
        assert "No message" in messages(()).plain
