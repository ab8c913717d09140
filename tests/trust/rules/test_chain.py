"""Where the path ends, its signatures, and what else was sent."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.trust.authority import SERVER_AUTH, Authority, Issued, ec_key, self_signed
from tests.trust.cases import check_named, checks_of, codes, findings_of, judged, only
from tlsglass.trust.model import CheckStatus, FindingCode, Severity, Verdict
from tlsglass.trust.paths import search
from tlsglass.trust.rules import chain
from tlsglass.trust.stores import Store

ROOT = Authority.root()
STORE = ROOT.store()
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test")
STRANGER = Authority.root("Stranger", key=ec_key(3))
NOTHING = Store.from_der("none", [])


def test_a_path_to_the_store_passes_and_is_told() -> None:
    """Leaf first."""
    check = check_named(checks_of(chain.examine_end, [LEAF, MIDDLE], store=STORE), "path")
    assert check.detail == (
        "The store test store has the end of the path: 'leaf' < 'Test Intermediate CA' < 'Test Root CA'."
    )


def test_a_self_signed_leaf_is_no_unknown_issuer() -> None:
    """One reason, not two."""
    found = only(findings_of(chain.examine_end, [self_signed("a.test")]))
    assert (found.code, found.severity, found.title) == (FindingCode.SELF_SIGNED, Severity.ERROR, "self-signed")


def test_a_leaf_alone_lacks_its_issuer() -> None:
    """What is known is told, and what is only likely is told as likely."""
    found = only(findings_of(chain.examine_end, [LEAF]))
    assert (found.code, found.field) == (FindingCode.MISSING_INTERMEDIATE, "issuer")
    assert found.title == "does not send 'Test Intermediate CA'"
    assert found.detail.startswith(
        "The server sent no certificate for the issuer 'Test Intermediate CA' of 'leaf', and"
    )
    assert "Usually" in found.detail
    assert found.fix == "Add the certificate of 'Test Intermediate CA' to the server's chain file."


def test_the_fix_says_where_the_issuer_can_be_had() -> None:
    """By the certificate's own word; nothing is fetched."""
    place = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.test/middle.cer")
    )
    leaf = MIDDLE.issues("a.test", extensions=[SERVER_AUTH, x509.AuthorityInformationAccess([place])])
    assert (only(findings_of(chain.examine_end, [leaf])).fix or "").endswith(
        "(it can be had at http://ca.test/middle.cer)."
    )


def test_a_root_sent_over_a_gap_shows_that_something_is_missing() -> None:
    """Leaf, one intermediate, and a root; the one between is left out."""
    upper = ROOT.intermediate("Upper", key=ec_key(1))
    lower = upper.intermediate("Lower", key=ec_key(2))
    found = only(findings_of(chain.examine_end, [lower.issues("a.test"), lower, ROOT]))
    assert (found.code, found.title) == (FindingCode.MISSING_INTERMEDIATE, "does not send 'Upper'")
    without = only(findings_of(chain.examine_end, [lower.issues("a.test"), lower, LEAF]))
    assert without.code is FindingCode.UNKNOWN_ISSUER


def test_an_unknown_root_is_told_whether_sent_or_not() -> None:
    """The top of the path is a CA that was sent."""
    middle = STRANGER.intermediate()
    leaf = middle.issues("a.test")
    unsent = only(findings_of(chain.examine_end, [leaf, middle]))
    assert (unsent.code, unsent.title) == (FindingCode.UNKNOWN_ISSUER, "the issuer 'Stranger' is not known")
    sent = only(findings_of(chain.examine_end, [leaf, middle, STRANGER]))
    assert (sent.code, sent.title) == (FindingCode.UNKNOWN_ISSUER, "the root 'Stranger' is not known")


def test_another_key_of_the_issuers_name_is_told() -> None:
    """As when the store has an older root of the same name."""
    store = Authority.root(key=ec_key(4)).store()
    assert (
        "of that name, but with another key: 'Test Root CA'"
        in only(findings_of(chain.examine_end, [LEAF, MIDDLE], store=store)).detail
    )
    assert "with another key" in only(findings_of(chain.examine_end, [ROOT.issues("a.test")], store=store)).detail


def test_a_circle_has_no_root() -> None:
    """Two CAs that certify each other."""
    first = Authority.root("First", key=ec_key(5))
    second = first.intermediate("Second", key=ec_key(6))
    again = second.intermediate("First", key=ec_key(5))
    found = only(findings_of(chain.examine_end, [again.issues("a.test"), again, second]))
    assert (found.code, found.title) == (FindingCode.UNKNOWN_ISSUER, "no root above 'Second'")


@pytest.mark.parametrize("sent", [[LEAF, MIDDLE], [self_signed("a.test")]])
def test_without_a_store_nothing_is_said_against_the_issuer(sent: list[Issued]) -> None:
    """The verdict is unknown, and the check says why."""
    report = judged(sent, store=NOTHING)
    assert (report.verdict, report.findings) == (Verdict.UNKNOWN, ())
    check = check_named(report.checks, "path")
    assert check.status is CheckStatus.NOT_CHECKED
    assert check.detail.startswith("No store was chosen that has certificates (none)")
    assert ("self-signed" in check.detail) == (len(sent) == 1)


def test_each_signature_of_the_path_is_judged() -> None:
    """Good, bad, and not checked with the reason."""
    assert [check.detail for check in checks_of(chain.examine_signatures, [LEAF, MIDDLE], store=STORE)] == [
        "The signature of 'leaf' by 'Test Intermediate CA' is good.",
        "The signature of 'Test Intermediate CA' by 'Test Root CA' is good.",
    ]
    forged = MIDDLE.issues("a.test", signed_by=ec_key(9))
    found = only(findings_of(chain.examine_signatures, [forged, MIDDLE]))
    assert (found.code, found.field) == (FindingCode.BAD_SIGNATURE, "signature")
    assert found.certificate == forged.parsed.sha256
    odd = LEAF.parsed
    odd = replace(odd, signature_algorithm=replace(odd.signature_algorithm, oid="1.2.3"))
    assert checks_of(chain.examine_signatures, [odd, MIDDLE])[0].status is CheckStatus.NOT_CHECKED


def test_the_wrong_order_is_told_with_the_right_one() -> None:
    """By the indexes in which they were sent."""
    upper = ROOT.intermediate("Upper", key=ec_key(1))
    lower = upper.intermediate("Lower", key=ec_key(2))
    leaf = lower.issues("a.test")
    found = only(findings_of(chain.examine_sent, [leaf, upper, lower]))
    assert (found.code, found.severity) == (FindingCode.WRONG_ORDER, Severity.WARNING)
    assert "#1 and #2 stand elsewhere. The path takes them as #0, #2 and #1." in found.detail
    assert judged([leaf, upper, lower]).verdict is Verdict.TRUSTED


def test_the_right_order_passes() -> None:
    """As many as are in the path."""
    assert (
        checks_of(chain.examine_sent, [LEAF, MIDDLE])[0].detail == "2 certificates were sent in the order of the path."
    )
    assert checks_of(chain.examine_sent, [LEAF])[0].detail == "1 certificate was sent in the order of the path."


def test_what_need_not_be_sent_is_told() -> None:
    """A stranger, a second copy, and the root."""
    found = findings_of(chain.examine_sent, [LEAF, MIDDLE, STRANGER, MIDDLE, ROOT, ROOT], store=STORE)
    assert codes(found) == [
        FindingCode.UNRELATED_CERTIFICATE,
        FindingCode.DUPLICATE_CERTIFICATE,
        FindingCode.DUPLICATE_CERTIFICATE,
        FindingCode.ROOT_SENT,
        FindingCode.ROOT_SENT,
    ]
    assert found[-1].severity is Severity.NOTICE
    assert "#3 is the same" in found[1].detail


def test_a_cross_certificate_is_no_stranger() -> None:
    """It serves clients with another store."""
    cross = STRANGER.intermediate("Test Root CA", key=ec_key(100))
    sent = [LEAF, MIDDLE, cross]
    assert not findings_of(chain.examine_sent, sent)
    assert check_named(checks_of(chain.examine_sent, sent), "alternative path").detail == (
        "#2 'Test Root CA' is not needed here, but leads to 'Stranger' for clients with another store."
    )


def test_a_path_that_is_cut_lacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its next issuer is at hand."""
    monkeypatch.setattr(search, "LONGEST_PATH", 1)
    assert only(findings_of(chain.examine_end, [LEAF, MIDDLE])).title == "no root above 'leaf'"
