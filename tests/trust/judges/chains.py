"""Chains of any make: each certificate is a plan, a good one to begin with, of which anything can be changed.

Beside the certificates from the leaf to the root there may be crossings, which lead elsewhere, back or nowhere.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku
from cryptography.x509.oid import NameOID

from tests.trust.authority import DAY, NOW, ec_key, general_names, key_usage, name, rsa_key
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

_DIGESTS: dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512] = {
    "SHA-256": hashes.SHA256(),
    "SHA-384": hashes.SHA384(),
    "SHA-512": hashes.SHA512(),
}
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

    permitted: tuple[str, ...] = ()
    """What its constraints permit: DNS names, networks, `O=…` for directory names, `@…` for mail, `//…` for URIs."""

    excluded: tuple[str, ...] = ()
    """What they exclude."""

    policies: tuple[str, ...] = ()
    """The policies that it has."""

    explicit_policy: int | None = None
    """After how many certificates a policy has to be shared by all. RFC 5280 §4.2.1.11."""

    inhibit_any: int | None = None
    """After how many certificates anyPolicy counts no more. RFC 5280 §4.2.1.14."""

    feature: bool = False
    """Whether it demands a staple."""

    otherwise_critical: str = "none"
    """A kind of extension that is critical where it is not usually, or the other way round."""

    organization: str | None = None
    """What its subject has beside the common name."""

    digest: str = "SHA-256"
    """'SHA-256', 'SHA-384' or 'SHA-512'."""


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
    "key": ("RSA 2048", "RSA 1024", "P-224", "P-384", "P-521", "secp256k1", "Ed25519"),
    "authority_key_id": ("wrong", "none"),
    "subject_key_id": (False,),
    "forged": (True,),
    "unknown": ("critical", "harmless"),
    "permitted": (
        ("test",),
        ("b.test",),
        ("192.0.2.0/24",),
        ("test", "192.0.2.0/24"),
        ("O=Shop",),
        ("@test",),
        ("//test",),
    ),
    "excluded": (("a.test",), ("b.test",), ("0.0.0.0/0", "::/0"), ("O=Shop",), ("@test",), ("//.test",)),
    "policies": (("1.2.3.4",), ("1.2.3.5",), ("2.5.29.32.0",), ("1.2.3.4", "1.2.3.5")),
    "explicit_policy": (0, 1),
    "inhibit_any": (0, 1),
    "feature": (True,),
    "otherwise_critical": (
        "2.5.29.14",
        "2.5.29.15",
        "2.5.29.17",
        "2.5.29.19",
        "2.5.29.30",
        "2.5.29.32",
        "2.5.29.35",
        "2.5.29.36",
        "2.5.29.37",
        "2.5.29.54",
        "1.3.6.1.5.5.7.1.24",
    ),
    "organization": ("Shop", "Bank"),
    "digest": ("SHA-384", "SHA-512"),
}
"""What each part of a plan can be changed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A further certificate for somebody of the chain: renewed, cross-signed, or by one who stands below."""

    holder: int
    """The place of whose name and key it has."""

    issuer: int | None
    """The place of who issued it; None for a root beside the chain's."""

    plan: Plan
    """What it is like; name and key are the holder's."""


OTHER_ROOT = replace(CA, subject="other root")
_OTHER_PLACE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What is sent, and what is trusted."""

    plans: tuple[Plan, ...]
    """Leaf first, root last."""

    crossings: tuple[Crossing, ...] = ()
    order: tuple[int, ...] = ()
    """In which order what comes after the leaf is sent, by its places; empty for plans first, crossings last."""

    also_trusted: bool = False
    """Whether the store has the other root, too."""

    def built(self) -> tuple[tuple[Certificate, ...], Store]:
        """The certificates as they are sent, and the store."""
        top = len(self.plans) - 1
        *others, root = (
            _certificate(plan, self.plans[min(place + 1, top)], place, min(place + 1, top))
            for place, plan in enumerate(self.plans)
        )
        leaf, *rest = (*others, *(self._crossing(crossing) for crossing in self.crossings))
        sent = (leaf, *(rest[place] for place in self.order or range(len(rest))))
        other = _certificate(OTHER_ROOT, OTHER_ROOT, _OTHER_PLACE, _OTHER_PLACE)
        anchors = [root.der, other.der] if self.also_trusted else [root.der]
        return sent, Store.from_der("root", anchors)

    def _crossing(self, crossing: Crossing) -> Certificate:
        holder = self.plans[crossing.holder]
        plan = replace(crossing.plan, subject=holder.subject, key=holder.key, organization=holder.organization)
        if crossing.issuer is None:
            return _certificate(plan, OTHER_ROOT, crossing.holder, _OTHER_PLACE)
        return _certificate(plan, self.plans[crossing.issuer], crossing.holder, crossing.issuer)


def build(plans: Sequence[Plan]) -> tuple[tuple[Certificate, ...], Store]:
    """The certificates of a chain but the root, and a store that holds the root.

    Args:
        plans: leaf first, root last.
    """
    return Chain(plans=tuple(plans)).built()


def _certificate(plan: Plan, issuer: Plan, place: int, issuer_place: int) -> Certificate:
    key, signer = _key(plan.key, place), _key(issuer.key, issuer_place)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(plan))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(next(_serials))
        .not_valid_before(NOW + plan.begins)
        .not_valid_after(NOW + plan.ends)
    )
    for extension, critical in _extensions(plan, key, signer, is_root=place == issuer_place):
        otherwise = extension.oid.dotted_string == plan.otherwise_critical
        builder = builder.add_extension(extension, critical=critical is not otherwise)
    hand = _key(issuer.key, 50) if plan.forged else signer
    hashing = isinstance(hand, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return parse_certificate(builder.sign(hand, _DIGESTS[plan.digest] if hashing else None).public_bytes(Encoding.DER))


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
    if plan.permitted or plan.excluded:
        permitted, excluded = ([_subtree(each) for each in names] or None for names in (plan.permitted, plan.excluded))
        found.append((x509.NameConstraints(permitted, excluded), True))
    return found + _policies(plan)


def _policies(plan: Plan) -> list[tuple[x509.ExtensionType, bool]]:
    found: list[tuple[x509.ExtensionType, bool]] = []
    if plan.policies:
        policies = [x509.PolicyInformation(x509.ObjectIdentifier(each), None) for each in plan.policies]
        found.append((x509.CertificatePolicies(policies), False))
    if plan.explicit_policy is not None:
        found.append((x509.PolicyConstraints(plan.explicit_policy, None), True))
    if plan.inhibit_any is not None:
        found.append((x509.InhibitAnyPolicy(plan.inhibit_any), True))
    if plan.feature:
        found.append((x509.TLSFeature([x509.TLSFeatureType.status_request]), False))
    return found


def _subtree(text: str) -> x509.GeneralName:
    if text.startswith("O="):
        return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, text[2:])]))
    if text.startswith("//"):
        return x509.UniformResourceIdentifier(text[2:])
    if text.startswith("@"):
        return x509.RFC822Name(text[1:])
    if "/" in text:
        return x509.IPAddress(ipaddress.ip_network(text))
    return x509.DNSName(text)


def _name(plan: Plan) -> x509.Name:
    if plan.organization is None:
        return name(plan.subject)
    organization = x509.NameAttribute(NameOID.ORGANIZATION_NAME, plan.organization)
    return x509.Name([organization, *name(plan.subject)])


_CURVES: dict[str, type[ec.EllipticCurve]] = {
    "P-224": ec.SECP224R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
    "secp256k1": ec.SECP256K1,
}


def _key(kind: str, place: int) -> CertificateIssuerPrivateKeyTypes:
    match kind.split():
        case ["RSA", bits]:
            return rsa_key(int(bits), place)
        case ["Ed25519"]:
            return _ED25519
        case _:
            return ec_key(place, _CURVES.get(kind, ec.SECP256R1))
