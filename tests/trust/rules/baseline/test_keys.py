"""Which keys and signatures browsers take."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from tests.trust.authority import Authority, ec_key, rsa_key
from tests.trust.cases import checks_of, codes, findings_of, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import keys
from tlsglass.x509.model import Algorithm, Certificate
from tlsglass.x509.oids.algorithms import SIGNATURES

ROOT = Authority.root()
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
ED448 = ed448.Ed448PrivateKey.from_private_bytes(bytes(57))


@pytest.mark.parametrize(
    "key",
    [rsa_key(), ec_key(), ec_key(curve=ec.SECP384R1), ec_key(curve=ec.SECP521R1)],
    ids=["RSA", "256", "384", "521"],
)
def test_keys_of_the_web(key: CertificateIssuerPrivateKeyTypes) -> None:
    """RSA and the three curves."""
    sent = [ROOT.issues("a.test", key=key)]
    assert statuses(checks_of(keys.examine_kinds, sent, store=ROOT.public_store())) == {CheckStatus.PASSED}
    assert not findings_of(keys.examine_kinds, sent, store=ROOT.public_store())


@pytest.mark.parametrize(
    ("key", "what", "private"),
    [
        (ec_key(curve=ec.SECP224R1), "EC P-224", Severity.ERROR),
        (ec_key(curve=ec.BrainpoolP256R1), "EC brainpoolP256r1", Severity.ERROR),
        (ec_key(curve=ec.SECP256K1), "EC secp256k1", Severity.ERROR),
        (ED25519, "ED25519", Severity.WARNING),
        (ED448, "ED448", Severity.WARNING),
    ],
    ids=["P-224", "brainpool", "secp256k1", "Ed25519", "Ed448"],
)
def test_keys_that_browsers_refuse(key: CertificateIssuerPrivateKeyTypes, what: str, private: Severity) -> None:
    """Other curves below any root; of the newer kinds other clients take more than browsers do."""
    sent = [ROOT.issues("a.test", key=key)]
    public = only(findings_of(keys.examine_kinds, sent, store=ROOT.public_store()))
    assert (public.code, public.field, public.severity) == (
        FindingCode.UNSUPPORTED_ALGORITHM,
        "public_key",
        Severity.ERROR,
    )
    assert f"({what})" in public.title
    assert only(findings_of(keys.examine_kinds, sent)).severity is private


def test_the_anchors_key_counts() -> None:
    """Signatures are verified with it."""
    root = Authority.root("Modern", key=ED25519)
    found = only(findings_of(keys.examine_kinds, [root.issues("a.test")], store=root.store()))
    assert found.certificate == root.parsed.sha256
    assert not findings_of(keys.examine_signatures, [root.issues("a.test")], store=root.store())


def test_a_curve_without_a_name_is_named_so() -> None:
    """Its parameters are spelled out in the certificate."""
    leaf = ROOT.issues("a.test").parsed
    leaf = replace(leaf, public_key=replace(leaf.public_key, curve=None))
    assert "EC of a curve without a name" in only(findings_of(keys.examine_kinds, [leaf])).title


@pytest.mark.parametrize("number", ["10045.4.3.2", "10045.4.3.3", "10045.4.3.4", "113549.1.1.11", "113549.1.1.13"])
def test_signatures_of_the_web(number: str) -> None:
    """RSA and ECDSA, each with one of three hashes."""
    assert not findings_of(keys.examine_signatures, [_signed(f"1.2.840.{number}")], store=ROOT.public_store())


@pytest.mark.parametrize(
    "oid", ["1.2.840.10045.4.3.1", "1.2.840.113549.1.1.14", "2.16.840.1.101.3.4.3.10", "1.2.156.10197.1.501"]
)
def test_signatures_that_browsers_refuse(oid: str) -> None:
    """With SHA-224, SHA-3 or SM3: an error below public roots, a warning below private ones."""
    found = only(findings_of(keys.examine_signatures, [_signed(oid)], store=ROOT.public_store()))
    assert (found.code, found.severity) == (FindingCode.UNSUPPORTED_ALGORITHM, Severity.ERROR)
    assert SIGNATURES[oid][0] in found.title
    assert only(findings_of(keys.examine_signatures, [_signed(oid)])).severity is Severity.WARNING


@pytest.mark.parametrize(("digest", "good"), [("SHA256", True), ("SHA512", True), ("SHA3-256", False)])
def test_rsassa_pss_is_as_good_as_its_hash(digest: str, good: bool) -> None:  # noqa: FBT001 - a table
    """RFC 4055 §3.1: the hash is among the parameters."""
    algorithm = Algorithm(oid="1.2.840.113549.1.1.10", name="RSASSA-PSS", hash=digest)
    leaf = replace(ROOT.issues("a.test").parsed, signature_algorithm=algorithm)
    assert bool(findings_of(keys.examine_signatures, [leaf])) is not good


def test_an_unheard_of_signature_with_a_good_hash_is_refused_too() -> None:
    """It is by its number that browsers know a signature."""
    leaf = replace(ROOT.issues("a.test").parsed, signature_algorithm=Algorithm(oid="1.2.3", name="x", hash="SHA256"))
    assert codes(findings_of(keys.examine_signatures, [leaf])) == [FindingCode.UNSUPPORTED_ALGORITHM]


@pytest.mark.parametrize("hash_", ["SHA1", "MD5", None])
def test_broken_hashes_and_signatures_without_one_are_left_to_others(hash_: str | None) -> None:
    """They have a rule of their own, or the issuer's key has."""
    leaf = replace(ROOT.issues("a.test").parsed, signature_algorithm=Algorithm(oid="1.2.3", name="x", hash=hash_))
    assert not findings_of(keys.examine_signatures, [leaf])


def _signed(oid: str) -> Certificate:
    """The leaf as if it was signed with another algorithm."""
    called, digest = SIGNATURES[oid]
    return replace(ROOT.issues("a.test").parsed, signature_algorithm=Algorithm(oid=oid, name=called, hash=digest))
