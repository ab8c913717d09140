"""Chains of any make: each certificate is a plan, a good one to begin with, of which anything can be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku

from tests.trust.authority import DAY, NOW, ec_key, general_names, key_usage, name, rsa_key
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

_serials = count(0x2000_0000_0000_0001)
_ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a certificate is to be like."""

    subject: str
    is_ca: bool | None
    """None leaves the basic constraints out."""

    usages: tuple[str, ...] | None
    purposes: tuple[x509.ObjectIdentifier, ...] | None = None
    names: tuple[str, ...] = ()
    path_length: int | None = None
    begins: timedelta = -10 * DAY
    ends: timedelta = 80 * DAY
    key: str = "P-256"
    authority_key_id: str = "right"
    """'right', 'wrong' or 'none'."""

    subject_key_id: bool = True
    forged: bool = False
    unknown: str = "none"
    """An extension that nobody knows: 'critical', 'harmless' or 'none'."""

    permitted: str | None = None
    """The DNS name that its name constraints permit."""


LEAF = Plan(
    subject="leaf",
    is_ca=None,
    usages=("digital_signature",),
    purposes=(Eku.SERVER_AUTH,),
    names=("a.test",),
)
CA = Plan(subject="", is_ca=True, usages=("key_cert_sign", "crl_sign"), begins=-100 * DAY, ends=900 * DAY)

CHANGES: dict[str, tuple[object, ...]] = {
    "is_ca": (True, False, None),
    "usages": (None, ("digital_signature",), ("key_cert_sign",), ("key_encipherment",), ("key_agreement",)),
    "purposes": (
        None,
        (Eku.SERVER_AUTH,),
        (Eku.CLIENT_AUTH,),
        (Eku.ANY_EXTENDED_KEY_USAGE,),
        (Eku.CODE_SIGNING, Eku.SERVER_AUTH),
    ),
    "names": ((), ("b.test",), ("*.test",), ("192.0.2.1",), ("x.test", "a.test"), ("A.TEST",)),
    "path_length": (0, 1),
    "begins": (DAY, -2000 * DAY),
    "ends": (-DAY, 2000 * DAY),
    "key": ("RSA 2048", "RSA 1024", "P-384", "P-521", "Ed25519"),
    "authority_key_id": ("wrong", "none"),
    "subject_key_id": (False,),
    "forged": (True,),
    "unknown": ("critical", "harmless"),
    "permitted": ("test", "b.test"),
}
"""What each part of a plan can be changed to."""


def build(plans: Sequence[Plan]) -> tuple[tuple[Certificate, ...], Store]:
    """The certificates of a chain but the root, and a store that holds the root.

    Args:
        plans: leaf first, root last.
    """
    top = len(plans) - 1
    *others, root = (
        _certificate(plan, plans[min(place + 1, top)], place, min(place + 1, top)) for place, plan in enumerate(plans)
    )
    return tuple(others), Store.from_der("root", [root.der])


def _certificate(plan: Plan, issuer: Plan, place: int, issuer_place: int) -> Certificate:
    key, signer = _key(plan.key, place), _key(issuer.key, issuer_place)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(plan.subject))
        .issuer_name(name(issuer.subject))
        .public_key(key.public_key())
        .serial_number(next(_serials))
        .not_valid_before(NOW + plan.begins)
        .not_valid_after(NOW + plan.ends)
    )
    for extension, critical in _extensions(plan, key, signer, is_root=place == issuer_place):
        builder = builder.add_extension(extension, critical=critical)
    hand = _key(issuer.key, 50) if plan.forged else signer
    hashing = isinstance(hand, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return parse_certificate(builder.sign(hand, hashes.SHA256() if hashing else None).public_bytes(Encoding.DER))


def _extensions(
    plan: Plan, key: CertificateIssuerPrivateKeyTypes, signer: CertificateIssuerPrivateKeyTypes, *, is_root: bool
) -> list[tuple[x509.ExtensionType, bool]]:
    found: list[tuple[x509.ExtensionType, bool]] = []
    if plan.is_ca is not None:
        length = plan.path_length if plan.is_ca else None
        found.append((x509.BasicConstraints(ca=plan.is_ca, path_length=length), True))
    if plan.usages is not None:
        found.append((key_usage(*plan.usages), True))
    if plan.purposes is not None:
        found.append((x509.ExtendedKeyUsage(plan.purposes), False))
    if plan.names:
        found.append((general_names(*plan.names), False))
    if plan.subject_key_id:
        found.append((x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False))
    if not is_root and plan.authority_key_id != "none":
        named = signer if plan.authority_key_id == "right" else ec_key(77)
        found.append((x509.AuthorityKeyIdentifier.from_issuer_public_key(named.public_key()), False))
    if plan.unknown != "none":
        unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00")
        found.append((unknown, plan.unknown == "critical"))
    if plan.permitted is not None:
        permitted = x509.NameConstraints(permitted_subtrees=[x509.DNSName(plan.permitted)], excluded_subtrees=None)
        found.append((permitted, True))
    return found


def _key(kind: str, place: int) -> CertificateIssuerPrivateKeyTypes:
    match kind.split():
        case ["RSA", bits]:
            return rsa_key(int(bits), place)
        case ["Ed25519"]:
            return _ED25519
        case ["P-384"]:
            return ec_key(place, ec.SECP384R1)
        case ["P-521"]:
            return ec_key(place, ec.SECP521R1)
        case _:
            return ec_key(place)
