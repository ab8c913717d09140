"""Public logs: invalid timestamps, and browsers' rules for publicly trusted authorities."""

from dataclasses import replace

import pytest

from tests.trust.authority import Authority, Issued
from tests.trust.cases import case, check_named, checks_of, codes, findings_of, only
from tests.trust.handshakes import handshake, sent
from tests.trust.logs import for_precertificate, log, log_list, logged, octets, serialized, with_list
from tlsglass.trust.model import CheckStatus, FindingCode, Severity, StoreLabel
from tlsglass.trust.rules import transparency
from tlsglass.trust.stores import Store, StoreKind

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
A, B, OTHER = log(1, "A"), log(2, "B"), log(3, "C")
GOOD = logged(ROOT, LEAF, A, B)
BAD = with_list(
    ROOT,
    LEAF,
    octets(serialized(A.stamp(for_precertificate(ROOT.issues("b.test").certificate.tbs_certificate_bytes, ROOT)))),
)
SIGNATURES = "timestamps"


def _store(origin: StoreKind = "none") -> Store:
    return Store(StoreLabel(name="t", date=None), [ROOT.der], origins={ROOT.der: origin}, log_list=log_list(A, B))


def test_valid_ones_pass_with_both_policies() -> None:
    """And what the handshake may have had is said not to be known."""
    checks = checks_of(transparency.examine, [GOOD], store=_store("mozilla"))
    assert findings_of(transparency.examine, [GOOD], store=_store("mozilla")) == []
    assert check_named(checks, SIGNATURES).detail == "2 of 2 have a valid signature: Log 1 and Log 2."
    assert check_named(checks, "handshake timestamps").status is CheckStatus.NOT_CHECKED
    assert check_named(checks, "Chrome CT policy").status is CheckStatus.PASSED
    assert check_named(checks, "Apple CT policy").status is CheckStatus.PASSED


def test_a_file_has_no_handshake_to_be_asked() -> None:
    """So nothing is said of it."""
    made = replace(case([GOOD], store=_store()), from_file=True)
    assert "handshake timestamps" not in str(list(transparency.examine(made)))


def test_an_invalid_one_is_a_warning() -> None:
    """With the log, the field and the reason."""
    found = only(findings_of(transparency.examine, [BAD], store=_store()))
    assert (found.code, found.severity) == (FindingCode.SCT_INVALID, Severity.WARNING)
    assert found.field == "extensions.1.3.6.1.4.1.11129.2.4.2"
    assert found.title == "a timestamp of Log 1 is not valid"
    assert "about another certificate" in found.detail


def test_an_invalid_one_of_the_handshake_has_no_field() -> None:
    """It is not in the certificate."""
    stamps = serialized(A.stamp(b"\0\0\0\0\1x"))
    shaken = handshake(entries=[sent(LEAF, timestamps=stamps)])
    found = only(findings_of(transparency.examine, [LEAF], store=_store(), shaken=shaken))
    assert found.field is None
    assert found.fix is not None
    assert "fetch the timestamps" in found.fix


@pytest.mark.parametrize(
    ("leaf", "origin", "severity"),
    [
        (LEAF, "mozilla", Severity.ERROR),
        (logged(ROOT, LEAF, A), "mozilla", Severity.ERROR),
        (LEAF, "system", Severity.NOTICE),
        (LEAF, "none", None),
    ],
)
def test_too_few_matter_by_whose_anchor_it_is(leaf: Issued, origin: StoreKind, severity: Severity | None) -> None:
    """Browsers ask it of those in Mozilla's list, and of nobody's own authority."""
    found = findings_of(transparency.examine, [leaf], store=_store(origin))
    assert [each.severity for each in found] == ([severity] if severity else [])
    assert codes(found) == ([FindingCode.TRANSPARENCY_NOT_MET] if severity else [])
    if severity is None:
        check = check_named(checks_of(transparency.examine, [leaf], store=_store()), "Chrome CT policy")
        assert check.detail.startswith("It is asked of publicly trusted authorities only")


def test_if_only_safari_would_refuse_it_is_a_warning() -> None:
    """Chrome takes two logs of two operators here, Apple's list has one of them rejected."""
    rejected = log(2, "B", apple="rejected")
    store = _store("mozilla")
    store.log_list = log_list(A, rejected)
    found = only(findings_of(transparency.examine, [GOOD], store=store))
    assert (found.severity, found.title) == (Severity.WARNING, "too few timestamps of public logs for Apple")


def test_what_was_not_checked_is_said() -> None:
    """An unknown log, a list that can't be read, none at all, and a path without an anchor."""
    unknown = checks_of(transparency.examine, [logged(ROOT, LEAF, OTHER)], store=_store("mozilla"))
    assert "the list does not have its log" in check_named(unknown, SIGNATURES).detail
    assert check_named(unknown, "Chrome CT policy").status is CheckStatus.NOT_CHECKED
    unreadable = checks_of(transparency.examine, [with_list(ROOT, LEAF, b"\4\0")], store=_store())
    assert any("can't be read" in check.detail for check in unreadable)
    none = checks_of(transparency.examine, [LEAF], store=Store.from_der("empty", []))
    assert check_named(none, SIGNATURES).status is CheckStatus.NOT_CHECKED
