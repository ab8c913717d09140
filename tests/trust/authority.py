"""A certification authority for tests, whose names read as sentences: `root.issues("a.test", expired=True)`.

Keys are made once a run. Times lie around `NOW`, so that no test depends on the clock.
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tlsglass.trust.model import StoreLabel
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""The moment at which the tests judge."""

DAY = timedelta(days=1)
_SERIAL = 1 << 60
"""The least serial number: what else is in one is made of what it is for, so that it is the same in every run."""


@cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:
    """An RSA key of a size; another for another number."""
    assert number >= 0
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(number: int = 0, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    """An EC key; another for another number, and the same one in every run."""
    return ec.derive_private_key(0xC0FFEE + number, curve())


def name(common_name: str | None) -> x509.Name:
    """A name that consists of a common name, or of nothing."""
    if common_name is None:
        return x509.Name([])
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def general_names(*names: str) -> x509.SubjectAlternativeName:
    """Subject alternative names: addresses where they are ones, else DNS names."""
    found: list[x509.GeneralName] = []
    for each in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(each)))
        except ValueError:
            found.append(x509.DNSName(each))
    return x509.SubjectAlternativeName(found)


def key_usage(*usages: str) -> x509.KeyUsage:
    """A key usage by the names that cryptography has for its bits."""
    bits = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**{bit: bit in usages for bit in bits})


SERVER_AUTH = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
MUST_STAPLE = x509.TLSFeature([x509.TLSFeatureType.status_request])


class CriticalExtension(x509.UnrecognizedExtension):
    """An extension of any content that is marked as critical."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: CertificateIssuerPrivateKeyTypes = field(repr=False)

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate in PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The private key in PEM."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def parsed(self) -> Certificate:
        """The certificate as tlsglass reads it."""
        return parse_certificate(self.der)


@dataclass(frozen=True, kw_only=True)
class Authority(Issued):
    """A CA, or what passes itself off as one."""

    @classmethod
    def root(
        cls,
        common_name: str = "Test Root CA",
        *,
        key: CertificateIssuerPrivateKeyTypes | None = None,
        not_before: datetime = NOW - 1000 * DAY,
        not_after: datetime = NOW + 3000 * DAY,
        extensions: Sequence[x509.ExtensionType] | None = None,
    ) -> Self:
        """A root that signed itself."""
        key = key or ec_key(100)
        subject = name(common_name)
        chosen = _ca_extensions(None) if extensions is None else extensions
        return cls(certificate=_build(subject, subject, key, key, (not_before, not_after), chosen), key=key)

    def intermediate(  # noqa: PLR0913 - each is one way to be odd
        self,
        common_name: str = "Test Intermediate CA",
        *,
        key: CertificateIssuerPrivateKeyTypes | None = None,
        not_before: datetime = NOW - 500 * DAY,
        not_after: datetime = NOW + 1000 * DAY,
        path_length: int | None = None,
        extensions: Sequence[x509.ExtensionType] | None = None,
        signed_by: CertificateIssuerPrivateKeyTypes | None = None,
    ) -> "Authority":
        """An intermediate CA below this one; `signed_by` makes its signature a lie."""
        key = key or ec_key(101)
        chosen = _ca_extensions(path_length) if extensions is None else extensions
        certificate = self._sign(name(common_name), key, (not_before, not_after), chosen, signed_by)
        return Authority(certificate=certificate, key=key)

    def issues(  # noqa: PLR0913 - each is one way to be odd
        self,
        *names: str,
        common_name: str | None = "leaf",
        key: CertificateIssuerPrivateKeyTypes | None = None,
        not_before: datetime = NOW - 10 * DAY,
        not_after: datetime = NOW + 80 * DAY,
        extensions: Sequence[x509.ExtensionType] = (SERVER_AUTH,),
        key_id: bool = True,
        signed_by: CertificateIssuerPrivateKeyTypes | None = None,
        subject: x509.Name | None = None,
    ) -> Issued:
        """A server's certificate for names; `key_id=False` leaves the authority key identifier out.

        `subject` takes the place of the common name.
        """
        key = key or ec_key()
        chosen = [*([general_names(*names)] if names else []), *extensions]
        subject = name(common_name) if subject is None else subject
        certificate = self._sign(subject, key, (not_before, not_after), chosen, signed_by, key_id=key_id)
        return Issued(certificate=certificate, key=key)

    def store(self, label: str = "test store") -> Store:
        """A store with this CA as its only anchor."""
        return Store.from_der(label, [self.der])

    def public_store(self) -> Store:
        """The same, as if this CA was one of Mozilla's list."""
        return Store(StoreLabel(name="public", date=None), [self.der], origins={self.der: "mozilla"})

    def _sign(  # noqa: PLR0913 - the parts of a certificate
        self,
        subject: x509.Name,
        key: CertificateIssuerPrivateKeyTypes,
        validity: tuple[datetime, datetime],
        extensions: Sequence[x509.ExtensionType],
        signed_by: CertificateIssuerPrivateKeyTypes | None,
        *,
        key_id: bool = True,
    ) -> x509.Certificate:
        chosen = list(extensions)
        if key_id:
            chosen.append(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()))
        return _build(subject, self.certificate.subject, key, signed_by or self.key, validity, chosen)


def self_signed(
    *names: str, common_name: str = "self", key: CertificateIssuerPrivateKeyTypes | None = None
) -> Authority:
    """A server's certificate that vouches for itself."""
    extensions = [general_names(*names)] if names else []
    return Authority.root(
        common_name, key=key or ec_key(7), not_before=NOW - DAY, not_after=NOW + 80 * DAY, extensions=extensions
    )


def _ca_extensions(path_length: int | None) -> list[x509.ExtensionType]:
    return [x509.BasicConstraints(ca=True, path_length=path_length), key_usage("key_cert_sign", "crl_sign")]


def _build(  # noqa: PLR0913, PLR0917 - the parts of a certificate
    subject: x509.Name,
    issuer: x509.Name,
    key: CertificateIssuerPrivateKeyTypes,
    signer: CertificateIssuerPrivateKeyTypes,
    validity: tuple[datetime, datetime],
    extensions: Sequence[x509.ExtensionType],
) -> x509.Certificate:
    public = key.public_key()
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.not_valid_before(validity[0]).not_valid_after(validity[1])
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    for extension in extensions:
        critical = isinstance(extension, x509.BasicConstraints | x509.KeyUsage | CriticalExtension)
        builder = builder.add_extension(extension, critical=critical)
    draft = signed(builder.serial_number(1), signer)
    number = int.from_bytes(hashlib.sha256(draft.tbs_certificate_bytes).digest()[:7])
    return signed(builder.serial_number(_SERIAL + number), signer)


def signed(builder: x509.CertificateBuilder, signer: CertificateIssuerPrivateKeyTypes) -> x509.Certificate:
    """What was built, signed so that the same content gives the same bytes in every run."""
    is_ec = isinstance(signer, ec.EllipticCurvePrivateKey)
    hashing = is_ec or isinstance(signer, rsa.RSAPrivateKey)
    return builder.sign(signer, hashes.SHA256() if hashing else None, ecdsa_deterministic=is_ec or None)
