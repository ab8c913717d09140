"""The dates of every certificate in the path."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.trust.authority import DAY, NOW, Authority, ec_key
from tests.trust.cases import checks_of, codes, findings_of, only
from tlsglass.trust.model import FindingCode, Severity
from tlsglass.trust.rules import validity

ROOT = Authority.root()


@pytest.mark.parametrize(
    ("ago", "title"),
    [
        (3 * DAY, "expired 3 days ago (2026-11-20 12:00 UTC)"),
        (timedelta(hours=30), "expired 30 hours ago (2026-11-22 06:00 UTC)"),
        (timedelta(seconds=1), "expired 1 second ago (2026-11-23 11:59 UTC)"),
    ],
)
def test_an_expired_leaf_says_since_when(ago: timedelta, title: str) -> None:
    """The title is the headline."""
    found = only(findings_of(validity.examine, [ROOT.issues("a.test", not_before=NOW - 90 * DAY, not_after=NOW - ago)]))
    assert (found.code, found.severity, found.title) == (FindingCode.EXPIRED, Severity.ERROR, title)
    assert (found.field, found.reference) == ("validity.not_after", "RFC 5280 §4.1.2.5")


def test_the_last_second_still_counts() -> None:
    """RFC 5280 §4.1.2.5: the period is inclusive."""
    leaf = ROOT.issues("a.test", not_before=NOW, not_after=NOW + DAY)
    assert FindingCode.EXPIRED not in codes(findings_of(validity.examine, [leaf], at=NOW + DAY))
    assert not findings_of(validity.examine, [leaf], at=NOW)


def test_a_leaf_before_its_time_says_how_long_it_takes() -> None:
    """And from when on it is valid."""
    leaf = ROOT.issues("a.test", not_before=NOW + 5 * DAY)
    found = only(findings_of(validity.examine, [leaf]))
    assert (found.code, found.field) == (FindingCode.NOT_YET_VALID, "validity.not_before")
    assert found.title == "not valid for another 5 days (2026-11-28 12:00 UTC)"


def test_issuers_are_judged_and_named() -> None:
    """An expired intermediate and an expired anchor both break the path."""
    root = Authority.root("Old Root", key=ec_key(3), not_after=NOW - DAY)
    middle = root.intermediate("Old Middle", key=ec_key(4), not_after=NOW - 2 * DAY)
    found = findings_of(validity.examine, [middle.issues("a.test"), middle], store=root.store())
    assert [each.title.partition(" expired")[0] for each in found] == ["'Old Middle'", "'Old Root'"]
    assert [each.certificate for each in found] == [middle.parsed.sha256, root.parsed.sha256]
    assert "from the store" in (found[1].fix or "")
    assert "Send the current certificate of 'Old Middle'" in (found[0].fix or "")


def test_an_issuer_before_its_time_is_named() -> None:
    """Its own first moment counts, not the leaf's."""
    middle = ROOT.intermediate(not_before=NOW + 5 * DAY)
    found = only(findings_of(validity.examine, [middle.issues("a.test"), middle]))
    assert found.title == "'Test Intermediate CA' is not valid for another 5 days (2026-11-28 12:00 UTC)"


@pytest.mark.parametrize(
    ("left", "severity"), [(16, None), (15, None), (14, Severity.NOTICE), (5, Severity.NOTICE), (4, Severity.WARNING)]
)
def test_a_leaf_that_ends_soon_is_noticed_by_its_share(left: int, severity: Severity | None) -> None:
    """Of 90 days, less than a sixth is a notice and less than an eighteenth a warning."""
    leaf = ROOT.issues("a.test", not_before=NOW - (90 - left) * DAY, not_after=NOW + left * DAY)
    found = findings_of(validity.examine, [leaf])
    assert [each.severity for each in found] == ([severity] if severity else [])
    assert set(codes(found)) <= {FindingCode.EXPIRES_SOON}


def test_an_issuer_that_ends_soon_is_noticed_by_its_days() -> None:
    """A share of 20 years would say nothing."""
    soon = ROOT.intermediate(not_after=NOW + 20 * DAY)
    found = only(findings_of(validity.examine, [soon.issues("a.test"), soon]))
    assert (found.code, found.severity) == (FindingCode.EXPIRES_SOON, Severity.NOTICE)
    assert found.title == "'Test Intermediate CA' expires in 20 days (2026-12-13 12:00 UTC)"


def test_valid_dates_pass_with_what_was_seen() -> None:
    """One check a certificate."""
    details = [check.detail for check in checks_of(validity.examine, [ROOT.issues("a.test")])]
    assert details[0] == "'leaf' is valid from 2026-11-13 12:00 UTC to 2027-02-11 12:00 UTC, 80 days more."
    assert len(details) == 2


def test_dates_that_cannot_be_read_are_left_to_others() -> None:
    """No guess is made."""
    leaf = replace(ROOT.issues("a.test").parsed, not_after=None)
    assert len(checks_of(validity.examine, [leaf])) == 1
