"""The verdict: by whole chains, against OpenSSL and against cryptography."""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509 import verification
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import (
    DAY,
    NOW,
    SERVER_AUTH,
    Authority,
    CriticalExtension,
    Issued,
    ec_key,
    general_names,
    key_usage,
    rsa_key,
    self_signed,
)
from tests.trust.cases import DONE, check_named, codes, judged
from tests.trust.handshakes import handshake, real_handshake
from tlsglass.trust.judge import in_order, judge
from tlsglass.trust.model import CheckStatus, Finding, FindingCode, Severity, Verdict
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate

ROOT = Authority.root()
STORE = ROOT.store()
MIDDLE = ROOT.intermediate()
STRANGER = Authority.root("Stranger", key=ec_key(3))


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What a server sends, and what is to be found."""

    leaf: Issued
    others: Sequence[Issued] = ()
    errors: tuple[FindingCode, ...] = ()
    """The findings of severity error, in their order."""

    store: Store = STORE


def _long() -> Chain:
    authority, sent = ROOT, []
    for place in range(5):
        authority = authority.intermediate(f"Level {place}", key=ec_key(60 + place))
        sent.append(authority)
    return Chain(leaf=authority.issues("a.test"), others=sent[::-1])


def _expired_middle() -> Chain:
    middle = ROOT.intermediate(not_after=NOW - DAY)
    return Chain(leaf=middle.issues("a.test"), others=[middle], errors=(FindingCode.EXPIRED,))


def _unknown_root() -> Chain:
    middle = STRANGER.intermediate()
    return Chain(leaf=middle.issues("a.test"), others=[middle], errors=(FindingCode.UNKNOWN_ISSUER,))


def _unknown_root_sent() -> Chain:
    middle = STRANGER.intermediate()
    return Chain(leaf=middle.issues("a.test"), others=[middle, STRANGER], errors=(FindingCode.UNKNOWN_ISSUER,))


def _path_too_long() -> Chain:
    upper = ROOT.intermediate("Upper", key=ec_key(1), path_length=0)
    lower = upper.intermediate("Lower", key=ec_key(2))
    return Chain(leaf=lower.issues("a.test"), others=[lower, upper], errors=(FindingCode.INVALID_CA,))


def _no_ca() -> Chain:
    fake = ROOT.intermediate(extensions=[x509.BasicConstraints(ca=False, path_length=None)])
    return Chain(leaf=fake.issues("a.test"), others=[fake], errors=(FindingCode.INVALID_CA,))


def _no_cert_sign() -> Chain:
    fake = ROOT.intermediate(extensions=[x509.BasicConstraints(ca=True, path_length=None), key_usage("crl_sign")])
    return Chain(leaf=fake.issues("a.test"), others=[fake], errors=(FindingCode.INVALID_CA,))


def _two_reasons() -> Chain:
    leaf = MIDDLE.issues("a.test", not_before=NOW - 90 * DAY, not_after=NOW - 3 * DAY)
    return Chain(leaf=leaf, errors=(FindingCode.EXPIRED, FindingCode.MISSING_INTERMEDIATE))


def _client_only() -> Chain:
    purposes = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH])
    return Chain(leaf=ROOT.issues("a.test", extensions=[purposes]), errors=(FindingCode.WRONG_USAGE,))


def _name_constraints() -> Chain:
    limits = x509.NameConstraints(permitted_subtrees=[x509.DNSName("b.test")], excluded_subtrees=None)
    middle = ROOT.intermediate(
        extensions=[x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign"), limits]
    )
    return Chain(leaf=middle.issues("a.test"), others=[middle], errors=(FindingCode.NAME_NOT_PERMITTED,))


def _excluded_address() -> Chain:
    network = x509.IPAddress(ipaddress.ip_network("192.0.2.0/24"))
    limits = x509.NameConstraints(permitted_subtrees=None, excluded_subtrees=[network])
    middle = ROOT.intermediate(
        extensions=[x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign"), limits]
    )
    leaf = middle.issues("a.test", "192.0.2.1")
    return Chain(leaf=leaf, others=[middle], errors=(FindingCode.NAME_NOT_PERMITTED,))


def _unknown_critical() -> Chain:
    unknown = CriticalExtension(x509.ObjectIdentifier("1.3.6.1.4.1.32473.1"), b"\x05\x00")
    leaf = MIDDLE.issues("a.test", extensions=[SERVER_AUTH, unknown])
    return Chain(leaf=leaf, others=[MIDDLE], errors=(FindingCode.UNKNOWN_CRITICAL_EXTENSION,))


CHAINS: dict[str, Callable[[], Chain]] = {
    "good": lambda: Chain(leaf=MIDDLE.issues("a.test"), others=[MIDDLE]),
    "good with RSA": lambda: Chain(leaf=MIDDLE.issues("a.test", key=rsa_key()), others=[MIDDLE]),
    "good with Ed25519": lambda: Chain(
        leaf=MIDDLE.issues("a.test", key=ed25519.Ed25519PrivateKey.generate()), others=[MIDDLE]
    ),
    "good from the root itself": lambda: Chain(leaf=ROOT.issues("a.test")),
    "good with the root": lambda: Chain(leaf=MIDDLE.issues("a.test"), others=[MIDDLE, ROOT]),
    "good with a wildcard": lambda: Chain(leaf=MIDDLE.issues("*.test", "a.test"), others=[MIDDLE]),
    "good but in disorder": lambda: Chain(leaf=MIDDLE.issues("a.test"), others=[STRANGER, ROOT, MIDDLE]),
    "good by a store of several": lambda: Chain(
        leaf=MIDDLE.issues("a.test"), others=[MIDDLE], store=Store.from_der("two", [STRANGER.der, ROOT.der])
    ),
    "good by an intermediate in the store": lambda: Chain(
        leaf=MIDDLE.issues("a.test"), others=[MIDDLE], store=MIDDLE.store()
    ),
    "long": _long,
    "expired": lambda: Chain(
        leaf=MIDDLE.issues("a.test", not_before=NOW - 90 * DAY, not_after=NOW - DAY),
        others=[MIDDLE],
        errors=(FindingCode.EXPIRED,),
    ),
    "expired issuer": _expired_middle,
    "not yet valid": lambda: Chain(
        leaf=MIDDLE.issues("a.test", not_before=NOW + DAY), others=[MIDDLE], errors=(FindingCode.NOT_YET_VALID,)
    ),
    "self-signed": lambda: Chain(leaf=self_signed("a.test"), errors=(FindingCode.SELF_SIGNED,)),
    "self-signed and known": lambda: Chain(leaf=(own := self_signed("a.test")), store=own.store()),
    "unknown root": _unknown_root,
    "unknown root sent": _unknown_root_sent,
    "missing intermediate": lambda: Chain(leaf=MIDDLE.issues("a.test"), errors=(FindingCode.MISSING_INTERMEDIATE,)),
    "expired and missing intermediate": _two_reasons,
    "bad signature": lambda: Chain(
        leaf=MIDDLE.issues("a.test", signed_by=ec_key(9)), others=[MIDDLE], errors=(FindingCode.BAD_SIGNATURE,)
    ),
    "path too long": _path_too_long,
    "issuer is no CA": _no_ca,
    "issuer may not sign": _no_cert_sign,
    "for clients only": _client_only,
    "against name constraints": _name_constraints,
    "with an excluded address": _excluded_address,
    "with an unknown critical extension": _unknown_critical,
}


@pytest.mark.parametrize("name", CHAINS)
def test_our_findings_account_for_all_that_openssl_says(name: str) -> None:
    """In a real handshake: the reasons are those expected and no others, so none of OpenSSL's is left over."""
    chain = CHAINS[name]()
    shaken = real_handshake(chain.leaf, chain.others, chain.store)
    report = judged([chain.leaf, *chain.others], store=chain.store, shaken=shaken)
    assert tuple(found.code for found in report.findings if found.severity is Severity.ERROR) == chain.errors
    assert report.verdict is (Verdict.UNTRUSTED if chain.errors else Verdict.TRUSTED)
    assert bool(shaken.verification_errors) == bool(chain.errors)


@pytest.mark.parametrize("name", sorted(CHAINS.keys() - {"self-signed and known", "good with Ed25519"}))
def test_the_verdict_agrees_with_cryptographys_verifier(name: str) -> None:
    """Which was written apart from OpenSSL and from this. Those on which it has rules of the web's CAs are left out."""
    chain = CHAINS[name]()
    anchors = [x509.load_der_x509_certificate(der) for der in chain.store._ders]
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(anchors))
        .time(NOW)
        .build_server_verifier(x509.DNSName("a.test"))
    )
    try:
        verifier.verify(chain.leaf.certificate, [other.certificate for other in chain.others])
    except verification.VerificationError:
        trusted = False
    else:
        trusted = True
    shaken = real_handshake(chain.leaf, chain.others, chain.store)
    report = judged([chain.leaf, *chain.others], store=chain.store, shaken=shaken)
    assert (report.verdict is Verdict.TRUSTED) == trusted


def test_nothing_sent_is_unknown() -> None:
    """There is nothing to judge."""
    report = judged([])
    assert (report.verdict, report.path, report.findings) == (Verdict.UNKNOWN, (), ())
    assert check_named(report.checks, "certificates").status is CheckStatus.NOT_CHECKED


def test_the_report_says_what_was_judged() -> None:
    """Store, moment and name."""
    leaf = MIDDLE.issues("a.test")
    report = judged([leaf, STRANGER, MIDDLE], store=STORE)
    assert (str(report.store), report.at, report.hostname) == ("test store", NOW, "a.test")
    assert [step.sent for step in report.path] == [0, 2, None]
    assert (report.anchored, report.missing) == (True, None)
    assert report.unrelated == {1}
    assert FindingCode.UNRELATED_CERTIFICATE in codes(report.findings)
    missing = judged([leaf]).missing
    assert missing is not None
    assert missing.label == "Test Intermediate CA"


def test_an_expired_certificate_is_untrusted_without_any_store() -> None:
    """No store could make it trusted; and not finishing the handshake does not help it."""
    leaf = ROOT.issues("a.test", not_after=NOW - DAY)
    assert judged([leaf], store=Store.from_der("none", [])).verdict is Verdict.UNTRUSTED
    assert judged([leaf], shaken=None).verdict is Verdict.UNTRUSTED


def test_every_check_and_finding_is_a_sentence_with_a_reference() -> None:
    """Over all chains: nothing is empty, and details end as sentences do."""
    for make in CHAINS.values():
        chain = make()
        report = judged([chain.leaf, *chain.others], store=chain.store, hostname="b.test")
        assert all(check.name and check.reference and check.detail.endswith(".") for check in report.checks)
        for found in report.findings:
            assert found.title
            assert found.reference
            assert found.detail.endswith(".")
            assert found.fix is None or found.fix.endswith(".")


def _finding(code: FindingCode, severity: Severity, cause: FindingCode | None = None, title: str = "") -> Finding:
    return Finding(
        code=code,
        severity=severity,
        certificate=None,
        field=None,
        title=title,
        detail="",
        reference="",
        fix=None,
        cause=cause,
    )


def test_errors_come_first_and_consequences_after_their_cause() -> None:
    """Whatever their severity; a cause that is not there is passed over."""
    notice = _finding(FindingCode.ROOT_SENT, Severity.NOTICE)
    warning = _finding(FindingCode.OLD_PROTOCOL, Severity.WARNING)
    cause = _finding(FindingCode.INVALID_CA, Severity.ERROR)
    consequence = _finding(FindingCode.VERIFICATION_FAILED, Severity.ERROR, FindingCode.INVALID_CA)
    mild = _finding(FindingCode.WRONG_ORDER, Severity.NOTICE, FindingCode.VERIFICATION_FAILED)
    weak = _finding(FindingCode.WEAK_KEY, Severity.ERROR)
    orphan = _finding(FindingCode.WEAK_SIGNATURE, Severity.ERROR, FindingCode.REVOKED)
    given = [mild, notice, consequence, orphan, weak, warning, cause]
    assert in_order(given) == (cause, consequence, mild, weak, orphan, warning, notice)


def test_two_of_a_code_have_their_consequences_once() -> None:
    """After the first of them."""
    first = _finding(FindingCode.INVALID_CA, Severity.ERROR, title="first")
    second = _finding(FindingCode.INVALID_CA, Severity.ERROR, title="second")
    consequence = _finding(FindingCode.VERIFICATION_FAILED, Severity.ERROR, FindingCode.INVALID_CA)
    assert in_order([first, consequence, second]) == (first, consequence, second)


def test_causes_in_a_circle_lose_no_finding() -> None:
    """It should not happen, and if it does all are still there."""
    one = _finding(FindingCode.EXPIRED, Severity.ERROR, FindingCode.REVOKED)
    other = _finding(FindingCode.REVOKED, Severity.ERROR, FindingCode.EXPIRED)
    assert set(in_order([one, other])) == {one, other}


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.data())
def test_damaged_certificates_are_judged_without_an_error_of_ours(data: st.DataObject) -> None:
    """Any bytes changed, anywhere in the chain: a report, and trust only where OpenSSL's say would still be needed."""
    ders = [bytearray(MIDDLE.issues("a.test").der), bytearray(MIDDLE.der)]
    for _ in range(data.draw(st.integers(1, 3))):
        der = data.draw(st.sampled_from(ders))
        der[data.draw(st.integers(0, 1000)) % len(der)] = data.draw(st.integers(0, 255))
    sent = [parse_certificate(bytes(der)) for der in ders]
    report = judge(sent, hostname="a.test", is_address=False, store=STORE, handshake=DONE, at=NOW)
    assert report.path[0].certificate == sent[0]
    assert (report.verdict is Verdict.TRUSTED) <= report.anchored


def test_a_certificate_with_many_names_is_judged_like_another() -> None:
    """The last of 500 names counts as much as the first."""
    names = [f"{place}.test" for place in range(500)]
    leaf = ROOT.issues(extensions=[SERVER_AUTH, general_names(*names)])
    assert judged([leaf], hostname="499.test").verdict is Verdict.TRUSTED


def test_an_odd_issuer_key_is_not_checked_and_not_trusted_by_openssl_alone() -> None:
    """Where a signature can't be checked by us, OpenSSL's verdict stands."""
    leaf = ROOT.issues("a.test").parsed
    odd = replace(leaf, signature_algorithm=replace(leaf.signature_algorithm, oid="1.2.3"))
    report = judged([odd], shaken=handshake())
    assert report.verdict is Verdict.TRUSTED
    assert check_named(report.checks, "signature").status is CheckStatus.NOT_CHECKED
