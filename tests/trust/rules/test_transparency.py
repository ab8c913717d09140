"""Public logs: what is not checked is said."""

from cryptography import x509

from tests.trust.authority import SERVER_AUTH, Authority
from tests.trust.cases import checks_of
from tlsglass.trust.model import CheckStatus
from tlsglass.trust.rules import transparency

ROOT = Authority.root()
TIMESTAMPS = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), b"\x04\x02\x00\x00")


def test_timestamps_are_not_verified_and_told_apart_from_none() -> None:
    """Neither passes."""
    (without,) = checks_of(transparency.examine, [ROOT.issues("a.test")])
    (with_some,) = checks_of(transparency.examine, [ROOT.issues("a.test", extensions=[SERVER_AUTH, TIMESTAMPS])])
    assert without.status is with_some.status is CheckStatus.NOT_CHECKED
    assert "has no timestamps" in without.detail
    assert "has timestamps" in with_some.detail
