"""Signatures: good, bad or not checked, for every algorithm that is met."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, mldsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from tests.trust.authority import Authority, ec_key, rsa_key
from tlsglass.trust.signatures.certificates import check_signature
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate


def _by_command(folder: Path, *options: str, key: str = "rsa:2048") -> Certificate:
    """A self-signed certificate by the openssl command, which still makes what cryptography refuses to."""
    command = ["openssl", "req", "-x509", "-newkey", key, "-nodes", "-subj", "/CN=odd", *options]
    command += ["-keyout", str(folder / "key.pem"), "-outform", "DER", "-out", str(folder / "odd.der")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return parse_certificate((folder / "odd.der").read_bytes())


@pytest.mark.parametrize(
    "key",
    [
        rsa_key(),
        ec_key(),
        ec_key(curve=ec.SECP384R1),
        ed25519.Ed25519PrivateKey.generate(),
        ed448.Ed448PrivateKey.generate(),
        mldsa.MLDSA44PrivateKey.generate(),
        mldsa.MLDSA65PrivateKey.generate(),
        mldsa.MLDSA87PrivateKey.generate(),
    ],
    ids=lambda key: type(key).__name__,
)
def test_a_signature_is_good_with_the_key_that_made_it_and_bad_with_another(
    key: CertificateIssuerPrivateKeyTypes,
) -> None:
    """Whatever the algorithm; a key of another kind is another key."""
    authority = Authority.root(key=key)
    leaf = authority.issues("a.test").parsed
    assert check_signature(leaf, authority.parsed).valid is True
    assert check_signature(leaf, Authority.root(key=ec_key(9)).parsed).valid is False
    assert check_signature(leaf, Authority.root(key=rsa_key(number=9)).parsed).valid is False


@pytest.mark.parametrize("digest", ["-sha1", "-md5", "-sha224", "-sha384", "-sha512", "-sha3-256"])
def test_the_hash_may_be_old_or_new(digest: str, tmp_path: Path) -> None:
    """That SHA-1 and MD5 are weak is another rule's affair."""
    odd = _by_command(tmp_path, digest)
    assert check_signature(odd, odd).valid is True
    assert check_signature(odd, Authority.root(key=rsa_key()).parsed).valid is False


@pytest.mark.parametrize("digest", ["-sha1", "-sha256", "-sha384", "-sha512", "-sha224"])
def test_pss_takes_its_hash_from_the_parameters(digest: str, tmp_path: Path) -> None:
    """RFC 4055 §3.1; without parameters it is SHA-1."""
    odd = _by_command(tmp_path, digest, "-sigopt", "rsa_padding_mode:pss")
    assert check_signature(odd, odd).valid is True


def test_dsa_is_checked_too(tmp_path: Path) -> None:
    """It is a weak key by another rule, but the path is found through it."""
    parameters = tmp_path / "dsa.pem"
    command = ["openssl", "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024"]
    subprocess.run([*command, "-out", str(parameters)], check=True, capture_output=True, timeout=60)
    odd = _by_command(tmp_path, "-sha256", key=f"dsa:{parameters}")
    assert check_signature(odd, odd).valid is True


def test_a_changed_certificate_has_a_bad_signature() -> None:
    """One bit of what was signed is enough."""
    authority = Authority.root()
    der = authority.issues("a.test").der.replace(b"a.test", b"b.test")
    assert check_signature(parse_certificate(der), authority.parsed).valid is False


def test_what_cannot_be_checked_says_why() -> None:
    """Not checked is neither good nor bad."""
    authority = Authority.root().parsed
    leaf = Authority.root().issues("a.test").parsed
    unknown = replace(leaf, signature_algorithm=replace(leaf.signature_algorithm, oid="1.2.3"))
    assert check_signature(unknown, authority).reason == "the signature algorithm 1.2.3 can't be checked here"
    keyless = replace(authority, public_key=replace(authority.public_key, der=b""))
    assert check_signature(leaf, keyless).reason == "the key of the issuer can't be read"
    garbled = replace(authority, public_key=replace(authority.public_key, der=b"\x30\x00"))
    assert check_signature(leaf, garbled).reason.startswith("the key or the algorithm is not supported")
    assert check_signature(parse_certificate(b"\x30\x00"), authority).reason == "the certificate can't be read"
    assert {check_signature(unknown, authority).valid, check_signature(leaf, keyless).valid} == {None}
