"""Where more can be had: issuers' certificates, status, revocation lists. RFC 5280 §4.2.1.13, §4.2.2."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, recorded
from tlsglass.x509.general_names import NamedElement, read_general_name, read_general_names
from tlsglass.x509.model import Problem
from tlsglass.x509.names import escape
from tlsglass.x509.oids.attributes import SHORT_NAMES
from tlsglass.x509.parts import Part
from tlsglass.x509.values import STRINGS, Contents, bit_numbers, object_identifier, string

OCSP = "1.3.6.1.5.5.7.48.1"
CA_ISSUERS = "1.3.6.1.5.5.7.48.2"

_METHODS = {
    OCSP: ("OCSP", "Where the certificate's status can be asked."),
    CA_ISSUERS: ("CA issuers", "Where the issuer's certificate can be had."),
    "1.3.6.1.5.5.7.48.3": ("Time stamping", "Where time stamps can be had."),
    "1.3.6.1.5.5.7.48.5": ("CA repository", "Where certificates that the holder issued are published."),
    "1.3.6.1.5.5.7.48.10": ("RPKI manifest", "Where the list of the objects in a repository is."),
    "1.3.6.1.5.5.7.48.11": ("Signed object", "Where the object that was signed with this key is."),
    "1.3.6.1.5.5.7.48.13": ("RPKI notification", "Where changes of a repository are told."),
}
REASONS = (
    "unused",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "certificateHold",
    "privilegeWithdrawn",
    "aACompromise",
)
"""Why certificates are revoked, by the number of the bit. RFC 5280 §4.2.1.13."""


def read_access(element: Element, problems: list[Problem]) -> list[tuple[str, NamedElement]]:
    """The access methods, as dotted OIDs, with their locations. RFC 5280 §4.2.2.1.

    Raises:
        DecodeError: it is no list of access descriptions.
    """
    found = []
    for child in Contents(element).rest():
        contents = Contents(child)
        method = object_identifier(contents.take("OBJECT IDENTIFIER"))
        found.append((method, read_general_name(contents.take(), problems)))
        contents.finish()
    return found


def information_access(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.2.1, §4.2.2.2."""
    parts = []
    for method, location in read_access(element, problems):
        label, meaning = _METHODS.get(method, (method, "A kind of access that is not known here."))
        parts.append(
            Part(
                label=label,
                value=location.text,
                span=location.element.span,
                meaning=meaning,
                children=location.part.children,
            )
        )
    return recorded(parts)


def distribution_points(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.13, §4.2.1.15."""
    parts: list[Part] = []
    for child in Contents(element).rest():
        contents = Contents(child)
        if point := contents.optional("[0]"):
            parts.extend(point_names(point, problems))
        if reasons := contents.optional("[1]"):
            names = [REASONS[n] if n < len(REASONS) else f"bit {n}" for n in sorted(bit_numbers(reasons))]
            meaning = "The list only has certificates that were revoked for these reasons."
            parts.append(Part(label="Reasons", value=", ".join(names), span=reasons.span, meaning=meaning))
        if issuer := contents.optional("[2]"):
            meaning = "Who signs the list, where it is not the certificate's issuer."
            parts.extend(
                Part(label="CRL issuer", value=name.text, span=name.element.span, meaning=meaning)
                for name in read_general_names(issuer, problems, None)
            )
        contents.finish()
    return recorded(parts)


def point_names(point: Element, problems: list[Problem]) -> list[Part]:
    """The names of one distribution point: full ones, or one relative to the issuer's. RFC 5280 §4.2.1.13.

    Args:
        point: what holds the DistributionPointName, which is a choice and so tagged explicitly.
        problems: what is wrong with single names is added here.

    Raises:
        DecodeError: it is no distribution point.
    """
    contents = Contents(point, None)
    meaning = "Where the revocation list can be had."
    full = contents.optional("[0]")
    parts = []
    if full is not None:
        parts = [
            Part(label=name.name.kind, value=name.text, span=name.element.span, meaning=meaning)
            for name in read_general_names(full, problems, None)
        ]
    else:
        relative = contents.take("[1]")
        value = "+".join(_relative(attribute, problems) for attribute in Contents(relative, None).rest())
        meaning = "The name of the list, relative to the name of its issuer."
        parts = [Part(label="Relative name", value=value, span=relative.span, meaning=meaning)]
    contents.finish()
    return parts


def _relative(element: Element, problems: list[Problem]) -> str:
    contents = Contents(element)
    oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
    value = contents.take(*STRINGS)
    contents.finish()
    return f"{SHORT_NAMES.get(oid, oid)}={escape(string(value, problems))}"
