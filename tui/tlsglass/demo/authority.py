"""The certificate authorities of the zoo, made anew at each start.

Knows how certificates are made that look like those of public CAs. Which ones the zoo needs is left to
`presentations`. P-256 keys are used wherever the kind of key is not the point: an RSA key of 2048 bits takes some 50
times longer to make than everything else here.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tlsglass.demo.alterations import SigningKey
from tlsglass.demo.changes import Change, extended
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.publications import FRESH, OLD, Publications, stem
from tlsglass.frozen import dataclass

ORGANIZATION = "tlsglass Demo"
DOMAIN_VALIDATED = x509.ObjectIdentifier("2.23.140.1.2.1")
"""The CA/Browser Forum's policy for certificates whose subject has nothing but a domain name."""

POLICIES = x509.CertificatePolicies([x509.PolicyInformation(DOMAIN_VALIDATED, None)])

LIFETIME = timedelta(days=90)
"""Of the certificates of sites."""

AGE = timedelta(days=30)
"""How old those are that are neither expired nor too young."""

_AUTHORITY_AGE = timedelta(days=400)
_ROOT_LIFETIME = timedelta(days=20 * 365)
_INTERMEDIATE_LIFETIME = timedelta(days=5 * 365)
_SERVER_AUTH = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])

LeafKey = SigningKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The certificate of a site, and the key to it."""

    certificate: x509.Certificate
    key: LeafKey


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key of the quick kind, P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def distinguished_name(common_name: str, *, organization: str | None = None) -> x509.Name:
    """A name of one or two attributes, UTF8String each."""
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organization is not None:
        attributes.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(attributes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """What a certificate says about where its status is to be had."""

    base: str | None = None
    """Where the authorities publish; None for names under demo.test, which only the zoo's resolver knows."""

    ocsp: bool = True
    crl: bool = True


NAMED = Pointers()
"""All of it, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A certificate authority: its own certificate, and the key that signs what it issues."""

    certificate: x509.Certificate
    key: SigningKey
    at: datetime
    """The moment that all validity periods are relative to."""

    publications: Publications
    """The books in which it is noted what it issued and revoked."""

    def __post_init__(self) -> None:
        self.publications.add(self)

    @classmethod
    def root(cls, common_name: str, *, at: datetime, publications: Publications | None = None) -> "Authority":
        """A root, signed by itself. RFC 5280 §3.2.

        Args:
            common_name: its common name.
            at: the moment that all validity periods are relative to, aware.
            publications: the books of the zoo; ones that nobody can look into unless given.
        """
        name, key = distinguished_name(common_name, organization=ORGANIZATION), new_key()
        begins = at - _AUTHORITY_AGE
        builder = _builder(name, key, begins, begins + _ROOT_LIFETIME).issuer_name(name)
        builder = extended(builder, _usual_of_authority(key, None), ())
        books = publications or Publications("http://127.0.0.1:9")
        return cls(certificate=signed(builder, key), key=key, at=at, publications=books)

    def authority(  # noqa: PLR0913 - what an authority can be like, by name
        self,
        common_name: str,
        *,
        organization: str = ORGANIZATION,
        key: SigningKey | None = None,
        path_length: int | None = 0,
        begins: datetime | None = None,
        ends: datetime | None = None,
        changes: Sequence[Change] = (),
        pointers: Pointers = NAMED,
    ) -> "Authority":
        """An intermediate, issued by this authority; with name and key of another one it is a cross-certificate.

        Args:
            common_name: its common name.
            organization: its organization.
            key: its key; a new one unless given.
            path_length: how many intermediates may follow below it; None for any number. RFC 5280 §4.2.1.9.
            begins: the start of its validity; some while ago unless given.
            ends: the end of its validity; some years ahead unless given.
            changes: what of its extensions is unusual.
            pointers: where its status is to be had.
        """
        key = key or new_key()
        name = distinguished_name(common_name, organization=organization)
        begins = begins or self.at - _AUTHORITY_AGE
        builder = _builder(name, key, begins, ends or begins + _INTERMEDIATE_LIFETIME)
        usual = (*_usual_of_authority(key, path_length), (_SERVER_AUTH, False), *self._pointing(pointers))
        builder = extended(builder, (*usual, (POLICIES, False)), changes)
        return Authority(certificate=self.signed(builder), key=key, at=self.at, publications=self.publications)

    def leaf(  # noqa: PLR0913 - each is something that an exhibit is about
        self,
        subject: x509.Name,
        names: Sequence[x509.GeneralName],
        *,
        key: LeafKey | None = None,
        begins: datetime | None = None,
        ends: datetime | None = None,
        serial: int | None = None,
        changes: Sequence[Change] = (),
        pointers: Pointers = NAMED,
    ) -> Leaf:
        """The certificate of a site.

        Args:
            subject: its subject.
            names: its subject alternative names; none means that the extension is left out.
            key: its key; a new one unless given.
            begins: the start of its validity; a third of its lifetime ago unless given.
            ends: the end of its validity; its lifetime after its start unless given.
            serial: its serial number; a long random one unless given.
            changes: what of its extensions is unusual.
            pointers: where its status is to be had.
        """
        key = key or new_key()
        begins = begins or self.at - AGE
        usage = key_usage(key_encipherment=isinstance(key, rsa.RSAPrivateKey))
        usual: list[tuple[x509.ExtensionType, bool]] = [
            (usage, True),
            (_SERVER_AUTH, False),
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
            *self._pointing(pointers),
            (POLICIES, False),
        ]
        if names:
            usual.append((x509.SubjectAlternativeName(names), False))
        builder = _builder(subject, key, begins, ends or begins + LIFETIME, serial)
        builder = extended(builder, usual, changes)
        return Leaf(certificate=self.signed(builder), key=key)

    def staple(
        self,
        certificate: x509.Certificate,
        *,
        revoked_at: datetime | None = None,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
        until: datetime | None = None,
    ) -> bytes:
        """An OCSP response about a certificate of this authority, in DER. RFC 6960 §4.2.

        Args:
            certificate: whose status it tells.
            revoked_at: when it was revoked; None for a good one.
            reason: why, where it was.
            until: when it is to be replaced; some days ahead unless given.
        """
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303 - only names the issuer; as RFC 5019 §2.1.1 has it
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=until - FRESH if until else self.at - OLD,
            next_update=until or self.at + FRESH,
            revocation_time=revoked_at,
            revocation_reason=reason if revoked_at else None,
        )
        response = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return response.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def revoke(
        self,
        certificate: x509.Certificate,
        *,
        at: datetime,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
        only_in_difference: bool = False,
    ) -> None:
        """Revoke a certificate of this authority. See `Publications.revoke`."""
        self.publications.revoke(self, certificate, at=at, reason=reason, only_in_difference=only_in_difference)

    def signed(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Issue what was built, and note it.

        Args:
            builder: has everything but the name of the issuer.
        """
        certificate = signed(builder.issuer_name(self.certificate.subject), self.key)
        self.publications.note(self, certificate)
        return certificate

    def _pointing(self, pointers: Pointers) -> Iterator[tuple[x509.ExtensionType, bool]]:
        """The extensions that lead to the issuer and to what it says of the status."""
        name, base = stem(self.certificate), pointers.base
        at = x509.UniformResourceIdentifier
        accesses = [
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS, at(f"{base or f'http://ca.{ZONE}'}/{name}.cer")
            )
        ]
        if pointers.ocsp:
            responder = at(f"{base}/ocsp" if base else f"http://ocsp.{ZONE}")
            accesses.insert(0, x509.AccessDescription(AuthorityInformationAccessOID.OCSP, responder))
        yield x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False
        yield x509.AuthorityInformationAccess(accesses), False
        if pointers.crl:
            list_at = at(f"{base or f'http://crl.{ZONE}'}/{name}.crl")
            yield x509.CRLDistributionPoints([x509.DistributionPoint([list_at], None, None, None)]), False


def self_signed(common_name: str, *, at: datetime) -> Leaf:
    """What a router makes for itself at its first start."""
    key, name = new_key(), distinguished_name(common_name, organization="Router Inc.")
    begins = at - AGE
    builder = _builder(name, key, begins, begins + timedelta(days=3650)).issuer_name(name)
    usual: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.SubjectAlternativeName([x509.DNSName(common_name)]), False),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
    )
    return Leaf(certificate=signed(extended(builder, usual, ()), key), key=key)


def signed(builder: x509.CertificateBuilder, key: SigningKey) -> x509.Certificate:
    """Sign so that the same key and content give the same bytes: RFC 6979 for ECDSA."""
    deterministic = True if isinstance(key, ec.EllipticCurvePrivateKey) else None
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=deterministic)


def _builder(
    name: x509.Name, key: LeafKey, begins: datetime, ends: datetime, serial: int | None = None
) -> x509.CertificateBuilder:
    """A certificate without an issuer and without extensions."""
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .public_key(key.public_key())
    )


def _usual_of_authority(key: SigningKey, path_length: int | None) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    return (
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (key_usage(key_cert_sign=True, crl_sign=True), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
    )


def key_usage(
    *,
    digital_signature: bool = True,
    key_encipherment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    """RFC 5280 §4.2.1.3."""
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
