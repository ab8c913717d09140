"""Private keys are named, and nothing of them is kept or shown."""

import base64

import pytest

from tests.x509.containers import files_of_others as others
from tests.x509.containers.refused import refused
from tests.x509.der_writer import NULL, OCTET_STRING, number, seq, tlv
from tests.x509.vectors import vector
from tlsglass.errors import Fault
from tlsglass.x509.containers.model import Kind, document
from tlsglass.x509.containers.unpack import unpack


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.key", "unencrypted, PKCS #8"),
        ("pkcs1.key", "RSA, PKCS #1"),
        ("pkcs1.key.der", "RSA, PKCS #1"),
        ("pkcs8.key.der", "RSA, unencrypted, PKCS #8"),
        ("encrypted.key", "encrypted, PKCS #8"),
        ("encrypted.key.der", "encrypted, PKCS #8"),
        ("ec.key", "EC, SEC 1"),
        ("ec.key.der", "EC, SEC 1"),
        ("dsa.key", "unencrypted, PKCS #8"),
    ],
)
def test_a_private_key_is_named_and_refused(name: str, what: str) -> None:
    """With a sentence, and without a byte of it."""
    error = refused(others.read(name))
    assert error.fault is Fault.PRIVATE_KEY
    assert error.message == f"The file holds a private key ({what}), which is never shown."
    assert "keep it secret" in error.hint


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (vector("asymmetric/OpenSSH/ed25519-nopsw.key"), "OpenSSH"),
        (b"PuTTY-User-Key-File-3: ssh-ed25519\n", "PuTTY"),
        (b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n", "pgp private key block"),
        (vector("asymmetric/PKCS8/unknown-oid.der"), "1.2.840.1004321.3213.321, unencrypted, PKCS #8"),
        (seq(number(0), seq(NULL.to_bytes()), tlv(OCTET_STRING)), "unencrypted, PKCS #8"),
        (seq(*[number(1)] * 6), "DSA, as OpenSSL writes it"),
    ],
)
def test_private_keys_of_others(data: bytes, what: str) -> None:
    """As above."""
    assert refused(data).message == f"The file holds a private key ({what}), which is never shown."


def test_a_private_key_as_base64() -> None:
    """As above."""
    error = refused(base64.b64encode(others.read("pkcs8.key.der")))
    assert error.message == "The file holds a private key (RSA, unencrypted, PKCS #8), which is never shown."


def test_keys_beside_certificates_are_named_and_the_certificates_shown() -> None:
    """As a file for a proxy has them; of the key nothing is kept."""
    data = others.read("a.pem") + others.read("a.key") + others.read("ca.pem")
    contents = unpack(data)
    assert [found.kind for found in contents.items] == [Kind.CERTIFICATE, Kind.PRIVATE_KEY, Kind.CERTIFICATE]
    key = contents.items[1]
    assert (key.der, key.sha256, key.name) == (b"", "", "unencrypted, PKCS #8")
    assert document(key) is None
    two = refused(others.read("a.key") + others.read("ec.key"))
    assert two.message == "The file holds a private key (unencrypted, PKCS #8) and 1 more, which is never shown."
