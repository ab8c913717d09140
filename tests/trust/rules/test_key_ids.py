"""Key identifiers: each certificate names its issuer's key, or none."""

from dataclasses import replace

from tests.trust.authority import self_signed
from tests.trust.cases import case, check_named, only
from tests.trust.judges.chains import CA, LEAF, build
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity
from tlsglass.trust.rules import key_ids

ROOT = replace(CA, subject="root")


def test_another_key_is_an_error_of_the_certificate_that_names_it() -> None:
    """OpenSSL finds no issuer then, though the signature is right."""
    certificates, store = build([replace(LEAF, authority_key_id="wrong"), ROOT])
    found = only([said for said in key_ids.examine(case(certificates, store=store)) if isinstance(said, Finding)])
    assert (found.code, found.severity) == (FindingCode.KEY_ID_MISMATCH, Severity.ERROR)
    assert found.certificate == certificates[0].sha256
    assert found.title == "names another key than its issuer 'root' has"
    assert any(extension.oid == "2.5.29.35" for extension in certificates[0].extensions)


def test_right_ones_and_none_pass() -> None:
    """An identifier is a help, and no duty of those who verify."""
    for leaf in (LEAF, replace(LEAF, authority_key_id="none")):
        certificates, store = build([leaf, ROOT])
        checks = [said for said in key_ids.examine(case(certificates, store=store)) if isinstance(said, Check)]
        assert check_named(checks, "key identifiers").status is CheckStatus.PASSED
    certificates, store = build([LEAF, replace(ROOT, subject_key_id=False)])
    assert len(list(key_ids.examine(case(certificates, store=store)))) == 1


def test_alone_there_is_nothing_to_compare() -> None:
    """A certificate that vouches for itself."""
    assert list(key_ids.examine(case([self_signed("a.test")]))) == []
