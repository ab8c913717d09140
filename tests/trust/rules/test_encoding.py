"""Times, algorithms and names that are not as RFC 5280 §4.1 has them."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.trust.authority import SERVER_AUTH, Authority, CriticalExtension, ec_key, general_names
from tests.trust.cases import checks_of, codes, findings_of, judged, only, statuses
from tests.x509.der_writer import bit_string, seq, tlv
from tlsglass.trust.model import CheckStatus, FindingCode, Severity, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules import encoding
from tlsglass.x509.certificate import NUMBERED_WRONGLY, parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.encoding import has_unique_ids
from tlsglass.x509.model import Certificate, Problem

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")


def _times(tag: int, text: bytes) -> bytes:
    """The leaf with another first moment; lengths above it are mended."""
    old = LEAF.certificate.not_valid_before_utc.strftime("%y%m%d%H%M%SZ").encode()
    at = LEAF.der.index(b"\x17\x0d" + old)
    grown = len(text) - len(old)
    body = LEAF.der[:at] + bytes([tag, len(text)]) + text + LEAF.der[at + 15 :]
    validity = at - 1
    mended = bytearray(body)
    mended[validity] += grown
    for length in (2, 6):
        size = int.from_bytes(mended[length : length + 2]) + grown
        mended[length : length + 2] = size.to_bytes(2)
    return bytes(mended)


@pytest.mark.parametrize(
    ("tag", "text", "good"),
    [
        (0x17, b"261101000000Z", True),
        (0x17, b"2611010000Z", False),
        (0x17, b"261101000000+0100", False),
        (0x18, b"20261101000000Z", True),
        (0x18, b"20261101000000.5Z", False),
        (0x18, b"20261101000000", False),
    ],
)
def test_times_have_seconds_no_fractions_and_a_z(tag: int, text: bytes, good: bool) -> None:  # noqa: FBT001 - a table
    """RFC 5280 §4.1.2.5.1, §4.1.2.5.2. They can be read, but OpenSSL, Go and Chrome refuse them."""
    leaf = parse_certificate(_times(tag, text))
    assert leaf.not_before is not None
    found = findings_of(encoding.examine, [leaf])
    assert codes(found) == ([] if good else [FindingCode.UNREADABLE])
    assert {each.field for each in found} <= {"validity.not_before"}
    assert all(each.severity is Severity.ERROR for each in found)


def _resigned(*fields: bytes) -> Certificate:
    """The leaf with other fields within what is signed, signed for them."""
    signed = seq(*fields)
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    assert isinstance(ROOT.key, ec.EllipticCurvePrivateKey)
    signature = ROOT.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return parse_certificate(seq(signed, algorithm, bit_string(signature)))


def _fields() -> list[bytes]:
    """The fields of the leaf, version first."""
    return [child.encoded for child in read(LEAF.certificate.tbs_certificate_bytes).elements[0].children]


@pytest.mark.parametrize(
    ("serial", "kind"),
    [(b"\2\1\0", "zero"), (b"\2\1\xff", "negative"), (b"\2\x15\1" + b"n" * 20, "too long"), (b"\2\1\7", None)],
)
def test_serial_numbers_are_positive_and_not_too_long(serial: bytes, kind: str | None) -> None:
    """RFC 5280 §4.1.2.2, in either profile; told once. Some clients refuse others, but no browser."""
    version, _, *others = _fields()
    leaf = _resigned(version, serial, *others)
    found = findings_of(encoding.examine, [leaf])
    assert [(each.code, each.severity, each.field) for each in found] == (
        [(FindingCode.INVALID_SERIAL, Severity.WARNING, "serial")] if kind else []
    )
    assert all(each.title == f"the serial number of 'leaf' is {kind}" for each in found)
    for profile in Profile:
        report = judged([leaf], profile=profile)
        assert report.verdict is Verdict.TRUSTED
        assert FindingCode.UNREADABLE not in codes(report.findings)
        assert (FindingCode.INVALID_SERIAL in codes(report.findings)) is bool(kind)


def test_a_serial_number_that_cannot_be_read_is_told_by_another_rule() -> None:
    """There is nothing to say of its value."""
    odd = Problem(text=NUMBERED_WRONGLY[0])
    assert not findings_of(encoding.examine, [replace(LEAF.parsed, serial=None, problems=(odd,))])


@pytest.mark.parametrize("version", [b"", b"\xa0\3\2\1\1"], ids=["1", "2"])
def test_only_version_3_has_extensions(version: bytes) -> None:
    """RFC 5280 §4.1.2.9: Chrome refuses others, programs with OpenSSL don't; told once."""
    leaf = _resigned(version, *_fields()[1:])
    found = only(findings_of(encoding.examine, [leaf]))
    assert (found.code, found.severity, found.field) == (FindingCode.UNREADABLE, Severity.ERROR, "version")
    assert codes(judged([leaf]).findings).count(FindingCode.UNREADABLE) == 1
    private = only(findings_of(encoding.examine, [leaf], profile=Profile.RFC5280))
    assert private.severity is Severity.WARNING
    assert judged([leaf], profile=Profile.RFC5280).verdict is Verdict.TRUSTED


@pytest.mark.parametrize("tag", [0x81, 0x82])
def test_unique_identifiers_are_out_of_use(tag: int) -> None:
    """RFC 5280 §4.1.2.8; no client minds."""
    *fields, extensions = _fields()
    found = only(findings_of(encoding.examine, [_resigned(*fields, tlv(tag, b"\0id"), extensions)]))
    assert (found.code, found.severity) == (FindingCode.NONCONFORMING, Severity.NOTICE)
    assert not has_unique_ids(b"no certificate")


def test_both_places_name_one_algorithm() -> None:
    """RFC 5280 §4.1.1.2; told once, and not by the rule on what can be read."""
    signed_with = bytes.fromhex("06082a8648ce3d040302")
    der = LEAF.der.replace(signed_with, bytes.fromhex("06082a8648ce3d040303"), 1)
    found = only(findings_of(encoding.examine, [parse_certificate(der)]))
    assert (found.code, found.severity) == (FindingCode.SIGNATURE_ALGORITHM_MISMATCH, Severity.ERROR)
    assert "ecdsa-with-SHA256" in found.detail
    assert FindingCode.UNREADABLE not in codes(judged([parse_certificate(der)]).findings)


def test_names_may_be_empty_only_where_others_stand_in() -> None:
    """RFC 5280 §4.1.2.4, §4.1.2.6: no client refuses what is noticed here."""
    nobody = x509.Name([])
    names = general_names("a.test").public_bytes()
    critical = CriticalExtension(x509.ObjectIdentifier("2.5.29.17"), names)
    assert not findings_of(encoding.examine, [ROOT.issues(subject=nobody, extensions=[SERVER_AUTH, critical])])
    found = only(findings_of(encoding.examine, [ROOT.issues("a.test", subject=nobody)]))
    assert (found.severity, found.field) == (Severity.NOTICE, "extensions.2.5.29.17")
    found = only(findings_of(encoding.examine, [ROOT.issues(subject=nobody)]))
    assert (found.severity, found.title) == (Severity.WARNING, "names nobody at all")
    authority = replace(ROOT.intermediate().parsed, subject=ROOT.issues(subject=nobody).parsed.subject)
    found = only(findings_of(encoding.examine, [authority]))
    assert (found.severity, found.title) == (Severity.WARNING, "a CA without a name")
    orphan = replace(LEAF.parsed, issuer=ROOT.issues(subject=nobody).parsed.subject)
    found = only(findings_of(encoding.examine, [orphan]))
    assert (found.code, found.field) == (FindingCode.NONCONFORMING, "issuer")


def test_an_anchors_names_are_its_own_affair_and_a_damaged_validity_that_of_others() -> None:
    """And what is well is told."""
    root = Authority.root("Odd", key=ec_key(3))
    assert statuses(checks_of(encoding.examine, [root.issues("a.test")], store=root.store())) == {CheckStatus.PASSED}
    cut = parse_certificate(LEAF.der[:60])
    assert cut.problems
    assert not [each for each in findings_of(encoding.examine, [cut]) if each.code is FindingCode.UNREADABLE]
    assert LEAF.certificate.public_bytes(Encoding.DER) == LEAF.der
