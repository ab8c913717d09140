"""The rules of Chrome and of Apple, each with what it counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.trust.authority import DAY, NOW, Authority
from tests.trust.cases import case
from tests.trust.handshakes import handshake, sent
from tests.trust.logs import PublicLog, for_certificate, log, log_list, logged, serialized
from tlsglass.trust.transparency.account import account_of
from tlsglass.trust.transparency.model import LogList, PolicyResult, PolicyStatus

ROOT = Authority.root()
A1, A2, B1 = log(1, "A"), log(2, "A"), log(3, "B")
RETIRED = log(4, "C", "retired", "retired", since=NOW - 5 * DAY)
LONG_RETIRED = log(5, "C", "retired", "retired", since=NOW - 50 * DAY)
TILED, TILED_TOO = log(6, "A", tiled=True), log(7, "B", tiled=True)
REJECTED, UNHEARD_OF = log(8, "D", "rejected", "rejected"), log(9, "E", None, None)
ALL = log_list(A1, A2, B1, RETIRED, LONG_RETIRED, TILED, TILED_TOO, REJECTED, UNHEARD_OF)


def _policies(
    *logs: PublicLog, lasts: timedelta = 90 * DAY, begins: datetime = NOW - 10 * DAY, listed: LogList = ALL
) -> tuple[PolicyResult, PolicyResult]:
    leaf = ROOT.issues("a.test", not_before=begins, not_after=begins + lasts)
    store = ROOT.store()
    store.log_list = listed
    report = account_of(case([logged(ROOT, leaf, *logs) if logs else leaf], store=store))
    chrome, apple = report.policies
    assert (chrome.program, apple.program) == ("Chrome", "Apple")
    return chrome, apple


@pytest.mark.parametrize(
    ("logs", "days", "chrome", "apple"),
    [
        ((A1, B1), 90, True, True),
        ((A1, B1), 180, True, False),  # Apple counts the last second
        ((A1, B1), 200, False, False),
        ((A1, A2), 90, False, False),
        ((A1, A2, B1), 200, True, True),
        ((A1, A1), 90, False, False),
        ((A1, RETIRED), 90, True, True),
        ((A1, LONG_RETIRED), 90, False, False),
        ((RETIRED,), 90, False, False),
        ((TILED, TILED_TOO), 90, False, False),
        ((A1, TILED_TOO), 90, True, True),
        ((A1, REJECTED), 90, False, False),
        ((A1, UNHEARD_OF), 90, False, False),
        ((), 90, False, False),
    ],
)
def test_counting(logs: tuple[PublicLog, ...], days: int, chrome: bool, apple: bool) -> None:  # noqa: FBT001 - a table
    """By logs, operators, states and the length of the validity."""
    found = _policies(*logs, lasts=days * DAY)
    expected = tuple(PolicyStatus.MET if met else PolicyStatus.NOT_MET for met in (chrome, apple))
    assert tuple(policy.status for policy in found) == expected


def test_the_count_is_the_evidence() -> None:
    """It names logs by number, operators and the list."""
    chrome, apple = _policies(A1, RETIRED)
    assert chrome.detail == (
        "2 logs in the certificate count, of A and C; 1 of those in the certificate is current. Asked for are 2 logs "
        "of 2 operators or more for at most 180 days of validity, one of them current and one read as RFC 6962 has it. "
        "The list is that of test list, 2026-11-01."
    )
    assert apple.reference == "https://support.apple.com/en-us/103214"
    assert _policies()[0].detail.startswith("There is no timestamp. Asked for are 2 logs")


def test_what_is_not_known_may_count() -> None:
    """A log that the list does not have leaves the answer open, unless there are enough without it."""
    unknown = log(20, "Z")
    assert {policy.status for policy in _policies(A1, unknown)} == {PolicyStatus.NOT_CHECKED}
    assert {policy.status for policy in _policies(A1, B1, unknown)} == {PolicyStatus.MET}


def test_older_certificates_and_lists_of_others_are_not_checked() -> None:
    """Apple's rules of before 2021 were others; a file has Chrome's states."""
    old = _policies(A1, B1, begins=datetime.fromisoformat("2018-01-01T00:00Z"))
    assert {policy.status for policy in old} == {PolicyStatus.NOT_CHECKED}
    assert "before 2022-04-15" in old[0].detail
    chrome, apple = _policies(A1, B1, listed=log_list(A1, B1, programs=["Google"]))
    assert (chrome.status, apple.status) == (PolicyStatus.MET, PolicyStatus.NOT_CHECKED)


def test_those_of_the_handshake_count_apart() -> None:
    """Two current ones of two operators do."""
    leaf = ROOT.issues("a.test")
    store = ROOT.store()
    store.log_list = ALL
    stamps = serialized(A1.stamp(for_certificate(leaf)), B1.stamp(for_certificate(leaf)))
    report = account_of(case([leaf], store=store, shaken=handshake(entries=[sent(leaf, timestamps=stamps)])))
    assert {policy.status for policy in report.policies} == {PolicyStatus.MET}
    assert "2 of other sources" in report.policies[0].detail


def test_what_comes_besides_counts_with_what_is_embedded_at_apple() -> None:
    """One beside a current one in the certificate is enough there; Chrome wants two of two operators."""
    leaf = logged(ROOT, ROOT.issues("a.test"), A1)
    store = ROOT.store()
    store.log_list = ALL
    stamps = serialized(A2.stamp(for_certificate(leaf)))
    report = account_of(case([leaf], store=store, shaken=handshake(entries=[sent(leaf, timestamps=stamps)])))
    assert [policy.status for policy in report.policies] == [PolicyStatus.NOT_MET, PolicyStatus.MET]


def test_a_validity_that_can_not_be_read() -> None:
    """Says so."""
    made = case([ROOT.issues("a.test")], store=ROOT.store())
    report = account_of(replace(made, certificates=(replace(made.leaf, not_after=None),)))
    assert report.policies[0].detail == "The validity period can't be read."
