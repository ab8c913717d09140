"""Findings on the standing of the anchor: only for public roots, and as weighty as the store that was chosen."""

from dataclasses import replace
from datetime import date

import pytest

from tests.trust.authority import NOW, Authority, Issued
from tests.trust.cases import case, only
from tests.trust.logs import log, log_list, logged
from tlsglass.trust.case import Case
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity, StoreLabel
from tlsglass.trust.profile import Profile
from tlsglass.trust.programs.model import ProgramData, ProgramStanding, ProgramStatus, RootStanding
from tlsglass.trust.rules import programs
from tlsglass.trust.stores import Store, StoreKind
from tlsglass.trust.transparency.account import account_of

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
MOZILLA = ProgramStanding(program="Mozilla", status=ProgramStatus.INCLUDED, detail="In the list.", reference="m")
ORACLE = ProgramStanding(program="Oracle", status=ProgramStatus.NOT_INCLUDED, detail="Not in the list.", reference="o")


def _case(*standings: ProgramStanding, leaf: Issued = LEAF, origin: StoreKind = "mozilla") -> Case:
    store = Store(StoreLabel(name="t", date=None), [ROOT.der], origins={ROOT.der: origin})
    standing = RootStanding(
        root=ROOT.parsed.sha256,
        public=True,
        programs=standings,
        data=ProgramData(name="data", version="1", newest=None),
    )
    return replace(case([leaf], store=store), programs=standing)


def _findings(made: Case) -> list[Finding]:
    return [said for said in programs.examine(made) if isinstance(said, Finding)]


def _checks(made: Case) -> list[Check]:
    return [said for said in programs.examine(made) if isinstance(said, Check)]


def test_a_root_that_is_in_no_list_gives_neither_finding_nor_check() -> None:
    """A private authority needs no program, and a path without an anchor has no standing."""
    made = _case(ORACLE)
    assert made.programs is not None
    assert list(programs.examine(replace(made, programs=replace(made.programs, public=False)))) == []
    assert list(programs.examine(replace(made, programs=None))) == []


def test_a_root_that_all_have_passes() -> None:
    """The check says which, and where that is known from."""
    check = only_check(_checks(_case(MOZILLA, replace(MOZILLA, program="Oracle"))))
    assert (check.name, check.status) == ("root programs", CheckStatus.PASSED)
    assert "in the list of Mozilla and Oracle. Known from data 1." in check.detail


def only_check(checks: list[Check]) -> Check:
    """The one check that there is."""
    (check,) = checks
    return check


def test_programs_that_lack_the_root_are_a_notice() -> None:
    """'Trusted by Mozilla, not by Java' is what people come for, and no fault of the chain."""
    found = only(_findings(_case(MOZILLA, ORACLE)))
    assert (found.code, found.severity) == (FindingCode.NOT_IN_ALL_PROGRAMS, Severity.NOTICE)
    assert found.certificate == ROOT.parsed.sha256
    assert found.title == "'Test Root CA' is not in the list of Oracle"
    assert "It is in the list of Mozilla; not of Oracle." in found.detail


_DISTRUSTED = replace(MOZILLA, status=ProgramStatus.DISTRUSTED)


@pytest.mark.parametrize(
    ("origin", "profile", "severity"),
    [
        ("mozilla", Profile.WEBPKI, Severity.ERROR),
        ("mozilla", Profile.RFC5280, Severity.WARNING),
        ("system", Profile.WEBPKI, Severity.WARNING),
    ],
)
def test_a_certificate_issued_after_the_date_is_distrusted(
    origin: StoreKind, profile: Profile, severity: Severity
) -> None:
    """The day of issue counts, as Mozilla has it; an error where its store and browsers' rules were chosen."""
    issued = LEAF.parsed.not_before
    assert issued is not None
    before = replace(_DISTRUSTED, distrusted_after=date.fromordinal(issued.date().toordinal() - 1))
    found = only(_findings(replace(_case(before, origin=origin), profile=profile)))
    assert (found.code, found.severity) == (FindingCode.ROOT_DISTRUSTED, severity)
    assert (found.certificate, found.field) == (LEAF.parsed.sha256, "validity.not_before")
    same = replace(_DISTRUSTED, distrusted_after=issued.date())
    assert not _findings(_case(same, origin=origin))
    assert [check.name for check in _checks(_case(same))] == ["distrust by Mozilla", "root programs"]


def test_a_certificate_without_a_date_is_not_said_to_be_issued_after_it() -> None:
    """Its dates are a finding of their own."""
    made = _case(replace(_DISTRUSTED, distrusted_after=NOW.date()))
    undated = replace(made, certificates=(replace(made.leaf, not_before=None),))
    assert not _findings(undated)


@pytest.mark.parametrize(
    ("names", "outside"),
    [
        (["a.tr", "*.b.tr", "TR", "c.gov.TR."], None),
        (["a.tr", "a.test"], "a.test"),
        (["atr"], "atr"),
    ],
)
def test_names_outside_what_is_permitted_are_refused(names: list[str], outside: str | None) -> None:
    """The permitted names are those below the wildcard; one name outside is enough. RFC 5280 §4.2.1.10."""
    limited = replace(MOZILLA, status=ProgramStatus.LIMITED, permitted=("*.tr",))
    made = _case(limited, leaf=ROOT.issues(*names))
    if outside is None:
        assert not _findings(made)
        assert "names by Mozilla" in {check.name for check in _checks(made)}
    else:
        found = only(_findings(made))
        assert (found.code, found.severity) == (FindingCode.ROOT_LIMITED, Severity.ERROR)
        assert f"is for {outside} too" in found.detail


def test_what_other_programs_distrust_is_a_warning() -> None:
    """Nobody's verdict rests on their lists here; Chrome counts the earliest timestamp, and none is none."""
    google = replace(_DISTRUSTED, program="Google", by_timestamp=True, distrusted_after=NOW.date())
    assert not _findings(_case(google))
    check = _checks(_case(google))[0]
    assert "that public logs first saw after" in check.detail
    made = _case(replace(google, distrusted_after=date(2020, 1, 1)), leaf=logged(ROOT, LEAF, log(1, "A")))
    made.store.log_list = log_list(log(1, "A"))
    found = only(_findings(replace(made, transparency=account_of(made))))
    assert (found.code, found.severity) == (FindingCode.ROOT_DISTRUSTED, Severity.WARNING)
