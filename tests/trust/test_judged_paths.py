"""Several paths: which of them is in use, what is said of the others, and when not all were seen."""

import pytest
from cryptography import x509

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key
from tests.trust.cases import DONE, case, check_named, codes, fetched_from, judged, only, parsed
from tests.trust.crowds import LOWER, UPPER, impostor, mesh
from tlsglass.limits import MOST_PATHS
from tlsglass.trust.judge import judge
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity, Verdict
from tlsglass.trust.rules import complexity
from tlsglass.trust.stores import Store

ROOT = Authority.root()
STRANGER = Authority.root("Stranger", key=ec_key(3))
BOTH = Store.from_der("both", [ROOT.der, STRANGER.der])
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test")
CROSS = STRANGER.intermediate("Test Root CA", key=ec_key(100))
NO_CA = ROOT.intermediate(not_after=NOW + 2000 * DAY, extensions=[x509.BasicConstraints(ca=False, path_length=None)])
"""The intermediate again, as what may issue nothing; it looks likelier, since it lasts for longer."""


def test_the_first_path_that_no_rule_refuses_is_in_use() -> None:
    """Whatever looked likelier: trusted means that there is one good path."""
    report = judged([LEAF, NO_CA, MIDDLE])
    assert report.verdict is Verdict.TRUSTED
    assert [step.sent for step in report.path] == [0, 2, None]
    assert [path.in_use for path in report.paths] == [True, False]
    used, other = report.paths
    assert used.reason == "leads to 'Test Root CA' in the store, and no rule refuses it"
    assert (other.verdict, codes(other.findings)[0]) == (Verdict.UNTRUSTED, FindingCode.INVALID_CA)
    assert other.reason == other.findings[0].title
    assert [step.sent for step in other.steps] == [0, 1, None]


def test_without_a_good_path_the_best_is_in_use() -> None:
    """With all that is wrong with it, counted in its line."""
    leaf = MIDDLE.issues("b.test", not_after=NOW - DAY)
    report = judged([leaf, MIDDLE, CROSS], store=BOTH)
    assert report.verdict is Verdict.UNTRUSTED
    assert [len(path.steps) for path in report.paths] == [3, 4]
    assert report.paths[0].in_use
    assert report.paths[0].reason.endswith(", and 1 more")


def test_good_paths_that_are_not_in_use_say_why() -> None:
    """Longer, or merely later."""
    assert judged([LEAF, MIDDLE, CROSS], store=BOTH).paths[1].reason == "good too, but longer than the one in use"
    again = ROOT.intermediate(not_after=NOW + 500 * DAY)
    assert judged([LEAF, MIDDLE, again]).paths[1].reason == "good too; the one in use came first"


def test_a_path_to_another_root_is_told() -> None:
    """A cross-certificate for clients with another store."""
    report = judged([LEAF, MIDDLE, CROSS])
    assert (report.verdict, report.paths[1].verdict) == (Verdict.TRUSTED, Verdict.UNTRUSTED)
    assert report.paths[1].reason == "the issuer 'Stranger' is not known"
    assert report.paths[1].missing == STRANGER.parsed.subject


def test_without_a_store_no_path_leads_anywhere() -> None:
    """And none is refused for that."""
    report = judged([LEAF, MIDDLE], store=Store.from_der("none", []))
    assert [path.reason for path in report.paths] == ["does not lead to the store none"]
    assert report.verdict is Verdict.UNKNOWN


def test_nothing_sent_has_no_paths() -> None:
    """Nor does it fail."""
    assert judged([]).paths == ()


def test_a_chosen_path_is_judged_alone() -> None:
    """By its index, the one in use being the first; all paths stay known."""
    sent = parsed([LEAF, MIDDLE, CROSS])
    report = judge(sent, hostname="a.test", is_address=False, store=ROOT.store(), handshake=DONE, at=NOW)
    other = judge(sent, hostname="a.test", is_address=False, store=ROOT.store(), handshake=DONE, at=NOW, path=1)
    assert other == report.along(1)
    assert other.paths == report.paths
    assert other.path == report.paths[1].steps
    assert (other.verdict, other.anchored, other.findings) == (
        Verdict.UNTRUSTED,
        False,
        report.paths[1].findings,
    )
    assert report.along(0) == report
    with pytest.raises(IndexError):
        report.along(2)


def test_further_certificates_are_told_on_every_path() -> None:
    """Those that took no part, since there were too many."""
    strangers = [STRANGER.issues(f"{number}.test", key=ec_key(5)).parsed for number in range(200)]
    report = judged([LEAF, MIDDLE, CROSS, *strangers])
    assert len(report.paths) == 2
    for path in report.paths:
        assert check_named(path.checks, "further certificates").detail.startswith("3 further")


def _said(sent: list[Issued], store: Store, *, is_good: bool) -> Finding | Check:
    return only_said(list(complexity.examine(case(sent, store=store), is_good=is_good)))


def only_said(said: list[Finding | Check]) -> Finding | Check:
    """The one thing that was said."""
    (found,) = said
    return found


def test_that_all_paths_were_seen_is_a_check() -> None:
    """With their number."""
    one = _said([LEAF, MIDDLE], ROOT.store(), is_good=True)
    assert isinstance(one, Check)
    assert (one.status, one.detail) == (CheckStatus.PASSED, "One path was found, and there is no other.")
    two = _said([LEAF, MIDDLE, CROSS], BOTH, is_good=True)
    assert two.detail == "2 paths were found, and there is no other."


def test_too_many_ways_are_an_error_without_a_good_path() -> None:
    """There may be a good one, but clients give up too."""
    thicket = mesh(11)
    sent = [thicket[0].issues("a.test"), *thicket[:99]]
    report = judged(sent)
    assert report.verdict is Verdict.UNTRUSTED
    (found,) = (found for found in report.findings if found.code is FindingCode.TOO_COMPLEX)
    assert (found.severity, found.field) == (Severity.ERROR, "issuer")
    assert "100 certificates" in found.detail
    assert set(codes(report.findings)) == {FindingCode.TOO_COMPLEX, FindingCode.UNKNOWN_ISSUER}
    beside = judged([*sent[:99], STRANGER.intermediate()]).checks
    (unsure,) = (check for check in beside if check.name == "alternative path" and "Test Inter" in check.detail)
    assert (unsure.status, "was not found out" in unsure.detail) == (CheckStatus.NOT_CHECKED, True)
    nowhere = _said(sent, Store.from_der("none", []), is_good=False)
    assert isinstance(nowhere, Finding)
    assert nowhere.severity is Severity.NOTICE


def test_too_many_ways_are_a_notice_beside_a_good_path() -> None:
    """The verdict stands."""
    thicket = mesh(6)
    anchor = Authority.root("Mesh 5", key=ec_key(350))
    report = judged([thicket[0].issues("a.test"), *thicket], store=anchor.store())
    assert report.verdict is Verdict.TRUSTED
    assert len(report.paths) == MOST_PATHS
    (found,) = (found for found in report.findings if found.code is FindingCode.TOO_COMPLEX)
    assert found.severity is Severity.NOTICE
    assert "the verdict stands" in found.detail


def test_a_hundred_impostors_of_the_issuer_do_not_hide_it() -> None:
    """All have its name and its key identifier, and only one has its key."""
    report = judged([LOWER.issues("a.test"), *(impostor(number) for number in range(97)), LOWER, UPPER])
    assert report.verdict is Verdict.TRUSTED
    assert [step.sent for step in report.path] == [0, 98, 99, None]


def test_what_was_fetched_is_said_to_be_missing() -> None:
    """Clients that don't fetch refuse the chain, so it stays an error."""
    report = judged([LEAF], fetched=[fetched_from("http://ca.test/m.cer", MIDDLE)])
    assert (report.verdict, report.anchored) == (Verdict.UNTRUSTED, True)
    found = only(report.findings)
    assert (found.code, found.severity) == (FindingCode.MISSING_INTERMEDIATE, Severity.ERROR)
    assert found.certificate == LEAF.parsed.sha256
    assert "http://ca.test/m.cer" in found.detail
    assert "OpenSSL, curl and Go don't fetch" in found.detail
    assert "show --pem repaired" in (found.fix or "")
    unknown = judged([STRANGER.issues("a.test")], fetched=[fetched_from("http://ca.test/r.cer", STRANGER)])
    assert codes(unknown.findings) == [FindingCode.UNKNOWN_ISSUER]


def test_of_paths_that_are_all_refused_the_one_with_the_fewest_faults_is_in_use() -> None:
    """What is wrong with the leaf is wrong with all of them; more than that need not be told first."""
    leaf = MIDDLE.issues("b.test")
    report = judged([leaf, NO_CA, MIDDLE])
    assert codes(report.findings) == [FindingCode.NAME_MISMATCH]
    assert [step.sent for step in report.path] == [0, 2, None]
    assert FindingCode.INVALID_CA in codes(report.paths[1].findings)
