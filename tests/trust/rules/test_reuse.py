"""A server's key is no authority's key."""

from dataclasses import replace

from tests.trust.authority import Authority, ec_key, self_signed
from tests.trust.cases import checks_of, findings_of, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules import reuse
from tlsglass.x509.public_keys import NO_PUBLIC_KEY

ROOT = Authority.root()


def test_a_key_of_its_own_is_well() -> None:
    """Though authorities may share theirs, as cross-signed ones do."""
    lower = ROOT.intermediate().intermediate("Lower", key=ec_key(101))
    sent = [lower.issues("a.test"), lower, ROOT.intermediate()]
    assert not findings_of(reuse.examine, sent)
    assert statuses(checks_of(reuse.examine, sent)) == {CheckStatus.PASSED}


def test_a_key_that_issues_certificates_is_no_servers() -> None:
    """Of the path's authorities, or of one that was sent besides."""
    middle = ROOT.intermediate()
    found = only(findings_of(reuse.examine, [middle.issues("a.test", key=middle.key), middle]))
    assert (found.code, found.severity, found.field) == (FindingCode.KEY_REUSED, Severity.WARNING, "public_key")
    assert found.title == "has the same key as 'Test Intermediate CA'"
    stranger = Authority.root("Stranger", key=ec_key())
    found = only(findings_of(reuse.examine, [ROOT.issues("a.test"), stranger]))
    assert found.title == "has the same key as 'Stranger'"


def test_one_that_vouches_for_itself_has_one_key() -> None:
    """Nor is anything said where no key can be read."""
    alone = self_signed("a.test")
    assert not findings_of(reuse.examine, [alone])
    assert not findings_of(reuse.examine, [alone, alone])
    assert not checks_of(reuse.examine, [alone])
    unread = replace(ROOT.issues("a.test").parsed, public_key=NO_PUBLIC_KEY)
    middle = replace(ROOT.intermediate().parsed, public_key=NO_PUBLIC_KEY)
    assert not findings_of(reuse.examine, [unread, middle])
