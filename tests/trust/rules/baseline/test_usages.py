"""Servers for servers, authorities for issuing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku

from tests.trust.authority import DAY, NOW, SERVER_AUTH, Authority, ec_key, key_usage
from tests.trust.cases import checks_of, codes, findings_of, judged, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules.baseline import usages
from tlsglass.trust.stores import Store

ROOT = Authority.root()
PUBLIC = ROOT.public_store()
PRECERTIFICATES = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.4")
CA = [x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign", "crl_sign")]


def _purposes(*oids: x509.ObjectIdentifier) -> x509.ExtendedKeyUsage:
    return x509.ExtendedKeyUsage(oids)


@pytest.mark.parametrize(
    ("extensions", "field"),
    [([], "extensions"), ([_purposes(Eku.ANY_EXTENDED_KEY_USAGE)], "extensions.2.5.29.37")],
    ids=["none", "any"],
)
def test_a_server_says_that_it_is_one(extensions: Sequence[x509.ExtensionType], field: str) -> None:
    """Apple refuses others that were issued since July 2019, below any root."""
    sent = [ROOT.issues("a.test", extensions=extensions)]
    for store in (PUBLIC, ROOT.store()):
        found = only(findings_of(usages.examine_server, sent, store=store))
        assert (found.code, found.severity, found.field) == (FindingCode.SERVER_USAGE_MISSING, Severity.ERROR, field)
    assert judged(sent).verdict is Verdict.UNTRUSTED
    assert judged(sent, profile=Profile.RFC5280).verdict is Verdict.TRUSTED


def test_before_july_2019_nobody_minded() -> None:
    """The authority has broken a rule all the same."""
    root = Authority.root(not_before=datetime(2019, 1, 1, tzinfo=UTC))
    begins = datetime(2019, 7, 1, tzinfo=UTC)
    sent = [root.issues("a.test", extensions=[], not_before=begins, not_after=NOW + DAY)]
    assert only(findings_of(usages.examine_server, sent, store=root.public_store())).severity is Severity.WARNING
    assert only(findings_of(usages.examine_server, sent, store=root.store())).severity is Severity.NOTICE
    undated = replace(sent[0].parsed, not_before=None)
    assert only(findings_of(usages.examine_server, [undated], store=root.store())).severity is Severity.NOTICE


def test_a_server_is_for_nothing_that_has_to_be_kept_apart() -> None:
    """Clients of TLS may be the same; code, mail and time may not."""
    fine = ROOT.issues("a.test", extensions=[_purposes(Eku.CLIENT_AUTH, Eku.SERVER_AUTH)])
    assert statuses(checks_of(usages.examine_server, [fine], store=PUBLIC)) == {CheckStatus.PASSED}
    assert not findings_of(usages.examine_server, [fine], store=PUBLIC)
    more = _purposes(Eku.SERVER_AUTH, Eku.CODE_SIGNING, PRECERTIFICATES, Eku.ANY_EXTENDED_KEY_USAGE)
    sent = [ROOT.issues("a.test", extensions=[more])]
    found = only(findings_of(usages.examine_server, sent, store=PUBLIC))
    assert found.title == "is also for codeSigning, ctPrecertificateSigning and anyExtendedKeyUsage"
    assert found.severity is Severity.WARNING
    assert not findings_of(usages.examine_server, sent)


def test_other_purposes_alone_are_judged_by_rfc_5280() -> None:
    """And not twice."""
    sent = [ROOT.issues("a.test", extensions=[_purposes(Eku.CLIENT_AUTH)])]
    assert not findings_of(usages.examine_server, sent, store=PUBLIC)


def test_an_authoritys_certificate_is_no_servers() -> None:
    """Firefox refuses it, below any root; OpenSSL does not, and it is said why they differ."""
    sent = [ROOT.intermediate(extensions=[*CA, SERVER_AUTH, x509.SubjectAlternativeName([x509.DNSName("a.test")])])]
    found = only(findings_of(usages.examine_server_key, sent))
    assert (found.code, found.severity, found.field) == (
        FindingCode.CA_AS_SERVER,
        Severity.ERROR,
        "extensions.2.5.29.19",
    )
    report = judged(sent)
    assert (report.verdict, FindingCode.JUDGES_DIFFER in codes(report.findings)) == (Verdict.UNTRUSTED, False)


def test_a_server_has_no_authoritys_key_usage() -> None:
    """Though nobody refuses it."""
    usage = key_usage("digital_signature", "key_cert_sign", "crl_sign")
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, usage])]
    found = only(findings_of(usages.examine_server_key, sent, store=PUBLIC))
    assert (found.severity, found.field) == (Severity.WARNING, "extensions.2.5.29.15")
    assert found.title == "its key usage has cRLSign and keyCertSign"
    assert not findings_of(usages.examine_server_key, sent)


@pytest.mark.parametrize(
    ("purposes", "words"),
    [
        (None, "names no purposes"),
        ([Eku.ANY_EXTENDED_KEY_USAGE], "is for any purpose"),
        ([Eku.SERVER_AUTH, Eku.EMAIL_PROTECTION], "is for servers and for emailProtection"),
        (
            [Eku.SERVER_AUTH, Eku.TIME_STAMPING, PRECERTIFICATES],
            "is for servers and for timeStamping and ctPrecertificateSigning",
        ),
        ([Eku.CODE_SIGNING, Eku.EMAIL_PROTECTION], None),
        ([Eku.SERVER_AUTH], None),
        ([Eku.SERVER_AUTH, Eku.CLIENT_AUTH], None),
    ],
)
def test_intermediates_are_for_servers(purposes: list[x509.ObjectIdentifier] | None, words: str | None) -> None:
    """After 1 January 2019, below a public root."""
    further = [x509.ExtendedKeyUsage(purposes)] if purposes else []
    middle = ROOT.intermediate(extensions=[*CA, *further])
    sent = [middle.issues("a.test"), middle]
    found = findings_of(usages.examine_authorities, sent, store=PUBLIC)
    assert [each.title for each in found] == ([f"'Test Intermediate CA' {words}"] if words else [])
    assert {(each.code, each.severity) for each in found} <= {(FindingCode.BASELINE_NOT_MET, Severity.WARNING)}
    assert not findings_of(usages.examine_authorities, sent)


@pytest.mark.parametrize(
    ("issued", "others", "forbids"),
    [
        ("2019-01-01T23:59:59Z", [Eku.EMAIL_PROTECTION], None),
        (
            "2019-01-02T00:00:00Z",
            [Eku.EMAIL_PROTECTION],
            "Mozilla forbids that to intermediates made after 1 January 2019.",
        ),
        ("2023-09-14T23:59:59Z", [Eku.CODE_SIGNING], None),
        ("2023-09-15T00:00:00Z", [Eku.CODE_SIGNING], "Authorities have to keep to that since 2023-09-15."),
    ],
)
def test_more_is_kept_apart_since_the_profiles(
    issued: str, others: list[x509.ObjectIdentifier], forbids: str | None
) -> None:
    """Mail since Mozilla asked for it; code, time and status since version 2.0.0 of the requirements."""
    middle = ROOT.intermediate(extensions=[*CA, x509.ExtendedKeyUsage([Eku.SERVER_AUTH, *others])])
    authority = replace(middle.parsed, not_before=datetime.fromisoformat(issued))
    found = findings_of(usages.examine_authorities, [middle.issues("a.test").parsed, authority], store=PUBLIC)
    assert [forbids in each.detail for each in found if forbids] == ([True] if forbids else [])
    assert [each.reference.endswith("Mozilla Root Store Policy §5.3") for each in found] == (
        ["Mozilla" in forbids] if forbids else []
    )


def test_older_intermediates_and_roots_that_another_certifies_need_none() -> None:
    """Mozilla Root Store Policy §5.3."""
    old = ROOT.intermediate(not_before=datetime(2018, 12, 31, tzinfo=UTC))
    assert not findings_of(usages.examine_authorities, [old.issues("a.test"), old], store=PUBLIC)
    undated = replace(old.parsed, not_before=None)
    assert not findings_of(usages.examine_authorities, [old.issues("a.test").parsed, undated], store=PUBLIC)
    new_root = Authority.root("New Root CA", key=ec_key(61))
    cross = ROOT.intermediate("New Root CA", key=ec_key(61))
    store = Store(PUBLIC.label, [ROOT.der, new_root.der], origins={ROOT.der: "mozilla", new_root.der: "mozilla"})
    middle = cross.intermediate("Lower", extensions=[*CA, SERVER_AUTH])
    sent = [middle.issues("a.test"), middle, cross]
    assert not findings_of(usages.examine_authorities, sent, store=store)
    assert codes(findings_of(usages.examine_authorities, sent, store=PUBLIC)) == [FindingCode.BASELINE_NOT_MET]


def test_no_intermediates_nothing_to_say() -> None:
    """Nor of a root that is not known."""
    assert not checks_of(usages.examine_authorities, [ROOT.issues("a.test")], store=PUBLIC)
    stranger = Authority.root("Stranger", key=ec_key(62))
    assert not checks_of(usages.examine_root, [stranger.issues("a.test")], store=PUBLIC)
    assert not checks_of(usages.examine_root, [ROOT], store=PUBLIC)


def test_a_root_is_bound_to_no_purposes() -> None:
    """A notice below a public one: who keeps the store decides."""
    assert statuses(checks_of(usages.examine_root, [ROOT.issues("a.test")], store=PUBLIC)) == {CheckStatus.PASSED}
    bound = Authority.root("Bound", key=ec_key(63), extensions=[*CA, SERVER_AUTH])
    found = only(findings_of(usages.examine_root, [bound.issues("a.test")], store=bound.public_store()))
    assert (found.severity, found.certificate) == (Severity.NOTICE, bound.parsed.sha256)
    assert not findings_of(usages.examine_root, [bound.issues("a.test")], store=bound.store())
