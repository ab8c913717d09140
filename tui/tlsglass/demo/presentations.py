"""What each exhibit presents in its handshake: chain, key, staple and the terms of TLS.

The exhibits that never get as far as a certificate are not in here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from tlsglass.demo import bites
from tlsglass.demo.authority import (
    DOMAIN_VALIDATED,
    LIFETIME,
    NAMED,
    Authority,
    Leaf,
    LeafKey,
    Pointers,
    distinguished_name,
    self_signed,
)
from tlsglass.demo.exhibits import ZONE

NAMES = 500
"""How many names the certificate of many-names has."""

CONSTRAINED = 600
"""How many names the certificate of too-complex has, and how many constraints its issuer: 360,000 comparisons."""

ORGANIZATION_VALIDATED = x509.ObjectIdentifier("2.23.140.1.2.2")
"""The CA/Browser Forum's policy for certificates that name an organization."""

UNKNOWN_EXTENSION = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.32473.1"), bytes.fromhex("0500"))
"""An extension that nobody knows: RFC 5612 keeps this number for examples."""

IDN_LABELS = ("xn--bcher-kva", "xn--r8jz45g", "xn--pple-43d")
"""bücher, 例え, and apple with a Cyrillic first letter, as A-labels. RFC 5890 §2.3.2.1."""

_EXPIRED_SINCE = timedelta(days=3)
_VALID_IN = timedelta(days=3, hours=1)
"""The hour is for those who look a while after the start: there are still three whole days to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a server has to show, and on which terms."""

    chain: tuple[x509.Certificate, ...]
    """What is sent, in the order in which it is sent; the certificate of the key first. RFC 8446 §4.4.2."""

    key: LeafKey
    staple: bytes = b""
    """A DER OCSP response for those who ask; empty for none. RFC 6066 §8."""

    oldest: int = SSL.TLS1_2_VERSION
    newest: int = SSL.TLS1_3_VERSION
    weak: bool = False
    """Whether what is weak must be allowed, such as TLS 1.0, SHA-1 and short keys."""

    client_authority: x509.Certificate | None = None
    """Whose client certificates are accepted; None where none is wanted."""


def presentations(root: Authority) -> dict[str, Presentation]:
    """All presentations by the id of their exhibit, issued by the given root unless the point is another."""
    intermediate = root.authority("Demo Intermediate CA", path_length=1)
    rsa_intermediate = root.authority("Demo RSA Intermediate CA", key=_rsa_key(2048))
    rsa_key = _rsa_key(2048)

    good = _leaf(intermediate, "good")
    revoked = _leaf(intermediate, "revoked")
    revoked_at = root.at - timedelta(days=2)
    intermediate.revoke(revoked.certificate, at=revoked_at)
    client_authority = Authority.root("Demo Client CA", at=root.at, publications=root.publications)
    return {
        "good": _present(good, intermediate, staple=intermediate.staple(good.certificate)),
        "good-rsa": _present(_leaf(rsa_intermediate, "good-rsa", key=rsa_key), rsa_intermediate),
        "good-ed25519": _present(
            _leaf(intermediate, "good-ed25519", key=ed25519.Ed25519PrivateKey.generate()), intermediate
        ),
        "tls12": _present(_leaf(intermediate, "tls12"), intermediate, newest=SSL.TLS1_2_VERSION),
        "pq": _present(_leaf(intermediate, "pq"), intermediate, oldest=SSL.TLS1_3_VERSION),
        "expired": _present(
            _leaf(intermediate, "expired", not_before=root.at - LIFETIME - _EXPIRED_SINCE), intermediate
        ),
        "not-yet-valid": _present(_leaf(intermediate, "not-yet-valid", not_before=root.at + _VALID_IN), intermediate),
        "wrong-name": _present(
            _leaf(intermediate, "wrong-name", names=("www.wrong-name", "mail.wrong-name")), intermediate
        ),
        "self-signed": _present(self_signed(f"self-signed.{ZONE}", at=root.at)),
        "unknown-root": _unknown_root(root),
        "missing-intermediate": _present(_leaf(intermediate, "missing-intermediate")),
        "wrong-order": _wrong_order(intermediate),
        "sha1": _present(_leaf(rsa_intermediate, "sha1", sha1=True), rsa_intermediate, weak=True),
        "rsa1024": _present(_leaf(rsa_intermediate, "rsa1024", key=_rsa_key(1024)), rsa_intermediate, weak=True),
        "cn-only": _present(_leaf(intermediate, "cn-only", names=()), intermediate),
        "wildcard": _present(_leaf(intermediate, "wildcard", names=("*",)), intermediate),
        "idn": _present(
            _leaf(intermediate, "idn", names=("idn", *(f"{label}.idn" for label in IDN_LABELS))), intermediate
        ),
        "many-names": _present(_leaf(intermediate, "many-names", names=_many_names()), intermediate),
        "revoked": _present(
            revoked,
            intermediate,
            staple=intermediate.staple(revoked.certificate, revoked_at=revoked_at),
        ),
        "name-constraints": _name_constraints(root),
        "too-complex": _too_complex(root),
        "critical": _critical(intermediate),
        "policy": _policy(root),
        "two-algorithms": _two_algorithms(rsa_intermediate),
        **_revoked_when_asked(root, revoked_at),
        "client-cert": _present(
            _leaf(intermediate, "client-cert"), intermediate, client_authority=client_authority.certificate
        ),
        "tls10": _present(
            _leaf(rsa_intermediate, "tls10", key=rsa_key),
            rsa_intermediate,
            oldest=SSL.TLS1_VERSION,
            newest=SSL.TLS1_VERSION,
            weak=True,
        ),
        "long-chain": _long_chain(root),
        "large": _present(_leaf(intermediate, "large"), intermediate),
        "slow": _present(_leaf(intermediate, "slow"), intermediate),
        "no-http": _present(_leaf(intermediate, "no-http"), intermediate),
        "markup": _markup(root),
    }


def _revoked_when_asked(root: Authority, revoked_at: datetime) -> dict[str, Presentation]:
    """Those of which only who asks learns that something is revoked, from where the authorities publish."""
    base = root.publications.base
    status = root.authority("Demo Status CA", pointers=Pointers(base=base))
    by_ocsp = _leaf(status, "revoked-ocsp", pointers=Pointers(base=base, crl=False))
    status.revoke(by_ocsp.certificate, at=revoked_at, reason=x509.ReasonFlags.superseded)
    by_list = _leaf(status, "revoked-crl", pointers=Pointers(base=base, ocsp=False))
    status.revoke(by_list.certificate, at=revoked_at, reason=x509.ReasonFlags.cessation_of_operation)
    revoked = root.authority("Demo Revoked CA", pointers=Pointers(base=base, ocsp=False))
    root.revoke(revoked.certificate, at=revoked_at, reason=x509.ReasonFlags.ca_compromise, only_in_difference=True)
    below = _leaf(revoked, "revoked-intermediate", pointers=Pointers(base=base))
    return {
        "revoked-ocsp": _present(by_ocsp, status),
        "revoked-crl": _present(by_list, status),
        "revoked-intermediate": _present(below, revoked),
    }


def _unknown_root(other: Authority) -> Presentation:
    """The root is sent as well, so that it is clear that the chain is complete and merely not trusted."""
    root = Authority.root("Unlisted Root CA", at=other.at, publications=other.publications)
    intermediate = root.authority("Unlisted Intermediate CA")
    return _present(_leaf(intermediate, "unknown-root"), intermediate, root)


def _wrong_order(intermediate: Authority) -> Presentation:
    issuing = intermediate.authority("Demo Issuing CA")
    unrelated = Authority.root(
        "Unrelated Root CA", at=intermediate.at, publications=intermediate.publications
    ).authority("Unrelated CA")
    return _present(_leaf(issuing, "wrong-order"), intermediate, unrelated, issuing)


def _long_chain(root: Authority) -> Presentation:
    authorities = [root]
    for level in range(1, 6):
        authorities.append(authorities[-1].authority(f"Demo Level {level} CA", path_length=5 - level))
    return _present(_leaf(authorities[-1], "long-chain"), *reversed(authorities[1:]))


def _name_constraints(root: Authority) -> Presentation:
    limited = root.authority("Demo Shop CA", critical=[_permitting([f"shop.{ZONE}"])])
    return _present(_leaf(limited, "name-constraints"), limited)


def _too_complex(root: Authority) -> Presentation:
    label = "too-complex"
    permitted = [f"{label}.{ZONE}", *(f"department{number:03}.{ZONE}" for number in range(1, CONSTRAINED))]
    limited = root.authority("Demo Departments CA", critical=[_permitting(permitted)])
    names = (label, *(f"name{number:03}.{label}" for number in range(1, CONSTRAINED)))
    return _present(_leaf(limited, label, names=names), limited)


def _permitting(domains: Sequence[str]) -> x509.NameConstraints:
    return x509.NameConstraints([x509.DNSName(domain) for domain in domains], None)


def _critical(intermediate: Authority) -> Presentation:
    label = f"critical.{ZONE}"
    leaf = intermediate.leaf(distinguished_name(label), [x509.DNSName(label)], critical=[UNKNOWN_EXTENSION])
    return _present(leaf, intermediate)


def _policy(root: Authority) -> Presentation:
    strict = root.authority("Demo Strict CA", critical=[x509.PolicyConstraints(0, None)])
    label = f"policy.{ZONE}"
    policies = x509.CertificatePolicies([x509.PolicyInformation(ORGANIZATION_VALIDATED, None)])
    return _present(strict.leaf(distinguished_name(label), [x509.DNSName(label)], policies=policies), strict)


def _two_algorithms(rsa_intermediate: Authority) -> Presentation:
    label = f"two-algorithms.{ZONE}"
    leaf = rsa_intermediate.leaf(distinguished_name(label), [x509.DNSName(label)], two_algorithms=True)
    return _present(leaf, rsa_intermediate)


def _many_names() -> tuple[str, ...]:
    return ("many-names", *(f"name{number:03}.many-names" for number in range(1, NAMES)))


def _markup(root: Authority) -> Presentation:
    intermediate = root.authority(
        f"{bites.CLOSING_TAG} {bites.BOLD} CA", organization=f"{bites.BACKWARDS}{bites.CLIPBOARD}{bites.C1}"
    )
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, bites.CLOSING_TAG),
            *(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, bite) for bite in bites.EVERYTHING),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{bites.BOLD}{bites.COLOR}"),
        ]
    )
    names = [
        x509.DNSName(f"markup.{ZONE}"),
        x509.DNSName(f"{bites.CLOSING_TAG}.{ZONE}"),
        x509.DNSName(f"{bites.COLOR}.{ZONE}"),
        x509.UniformResourceIdentifier(f"https://{ZONE}/{bites.LINK}{bites.CLIPBOARD}"),
        x509.RFC822Name(bites.NEWLINES),
        x509.DirectoryName(distinguished_name(bites.BACKWARDS, organization=bites.C1)),
    ]
    notice = x509.CertificatePolicies(
        [x509.PolicyInformation(DOMAIN_VALIDATED, [x509.UserNotice(None, bites.NEWLINES + bites.BACKWARDS)])]
    )
    return _present(intermediate.leaf(subject, names, policies=notice), intermediate)


def _leaf(  # noqa: PLR0913 - each is something that an exhibit is about
    authority: Authority,
    label: str,
    *,
    names: Sequence[str] | None = None,
    key: LeafKey | None = None,
    not_before: datetime | None = None,
    sha1: bool = False,
    pointers: Pointers = NAMED,
) -> Leaf:
    """A certificate for `<label>.demo.test` or, where names are given, for these under the same domain."""
    return authority.leaf(
        distinguished_name(f"{label}.{ZONE}"),
        [x509.DNSName(f"{name}.{ZONE}") for name in ((label,) if names is None else names)],
        key=key,
        not_before=not_before,
        sha1=sha1,
        pointers=pointers,
    )


def _present(  # noqa: PLR0913 - each is something that an exhibit is about
    leaf: Leaf,
    *authorities: Authority,
    staple: bytes = b"",
    oldest: int = SSL.TLS1_2_VERSION,
    newest: int = SSL.TLS1_3_VERSION,
    weak: bool = False,
    client_authority: x509.Certificate | None = None,
) -> Presentation:
    return Presentation(
        chain=(leaf.certificate, *(authority.certificate for authority in authorities)),
        key=leaf.key,
        staple=staple,
        oldest=oldest,
        newest=newest,
        weak=weak,
        client_authority=client_authority,
    )


def _rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)
