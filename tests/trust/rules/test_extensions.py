"""Critical extensions and repeated ones."""

from dataclasses import replace

import pytest
from cryptography import x509

from tests.trust.authority import SERVER_AUTH, Authority, CriticalExtension, ec_key, key_usage
from tests.trust.cases import checks_of, codes, findings_of, only, statuses
from tests.trust.openssl_verdict import refusal
from tests.trust.revocation.lists_of import locations
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules import extensions
from tlsglass.x509.certificate import parse_certificate

ROOT = Authority.root()
CA = x509.BasicConstraints(ca=True, path_length=None)
UNHANDLED_CRITICAL_EXTENSION = 34


def _critical(oid: str, value: bytes = b"\x05\x00") -> CriticalExtension:
    return CriticalExtension(x509.ObjectIdentifier(oid), value)


@pytest.mark.parametrize(
    ("oid", "words", "reference"),
    [
        ("1.3.6.1.4.1.32473.1", "don't know it", "RFC 5280 §4.2"),
        ("1.3.6.1.4.1.11129.2.4.3", "a precertificate", "RFC 5280 §4.2"),
        ("1.3.6.1.5.5.7.1.1", "must not be critical", "RFC 5280 §4.2.2.1"),
        ("1.3.6.1.5.5.7.1.24", "don't know it", "RFC 5280 §4.2"),
    ],
)
def test_a_critical_extension_that_is_not_acted_on_is_refused(oid: str, words: str, reference: str) -> None:
    """RFC 5280 §4.2, and OpenSSL agrees."""
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, _critical(oid)])
    found = only(findings_of(extensions.examine, [leaf]))
    assert (found.code, found.severity) == (FindingCode.UNKNOWN_CRITICAL_EXTENSION, Severity.ERROR)
    assert (found.field, found.reference) == (f"extensions.{oid}", reference)
    assert words in found.detail
    assert refusal(leaf, [], ROOT) == UNHANDLED_CRITICAL_EXTENSION


def test_critical_extensions_count_at_every_depth() -> None:
    """What is in the store is trusted as it is."""
    middle = ROOT.intermediate(extensions=[CA, key_usage("key_cert_sign"), _critical("1.2.3.4")])
    assert only(findings_of(extensions.examine, [middle.issues("a.test"), middle])).certificate == middle.parsed.sha256
    root = Authority.root("Odd", key=ec_key(3), extensions=[CA, _critical("1.2.3.4")])
    anchored = findings_of(extensions.examine, [root.issues("a.test")], store=root.store())
    assert codes(anchored) == [FindingCode.UNKNOWN_CRITICAL_EXTENSION]


def test_critical_extensions_that_are_acted_on_are_good() -> None:
    """Those that every certificate has, and others that are not critical."""
    others = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    sent = [ROOT.issues("a.test", extensions=[SERVER_AUTH, key_usage("digital_signature"), others])]
    assert statuses(checks_of(extensions.examine, sent)) == {CheckStatus.PASSED}
    assert not findings_of(extensions.examine, sent)


def test_an_extension_without_a_readable_oid_is_refused_where_critical() -> None:
    """Nobody can know what it is."""
    leaf = ROOT.issues("a.test", extensions=[_critical("1.2.3.4")]).parsed
    odd = replace(
        leaf,
        extensions=tuple(replace(each, oid="", name="") if each.oid == "1.2.3.4" else each for each in leaf.extensions),
    )
    found = only(findings_of(extensions.examine, [odd]))
    assert (found.field, "without a readable OID" in found.title) == ("extensions.unreadable", True)


def test_an_extension_may_be_there_once_only() -> None:
    """RFC 5280 §4.2; a third one adds nothing."""
    twice = [x509.UnrecognizedExtension(x509.ObjectIdentifier(f"1.2.3.{last}"), b"\x05\x00") for last in (4, 5, 6)]
    leaf = ROOT.issues("a.test", extensions=twice)
    der = leaf.der.replace(bytes.fromhex("06032a0305"), bytes.fromhex("06032a0304"))
    found = only(findings_of(extensions.examine, [parse_certificate(der)]))
    assert (found.code, found.severity) == (FindingCode.UNREADABLE, Severity.ERROR)
    assert found.field == "extensions.1.2.3.4#2"
    thrice = der.replace(bytes.fromhex("06032a0306"), bytes.fromhex("06032a0304"))
    assert len(findings_of(extensions.examine, [parse_certificate(thrice)])) == 1


NO_REVOCATION = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.56"), b"\5\0")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (locations(ocsp=["http://ocsp.test"]), "must not name OCSP responders, and"),
        (locations(crl=["http://crl.test"]), "must not name revocation lists, and"),
        (
            [*locations(ocsp=["http://ocsp.test"], crl=["http://crl.test"])],
            "must not name revocation lists and name OCSP responders, and",
        ),
        ([CA], "must not be an authority's, and"),
    ],
)
def test_who_publishes_no_revocation_says_not_where(others: list[x509.ExtensionType], words: str) -> None:
    """RFC 9608 §3."""
    leaf = ROOT.issues("a.test", extensions=[*others, NO_REVOCATION])
    found = only(findings_of(extensions.examine, [leaf]))
    assert (found.code, found.severity) == (FindingCode.NONCONFORMING, Severity.WARNING)
    assert (found.field, found.reference) == ("extensions.2.5.29.56", "RFC 9608 §3")
    assert words in found.detail


def test_that_nothing_is_published_of_revocation_is_no_fault() -> None:
    """RFC 9608 §2."""
    assert not findings_of(extensions.examine, [ROOT.issues("a.test", extensions=[SERVER_AUTH, NO_REVOCATION])])
