"""For how long certificates are valid, counted in both ways."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import findings_of, judged
from tests.trust.clients.chains import EVERYWHERE, listed, stances
from tlsglass.trust.clients.browsers import CHROME, EDGE, SAFARI
from tlsglass.trust.clients.model import Stance
from tlsglass.trust.lifetime import is_issued_since, lifetime, lifetime_by_programs
from tlsglass.trust.model import Severity
from tlsglass.trust.rules.baseline import lifetimes

ROOT = Authority.root()
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
DAYS_398 = timedelta(seconds=34_387_200)
SECOND = timedelta(seconds=1)


def test_both_ends_belong_to_it_but_not_for_programs() -> None:
    """RFC 5280 §4.1.2.5: from notBefore through notAfter."""
    leaf = replace(ROOT.issues("a.test").parsed, not_before=BEGINS, not_after=BEGINS + DAYS_398 - SECOND)
    assert lifetime(leaf) == timedelta(days=398) == DAYS_398
    assert lifetime_by_programs(leaf) == DAYS_398 - SECOND
    for unread in (replace(leaf, not_before=None), replace(leaf, not_after=None)):
        assert lifetime(unread) is lifetime_by_programs(unread) is None


def test_the_day_of_issue_begins_with_its_first_second() -> None:
    """What can't be read was issued on no day."""
    leaf = ROOT.issues("a.test").parsed
    for begins, since in ((BEGINS, True), (BEGINS - SECOND, False), (None, False)):
        assert is_issued_since(replace(leaf, not_before=begins), BEGINS) is since


@pytest.mark.parametrize(
    ("ends", "severity", "stance"),
    [
        (BEGINS + DAYS_398 - SECOND, None, Stance.ACCEPTS),  # 398 days, the last second counted
        (BEGINS + DAYS_398, Severity.WARNING, Stance.ACCEPTS),  # 398 days by what browsers count
        (BEGINS + DAYS_398 + SECOND, Severity.ERROR, Stance.REFUSES),
    ],
)
def test_the_rule_and_the_browsers_agree_on_the_last_second(
    ends: datetime, severity: Severity | None, stance: Stance
) -> None:
    """What the rule calls an error is what browsers refuse, to the second."""
    leaf = ROOT.issues("a.test", not_before=BEGINS, not_after=ends)
    found = findings_of(lifetimes.examine, [leaf], store=ROOT.public_store())
    assert [each.severity for each in found] == ([severity] if severity else [])
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        standing = stances(replace(judged([leaf], store=ROOT.store()), transparency=None))
    assert {standing[family.name] for family in (CHROME, EDGE, SAFARI)} == {stance}
