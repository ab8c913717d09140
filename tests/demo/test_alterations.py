"""Certificates that no builder makes: what is wrong with each is what was meant to be, by the openssl command."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.demo.test_authority import AT, leaf_by, openssl, pem_file
from tlsglass.demo.alterations import naming_two_algorithms, signed_anew, signed_with_sha1, tampered
from tlsglass.demo.authority import Authority
from tlsglass.demo.presentations import Authorities, keys


@pytest.fixture(scope="module")
def root() -> Authority:
    """A root."""
    return Authority.root("Root", at=AT)


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    """A key of an authority."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_sha1_signature_is_valid(root: Authority, rsa_key: rsa.RSAPrivateKey, tmp_path: Path) -> None:
    """It is weak, and not broken: OpenSSL accepts it where it accepts SHA-1."""
    issuer = root.authority("RSA", key=rsa_key)
    leaf = signed_with_sha1(leaf_by(issuer).certificate, rsa_key)
    said = openssl(
        *("verify", "-auth_level", "0", "-CAfile", pem_file(tmp_path, "root.pem", root.certificate)),
        *("-untrusted", pem_file(tmp_path, "issuer.pem", issuer.certificate)),
        pem_file(tmp_path, "leaf.pem", leaf),
    )
    assert said.endswith("leaf.pem: OK\n")
    assert leaf.signature_algorithm_oid.dotted_string == "1.2.840.113549.1.1.5"


def test_two_algorithms_are_named(root: Authority, rsa_key: rsa.RSAPrivateKey) -> None:
    """One outside and another within; cryptography refuses to look at such a signature."""
    issuer = root.authority("RSA", key=rsa_key)
    leaf = naming_two_algorithms(leaf_by(issuer).certificate, rsa_key)
    assert leaf.signature_algorithm_oid.dotted_string == "1.2.840.113549.1.1.11"
    with pytest.raises(ValueError, match="algorithm"):
        leaf.verify_directly_issued_by(issuer.certificate)


def test_what_is_altered_is_signed_anew_or_not(root: Authority, rsa_key: rsa.RSAPrivateKey) -> None:
    """With either kind of key; an alteration alone breaks the signature."""
    for issuer in (root, root.authority("RSA", key=rsa_key)):
        issued = leaf_by(issuer).certificate
        anew = x509.load_der_x509_certificate(signed_anew(issued, issuer.key, b"a.demo.test", b"b.demo.test"))
        anew.verify_directly_issued_by(issuer.certificate)
        altered = tampered(issued, b"a.demo.test", b"b.demo.test")
        assert anew.subject == altered.subject != issued.subject
        with pytest.raises(InvalidSignature):
            altered.verify_directly_issued_by(issuer.certificate)


@pytest.mark.parametrize(("old", "new"), [(b"nowhere in it", b"nowhere at all"), (b"a.demo.test", b"longer.demo.test")])
def test_lengths_stay(root: Authority, old: bytes, new: bytes) -> None:
    """Only what is there can be replaced, and only by what is as long."""
    with pytest.raises(ValueError, match="as long as"):
        tampered(leaf_by(root).certificate, old, new)


def test_two_algorithms_need_an_issuer_with_an_rsa_key(root: Authority) -> None:
    """An authority with another key says so."""
    by = replace(Authorities.below(root), rsa_intermediate=root.authority("EC"))
    with pytest.raises(TypeError, match="those of RSA"):
        keys.servers(by)
