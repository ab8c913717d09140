"""Where a certificate says that its status can be had: OCSP responders, and points where lists are. RFC 5280 §4.2."""

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_POINTS
from tlsglass.x509 import encoding
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.locations import REASONS
from tlsglass.x509.general_names import read_general_name
from tlsglass.x509.model import Certificate, Name
from tlsglass.x509.values import Contents, bit_numbers, inner

ALL_REASONS = frozenset(REASONS[1:])
"""Every reason that a list can be limited to; the first bit is not used."""

_POINTS = "2.5.29.31"
_FRESHEST = "2.5.29.46"
_SEQUENCE = 0x30
_SET = 0x31


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionPoint:
    """One place where a list is to be had. RFC 5280 §4.2.1.13."""

    urls: tuple[str, ...]
    """Addresses of any scheme. Not yet made printable."""

    names: frozenset[bytes]
    """Its names in a form that is the same for names that match, by which a list says what part of all it is."""

    reasons: frozenset[str] | None
    """The only reasons that its list knows of; None where it knows all."""

    issuers: tuple[str, ...]
    """Who signs the list, where it is not the certificate's issuer. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Whom one could ask about a certificate."""

    ocsp: tuple[str, ...]
    """Addresses of responders. Not yet made printable."""

    points: tuple[DistributionPoint, ...]
    """Where lists are."""

    freshest: tuple[DistributionPoint, ...]
    """Where delta lists are. RFC 5280 §4.2.1.15."""

    @property
    def urls(self) -> tuple[str, ...]:
        """All addresses, responders first."""
        return (*self.ocsp, *(url for point in (*self.points, *self.freshest) for url in point.urls))


def sources(certificate: Certificate) -> Sources:
    """Whom the certificate names.

    Args:
        certificate: any; what can't be read in it names nobody.
    """
    values = {extension.oid: extension.der for extension in reversed(certificate.extensions)}
    return Sources(
        ocsp=tuple(dict.fromkeys(certificate.ocsp_responders)),
        points=read_points(values.get(_POINTS, b""), certificate.issuer),
        freshest=read_points(values.get(_FRESHEST, b""), certificate.issuer),
    )


def points_passed_over(certificate: Certificate) -> int:
    """How many distribution points of a certificate are not looked at, since there are too many.

    Args:
        certificate: any.
    """
    values = {extension.oid: extension.der for extension in reversed(certificate.extensions)}
    found = [read(values.get(oid, b"")).elements for oid in (_POINTS, _FRESHEST)]
    return sum(max(0, len(elements[0].children) - MOST_POINTS) for elements in found if elements)


def read_points(der: bytes, issuer: Name) -> tuple[DistributionPoint, ...]:
    """The points of a CRLDistributionPoints or FreshestCRL value.

    Args:
        der: the value; none are read from what is none.
        issuer: whose names relative ones are relative to.
    """
    elements = read(der).elements
    if not elements:
        return ()
    found = []
    for element in elements[0].children[:MOST_POINTS]:
        try:
            found.append(_point(element, issuer))
        except DecodeError:
            continue  # it names nobody; that it can't be read is a fact of the certificate and told as such
    return tuple(found)


def point_names(point: Element, issuer: Name) -> tuple[tuple[str, ...], frozenset[bytes]]:
    """The addresses of a DistributionPointName, and all its names in a form that can be compared.

    Args:
        point: what holds it.
        issuer: whose names relative ones are relative to.

    Raises:
        DecodeError: it is none.
    """
    choice = inner(point)
    if (
        choice.tag == "[1]"
    ):  # nameRelativeToCRLIssuer: one more relative name at the end of the issuer's. RFC 5280 §4.2.1.13
        whole = encoding.joined(_SEQUENCE, _content(issuer.der), encoding.joined(_SET, choice.content))
        return (), frozenset({encoding.matching_key(whole)})
    urls, names = [], set()
    for name in Contents(choice, None).rest():
        if name.tag == "[6]":
            urls.append(read_general_name(name, []).text)
        names.add(encoding.matching_key(inner(name).encoded) if name.tag == "[4]" else name.encoded)
    return tuple(dict.fromkeys(urls)), frozenset(names)


def reason_names(element: Element) -> frozenset[str]:
    """The names in ReasonFlags; bits that have none are passed over.

    Args:
        element: the flags.

    Raises:
        DecodeError: they can't be read.
    """
    return frozenset(REASONS[number] for number in bit_numbers(element) if 0 < number < len(REASONS))


def _point(element: Element, issuer: Name) -> DistributionPoint:
    contents = Contents(element)
    point, reasons, issuers = contents.optional("[0]"), contents.optional("[1]"), contents.optional("[2]")
    contents.finish()
    signers = tuple(read_general_name(name, []).text for name in Contents(issuers, None).rest()) if issuers else ()
    urls, names = point_names(point, issuer) if point else ((), frozenset[bytes]())
    return DistributionPoint(
        urls=urls, names=names, reasons=reason_names(reasons) if reasons else None, issuers=signers
    )


def _content(name: bytes) -> bytes:
    elements = read(name).elements
    return elements[0].content if elements else b""
