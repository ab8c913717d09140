"""Signatures: good, bad or not checked, for every algorithm that is met."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, mldsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from tests.trust.authority import Authority, ec_key, rsa_key
from tlsglass.trust.signatures.certificates import check_signature, verify
from tlsglass.x509 import encoding
from tlsglass.x509.algorithms import PssParameters
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate
from tlsglass.x509.oids.algorithms import RSASSA_PSS


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
    signed, name = encoding.signed_part(odd.der), digest.removeprefix("-").upper()
    assert verify(odd, oid=RSASSA_PSS, signature=odd.signature, signed=signed, hash_name=name).valid is True


def test_pss_may_mask_with_another_hash(tmp_path: Path) -> None:
    """RFC 4055 §3.1 only recommends the same; SHA-1 is left out, so that the mask's hash is the first to be named."""
    odd = _by_command(tmp_path, "-sha1", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_mgf1_md:sha256")
    assert check_signature(odd, odd).valid is True


@pytest.mark.parametrize(
    ("changed", "valid", "reason"),
    [
        ({}, True, ""),
        ({"hash": "SHA384"}, False, ""),
        ({"mask_hash": "SHA384"}, False, ""),
        ({"salt_length": 20}, False, ""),
        ({"salt_length": 2**60}, False, ""),
        ({"salt_length": -1}, None, "the key or the algorithm is not supported"),
        ({"trailer": 2}, None, "the parameters of RSASSA-PSS are not supported"),
        ({"mask_generation": "1.2.3", "mask_hash": None}, None, "the parameters of RSASSA-PSS are not supported"),
        ({"hash": "1.2.3"}, None, "the hash function 1.2.3 is not supported"),
        ({"hash": ""}, None, "the hash function without a name is not supported"),
    ],
)
def test_all_parameters_of_pss_count(
    changed: dict[str, object],
    valid: bool | None,  # noqa: FBT001 - a table
    reason: str,
    tmp_path: Path,
) -> None:
    """RFC 4055 §3.1: also the length of the salt."""
    odd = _by_command(tmp_path, "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32")
    told = PssParameters(hash="SHA256", mask_generation="MGF1", mask_hash="SHA256", salt_length=32, trailer=1)
    check = verify(
        odd,
        oid=RSASSA_PSS,
        signature=odd.signature,
        signed=encoding.signed_part(odd.der),
        pss=replace(told, **changed),  # type: ignore[arg-type]  # any of its fields
    )
    assert check.valid is valid
    assert check.reason.startswith(reason)


def test_pss_parameters_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """The signature may be good all the same."""
    odd = _by_command(tmp_path, "-sha256", "-sigopt", "rsa_padding_mode:pss")
    damaged = odd.der.replace(bytes.fromhex("a00d300b"), bytes.fromhex("a00d310b"))
    damaged = damaged.replace(bytes.fromhex("a00f300d"), bytes.fromhex("a00f310d"))
    assert damaged != odd.der
    assert check_signature(parse_certificate(damaged), odd).valid is not True


def test_a_key_for_pss_signs_as_it_says(tmp_path: Path) -> None:
    """RFC 4055 §1.2 and §3.3: nothing but PSS, with the hash that it names and at least its salt."""
    limits = ("rsa_keygen_bits:2048", "rsa_pss_keygen_md:sha256", "rsa_pss_keygen_saltlen:32")
    options = [part for limit in limits for part in ("-pkeyopt", limit)]
    odd = _by_command(tmp_path, "-sha256", *options, "-sigopt", "rsa_pss_saltlen:32", key="rsa-pss")
    assert odd.public_key.oid == RSASSA_PSS
    assert check_signature(odd, odd).valid is True
    for old, new in (("0609608648016503040201", "0609608648016503040202"), ("020120", "020121")):
        der = odd.public_key.der.replace(bytes.fromhex(old), bytes.fromhex(new), 2)
        other = replace(odd, public_key=replace(odd.public_key, der=der))
        assert der != odd.public_key.der
        assert check_signature(odd, other).valid is False
    plain = replace(odd.signature_algorithm, oid="1.2.840.113549.1.1.11")
    assert check_signature(replace(odd, signature_algorithm=plain), odd).valid is False
    for hash_name, good in (("SHA256", True), ("SHA384", False)):
        signed = encoding.signed_part(odd.der)
        whoever = verify(odd, oid=RSASSA_PSS, signature=odd.signature, signed=signed, hash_name=hash_name)
        assert whoever.valid is good
    garbled = replace(odd, public_key=replace(odd.public_key, der=b"\5\0"))
    assert check_signature(odd, garbled).reason.startswith("the key or the algorithm is not supported")
    free = _by_command(tmp_path, "-sha384", "-pkeyopt", "rsa_keygen_bits:2048", key="rsa-pss")
    assert check_signature(free, free).valid is True


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
