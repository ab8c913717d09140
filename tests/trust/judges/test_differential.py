"""Chains of any make, judged by us, by OpenSSL and by cryptography: every difference has a rule, or is a bug."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.trust.authority import NOW
from tests.trust.cases import DONE
from tests.trust.judges.chains import CA, CHANGES, LEAF, Plan, build
from tlsglass.trust.judge import judge
from tlsglass.trust.judges import openssl as openssl_judge
from tlsglass.trust.model import FindingCode, Profile, TrustReport, Verdict


def _judged(plans: Sequence[Plan], profile: Profile = Profile.WEBPKI) -> TrustReport:
    certificates, store = build(plans)
    return judge(
        certificates, hostname="a.test", is_address=False, store=store, handshake=DONE, at=NOW, profile=profile
    )


def _chain(intermediates: int) -> list[Plan]:
    middles = [replace(CA, subject=f"CA {place}") for place in range(intermediates)]
    return [LEAF, *middles, replace(CA, subject="root")]


def _unexplained(report: TrustReport) -> list[str]:
    """What no rule explains; by the profile rfc5280 cryptography, which knows the web's only, is no judge."""
    if report.profile is Profile.RFC5280:
        openssl = next((each.accepts for each in report.opinions if each.judge == openssl_judge.NAME), True)
        assert openssl or report.verdict is not Verdict.TRUSTED
    differing = (found for found in report.findings if found.code is FindingCode.JUDGES_DIFFER)
    alone = (found for found in report.findings if found.code is FindingCode.VERIFICATION_FAILED)
    return [found.detail for found in (*differing, *alone) if "rule" in found.detail]


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("intermediates", range(4))
def test_a_good_chain_is_good_for_all(intermediates: int, profile: Profile) -> None:
    """Where nothing is changed, nothing is said."""
    report = _judged(_chain(intermediates), profile)
    assert report.verdict is Verdict.TRUSTED
    assert [opinion.accepts for opinion in report.opinions] == [True, True]


@pytest.mark.parametrize(
    ("part", "value"), [(part, value) for part, values in CHANGES.items() for value in values], ids=str
)
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("profile", Profile)
def test_one_change_anywhere(profile: Profile, place: int, part: str, value: object) -> None:
    """In the leaf, the intermediate and the root."""
    plans = _chain(1)
    plans[place] = replace(plans[place], **{part: value})  # type: ignore[arg-type]  # of the part's kind
    assert _unexplained(_judged(plans, profile)) == []


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.data())
def test_several_changes_anywhere(data: st.DataObject) -> None:
    """In chains of up to five."""
    plans = _chain(data.draw(st.integers(0, 3)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(plans) - 1))
        part = data.draw(st.sampled_from(sorted(CHANGES)))
        value = data.draw(st.sampled_from(CHANGES[part]))
        plans[place] = replace(plans[place], **{part: value})  # type: ignore[arg-type]  # of the part's kind
    assume(all(plan.begins < plan.ends for plan in plans))
    assert _unexplained(_judged(plans, data.draw(st.sampled_from(Profile)))) == []
