"""Keys and signatures: what is too weak."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.trust.authority import Authority, ec_key, rsa_key
from tests.trust.cases import checks_of, findings_of, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules import strength
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate, PublicKey

ROOT = Authority.root()


def _with_key(algorithm: str, bits: int | None, curve: str | None = None, der: bytes = b"0") -> Certificate:
    key = PublicKey(der=der, oid="1.2.3", algorithm=algorithm, bits=bits, curve=curve)
    return replace(ROOT.issues("a.test").parsed, public_key=key)


def test_rsa_with_1024_bits_is_weak() -> None:
    """In the leaf and in an issuer."""
    found = only(findings_of(strength.examine, [ROOT.issues("a.test", key=rsa_key(1024))]))
    assert (found.code, found.severity, found.field) == (FindingCode.WEAK_KEY, Severity.ERROR, "public_key")
    assert found.title == "'leaf' has a weak key (RSA with 1024 bits)"
    weak = ROOT.intermediate(key=rsa_key(1024))
    assert only(findings_of(strength.examine, [weak.issues("a.test"), weak])).certificate == weak.parsed.sha256


def test_small_curves_and_dsa_are_weak() -> None:
    """Whatever the size of a DSA key."""
    small = findings_of(strength.examine, [ROOT.issues("a.test", key=ec_key(curve=ec.SECP192R1))])
    assert only(small).code is FindingCode.WEAK_KEY
    assert "TLS 1.3 has no place" in only(findings_of(strength.examine, [_with_key("DSA", 4096)])).detail


@pytest.mark.parametrize(
    "key",
    [rsa_key(), ec_key(), ec_key(curve=ec.SECP224R1), ed25519.Ed25519PrivateKey.generate()],
    ids=["RSA 2048", "P-256", "P-224", "Ed25519"],
)
def test_usual_keys_pass(key: ec.EllipticCurvePrivateKey) -> None:
    """RSA from 2048 bits, EC from 224, and those that have one size only."""
    sent = [ROOT.issues("a.test", key=key)]
    assert not findings_of(strength.examine, sent)
    assert statuses(checks_of(strength.examine, sent)) == {CheckStatus.PASSED}


@pytest.mark.parametrize(
    ("key", "detail"),
    [
        (_with_key("EC", None), "The key of 'leaf' (EC) was not judged: its size could not be read."),
        (_with_key("RSA", None, der=b""), "The key of 'leaf' (RSA) was not judged: it could not be read."),
    ],
)
def test_a_key_of_unknown_size_is_not_judged(key: Certificate, detail: str) -> None:
    """Neither weak nor strong."""
    assert checks_of(strength.examine, [key])[0].detail == detail


def test_a_key_of_an_unknown_kind_passes_by_its_name() -> None:
    """Nothing is known against it."""
    assert checks_of(strength.examine, [_with_key("", None)])[0].detail == "'leaf' has a key of an unknown kind."
    assert checks_of(strength.examine, [_with_key("X448", 448)])[0].detail == "'leaf' has a key of X448."


@pytest.mark.parametrize("digest", ["SHA1", "MD5", "SHA-1", "md5"])
def test_broken_hash_functions_are_weak(digest: str) -> None:
    """However the name is spelled."""
    leaf = ROOT.issues("a.test").parsed
    weak = replace(leaf, signature_algorithm=replace(leaf.signature_algorithm, name="weakWithEncryption", hash=digest))
    found = only(findings_of(strength.examine, [weak]))
    assert (found.code, found.severity, found.field) == (FindingCode.WEAK_SIGNATURE, Severity.ERROR, "signature")
    assert "weakWithEncryption" in found.detail


def test_a_signature_that_nothing_rests_on_may_be_weak() -> None:
    """An anchor is trusted for being in the store, and a self-signed leaf vouches for nothing."""
    root = ROOT.parsed
    weak = replace(root, signature_algorithm=replace(root.signature_algorithm, hash="SHA1"))
    assert not findings_of(strength.examine, [ROOT.issues("a.test").parsed, weak])
    assert not findings_of(strength.examine, [weak], store=ROOT.store())
    assert not findings_of(strength.examine, [weak], store=Store.from_der("none", []))
    path_without_anchor = [Authority.root("Other", key=ec_key(3)).issues("a.test")]
    assert checks_of(strength.examine, path_without_anchor)[-1].name == "signature algorithm"


def test_each_profile_has_its_references() -> None:
    """What is weak is refused everywhere; a private authority is bound by no forum."""
    sent = [ROOT.issues("a.test", key=rsa_key(1024))]
    for profile, words in ((Profile.WEBPKI, "CA/Browser Forum"), (Profile.RFC5280, "NIST SP 800-57")):
        found = only(findings_of(strength.examine, sent, profile=profile))
        assert (found.code, found.severity, words in found.reference) == (FindingCode.WEAK_KEY, Severity.ERROR, True)
    checks = checks_of(strength.examine, sent, profile=Profile.RFC5280)
    assert not [check for check in checks if "Forum" in check.reference]
