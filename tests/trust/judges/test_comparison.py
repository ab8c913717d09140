"""Our verdict beside those of OpenSSL and cryptography: agreement, what they were not asked, and differences."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.trust.authority import NOW, Authority, ec_key
from tests.trust.cases import DONE, case, check_named, codes, judged
from tests.trust.judges.chains import CA, LEAF, Plan, build
from tlsglass.trust.case import Case, finding
from tlsglass.trust.judge import judge
from tlsglass.trust.judges import comparison, openssl, webpki
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Opinion, Severity, TrustReport, Verdict
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate

ROOT = replace(CA, subject="root")
ROOT_OF_TESTS = Authority.root()
CA_AGAIN = replace(CA, subject="steady")
"""The new key of an authority of that name."""


def _report(leaf: Plan, *others: Plan, hostname: str = "a.test", is_address: bool = False) -> TrustReport:
    certificates, store = build([leaf, *others, ROOT])
    return judge(certificates, hostname=hostname, is_address=is_address, store=store, handshake=DONE, at=NOW)


def _said(report: TrustReport, judge: str) -> str:
    return check_named(report.checks, f"judged by {judge}").detail


def test_agreement_is_a_check_of_each() -> None:
    """With the version that judged, and in its own words where it refuses."""
    good = _report(LEAF)
    assert [opinion.accepts for opinion in good.opinions] == [True, True]
    assert _said(good, "OpenSSL").endswith("accepts the same path.")
    old = _report(replace(LEAF, ends=-LEAF.ends / 80))
    assert [opinion.accepts for opinion in old.opinions] == [False, False]
    assert "certificate has expired (CERT_HAS_EXPIRED at depth 0)." in _said(old, "OpenSSL")
    assert old.opinions[0].certificate == old.path[0].certificate.sha256
    assert "not valid at validation time" in _said(old, "cryptography")


def test_addresses_are_asked_about_too() -> None:
    """Cryptography judges by name or address."""
    leaf = replace(LEAF, names=("192.0.2.1",))
    assert _report(leaf, hostname="192.0.2.1", is_address=True).opinions[1].accepts
    assert not _report(leaf, hostname="192.0.2.2", is_address=True).opinions[1].accepts


def test_what_a_judge_was_not_asked_explains_that_it_accepts() -> None:
    """OpenSSL knows nothing of the name."""
    report = _report(LEAF, hostname="b.test")
    assert codes(report.findings) == [FindingCode.NAME_MISMATCH]
    assert "as was to be expected: it was asked about the path and not about the name" in _said(report, "OpenSSL")
    wide = _report(replace(LEAF, names=("*.test",)))
    assert "a wildcard for a whole top-level domain" in _said(wide, "cryptography")


def test_a_file_is_judged_by_both_too() -> None:
    """Where no handshake has told."""
    certificates, store = build([replace(LEAF, unknown="critical"), ROOT])
    report = judge(
        certificates, hostname="a.test", is_address=False, store=store, handshake=None, at=NOW, from_file=True
    )
    assert report.verdict is Verdict.UNTRUSTED
    assert "UNHANDLED_CRITICAL_EXTENSION at depth 0" in _said(report, "OpenSSL")


def test_what_openssl_alone_refuses_is_not_trusted() -> None:
    """Too many programs judge with it."""
    certificates, store = build([LEAF, ROOT])
    refuses = Opinion(judge=openssl.NAME, version="1", accepts=False, words="no", certificate=certificates[0].sha256)
    found, check = comparison.compare(
        case(certificates, store=store), [], [refuses, replace(refuses, judge=webpki.NAME)]
    )
    assert isinstance(found, Finding)
    assert (found.code, found.severity) == (FindingCode.VERIFICATION_FAILED, Severity.ERROR)
    assert found.certificate == certificates[0].sha256
    assert isinstance(check, Check)
    assert "refuses the same path, too" in check.detail


def test_what_cryptography_alone_refuses_is_a_warning_with_the_rule() -> None:
    """The web's authorities have rules that a private one need not follow."""
    report = _report(replace(LEAF, authority_key_id="none"))
    assert report.verdict is Verdict.TRUSTED
    (found,) = (found for found in report.findings if found.code is FindingCode.JUDGES_DIFFER)
    assert (found.code, found.severity) == (FindingCode.JUDGES_DIFFER, Severity.WARNING)
    assert found.reference == "CA/B BR §7.1.2.11.1"
    assert found.detail.endswith("It wants an authority key identifier in its plain form.")


@pytest.mark.parametrize(("intermediates", "refused"), [(8, False), (9, True)])
def test_a_long_path_is_refused_by_cryptography_alone(intermediates: int, *, refused: bool) -> None:
    """It counts the intermediates, and neither the server's certificate nor the root."""
    report = _report(LEAF, *(replace(CA, subject=f"authority {number}") for number in range(intermediates)))
    assert report.verdict is Verdict.TRUSTED
    said = [found.detail for found in report.findings if found.code is FindingCode.JUDGES_DIFFER]
    assert [detail.endswith("It follows paths of up to eight intermediates.") for detail in said] == [True] * refused


def _compared(findings: list[Finding], *opinions: Opinion) -> list[Finding | Check]:
    certificates, store = build([LEAF, ROOT])
    return list(comparison.compare(case(certificates, store=store), findings, opinions))


def test_what_no_rule_explains_is_said_to_be_so() -> None:
    """Either way."""
    expired = judged([Authority.root().issues("a.test", not_after=NOW - NOW.resolution)]).findings
    accepts = Opinion(judge=webpki.NAME, version="1", accepts=True, words="")
    (milder,) = _compared(list(expired), accepts)
    assert isinstance(milder, Finding)
    assert milder.severity is Severity.NOTICE
    assert "refused here for expired. tlsglass knows no rule" in milder.detail
    (stricter,) = _compared([], replace(accepts, accepts=False, words="the moon is full"))
    assert isinstance(stricter, Finding)
    assert "the moon is full. tlsglass knows no rule" in stricter.detail


def test_a_certificate_that_openssl_does_not_name_is_taken_to_be_the_leaf() -> None:
    """It can refuse to read at all."""
    (refused,) = _compared([], Opinion(judge=openssl.NAME, version="1", accepts=False, words="no"))
    assert isinstance(refused, Finding)
    assert refused.title == "OpenSSL refuses 'leaf': no"


def test_without_an_anchor_nobody_is_asked() -> None:
    """There is no path to give them."""
    report = judged([Authority.root("Other", key=ec_key(3)).issues("a.test")])
    assert report.opinions == ()
    assert check_named(report.checks, "other judges").status is CheckStatus.NOT_CHECKED


@pytest.mark.parametrize("judged_by", [openssl.opinion, webpki.opinion])
def test_what_a_judge_can_not_read_it_refuses(judged_by: Callable[[Case], Opinion]) -> None:
    """In words of its own."""
    garbled = parse_certificate(b"\x30\x03\x02\x01\x00")
    said = judged_by(case([garbled], store=Store.from_der("odd", [garbled.der])))
    assert not said.accepts
    assert said.words


def test_openssl_has_no_certificate_to_name_where_it_can_not_write_it() -> None:
    """It reads one whose key is of no kind that it knows, and refuses that, but can't give it back."""
    ec, unknown = bytes.fromhex("06072a8648ce3d0201"), bytes.fromhex("060700000000000000")
    odd = parse_certificate(ROOT_OF_TESTS.issues("a.test").der.replace(ec, unknown, 1))
    said = openssl.opinion(case([odd]))
    assert (said.accepts, said.certificate) == (False, None)
    assert said.words.endswith("(UNSPECIFIED at depth 0)")


def test_self_issued_certificates_count_for_cryptography() -> None:
    """They don't by RFC 5280 §4.2.1.9, as an authority that has a new key goes no deeper."""
    before = replace(CA, subject="steady", path_length=0)
    report = _report(LEAF, CA_AGAIN, before)
    assert report.verdict is Verdict.TRUSTED
    (found,) = report.findings
    assert (found.code, found.reference) == (FindingCode.JUDGES_DIFFER, "RFC 5280 §4.2.1.9")
    assert "It counts self-issued certificates" in found.detail


def test_forms_of_constraints_that_cryptography_does_not_know() -> None:
    """It refuses what it can't judge, and a rule says so."""
    words = "fatal error: critical nameConstraints extension contains an unsupported directoryName constraint"
    refusing = Opinion(judge=webpki.NAME, version="50", accepts=False, words=words)
    (found,) = comparison.compare(case([]), [], [refusing])
    assert isinstance(found, Finding)
    assert "It does not know every form of name constraint." in found.detail


def test_what_openssl_alone_can_not_read_is_said_to_follow_from_its_encoding() -> None:
    """Or from a kind of key that it does not know; else no rule is known."""
    made = case([ROOT_OF_TESTS.issues("a.test")])
    refusing = Opinion(judge=openssl.NAME, version="4", accepts=False, words="it can't read a certificate of the path")
    odd = finding(FindingCode.UNREADABLE, Severity.WARNING, made.leaf, title="", detail="", reference="")

    def said(about: Case, *findings: Finding) -> Finding:
        (found,) = comparison.compare(about, findings, [refusing])
        assert isinstance(found, Finding)
        return found

    explained = said(made, odd)
    assert (explained.cause, explained.reference) == (FindingCode.UNREADABLE, "RFC 5280 §4.1")
    assert "None of the rules" in said(made).detail
    key = replace(made.leaf.public_key, algorithm="1.2.3", oid="1.2.3")
    assert "It does not know keys of that kind." in said(case([replace(made.leaf, public_key=key)])).detail


def test_a_wildcard_before_exclusions_and_a_critical_key_identifier_are_passed_over() -> None:
    """Both judges compare wildcards by their letters; cryptography knows the identifier, critical or not."""
    wild = ROOT_OF_TESTS.issues("*.a.test").parsed
    assert FindingCode.NAME_NOT_PERMITTED in comparison.passed_over(openssl.NAME, wild)
    plain = ROOT_OF_TESTS.issues("a.test").parsed
    assert FindingCode.NAME_NOT_PERMITTED not in comparison.passed_over(openssl.NAME, plain)
    critical = replace(plain, extensions=tuple(replace(each, critical=True) for each in plain.extensions))
    assert FindingCode.UNKNOWN_CRITICAL_EXTENSION in comparison.passed_over(webpki.NAME, critical)
    assert FindingCode.UNKNOWN_CRITICAL_EXTENSION not in comparison.passed_over(openssl.NAME, critical)
    flipped = plain.public_key.der[:-1] + bytes([plain.public_key.der[-1] ^ 1])
    broken = replace(plain, public_key=replace(plain.public_key, der=flipped))
    assert FindingCode.UNREADABLE in comparison.passed_over(webpki.NAME, broken)
