"""Certificates for the servers of these tests, made once and kept."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

Kind = Literal["rsa", "ec", "ed25519", "dsa"]
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey

NOW = dt.datetime.now(dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> str:
        """Key and certificate in PEM, as a server's file."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return (key + self.certificate.public_bytes(serialization.Encoding.PEM)).decode()


@cache
def key(kind: Kind) -> Key:
    """One key of each kind is enough."""
    match kind:
        case "rsa":
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        case "ec":
            return ec.generate_private_key(ec.SECP256R1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.generate()
        case "dsa":
            return dsa.generate_private_key(2048)


def name(common_name: str) -> x509.Name:
    """A name with that common name only."""
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])


@cache
def authority() -> Credential:
    """The root that signs the others."""
    subject = name("Test Root")
    root_key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(subject, subject, root_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    return Credential(certificate=certificate, key=root_key)


def traditional_pem(kind: Kind) -> str:
    """A key in the PEM form of old: 'BEGIN RSA PRIVATE KEY'."""
    encoded = key(kind).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return encoded.decode()


def signing_key(credential: Credential) -> ec.EllipticCurvePrivateKey:
    """The key of an authority, which is on a curve."""
    assert isinstance(credential.key, ec.EllipticCurvePrivateKey)
    return credential.key


@cache
def leaf(kind: Kind = "ec", *, expired: bool = False, names: int = 1) -> Credential:
    """A server's certificate, signed by the root."""
    root = authority()
    leaf_key = key(kind)
    hosts = [x509.DNSName(f"host{number}.test") for number in range(names)]
    certificate = (
        _builder(name("host0.test"), root.certificate.subject, leaf_key, expired=expired)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(signing_key(root), hashes.SHA256())
    )
    return Credential(certificate=certificate, key=leaf_key)


def _builder(
    subject: x509.Name, issuer: x509.Name, subject_key: Key, *, expired: bool = False
) -> x509.CertificateBuilder:
    end = NOW + dt.timedelta(days=-1 if expired else 30)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(subject_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - dt.timedelta(days=30))
        .not_valid_after(end)
    )
