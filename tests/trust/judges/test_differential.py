"""Chains of any make, judged by us, by OpenSSL and by cryptography: every difference has a rule, or is a bug.

`python -m tests.trust.judges CASES` does the same with as many chains as one likes.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.judges.chains import CHANGES, Chain, build
from tests.trust.judges.differences import judged, missed, unexplained
from tests.trust.judges.strategies import Damage, chains, crossing_chains, damage, damaged, good_chain
from tlsglass.trust.model import Verdict
from tlsglass.trust.profile import Profile


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("intermediates", range(4))
def test_a_good_chain_is_good_for_all(intermediates: int, profile: Profile) -> None:
    """Where nothing is changed, nothing is said."""
    report = judged(*build(good_chain(intermediates)), profile)
    assert report.verdict is Verdict.TRUSTED
    assert [opinion.accepts for opinion in report.opinions] == [True, True]


@pytest.mark.parametrize(
    ("part", "value"), [(part, value) for part, values in CHANGES.items() for value in values], ids=str
)
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("profile", Profile)
def test_one_change_anywhere(profile: Profile, place: int, part: str, value: object) -> None:
    """In the leaf, the intermediate and the root."""
    plans = good_chain(1)
    plans[place] = replace(plans[place], **{part: value})  # type: ignore[arg-type]  # of the part's kind
    assert unexplained(judged(*build(plans), profile)) == []


@settings(max_examples=300, derandomize=True, deadline=None)
@given(chains(), st.sampled_from(Profile))
def test_several_changes_anywhere(chain: Chain, profile: Profile) -> None:
    """In chains of up to five."""
    assert unexplained(judged(*chain.built(), profile)) == []


@settings(max_examples=200, derandomize=True, deadline=None)
@given(crossing_chains())
def test_paths_that_cross(chain: Chain) -> None:
    """Renewed, expired and cross-signed authorities, and loops, in any order: no good path is missed."""
    sent, store = chain.built()
    assert unexplained(judged(sent, store)) == []
    assert missed(sent, store) == []


@settings(max_examples=200, derandomize=True, deadline=None)
@given(damage())
def test_bytes_that_are_anything(done: Damage) -> None:
    """In the signed part of the leaf or of its issuer, signed anew."""
    sent, store = build(good_chain(1))
    assert unexplained(judged(damaged(sent, done), store)) == []
