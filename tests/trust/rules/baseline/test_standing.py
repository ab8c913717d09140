"""How much an unmet requirement matters, by the root."""

import pytest

from tests.trust.authority import Authority, ec_key
from tests.trust.cases import case, judged
from tlsglass.trust.model import CheckStatus, FindingCode, Profile, Severity, StoreLabel, Verdict
from tlsglass.trust.rules.baseline import requirements
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


def test_a_good_certificate_of_a_public_authority_keeps_all_rules() -> None:
    """Each is listed as a check that passed, and none of them in a private PKI."""
    sent = [ROOT.issues("a.test")]
    names = {said.name for said in requirements.examine(case(sent)) if not hasattr(said, "code")}
    assert {"lifetime", "forms of names", "kinds of keys", "purposes", "serial numbers", "version"} <= names
    (only,) = requirements.examine(case(sent, profile=Profile.RFC5280))
    assert "because the profile is rfc5280" in str(only)
