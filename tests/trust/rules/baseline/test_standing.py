"""How much an unmet requirement matters, by the root."""

import pytest
from cryptography import x509

from tests.trust.authority import DAY, NOW, SERVER_AUTH, Authority, ec_key, key_usage
from tests.trust.cases import case, findings_of, judged, only
from tlsglass.trust.model import Check, CheckStatus, FindingCode, Severity, StoreLabel, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules.baseline import lifetimes, requirements
from tlsglass.trust.rules.baseline.standing import is_public
from tlsglass.trust.stores import Store, StoreKind

ROOT = Authority.root()


@pytest.mark.parametrize(("origin", "public"), [("mozilla", True), ("system", False), ("none", False)])
def test_public_is_what_browsers_have(origin: StoreKind, public: bool) -> None:  # noqa: FBT001 - given by the parameters above
    """A root of the system's store may be of a company."""
    store = Store(StoreLabel(name="t", date=None), [ROOT.der], origins={ROOT.der: origin})
    assert is_public(case([ROOT.issues("a.test")], store=store)) is public


def test_a_path_that_leads_nowhere_is_below_no_public_root() -> None:
    """Whoever issued it."""
    other = Authority.root("Other", key=ec_key(9))
    assert not is_public(case([other.issues("a.test")], store=ROOT.public_store()))


def test_only_of_a_root_that_is_known_to_be_private_is_it_said_to_be() -> None:
    """One of the system's store may be public elsewhere, and a root that is not known may be anything."""
    sent = [ROOT.issues("a.test", not_after=NOW + 300 * DAY)]
    stranger = Authority.root("Stranger", key=ec_key(9))
    system = Store(StoreLabel(name="t", date=None), [ROOT.der], origins={ROOT.der: "system"})
    for store, said in ((ROOT.store(), "Below a private root, as here, that"), (system, "Below a private root that")):
        assert said in only(findings_of(lifetimes.examine, sent, store=store)).detail
    other = [stranger.issues("a.test", not_after=NOW + 300 * DAY)]
    assert "Below a private root that" in only(findings_of(lifetimes.examine, other)).detail


def test_what_vouches_for_itself_was_issued_by_no_authority() -> None:
    """So it is not asked for what authorities have to do."""
    (check,) = requirements.examine(case([ROOT], store=ROOT.public_store()))
    assert "No authority is known that issued 'Test Root CA'" in str(check)


def test_what_no_client_refuses_is_a_warning_or_a_check() -> None:
    """Below a public root the authority has broken a rule; a private one has not."""
    sent = [ROOT.issues("a.test")]
    codes = {FindingCode.BASELINE_NOT_MET, FindingCode.COMMON_NAME_NOT_IN_SAN}
    public = judged(sent, store=ROOT.public_store())
    found = [finding for finding in public.findings if finding.code in codes]
    assert {finding.code for finding in found} == codes
    assert {finding.severity for finding in found} == {Severity.WARNING}
    private = judged(sent, store=ROOT.store())
    assert (private.verdict, private.findings) == (Verdict.TRUSTED, ())
    details = [check.detail for check in private.checks if check.status is CheckStatus.NOT_CHECKED]
    assert any(found[0].detail in detail for detail in details)
    assert any(detail.startswith("It is asked of publicly trusted authorities only") for detail in details)


def test_a_certificate_as_public_authorities_issue_them_keeps_all_rules() -> None:
    """Each is listed as a check that passed; in a private PKI none is asked for."""
    at = x509.UniformResourceIdentifier("http://ca.test/1.crl")
    limits = [
        x509.BasicConstraints(ca=True, path_length=0),
        key_usage("digital_signature", "key_cert_sign", "crl_sign"),
    ]
    middle = ROOT.intermediate(extensions=[*limits, SERVER_AUTH])
    validated = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("2.23.140.1.2.1"), None)])
    points = x509.CRLDistributionPoints([x509.DistributionPoint([at], None, None, None)])
    leaf = middle.issues(
        *("www.example.com", "example.com", "*.example.com"),
        common_name="www.example.com",
        extensions=[SERVER_AUTH, key_usage("digital_signature"), validated, points],
    )
    said = list(requirements.examine(case([leaf, middle], hostname="www.example.com", store=ROOT.public_store())))
    checks = [check for check in said if isinstance(check, Check)]
    assert checks == said
    unmade = [check.name for check in checks if check.status is not CheckStatus.PASSED]
    assert unmade == ["Debian's weak keys"]
    assert len(checks) == len(requirements.RULES) - 1  # there is no RSA key
    (check,) = requirements.examine(case([leaf, middle], profile=Profile.RFC5280))
    assert "because the profile is rfc5280" in str(check)
