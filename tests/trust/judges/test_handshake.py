"""OpenSSL's errors: each is one of our findings, follows from one, or is a finding of its own."""

from dataclasses import replace

import pytest
from cryptography import x509

from tests.trust.authority import (
    DAY,
    NOW,
    SERVER_AUTH,
    Authority,
    CriticalExtension,
    Issued,
    ec_key,
    key_usage,
    self_signed,
)
from tests.trust.cases import case, check_named, codes, judged, only
from tests.trust.handshakes import handshake, real_handshake
from tlsglass.tls.model import VerificationError
from tlsglass.trust.judges.handshake import account
from tlsglass.trust.model import CheckStatus, Finding, FindingCode, Severity, Verdict
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")


def _error(name: str, issued: Issued = LEAF, *, code: int = 1, depth: int = 0) -> VerificationError:
    return VerificationError(code=code, name=name, depth=depth, certificate=issued.der)


def _unaccounted(sent: list[Issued], *errors: VerificationError, store: Store | None = None) -> list[Finding]:
    report = judged(sent, shaken=handshake(errors=errors), store=store)
    return [found for found in report.findings if found.code is FindingCode.VERIFICATION_FAILED]


def test_no_errors_pass() -> None:
    """And are told to be none."""
    check = check_named(judged([LEAF]).checks, "OpenSSL")
    assert (check.status, check.detail) == (
        CheckStatus.PASSED,
        "OpenSSL's own verification found nothing wrong.",
    )


def test_an_error_that_only_openssl_finds_makes_the_chain_untrusted() -> None:
    """With its name, number and depth, and a sentence where there is one."""
    report = judged([LEAF], shaken=handshake(errors=[_error("UNHANDLED_CRITICAL_EXTENSION", code=34)]))
    found = only(report.findings)
    assert report.verdict is Verdict.UNTRUSTED
    assert (found.code, found.severity) == (FindingCode.VERIFICATION_FAILED, Severity.ERROR)
    assert found.title == "OpenSSL refuses 'leaf': UNHANDLED_CRITICAL_EXTENSION"
    assert "error 34 (UNHANDLED_CRITICAL_EXTENSION) for 'leaf' at depth 0. It has a critical extension" in found.detail
    assert "only OpenSSL finds" in only(_unaccounted([LEAF], _error("999", code=999))).detail


def test_an_error_is_accounted_for_by_the_same_finding_on_the_same_certificate() -> None:
    """An expired issuer does not account for an expired leaf."""
    leaf = ROOT.issues("a.test", not_after=NOW - DAY)
    assert not _unaccounted([leaf], _error("CERT_HAS_EXPIRED", leaf))
    assert only(_unaccounted([leaf], _error("CERT_HAS_EXPIRED", ROOT))).cause is None


def test_an_error_said_twice_is_told_once() -> None:
    """OpenSSL may call back more than once for one reason."""
    assert len(_unaccounted([LEAF], _error("INVALID_EXTENSION"), _error("INVALID_EXTENSION"))) == 1


def test_the_absence_of_an_anchor_is_one_reason() -> None:
    """OpenSSL says it in up to three ways."""
    orphan = Authority.root("Other", key=ec_key(3)).issues("a.test")
    errors = [_error("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", orphan), _error("UNABLE_TO_VERIFY_LEAF_SIGNATURE", orphan)]
    assert not _unaccounted([orphan], *errors)
    report = judged([orphan], shaken=handshake(errors=errors))
    assert codes(report.findings) == [FindingCode.MISSING_INTERMEDIATE]
    assert "UNABLE_TO_VERIFY_LEAF_SIGNATURE at depth 0" in check_named(report.checks, "OpenSSL").detail


def test_the_absence_of_an_anchor_counts_where_our_path_has_one() -> None:
    """OpenSSL went another way; nothing of what it says is lost."""
    assert only(_unaccounted([LEAF], _error("UNABLE_TO_GET_ISSUER_CERT"))).cause is None


def test_without_a_store_the_absence_of_an_anchor_says_nothing() -> None:
    """But other errors do."""
    nothing = Store.from_der("none", [])
    assert not _unaccounted([LEAF], _error("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), store=nothing)
    assert _unaccounted([LEAF], _error("INVALID_EXTENSION"), store=nothing)


def test_a_name_only_in_the_common_name_accounts_for_a_mismatch() -> None:
    """OpenSSL does not tell these apart."""
    leaf = ROOT.issues(common_name="a.test")
    assert not _unaccounted([leaf], _error("HOSTNAME_MISMATCH", leaf))


def test_a_warning_of_ours_does_not_account_for_an_error() -> None:
    """What OpenSSL refuses is an error."""
    leaf = ROOT.issues("a.test")
    report = judged([leaf], shaken=handshake(errors=[_error("ERROR_IN_CERT_NOT_AFTER_FIELD", leaf)]))
    assert report.verdict is Verdict.UNTRUSTED


def test_an_error_that_follows_from_a_finding_stands_under_it() -> None:
    """A certificate that is no CA leads OpenSSL elsewhere."""
    fake = ROOT.intermediate(extensions=[x509.BasicConstraints(ca=False, path_length=None)])
    leaf = fake.issues("a.test", common_name="under a fake", extensions=[SERVER_AUTH], not_after=NOW + 2 * DAY)
    report = judged([leaf, fake], shaken=handshake(errors=[_error("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", leaf)]))
    assert codes(report.findings)[:2] == [FindingCode.INVALID_CA, FindingCode.VERIFICATION_FAILED]
    assert report.findings[1].cause is FindingCode.INVALID_CA


def test_without_a_handshake_openssl_has_said_nothing() -> None:
    """Neither for nor against."""
    assert list(account(case([LEAF], shaken=None), [])) == []


def test_errors_that_are_not_kept_are_not_said_to_be_accounted_for() -> None:
    """What they are is not known."""
    leaf = ROOT.issues("a.test", not_after=NOW - DAY)
    shaken = replace(handshake(errors=[_error("CERT_HAS_EXPIRED", leaf)]), verification_errors_left_out=7)
    check = check_named(judged([leaf], shaken=shaken).checks, "OpenSSL")
    assert (check.status, check.detail) == (
        CheckStatus.NOT_CHECKED,
        "OpenSSL's own verification found 7 errors more than are looked at; the others are known.",
    )


def test_a_self_signed_leaf_is_one_reason() -> None:
    """Error 18 repeats it."""
    own = self_signed("a.test")
    assert not _unaccounted([own], _error("DEPTH_ZERO_SELF_SIGNED_CERT", own))


def test_for_another_time_the_clock_of_the_handshake_does_not_count() -> None:
    """All else that OpenSSL said does."""
    leaf = ROOT.issues("a.test", not_after=NOW - DAY)
    by_clock = _error("CERT_HAS_EXPIRED", leaf)
    report = judged([leaf], shaken=handshake(errors=[by_clock]), at=NOW - 2 * DAY, seen_at=NOW)
    assert report.verdict is Verdict.TRUSTED
    assert report.seen_at == NOW
    assert check_named(report.checks, "OpenSSL").status is CheckStatus.NOT_CHECKED
    errors = [by_clock, _error("PATH_LOOP", leaf)]
    also = judged([leaf], shaken=handshake(errors=errors), at=NOW - 2 * DAY, seen_at=NOW)
    assert codes(also.findings)[0] is FindingCode.VERIFICATION_FAILED


def test_for_another_name_at_the_same_time_all_of_it_counts() -> None:
    """The clock was right."""
    leaf = ROOT.issues("b.test", not_after=NOW - DAY)
    report = judged([leaf], shaken=handshake(errors=[_error("CERT_HAS_EXPIRED", leaf)]), seen_at=NOW)
    assert check_named(report.checks, "OpenSSL").status is CheckStatus.PASSED


def _limited(*bases: x509.GeneralName) -> Authority:
    limits = x509.NameConstraints(list(bases), None)
    certifies = [x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign")]
    return ROOT.intermediate(extensions=[*certifies, limits])


@pytest.mark.parametrize(
    "name",
    [
        "PERMITTED_VIOLATION",
        "EXCLUDED_VIOLATION",
        "SUBTREE_MINMAX",
        "UNSUPPORTED_CONSTRAINT_TYPE",
        "UNSUPPORTED_CONSTRAINT_SYNTAX",
        "UNSUPPORTED_NAME_SYNTAX",
    ],
)
def test_a_name_that_is_not_permitted_accounts_for_all_that_openssl_says_of_constraints(name: str) -> None:
    """It has a word for each way; on another certificate they stay."""
    middle = _limited(x509.DNSName("b.test"))
    leaf = middle.issues("a.test")
    assert not _unaccounted([leaf, middle], _error(name, leaf))
    assert "constraints" in only(_unaccounted([leaf, middle], _error(name, middle))).detail


def test_other_errors_of_rfc_5280_are_accounted_for() -> None:
    """Critical extensions, policies, two algorithms and too many names."""
    unknown = CriticalExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, unknown, x509.PolicyConstraints(0, None)])
    assert not _unaccounted([leaf], _error("UNHANDLED_CRITICAL_EXTENSION", leaf), _error("NO_EXPLICIT_POLICY", leaf))
    der = LEAF.der.replace(bytes.fromhex("06082a8648ce3d040302"), bytes.fromhex("06082a8648ce3d040303"), 1)
    said = [
        VerificationError(code=1, name=name, depth=0, certificate=der)
        for name in ("CERT_SIGNATURE_FAILURE", "SIGNATURE_ALGORITHM_INCONSISTENCY")
    ]
    assert FindingCode.VERIFICATION_FAILED not in codes(
        judged([parse_certificate(der)], shaken=handshake(errors=said)).findings
    )
    many = [x509.DNSName(f"{number}.test") for number in range(600)]
    middle = _limited(*many)
    busy = middle.issues(extensions=[SERVER_AUTH, x509.SubjectAlternativeName(many)])
    assert not _unaccounted([busy, middle], _error("UNSPECIFIED", busy))


def test_another_way_of_openssl_is_warned_of_beside_a_good_path() -> None:
    """It takes the issuer that comes first and does not go back; that the chain is trusted stays so."""
    elsewhere = Authority.root("Elsewhere", key=ec_key(3)).intermediate("Both", key=ec_key(4))
    here = ROOT.intermediate("Both", key=ec_key(4))
    leaf = here.issues("a.test")
    shaken = real_handshake(leaf, [elsewhere, here], ROOT.store())
    assert [error.name for error in shaken.verification_errors] == ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]
    report = judged([leaf, elsewhere, here], shaken=shaken)
    found = only(report.findings)
    assert (found.code, found.severity) == (FindingCode.VERIFICATION_FAILED, Severity.WARNING)
    assert found.certificate == elsewhere.parsed.sha256
    assert found.fix == "Send the certificates of 'leaf' < 'Both' < 'Test Root CA' alone, in this order."
    assert report.verdict is Verdict.TRUSTED
    assert only(report.paths[1].findings).code is FindingCode.UNKNOWN_ISSUER


def test_an_issuer_that_is_not_found_for_unreadable_extensions_is_one_reason() -> None:
    """OpenSSL looks for no issuer of a certificate of which it can't make sense."""
    repeated = replace(LEAF.parsed, extensions=LEAF.parsed.extensions * 2)
    error = _error("UNABLE_TO_GET_ISSUER_CERT_LOCALLY")
    report = judged([repeated], shaken=handshake(errors=[error]))
    assert FindingCode.UNREADABLE in codes(report.findings)
    assert FindingCode.VERIFICATION_FAILED not in codes(report.findings)
