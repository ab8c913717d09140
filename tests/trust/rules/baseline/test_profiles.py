"""Version, policy, and where revocation is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from tests.trust.authority import NOW, SERVER_AUTH, Authority
from tests.trust.cases import check_named, checks_of, findings_of, only
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import profiles

ROOT = Authority.root()
PUBLIC = ROOT.public_store()
AT = x509.UniformResourceIdentifier("http://ca.test/x")
RESPONDER = x509.AuthorityInformationAccess([x509.AccessDescription(Access.OCSP, AT)])
LIST = x509.CRLDistributionPoints([x509.DistributionPoint([AT], None, None, None)])


def _policy(oid: str) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(oid), None)])


@pytest.mark.parametrize("version", [1, 2])
def test_all_are_of_version_3(version: int) -> None:
    """Of those that can be read."""
    leaf = ROOT.issues("a.test").parsed
    found = only(findings_of(profiles.examine_versions, [replace(leaf, version=version)], store=PUBLIC))
    assert (found.code, found.severity, found.field) == (FindingCode.BASELINE_NOT_MET, Severity.WARNING, "version")
    for good in (3, None):
        assert not findings_of(profiles.examine_versions, [replace(leaf, version=good)], store=PUBLIC)


@pytest.mark.parametrize(
    ("oid", "words"),
    [("2.23.140.1.2.1", "It is domain validated."), ("2.23.140.1.1", "It is extended validation."), ("1.2.3.4", None)],
)
def test_a_policy_says_how_the_holder_was_validated(oid: str, words: str | None) -> None:
    """One of the forum's; an authority's own don't count."""
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, _policy(oid)])]
    found = findings_of(profiles.examine_policy, sent, store=PUBLIC)
    assert [each.severity for each in found] == ([] if words else [Severity.WARNING])
    if words:
        assert check_named(checks_of(profiles.examine_policy, sent, store=PUBLIC), "validation").detail == words


@pytest.mark.parametrize(("issued", "bound"), [("2020-09-29T23:59:59Z", False), ("2020-09-30T00:00:00Z", True)])
def test_the_policy_is_asked_for_since_a_day(issued: str, *, bound: bool) -> None:
    """Before, it was left to authorities; one that is there is told of all the same."""
    begins = datetime.fromisoformat(issued)
    without = [replace(ROOT.issues("a.test").parsed, not_before=begins)]
    assert bool(findings_of(profiles.examine_policy, without, store=PUBLIC)) is bound
    if not bound:
        check = check_named(checks_of(profiles.examine_policy, without, store=PUBLIC), "validation")
        assert (check.status, "since 2020-09-30" in check.detail) == (CheckStatus.NOT_CHECKED, True)
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, _policy("2.23.140.1.2.1")]).parsed
    checks = checks_of(profiles.examine_policy, [replace(leaf, not_before=begins)], store=PUBLIC)
    assert check_named(checks, "validation").status is CheckStatus.PASSED


def test_policies_that_are_absent_or_cannot_be_read() -> None:
    """The latter are told of by another rule."""
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, _policy("1.2.3")]).parsed
    assert len(findings_of(profiles.examine_policy, [ROOT.issues("a.test")], store=PUBLIC)) == 1
    odd = tuple(replace(each, der=b"") if each.oid == "2.5.29.32" else each for each in leaf.extensions)
    assert not checks_of(profiles.examine_policy, [replace(leaf, extensions=odd)], store=PUBLIC)


@pytest.mark.parametrize(
    ("extensions", "words"),
    [
        ([RESPONDER, LIST], "It names a list."),
        ([LIST], "no responder, which is normal today"),
        ([RESPONDER], "It names a responder."),
        ([], None),
    ],
)
def test_it_is_said_where_revocation_is_told(extensions: Sequence[x509.ExtensionType], words: str | None) -> None:
    """By a list or a responder; that there is no responder is normal."""
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, *extensions])]
    found = findings_of(profiles.examine_addresses, sent, store=PUBLIC)
    assert [each.severity for each in found] == ([] if words else [Severity.WARNING])
    if words:
        checks = checks_of(profiles.examine_addresses, sent, store=PUBLIC)
        assert words in check_named(checks, "revocation addresses").detail


def test_a_short_lived_one_needs_neither() -> None:
    """It ends before a revocation would have spread."""
    sent = [ROOT.issues("a.test", not_before=NOW, not_after=NOW + timedelta(days=6))]
    assert not findings_of(profiles.examine_addresses, sent, store=PUBLIC)
    checks = checks_of(profiles.examine_addresses, sent, store=PUBLIC)
    assert "normal for one that is short-lived" in check_named(checks, "revocation addresses").detail
