"""For how long a server's certificate may be valid, by its day of issue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.trust.authority import DAY, Authority
from tests.trust.cases import check_named, checks_of, findings_of, only
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import lifetimes

LONG_AGO = datetime(2010, 1, 1, tzinfo=UTC)
ROOT = Authority.root(not_before=LONG_AGO, not_after=LONG_AGO + 20000 * DAY)
PUBLIC = ROOT.public_store()
SECOND = timedelta(seconds=1)
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@pytest.mark.parametrize(
    ("issued", "days", "words"),
    [
        ("2012-07-01", 1827, "60 months"),
        ("2015-03-31", 1827, "60 months"),
        ("2015-04-01", 1188, "39 months"),
        ("2018-02-28", 1188, "39 months"),
        ("2018-03-01", 825, "825 days"),
        ("2020-08-31", 825, "825 days"),
        ("2020-09-01", 398, "398 days"),
        ("2026-03-14", 398, "398 days"),
        ("2026-03-15", 200, "200 days"),
        ("2027-03-14", 200, "200 days"),
        ("2027-03-15", 100, "100 days"),
        ("2029-03-14", 100, "100 days"),
        ("2029-03-15", 47, "47 days"),
    ],
)
def test_the_limit_is_that_of_the_day_of_issue(issued: str, days: int, words: str) -> None:
    """Both ends of the validity count, so that a second less than whole days is the most."""
    begins = datetime.fromisoformat(issued).replace(tzinfo=UTC)
    longest = ROOT.issues("a.test", not_before=begins, not_after=begins + days * DAY - SECOND)
    check = check_named(checks_of(lifetimes.examine, [longest], store=PUBLIC), "lifetime")
    assert check.status is CheckStatus.PASSED
    assert f"is valid for {days - 1:,} days; {words} are allowed" in check.detail
    longer = ROOT.issues("a.test", not_before=begins, not_after=begins + days * DAY)
    found = only(findings_of(lifetimes.examine, [longer], store=PUBLIC))
    assert (found.code, found.field) == (FindingCode.LIFETIME_TOO_LONG, "validity")
    assert found.title == f"valid for {days + 1:,} days, longer than the {words} allowed"


@pytest.mark.parametrize(
    ("issued", "days", "public", "private"),
    [
        ("2026-04-01", 200, WARNING, NOTICE),  # which browsers take, since they don't count the last second
        ("2026-04-01", 201, ERROR, NOTICE),  # which Chrome refuses below public roots
        ("2026-04-01", 398, ERROR, NOTICE),
        ("2026-04-01", 399, ERROR, NOTICE),  # which Apple refuses there, too
        ("2021-01-01", 825, ERROR, NOTICE),
        ("2021-01-01", 826, ERROR, ERROR),  # which Apple refuses below any root
        ("2019-07-01", 826, ERROR, NOTICE),  # after that day only
    ],
)
def test_who_refuses_it_decides_how_much_it_matters(
    issued: str, days: int, public: Severity, private: Severity
) -> None:
    """Below a public root, and below a private one, where that is said."""
    begins = datetime.fromisoformat(issued).replace(tzinfo=UTC)
    sent = [ROOT.issues("a.test", not_before=begins, not_after=begins + days * DAY)]
    below_public = only(findings_of(lifetimes.examine, sent, store=PUBLIC))
    below_private = only(findings_of(lifetimes.examine, sent, store=ROOT.store()))
    assert (below_public.severity, below_private.severity) == (public, private)
    matters = private is not NOTICE
    assert below_private.title.endswith("longer than the 825 days allowed") is (matters or issued < "2020-09")
    assert ("Below a private root, as here, that does not matter." in below_private.detail) is not matters
    assert ("Apple 103769" in below_public.reference) is matters
    assert ("Chrome" in below_public.detail) is (public is ERROR and not matters)
    assert ("Chrome and Apple's devices refuse" in below_public.detail) is (days > 398 and not matters)


def test_what_was_issued_before_there_were_limits_has_none() -> None:
    """The Baseline Requirements began in July 2012."""
    begins = datetime(2012, 6, 30, tzinfo=UTC)
    sent = [ROOT.issues("a.test", not_before=begins, not_after=begins + 5000 * DAY)]
    assert not list(findings_of(lifetimes.examine, sent, store=PUBLIC))


def test_dates_that_cannot_be_read_are_left_alone() -> None:
    """Another rule tells of them."""
    leaf = ROOT.issues("a.test").parsed
    for unread in (replace(leaf, not_before=None), replace(leaf, not_after=None)):
        assert not checks_of(lifetimes.examine, [unread], store=PUBLIC)
