"""The name: RFC 9525 §6, with service-identity as the oracle."""

import pytest
import service_identity
from cryptography import x509
from hypothesis import example, given, settings
from hypothesis import strategies as st
from service_identity.hazmat import DNS_ID, DNSPattern

from tests.trust.authority import SERVER_AUTH, Authority, Issued, general_names, self_signed
from tests.trust.cases import check_named, checks_of, findings_of, judged, only
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules import identity
from tlsglass.trust.rules.identity import matches

ROOT = Authority.root()


@pytest.mark.parametrize(
    ("pattern", "hostname"),
    [
        ("a.test", "a.test"),
        ("A.Test", "a.tEST"),
        ("a.test", "a.test."),
        ("a.test.", "a.test"),
        ("*.a.test", "b.a.test"),
        ("*.A.test", "b.a.test"),
        ("*.a.test", "xn--bcher-kva.a.test"),
        ("xn--bcher-kva.test", "xn--bcher-kva.test"),
        ("_srv.a.test", "_srv.a.test"),
        ("localhost", "localhost"),
    ],
)
def test_a_name_covers_its_host(pattern: str, hostname: str) -> None:
    """Case and the dot of the root don't matter; the wildcard stands for one whole label."""
    assert matches(pattern, hostname)


@pytest.mark.parametrize(
    ("pattern", "hostname"),
    [
        ("a.test", "b.test"),
        ("a.test", "b.a.test"),
        ("", ""),
        ("a.test", ""),
        ("*.a.test", "a.test"),
        ("*.a.test", "c.b.a.test"),
        ("*.a.test", ".a.test"),
        ("b*.a.test", "bc.a.test"),
        ("*b.a.test", "cb.a.test"),
        ("b.*.test", "b.a.test"),
        ("*.*.test", "b.a.test"),
        ("*.test", "a.test"),
        ("*", "test"),
        ("*.a..test", "b.a..test"),
        ("*.2.3.4", "1.2.3.4"),
        ("bücher.test", "xn--bcher-kva.test"),
        ("\N{KELVIN SIGN}.test", "k.test"),
    ],
)
def test_a_name_covers_no_other_host(pattern: str, hostname: str) -> None:
    """Wildcards elsewhere than as the whole left-most of three labels stand for nothing; names are ASCII."""
    assert not matches(pattern, hostname)


_LABELS = st.sampled_from(["a", "B", "b", "test", "*", "xn--a", "a*", "1", "_x", "", "a-b"])
_NAMES = st.lists(_LABELS, min_size=1, max_size=5).map(".".join)


@settings(max_examples=250, derandomize=True, deadline=None)
@given(_NAMES, _NAMES)
@example("*.a.test", "b.a.test")
def test_the_matcher_agrees_with_service_identity(pattern: str, hostname: str) -> None:
    """But for two rules in which it follows RFC 6125, and the dot of the root, which it does not know."""
    try:
        host = DNS_ID(hostname)
    except ValueError:
        return
    label, _, _ = hostname.partition(".")
    if "*" in pattern and label.lower().startswith("xn--"):
        return
    if hostname.endswith(".") or pattern.endswith(".") or not label:
        return
    try:
        expected = host.verify(DNSPattern.from_bytes(pattern.encode()))
    except service_identity.CertificateError:
        expected = False
    assert matches(pattern, hostname) == expected


def _issued(*names: str, common_name: str | None = "leaf") -> Issued:
    return ROOT.issues(*names, common_name=common_name)


def test_a_covered_name_passes_and_says_by_what() -> None:
    """The very name is told."""
    check = check_named(checks_of(identity.examine, [_issued("x.test", "*.a.test")], hostname="b.a.test"), "name")
    assert check.status is CheckStatus.PASSED
    assert check.detail == "b.a.test is covered by DNS:*.a.test."


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "2001:DB8:0::1", "2001:db8::1%eth0"])
def test_an_address_is_compared_as_an_address(address: str) -> None:
    """However it is written; a zone is of this machine only."""
    leaf = _issued("192.0.2.1", "2001:db8::1")
    assert not findings_of(identity.examine, [leaf], hostname=address, is_address=True)


def test_an_address_among_dns_names_covers_nothing() -> None:
    """RFC 9525 §6.4: an address is matched by IP names alone."""
    leaf = ROOT.issues(extensions=[x509.SubjectAlternativeName([x509.DNSName("192.0.2.1")])])
    found = only(findings_of(identity.examine, [leaf], hostname="192.0.2.1", is_address=True))
    assert found.code is FindingCode.NAME_MISMATCH
    assert "None of its names covers the address 192.0.2.1." in found.detail


def test_a_mismatch_names_what_there_is() -> None:
    """One name is told as the only one, many are counted."""
    one = only(findings_of(identity.examine, [_issued("a.test")], hostname="b.test"))
    assert (one.code, one.field) == (FindingCode.NAME_MISMATCH, "names")
    assert one.title == "issued for a.test, not for this name"
    assert "The only name it has is DNS:a.test." in one.detail
    many = only(findings_of(identity.examine, [_issued(*(f"{i}.test" for i in range(500)))], hostname="b.test"))
    assert many.title == "issued for 0.test and 499 more, not for this name"
    assert many.detail.endswith("DNS:0.test, DNS:1.test, DNS:2.test, DNS:3.test, DNS:4.test and 495 more.")


def test_a_long_name_does_not_flood_the_sentence() -> None:
    """It is cut where it is only mentioned."""
    name = ".".join(["a" * 60] * 4)
    found = only(findings_of(identity.examine, [_issued(name)], hostname="b.test"))
    assert len(found.title) < 120
    assert "…" in found.title


def test_a_name_only_in_the_common_name_is_told_as_such() -> None:
    """No alternative name of a host, and a common name that would have matched."""
    for leaf, hostname, is_address in (
        (_issued(common_name="a.test"), "a.test", False),
        (_issued(common_name="192.0.2.1"), "192.0.2.1", True),
        (self_signed(common_name="*.a.test"), "b.a.test", False),
    ):
        found = only(findings_of(identity.examine, [leaf], hostname=hostname, is_address=is_address))
        assert (found.code, found.field) == (FindingCode.NAME_ONLY_IN_CN, "subject")


def test_a_common_name_beside_alternative_names_counts_for_nothing() -> None:
    """RFC 9525 §2: it is a mismatch then."""
    leaf = _issued("b.test", common_name="a.test")
    assert only(findings_of(identity.examine, [leaf], hostname="a.test")).code is FindingCode.NAME_MISMATCH


@pytest.mark.parametrize(("hostname", "is_address"), [("a.test", False), ("192.0.2.1", True), ("odd", True)])
def test_a_certificate_without_any_name_names_no_host(hostname: str, *, is_address: bool) -> None:
    """Neither a subject nor alternative names."""
    found = only(findings_of(identity.examine, [_issued(common_name=None)], hostname=hostname, is_address=is_address))
    assert (found.title, found.field) == ("names no host at all", "subject")


def test_the_sets_of_names_are_as_issued() -> None:
    """The tests' own helper makes what the rule looks at."""
    assert [str(name) for name in _issued("a.test", "192.0.2.1").parsed.san] == ["DNS:a.test", "IP:192.0.2.1"]
    assert len(list(general_names("a.test"))) == 1


@pytest.mark.parametrize("name", ["*.co.uk", "*.CO.UK", "*.kobe.jp"])
def test_no_wildcard_for_a_public_suffix(name: str) -> None:
    """RFC 9525 §7.1 leaves it to clients; browsers take none, and other programs do."""
    hostname = f"shop.{name[2:].lower()}"
    found = only(findings_of(identity.examine, [_issued(name)], hostname=hostname))
    assert (found.code, found.severity, found.field) == (FindingCode.WIDE_WILDCARD, Severity.ERROR, "names")
    private = findings_of(identity.examine, [_issued(name)], hostname=hostname, profile=Profile.RFC5280)
    assert [(each.code, each.severity) for each in private] == [(FindingCode.WIDE_WILDCARD, Severity.WARNING)]
    checks = checks_of(identity.examine, [_issued(name)], hostname=hostname, profile=Profile.RFC5280)
    assert check_named(checks, "name").status is CheckStatus.PASSED


def test_another_name_makes_up_for_such_a_wildcard() -> None:
    """And what only companies give away is no public suffix."""
    assert not findings_of(identity.examine, [_issued("*.co.uk", "shop.co.uk")], hostname="shop.co.uk")
    assert not findings_of(identity.examine, [_issued("*.github.io")], hostname="a.github.io")


def test_the_judges_take_such_a_wildcard_as_is_to_be_expected() -> None:
    """It is said why."""
    report = judged([_issued("*.co.uk")], hostname="shop.co.uk")
    assert [each.code for each in report.findings] == [FindingCode.WIDE_WILDCARD]
    assert "it knows no public suffixes" in check_named(report.checks, "judged by cryptography").detail


def test_an_address_among_the_dns_names_is_not_looked_at() -> None:
    """RFC 9525 §6.2; it is said that this is why."""
    names = x509.SubjectAlternativeName([x509.DNSName("192.0.2.1")])
    leaf = ROOT.issues(extensions=[SERVER_AUTH, names])
    found = only(findings_of(identity.examine, [leaf], hostname="192.0.2.1", is_address=True))
    assert (found.code, "IP:192.0.2.1; clients don't look" in str(found.fix)) == (FindingCode.NAME_MISMATCH, True)
    other = only(findings_of(identity.examine, [leaf], hostname="192.0.2.2", is_address=True))
    assert "clients don't look" not in str(other.fix)
