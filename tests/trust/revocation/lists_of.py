"""Revocation lists and certificates with addresses, for tests."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.trust.authority import DAY, NOW, SERVER_AUTH, Authority, Issued
from tlsglass.trust.revocation.lists import ReadList, read_list
from tlsglass.trust.revocation.sources import DistributionPoint

POINT = DistributionPoint(urls=("http://crl.test/a.crl",), names=frozenset(), reasons=None, issuers=())
"""A point of which only the address is known."""

URL = POINT.urls[0]


def at(url: str) -> x509.UniformResourceIdentifier:
    """An address as a name."""
    return x509.UniformResourceIdentifier(url)


def point(*urls: str, reasons: frozenset[x509.ReasonFlags] | None = None) -> x509.DistributionPoint:
    """A distribution point by its addresses."""
    return x509.DistributionPoint([at(url) for url in urls], None, reasons, None)


def locations(
    *, ocsp: Sequence[str] = (), crl: Sequence[str] = (), freshest: Sequence[str] = ()
) -> list[x509.ExtensionType]:
    """The extensions of a certificate that names these addresses; each list is a point of its own."""
    found: list[x509.ExtensionType] = [SERVER_AUTH]
    if ocsp:
        accesses = [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at(url)) for url in ocsp]
        found.append(x509.AuthorityInformationAccess(accesses))
    if crl:
        found.append(x509.CRLDistributionPoints([point(url) for url in crl]))
    if freshest:
        found.append(x509.FreshestCRL([point(url) for url in freshest]))
    return found


def list_by(  # noqa: PLR0913 - each is one way to be odd
    issuer: Authority,
    revoked: Mapping[int, x509.ReasonFlags | None] | Sequence[Issued] = (),
    *,
    this_update: datetime = NOW - DAY,
    next_update: datetime = NOW + DAY,
    number: int | None = 5,
    base: int | None = None,
    scope: x509.IssuingDistributionPoint | None = None,
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    entry_extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    signed_by: Authority | None = None,
) -> bytes:
    """A list in DER, by an authority; who is revoked is so since two days ago."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(this_update).next_update(next_update)
    if number is not None:
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    if base is not None:
        builder = builder.add_extension(x509.DeltaCRLIndicator(base), critical=True)
    if scope is not None:
        builder = builder.add_extension(scope, critical=True)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    serials = revoked if isinstance(revoked, Mapping) else {each.certificate.serial_number: None for each in revoked}
    for serial, reason in serials.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - 2 * DAY)
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        for extension, critical in entry_extensions:
            entry = entry.add_extension(extension, critical=critical)
        builder = builder.add_revoked_certificate(entry.build())
    key = (signed_by or issuer).key
    is_ec = isinstance(key, ec.EllipticCurvePrivateKey)
    hashing = hashes.SHA256() if is_ec or isinstance(key, rsa.RSAPrivateKey) else None
    return builder.sign(key, hashing, ecdsa_deterministic=is_ec or None).public_bytes(Encoding.DER)


def read_by(issuer: Authority, *arguments: Sequence[Issued], **options: object) -> ReadList:
    """The same, read."""
    return read_list(list_by(issuer, *arguments, **options))  # type: ignore[arg-type]  # those of `list_by`


def scope_of(  # noqa: PLR0913 - the parts of the extension
    *,
    full_name: Sequence[x509.GeneralName] | None = None,
    relative_name: x509.RelativeDistinguishedName | None = None,
    only_users: bool = False,
    only_authorities: bool = False,
    reasons: frozenset[x509.ReasonFlags] | None = None,
    indirect: bool = False,
    only_attributes: bool = False,
) -> x509.IssuingDistributionPoint:
    """The scope of a list."""
    return x509.IssuingDistributionPoint(
        full_name=full_name,
        relative_name=relative_name,
        only_contains_user_certs=only_users,
        only_contains_ca_certs=only_authorities,
        only_some_reasons=reasons,
        indirect_crl=indirect,
        only_contains_attribute_certs=only_attributes,
    )
