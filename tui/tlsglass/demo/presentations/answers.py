"""What comes after the handshake is the point of these, but for the one whose names bite."""

from cryptography import x509
from cryptography.x509.oid import NameOID

from tlsglass.demo import bites
from tlsglass.demo.authority import DOMAIN_VALIDATED, distinguished_name
from tlsglass.demo.changes import having
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    ordinary = {label: present(leaf(by.intermediate, label), by.intermediate) for label in ("large", "slow", "no-http")}
    return {**ordinary, "markup": _markup(by)}


def _markup(by: Authorities) -> Presentation:
    intermediate = by.root.authority(
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
    return present(intermediate.leaf(subject, names, changes=[having(notice)]), intermediate)
