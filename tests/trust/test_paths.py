"""The path: found through any mess that a server may send, within bounds."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key, self_signed
from tests.trust.crowds import LOWER, ROOT, UPPER, impostor, mesh
from tlsglass.limits import LONGEST_PATH, MOST_PATHS
from tlsglass.trust.model import FetchedCertificate
from tlsglass.trust.paths import Path, build_path, ends, find_paths, issuers, search
from tlsglass.trust.signatures.certificates import SignatureCheck, check_signature
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate

LEAF = LOWER.issues("a.test")
STRANGER = Authority.root("Stranger", key=ec_key(3))
NOTHING = Store.from_der("nothing", [])


def _path(*sent: Issued, store: Store | None = None) -> Path:
    return build_path([issued.parsed for issued in sent], store or ROOT.store(), NOW)


def _sent(path: Path) -> list[int | None]:
    return [step.sent for step in path.steps]


def test_a_usual_chain_leads_to_the_store() -> None:
    """Leaf, intermediates, and the anchor that was not sent."""
    path = _path(LEAF, LOWER, UPPER)
    assert _sent(path) == [0, 1, 2, None]
    assert path.steps[-1].certificate == ROOT.parsed
    assert [link.valid for link in path.links] == [True] * 3
    assert (path.anchored, path.self_signed, path.missing, path.endless) == (True, True, None, False)
    assert path.out_of_order == path.unrelated == path.duplicates == frozenset()


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
def test_any_order_gives_the_same_path(order: tuple[int, ...]) -> None:
    """Those that are not where they should be are told; the root that was sent is the anchor."""
    chain = [LEAF, LOWER, UPPER, ROOT]
    path = _path(LEAF, *(chain[place] for place in order))
    assert [step.certificate for step in path.steps] == [issued.parsed for issued in chain]
    assert path.out_of_order == {index for index, place in enumerate(order, start=1) if index != place}
    assert path.anchored


def test_what_is_unrelated_or_twice_does_not_disturb_the_order() -> None:
    """The others keep their places relative to each other."""
    path = _path(LEAF, STRANGER, LOWER, LOWER, UPPER)
    assert _sent(path) == [0, 2, 4, None]
    assert path.unrelated == {1, 3}
    assert path.duplicates == {3}
    assert path.alternative == path.out_of_order == frozenset()


def test_the_path_ends_where_an_issuer_is_missing() -> None:
    """Its name is told."""
    path = _path(LEAF, UPPER)
    assert _sent(path) == [0]
    assert path.missing is not None
    assert path.missing.common_name == "Lower CA"
    assert path.unrelated == {1}


def test_without_a_store_the_longest_path_is_taken() -> None:
    """Up to the root that was sent, which ends in itself."""
    path = _path(LEAF, LOWER, UPPER, ROOT, store=NOTHING)
    assert _sent(path) == [0, 1, 2, 3]
    assert (path.anchored, path.self_signed, path.missing) == (False, True, None)


def test_nothing_sent_is_no_path() -> None:
    """And no error."""
    path = _path()
    assert (path.steps, path.links, path.anchored, path.missing) == ((), (), False, None)


def test_a_self_signed_leaf_is_its_own_path() -> None:
    """Anchored if the store has this very certificate."""
    own = self_signed("a.test")
    assert _path(own).self_signed
    assert not _path(own).anchored
    assert _path(own, store=own.store()).anchored


def test_a_leaf_named_like_its_issuer_is_not_self_signed() -> None:
    """Names alone make no signature."""
    leaf = ROOT.issues("a.test", common_name="Test Root CA")
    assert _sent(_path(leaf)) == [0, None]
    assert not _path(leaf, store=NOTHING).self_signed
    without_key_id = ROOT.issues("a.test", common_name="Test Root CA", key_id=False)
    assert not _path(without_key_id, store=NOTHING).self_signed


def test_a_certificate_of_the_store_ends_the_path_where_it_stands() -> None:
    """An intermediate may be an anchor too. RFC 5280 §6.1.1 (d)."""
    path = _path(LEAF, LOWER, UPPER, store=UPPER.store())
    assert _sent(path) == [0, 1, 2]
    assert path.anchored
    assert not path.self_signed


def test_a_cross_certificate_is_an_alternative_and_nothing_unrelated() -> None:
    """One name and key, certified by two roots: the path takes the root of the store, and the other one is known."""
    cross = STRANGER.intermediate("Test Root CA", key=ec_key(100))
    path = _path(LEAF, LOWER, UPPER, cross, STRANGER)
    assert _sent(path) == [0, 1, 2, None]
    assert path.unrelated == path.alternative == {3, 4}
    other = _path(LEAF, LOWER, UPPER, cross, store=STRANGER.store())
    assert _sent(other) == [0, 1, 2, 3, None]


def test_a_valid_issuer_is_preferred_to_an_expired_one() -> None:
    """Two certificates for one key, and the anchor of both."""
    expired = ROOT.intermediate("Upper CA", key=ec_key(1), not_after=NOW - DAY)
    for sent in ((LEAF, LOWER, expired, UPPER), (LEAF, LOWER, UPPER, expired)):
        path = _path(*sent)
        assert path.steps[2].certificate == UPPER.parsed
        assert path.anchored
    assert _path(LEAF, LOWER, expired).anchored


def test_another_holder_of_the_name_is_no_issuer_but_told() -> None:
    """The key identifiers and the signature say so: as when a CA was made anew under its old name."""
    new_root = Authority.root(key=ec_key(4))
    path = _path(LEAF, LOWER, UPPER, store=new_root.store())
    assert _sent(path) == [0, 1, 2]
    assert path.missing is not None
    assert path.namesakes == (new_root.parsed,)


def test_a_link_with_a_bad_signature_is_taken_when_there_is_no_other() -> None:
    """The key identifier names that key, yet it did not sign."""
    forged = UPPER.intermediate("Lower CA", key=ec_key(2), signed_by=ec_key(5))
    path = _path(LEAF, forged, UPPER)
    assert _sent(path) == [0, 1, 2, None]
    assert [link.valid for link in path.links] == [True, False, True]
    better = _path(LEAF, forged, LOWER, UPPER)
    assert _sent(better) == [0, 2, 3, None]


def test_names_of_other_case_and_string_type_match() -> None:
    """As OpenSSL compares them."""
    renamed = Authority.root("TEST  root ca")
    assert renamed.parsed.subject.der != ROOT.parsed.subject.der
    assert _path(LEAF, LOWER, UPPER, store=renamed.store()).anchored


def test_a_circle_has_no_end_and_nothing_is_missing() -> None:
    """Two CAs that certify each other."""
    first = Authority.root("First", key=ec_key(5))
    second = first.intermediate("Second", key=ec_key(6))
    first_by_second = second.intermediate("First", key=ec_key(5))
    leaf = first_by_second.issues("a.test")
    path = _path(leaf, first_by_second, second)
    assert _sent(path) == [0, 1, 2]
    assert path.endless
    assert path.missing is None


def test_a_path_is_never_longer_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is further is not followed, and nobody is said to be missing."""
    monkeypatch.setattr(search, "LONGEST_PATH", 2)
    path = _path(LEAF, LOWER, UPPER)
    assert _sent(path) == [0, 1]
    assert path.endless
    assert path.bound == "a path became longer than 2 certificates"


def test_a_path_to_nowhere_that_is_longer_than_allowed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not followed leads perhaps somewhere; of one that is just as long as it may be all was seen."""
    monkeypatch.setattr(search, "LONGEST_PATH", 2)
    path = _path(LEAF, LOWER, UPPER, store=STRANGER.store())
    assert (_sent(path), path.bound) == ([0, 1], "a path became longer than 2 certificates")
    assert path.endless
    whole = _path(LEAF, LOWER, store=STRANGER.store())
    assert (_sent(whole), whole.bound, whole.endless) == ([0, 1], "", False)


def test_a_flood_of_namesakes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every certificate could be the issuer of every other by name and key identifier, and signatures are bounded."""
    checks = []

    def counted(certificate: Certificate, issuer: Certificate) -> SignatureCheck:
        checks.append(certificate)
        return check_signature(certificate, issuer)

    monkeypatch.setattr(issuers, "check_signature", counted)
    monkeypatch.setattr(issuers, "MOST_CHECKS", 30)
    monkeypatch.setattr(search, "MOST_CHECKS", 30)
    flood = [impostor(number) for number in range(40)]
    path = _path(LEAF, *flood, LOWER, UPPER)
    assert len(checks) <= 30
    assert _sent(path) == [0]
    assert path.bound == "30 signatures were checked"
    assert all(link.valid is not None for link in path.links)


def test_large_keys_count_for_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is dear to check is checked less often."""
    monkeypatch.setattr(issuers, "MOST_CHECKS", issuers._LARGE_KEY_COST)
    monkeypatch.setattr(issuers, "_LARGE_KEY", 10)
    assert _path(ROOT.issues("a.test")).anchored
    assert _path(LEAF, LOWER, UPPER).bound.endswith("signatures were checked")


def test_a_mesh_of_cas_is_bounded() -> None:
    """The number of ways is beyond counting, and the search says that it did not see all."""
    thicket = mesh(11)
    path = _path(thicket[0].issues("a.test"), *thicket[:100])
    assert not path.anchored
    assert len(path.steps) <= LONGEST_PATH
    assert path.bound == "200 signatures were checked"


def test_a_mesh_below_the_anchor_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The good path is found, the paths that are kept are few, and it is said that there are others."""
    thicket = mesh(6)
    anchor = Authority.root("Mesh 5", key=ec_key(350))
    sent = [thicket[0].issues("a.test").parsed, *(issued.parsed for issued in thicket)]
    found = find_paths(sent, anchor.store(), NOW)
    assert len(found) == MOST_PATHS
    assert all(path.anchored for path in found)
    assert [len(path.steps) for path in found] == sorted(len(path.steps) for path in found)
    assert len(found[0].steps) <= 3
    assert {path.bound for path in found} == {"500 steps were gone"}
    assert {path.found for path in found} == {16}
    monkeypatch.setattr(search, "MOST_STEPS", 3)
    assert find_paths(sent, anchor.store(), NOW)[0].bound == "3 steps were gone"


def test_no_subject_and_key_comes_twice_in_a_path() -> None:
    """RFC 4158 §2.4: two certificates of one holder would make a circle."""
    thicket = mesh(5)
    anchor = Authority.root("Mesh 4", key=ec_key(340))
    sent = [thicket[0].issues("a.test").parsed, *(issued.parsed for issued in thicket)]
    for path in find_paths(sent, anchor.store(), NOW):
        holders = [(step.certificate.subject.der, step.certificate.public_key.der) for step in path.steps]
        assert len(set(holders)) == len(holders)


def test_paths_are_kept_up_to_a_number() -> None:
    """Twenty certificates of one intermediate make twenty paths; those that are kept are enough, and it is said."""
    lowers = [UPPER.intermediate("Lower CA", key=ec_key(2), not_after=NOW + day * DAY) for day in range(30, 50)]
    found = find_paths([issued.parsed for issued in (LEAF, *lowers, UPPER)], ROOT.store(), NOW)
    assert len(found) == MOST_PATHS
    assert {path.bound for path in found} == {"more than 16 paths were found"}
    assert all(path.anchored for path in found)


def test_all_paths_are_found_the_best_first() -> None:
    """A root that another one certifies too: one path to each, and the shorter one first."""
    cross = STRANGER.intermediate("Test Root CA", key=ec_key(100))
    both = Store.from_der("both", [ROOT.der, STRANGER.der])
    found = find_paths([issued.parsed for issued in (LEAF, LOWER, UPPER, cross)], both, NOW)
    assert [_sent(path) for path in found] == [[0, 1, 2, None], [0, 1, 2, 3, None]]
    assert [path.anchored for path in found] == [True, True]
    assert [path.found for path in found] == [2, 2]
    elsewhere = find_paths([issued.parsed for issued in (LEAF, LOWER, UPPER, cross)], ROOT.store(), NOW)
    assert [path.anchored for path in elsewhere] == [True, False]
    assert elsewhere[1].missing == STRANGER.parsed.subject


def test_a_renewed_key_is_another_holder() -> None:
    """A CA that certifies its own new key is in the path twice, with two keys. RFC 5280 §3.2: self-issued."""
    old = ROOT.intermediate("Renewed CA", key=ec_key(20))
    new_by_old = old.intermediate("Renewed CA", key=ec_key(21))
    path = _path(new_by_old.issues("a.test"), new_by_old, old)
    assert _sent(path) == [0, 1, 2, None]
    assert path.anchored


def test_the_way_to_the_store_is_taken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What leads nowhere takes no steps from it, however likely it looks."""
    monkeypatch.setattr(search, "MOST_STEPS", 3)
    monkeypatch.setattr(issuers, "MOST_CHECKS", 30)
    strangers = [STRANGER.intermediate(f"Stranger {number}", key=ec_key(30 + number)) for number in range(5)]
    lowers = [stranger.intermediate("Lower CA", key=ec_key(2)) for stranger in strangers]
    path = _path(LEAF, *lowers, LOWER, *strangers, UPPER)
    assert path.anchored
    assert path.bound == ""


def test_what_was_fetched_fills_a_gap_and_says_where_from() -> None:
    """Where the same was sent or is in the store, nothing counts as fetched."""
    fetched = [FetchedCertificate(certificate=LOWER.parsed, url="http://ca.test/lower.cer")]
    path = build_path([LEAF.parsed, UPPER.parsed], ROOT.store(), NOW, fetched)
    assert [(step.sent, step.fetched_from) for step in path.steps] == [
        (0, None),
        (None, "http://ca.test/lower.cer"),
        (1, None),
        (None, None),
    ]
    assert path.anchored
    whole = build_path([LEAF.parsed, LOWER.parsed, UPPER.parsed], ROOT.store(), NOW, fetched)
    assert [step.sent for step in whole.steps] == [0, 1, 2, None]
    root = FetchedCertificate(certificate=ROOT.parsed, url="http://ca.test/root.cer")
    known = build_path([LEAF.parsed, LOWER.parsed, UPPER.parsed], ROOT.store(), NOW, [root])
    assert (known.steps[-1].fetched_from, known.anchored) == (None, True)


def test_sent_is_better_than_fetched() -> None:
    """Two certificates of one issuer: the one that the server sent is taken."""
    again = UPPER.intermediate("Lower CA", key=ec_key(2), not_after=NOW + 2000 * DAY)
    fetched = [FetchedCertificate(certificate=again.parsed, url="http://ca.test/lower.cer")]
    found = find_paths([LEAF.parsed, LOWER.parsed, UPPER.parsed], ROOT.store(), NOW, fetched)
    assert [[step.fetched_from is not None for step in path.steps] for path in found] == [
        [False] * 4,
        [False, True, False, False],
    ]


def test_the_search_for_alternatives_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was not reached in time it is told why it counts as unrelated."""
    cross = STRANGER.intermediate("Test Root CA", key=ec_key(100))
    monkeypatch.setattr(ends, "MOST_REACHED", 1)
    path = _path(LEAF, LOWER, UPPER, cross, STRANGER)
    assert path.anchored
    assert path.unrelated == {3, 4}
    assert path.alternative < {3, 4}
    assert path.bound == "1 certificates were looked at"


def test_issuers_without_dates_or_key_identifiers_are_possible_too() -> None:
    """They come after those that have them."""
    bare = Authority.root(extensions=[x509.BasicConstraints(ca=True, path_length=None)])
    leaf = bare.issues("a.test", key_id=False)
    undated = replace(bare.parsed, not_after=None, subject_key_id=None)
    path = build_path([leaf.parsed, undated], NOTHING, NOW)
    assert [step.sent for step in path.steps] == [0, 1]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from([ROOT, UPPER, LOWER, LEAF, STRANGER]), max_size=12))
def test_any_list_gives_a_path_that_holds(others: list[Issued]) -> None:
    """Each step is issued by the next, once; every index is in the path or beside it; anchored iff all is there."""
    sent = [LEAF, *others]
    path = _path(*sent)
    steps = [step.certificate for step in path.steps]
    assert len(set(steps)) == len(steps)
    for certificate, issuer in pairwise(steps):
        assert certificate.issuer.der == issuer.subject.der
    placed = {step.sent for step in path.steps if step.sent is not None}
    assert placed | path.unrelated == set(range(len(sent)))
    assert not placed & path.unrelated
    assert path.alternative <= path.unrelated
    assert path.duplicates <= path.unrelated
    assert path.anchored == ({LOWER.der, UPPER.der} <= {issued.der for issued in others})
    assert path.anchored == (path.missing is None)
