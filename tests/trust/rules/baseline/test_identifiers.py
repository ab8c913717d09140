"""How certificates name their issuer's key, and how they are numbered."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509

from tests.trust.authority import NOW, SERVER_AUTH, Authority, name
from tests.trust.cases import checks_of, findings_of, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import identifiers

ROOT = Authority.root()
PUBLIC = ROOT.public_store()
ISSUER = [x509.DirectoryName(name("Test Root CA"))]


@pytest.mark.parametrize(
    ("key_id", "words"),
    [
        (x509.AuthorityKeyIdentifier(b"k" * 20, None, None), None),
        (x509.AuthorityKeyIdentifier(b"k" * 20, ISSUER, 77), "by issuer and serial number too"),
        (x509.AuthorityKeyIdentifier(None, ISSUER, 77), "certificate by issuer and serial number"),
        (x509.AuthorityKeyIdentifier(None, None, None), None),
    ],
)
def test_the_key_is_named_by_its_identifier_only(key_id: x509.AuthorityKeyIdentifier, words: str | None) -> None:
    """Other forms are a fault of public authorities, which no client refuses."""
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, key_id], key_id=False)]
    found = findings_of(identifiers.examine_key_ids, sent, store=PUBLIC)
    assert [words in each.title for each in found if words] == ([True] if words else [])
    assert len(found) == (1 if words else 0)
    assert {(each.code, each.severity, each.field) for each in found} <= {
        (FindingCode.BASELINE_NOT_MET, Severity.WARNING, "extensions.2.5.29.35")
    }
    assert not findings_of(identifiers.examine_key_ids, sent)


@pytest.mark.parametrize(("issued", "bound"), [("2023-09-14T23:59:59Z", False), ("2023-09-15T00:00:00Z", True)])
def test_the_form_is_laid_down_since_a_day(issued: str, *, bound: bool) -> None:
    """Since when the profiles of version 2.0.0 bind; intermediates of before are still in use."""
    key_id = x509.AuthorityKeyIdentifier(b"k" * 20, ISSUER, 77)
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, key_id], key_id=False).parsed
    sent = [replace(leaf, not_before=datetime.fromisoformat(issued))]
    assert bool(findings_of(identifiers.examine_key_ids, sent, store=PUBLIC)) is bound
    passed = [check.name for check in checks_of(identifiers.examine_key_ids, sent, store=PUBLIC)]
    assert passed == ([] if bound else ["form of key identifiers"])


def test_that_there_is_none_is_told_by_rfc_5280_and_what_cannot_be_read_by_others() -> None:
    """Once is enough."""
    assert not findings_of(identifiers.examine_key_ids, [ROOT.issues("a.test", key_id=False)], store=PUBLIC)
    leaf = ROOT.issues("a.test").parsed
    odd = tuple(
        replace(extension, der=b"\x05\x00\x05\x00") if extension.oid == "2.5.29.35" else extension
        for extension in leaf.extensions
    )
    assert not findings_of(identifiers.examine_key_ids, [replace(leaf, extensions=odd)], store=PUBLIC)


@pytest.mark.parametrize(
    ("serial", "words"),
    [
        (2**63, None),
        (2**56, None),
        (2**56 - 1, "has 7 octets"),
        (2**56 - 1, "one in 256 is so short by chance"),
        (1, "has 1 octets"),
        (0, None),
        (-1, None),
        (None, None),
    ],
)
def test_a_serial_number_can_hold_64_random_bits(serial: int | None, words: str | None) -> None:
    """What is said of a short one is how unlikely it is; impossible ones are judged elsewhere."""
    sent = [replace(ROOT.issues("a.test").parsed, serial=serial)]
    found = findings_of(identifiers.examine_serials, sent, store=PUBLIC)
    assert [(each.code, each.severity, each.field) for each in found] == (
        [(FindingCode.WEAK_SERIAL, Severity.WARNING, "serial")] if words else []
    )
    assert all(words in each.detail for each in found if words)
    assert not findings_of(identifiers.examine_serials, sent)


@pytest.mark.parametrize("begins", [None, datetime(2016, 9, 29, tzinfo=UTC)])
def test_older_serial_numbers_may_be_counted(begins: datetime | None) -> None:
    """The rule holds since the end of September 2016."""
    sent = [replace(ROOT.issues("a.test").parsed, serial=7, not_before=begins)]
    assert not findings_of(identifiers.examine_serials, sent, store=PUBLIC, at=NOW)
    assert statuses(checks_of(identifiers.examine_serials, sent, store=PUBLIC)) == {CheckStatus.PASSED}


def test_intermediates_are_judged_as_well() -> None:
    """What signs others has to be numbered like them."""
    authority = ROOT.intermediate()
    leaf, middle = authority.issues("a.test").parsed, replace(authority.parsed, serial=3)
    found = only(findings_of(identifiers.examine_serials, [leaf, middle], store=PUBLIC))
    assert found.certificate == middle.sha256
