"""By whose rules a chain is judged: those of the public web, or those of RFC 5280 alone."""

from dataclasses import replace

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import check_named, codes, judged
from tests.trust.judges.chains import CA, LEAF, build
from tlsglass.trust.model import CheckStatus, FindingCode, Verdict
from tlsglass.trust.profile import Profile

ROOT = Authority.root()


def test_it_stands_in_the_report() -> None:
    """What is judged without a word on it is judged as browsers do."""
    sent = [ROOT.issues("a.test")]
    assert judged(sent).profile is Profile.WEBPKI
    assert judged(sent, profile=Profile.RFC5280).profile is Profile.RFC5280


def test_rules_of_the_public_web_are_not_asked_in_a_private_one() -> None:
    """That is said once, and not for each of them."""
    report = judged([ROOT.issues("a.test")], profile=Profile.RFC5280)
    why = {check.name: check for check in report.checks if "because the profile is rfc5280" in check.detail}
    assert set(why) == {"Baseline Requirements", "CT policies"}
    assert {check.status for check in why.values()} == {CheckStatus.NOT_CHECKED}
    checks = judged([ROOT.issues("a.test")]).checks
    assert not [check for check in checks if check.name in why]


@pytest.mark.parametrize("profile", Profile)
def test_a_judge_of_the_public_web_is_no_judge_of_a_private_one(profile: Profile) -> None:
    """What only cryptography refuses is a difference in its own profile, and to be expected in the other."""
    certificates, store = build([replace(LEAF, authority_key_id="none"), replace(CA, subject="root")])
    report = judged(certificates, store=store, profile=profile)
    assert report.verdict is Verdict.TRUSTED
    assert (FindingCode.JUDGES_DIFFER in codes(report.findings)) is (profile is Profile.WEBPKI)
    if profile is Profile.RFC5280:
        said = check_named(report.checks, "judged by cryptography").detail
        assert "knows the profile webpki only, refuses the same path: " in said
