"""Authorities that may issue for certain names only, in every form of name that there is. RFC 5280 §4.2.1.10."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from cryptography import x509
from cryptography.x509.oid import NameOID

from tlsglass.demo.authority import distinguished_name
from tlsglass.demo.changes import having
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations.model import Authorities, Presentation, filed, leaf, present

CONSTRAINED = 600
"""How many names the certificate of too-complex has, and how many constraints its issuer: 360,000 comparisons."""

_Names = Sequence[x509.GeneralName]

_SHOP = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Demo Shop")]))
_BANK = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Demo Bank")]))
_NETWORK = x509.IPAddress(ip_network("192.0.2.0/24"))
_OTHER_NETWORK = x509.IPAddress(ip_network("198.51.100.0/24"))
_ADDRESS = x509.IPAddress(ip_address("198.51.100.7"))
_MAIL = x509.RFC822Name("shop@example.net")
_URI = x509.UniformResourceIdentifier("https://shop.example.net/")


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    return {"name-constraints": _name_constraints(by), "too-complex": _too_complex(by)}


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    zone = x509.DNSName(ZONE)
    return {
        "constraints-kept": _kept(by),
        "excluded-name": _limited(
            by, "excluded-name", permitted=[zone], excluded=[x509.DNSName(f"excluded-name.{ZONE}")]
        ),
        "outside-address": _limited(by, "outside-address", permitted=[_NETWORK], names=[_ADDRESS]),
        "excluded-address": _limited(by, "excluded-address", excluded=[_OTHER_NETWORK], names=[_ADDRESS]),
        "outside-mail": _limited(by, "outside-mail", permitted=[x509.RFC822Name("example.com")], more=[_MAIL]),
        "excluded-mail": _limited(by, "excluded-mail", excluded=[x509.RFC822Name("example.net")], more=[_MAIL]),
        "outside-directory": _limited(by, "outside-directory", permitted=[_SHOP], organization="Demo Bank"),
        "excluded-directory": _limited(by, "excluded-directory", excluded=[_BANK], organization="Demo Bank"),
        "outside-uri": _limited(
            by, "outside-uri", permitted=[x509.UniformResourceIdentifier("example.com")], more=[_URI]
        ),
        "excluded-uri": _limited(
            by, "excluded-uri", excluded=[x509.UniformResourceIdentifier(".example.net")], more=[_URI]
        ),
    }


def _kept(by: Authorities) -> tuple[bytes, ...]:
    more = [
        x509.IPAddress(ip_address("192.0.2.7")),
        x509.RFC822Name("shop@example.com"),
        x509.UniformResourceIdentifier("https://www.example.com/"),
    ]
    permitted = [
        x509.DNSName(ZONE),
        _NETWORK,
        x509.RFC822Name("example.com"),
        x509.UniformResourceIdentifier(".example.com"),
        _SHOP,
    ]
    return _limited(by, "constraints-kept", permitted=permitted, more=more, organization="Demo Shop")


def _limited(  # noqa: PLR0913 - what is allowed and what is not, by name
    by: Authorities,
    label: str,
    *,
    permitted: _Names | None = None,
    excluded: _Names | None = None,
    names: _Names | None = None,
    more: _Names = (),
    organization: str | None = None,
) -> tuple[bytes, ...]:
    """A site's certificate, and that of an authority that is limited.

    Args:
        by: who issues for the zoo.
        label: the id of the exhibit.
        permitted: the permitted subtrees.
        excluded: the excluded subtrees.
        names: what the certificate is for; its own name unless given.
        more: names beside that.
        organization: what its subject has beside the common name.
    """
    limits = x509.NameConstraints(permitted, excluded)
    authority = by.root.authority(f"Demo {label.title()} CA", changes=[having(limits, critical=True)])
    own = [x509.DNSName(f"{label}.{ZONE}")] if names is None else names
    subject = distinguished_name(f"{label}.{ZONE}", organization=organization)
    return filed(authority.leaf(subject, [*own, *more]), authority)


def _name_constraints(by: Authorities) -> Presentation:
    limited = by.root.authority("Demo Shop CA", changes=[having(_permitting([f"shop.{ZONE}"]), critical=True)])
    return present(leaf(limited, "name-constraints"), limited)


def _too_complex(by: Authorities) -> Presentation:
    label = "too-complex"
    permitted = [f"{label}.{ZONE}", *(f"department{number:03}.{ZONE}" for number in range(1, CONSTRAINED))]
    limited = by.root.authority("Demo Departments CA", changes=[having(_permitting(permitted), critical=True)])
    names = (label, *(f"name{number:03}.{label}" for number in range(1, CONSTRAINED)))
    return present(leaf(limited, label, names=names), limited)


def _permitting(domains: Sequence[str]) -> x509.NameConstraints:
    return x509.NameConstraints([x509.DNSName(domain) for domain in domains], None)
