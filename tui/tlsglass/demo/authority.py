"""The certificate authorities of the zoo, made anew at each start.

Knows how certificates are made that look like those of public CAs. Which ones the zoo needs is left to
`presentations`. P-256 keys are used wherever the kind of key is not the point: an RSA key of 2048 bits takes some 50
times longer to make than everything else here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.publications import FRESH, OLD, Publications, stem

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

# AlgorithmIdentifiers differ in the last octet of the OID: 1.2.840.113549.1.1.11, .5 and .12.
_SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")

_SHA384_WITH_RSA = bytes.fromhex("06092a864886f70d01010c")

AuthorityKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
LeafKey = AuthorityKey | ed25519.Ed25519PrivateKey


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
    key: AuthorityKey
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
        builder = _authority_builder(name, key, at=at, lifetime=_ROOT_LIFETIME, path_length=None).issuer_name(name)
        books = publications or Publications("http://127.0.0.1:9")
        return cls(certificate=_signed(builder, key), key=key, at=at, publications=books)

    def authority(  # noqa: PLR0913 - what an authority can be like, by name
        self,
        common_name: str,
        *,
        organization: str = ORGANIZATION,
        key: AuthorityKey | None = None,
        path_length: int = 0,
        critical: Sequence[x509.ExtensionType] = (),
        pointers: Pointers = NAMED,
    ) -> "Authority":
        """An intermediate, issued by this authority.

        Args:
            common_name: its common name.
            organization: its organization.
            key: its key; a new one unless given.
            path_length: how many intermediates may follow below it. RFC 5280 §4.2.1.9.
            critical: further extensions, each marked as critical.
            pointers: where its status is to be had.
        """
        key = key or new_key()
        name = distinguished_name(common_name, organization=organization)
        builder = _authority_builder(
            name, key, at=self.at, lifetime=_INTERMEDIATE_LIFETIME, path_length=path_length
        ).add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        builder = self._pointers(builder, pointers).add_extension(POLICIES, critical=False)
        for extension in critical:
            builder = builder.add_extension(extension, critical=True)
        return Authority(certificate=self._sign(builder), key=key, at=self.at, publications=self.publications)

    def leaf(  # noqa: PLR0913 - each is something that an exhibit is about
        self,
        subject: x509.Name,
        names: Sequence[x509.GeneralName],
        *,
        key: LeafKey | None = None,
        not_before: datetime | None = None,
        policies: x509.CertificatePolicies = POLICIES,
        critical: Sequence[x509.ExtensionType] = (),
        sha1: bool = False,
        two_algorithms: bool = False,
        pointers: Pointers = NAMED,
    ) -> Leaf:
        """The certificate of a site.

        Args:
            subject: its subject.
            names: its subject alternative names; none means that the extension is left out.
            key: its key; a new one unless given.
            not_before: the start of its validity; a third of its lifetime ago unless given.
            policies: the certificate policies extension. RFC 5280 §4.2.1.4.
            critical: further extensions, each marked as critical.
            sha1: sign it with SHA-1; this authority must have an RSA key then.
            two_algorithms: name another algorithm within what is signed; the same goes for the key.
            pointers: where its status is to be had.
        """
        key = key or new_key()
        start = not_before or self.at - AGE
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + LIFETIME)
            .public_key(key.public_key())
            .add_extension(
                _key_usage(digital_signature=True, key_encipherment=isinstance(key, rsa.RSAPrivateKey)), critical=True
            )
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        builder = self._pointers(builder, pointers).add_extension(policies, critical=False)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        for extension in critical:
            builder = builder.add_extension(extension, critical=True)
        if sha1:
            return Leaf(certificate=self._sign_with_sha1(builder), key=key)
        if two_algorithms:
            return Leaf(certificate=self._sign_with_two_algorithms(builder), key=key)
        return Leaf(certificate=self._sign(builder), key=key)

    def staple(self, certificate: x509.Certificate, *, revoked_at: datetime | None = None) -> bytes:
        """An OCSP response about a certificate of this authority, in DER. RFC 6960 §4.2.

        Args:
            certificate: whose status it tells.
            revoked_at: when it was revoked; None for a good one.
        """
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303 - only names the issuer; responders use it throughout, RFC 5019 §2.1.1
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=self.at - OLD,
            next_update=self.at + FRESH,
            revocation_time=revoked_at,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
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

    def _pointers(self, builder: x509.CertificateBuilder, pointers: Pointers) -> x509.CertificateBuilder:
        """Everything in a certificate that leads to its issuer."""
        name, base = stem(self.certificate), pointers.base
        at = x509.UniformResourceIdentifier
        access = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, at(f"{base or f'http://ca.{ZONE}'}/{name}.cer")
        )
        ocsp_at = at(f"{base}/ocsp" if base else f"http://ocsp.{ZONE}")
        accesses = [access]
        if pointers.ocsp:
            accesses.insert(0, x509.AccessDescription(AuthorityInformationAccessOID.OCSP, ocsp_at))
        builder = (
            builder.issuer_name(self.certificate.subject)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.AuthorityInformationAccess(accesses), critical=False)
        )
        if not pointers.crl:
            return builder
        list_at = at(f"{base or f'http://crl.{ZONE}'}/{name}.crl")
        points = x509.CRLDistributionPoints([x509.DistributionPoint([list_at], None, None, None)])
        return builder.add_extension(points, critical=False)

    def _sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        certificate = _signed(builder, self.key)
        self.publications.note(self, certificate)
        return certificate

    def _sign_with_sha1(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Sign with SHA-1, which the builder refuses to do, rightly, except for an exhibit.

        The two algorithms' identifiers are equally long, and so are the signatures: a certificate signed with SHA-256
        becomes one signed with SHA-1 without a length changing.
        """
        if not isinstance(self.key, rsa.RSAPrivateKey):
            message = "only an authority with an RSA key can sign with SHA-1 here"
            raise TypeError(message)
        signed = self._sign(builder)
        body = signed.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
        signature = self.key.sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the exhibit is about it
        der = signed.public_bytes(Encoding.DER).replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
        return x509.load_der_x509_certificate(der[: -len(signature)] + signature)

    def _sign_with_two_algorithms(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Sign with SHA-256, but say SHA-384 within what is signed, which is found first. RFC 5280 §4.1.1.2."""
        if not isinstance(self.key, rsa.RSAPrivateKey):
            message = "only an authority with an RSA key can name two algorithms here"
            raise TypeError(message)
        signed = self._sign(builder)
        body = signed.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA384_WITH_RSA)
        signature = self.key.sign(body, padding.PKCS1v15(), hashes.SHA256())
        der = signed.public_bytes(Encoding.DER).replace(_SHA256_WITH_RSA, _SHA384_WITH_RSA, 1)
        return x509.load_der_x509_certificate(der[: -len(signature)] + signature)


def self_signed(common_name: str, *, at: datetime) -> Leaf:
    """What a router makes for itself at its first start."""
    key, name = new_key(), distinguished_name(common_name, organization="Router Inc.")
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - AGE)
        .not_valid_after(at - AGE + timedelta(days=3650))
        .public_key(key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(common_name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Leaf(certificate=_signed(builder, key), key=key)


def _signed(builder: x509.CertificateBuilder, key: AuthorityKey) -> x509.Certificate:
    """Sign so that the same key and content give the same bytes: RFC 6979 for ECDSA."""
    deterministic = True if isinstance(key, ec.EllipticCurvePrivateKey) else None
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=deterministic)


def _authority_builder(
    name: x509.Name, key: AuthorityKey, *, at: datetime, lifetime: timedelta, path_length: int | None
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _AUTHORITY_AGE)
        .not_valid_after(at - _AUTHORITY_AGE + lifetime)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_key_usage(digital_signature=True, signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _key_usage(
    *, digital_signature: bool, key_encipherment: bool = False, signs_certificates: bool = False
) -> x509.KeyUsage:
    """RFC 5280 §4.2.1.3."""
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
