"""Key identifiers: whether there are any, and whether each certificate names its issuer's key."""

from dataclasses import replace

import pytest
from cryptography import x509

from tests.trust.authority import SERVER_AUTH, Authority, ec_key, name, self_signed
from tests.trust.cases import case, check_named, checks_of, findings_of, only
from tests.trust.judges.chains import CA, LEAF, build
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity
from tlsglass.trust.rules import key_ids

SIGNED = replace(CA, subject="root")
ROOT = Authority.root()


def test_another_key_is_an_error_of_the_certificate_that_names_it() -> None:
    """OpenSSL finds no issuer then, though the signature is right."""
    certificates, store = build([replace(LEAF, authority_key_id="wrong"), SIGNED])
    found = only(
        [said for said in key_ids.examine_matches(case(certificates, store=store)) if isinstance(said, Finding)]
    )
    assert (found.code, found.severity) == (FindingCode.KEY_ID_MISMATCH, Severity.ERROR)
    assert found.certificate == certificates[0].sha256
    assert found.title == "names another key than its issuer 'root' has"
    assert any(extension.oid == "2.5.29.35" for extension in certificates[0].extensions)


def test_an_issuer_that_names_another_key_is_named_itself() -> None:
    """Else the sentence would be taken for one about the leaf."""
    certificates, store = build([LEAF, replace(CA, subject="middle", authority_key_id="wrong"), SIGNED])
    (found, *_) = key_ids.examine_matches(case(certificates, store=store))
    assert isinstance(found, Finding)
    assert found.title == "'middle' names another key than its issuer 'root' has"


def test_right_ones_and_none_pass() -> None:
    """An identifier is a help, and no duty of those who verify."""
    for leaf in (LEAF, replace(LEAF, authority_key_id="none")):
        certificates, store = build([leaf, SIGNED])
        checks = [said for said in key_ids.examine_matches(case(certificates, store=store)) if isinstance(said, Check)]
        assert check_named(checks, "key identifiers matching").status is CheckStatus.PASSED
    certificates, store = build([LEAF, replace(SIGNED, subject_key_id=False)])
    assert len(list(key_ids.examine_matches(case(certificates, store=store)))) == 1


def test_alone_there_is_nothing_to_compare() -> None:
    """A certificate that vouches for itself."""
    assert list(key_ids.examine_matches(case([self_signed("a.test")]))) == []


def test_key_ids_that_are_missing_are_noticed() -> None:
    """RFC 5280 §4.2.1.1, §4.2.1.2: CAs have to set them; no client refuses."""
    found = only(findings_of(key_ids.examine_presence, [ROOT.issues("a.test", key_id=False)]))
    assert (found.code, found.severity) == (FindingCode.NONCONFORMING, Severity.NOTICE)
    assert "authority key identifier" in found.title
    middle = ROOT.intermediate()
    without = replace(
        middle.parsed, extensions=tuple(each for each in middle.parsed.extensions if each.oid != "2.5.29.14")
    )
    found = only(findings_of(key_ids.examine_presence, [middle.issues("a.test"), without]))
    assert (found.severity, "subject key identifier" in found.title) == (Severity.NOTICE, True)


def test_key_ids_that_are_there_pass() -> None:
    """Whether they are right is another check."""
    (check,) = checks_of(key_ids.examine_presence, [ROOT.issues("a.test")])
    assert (check.name, check.status) == ("key identifiers present", CheckStatus.PASSED)


def test_self_signed_certificates_need_no_authority_key_id() -> None:
    """RFC 5280 §4.2.1.1: those that are issued under their own name by another key need it, as those for new keys."""
    other = Authority.root("Other", key=ec_key(3))
    assert not findings_of(key_ids.examine_presence, [other])
    renewed = ROOT.intermediate("Test Root CA", key=ec_key(4))
    extensions = tuple(each for each in renewed.parsed.extensions if each.oid != "2.5.29.35")
    without = replace(renewed.parsed, extensions=extensions, authority_key_id=None)
    found = only(findings_of(key_ids.examine_presence, [renewed.issues("a.test"), without]))
    assert found.title == "'Test Root CA' has no authority key identifier"


@pytest.mark.parametrize(
    "key_id",
    [
        x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(name("Test Root CA"))], 77),
        x509.AuthorityKeyIdentifier(None, None, None),
    ],
    ids=["by-number", "empty"],
)
def test_the_key_is_named_by_its_identifier(key_id: x509.AuthorityKeyIdentifier) -> None:
    """RFC 5280 §4.2.1.1 asks for the keyIdentifier of private authorities, too; issuer and number don't replace it."""
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, key_id], key_id=False)]
    found = only(findings_of(key_ids.examine_presence, sent))
    assert (found.severity, found.field) == (Severity.NOTICE, "extensions.2.5.29.35")
    assert found.title == "'leaf' does not name its issuer's key by its identifier"


def test_what_cannot_be_read_is_told_by_others() -> None:
    """Whether the identifier is there is not known then."""
    leaf = ROOT.issues("a.test").parsed
    odd = tuple(
        replace(extension, der=b"\x05\x00\x05\x00") if extension.oid == "2.5.29.35" else extension
        for extension in leaf.extensions
    )
    assert not findings_of(key_ids.examine_presence, [replace(leaf, extensions=odd)])
