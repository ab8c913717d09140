"""Extensions that say a thing by being there, and features of TLS. RFC 7633, RFC 6962 §3.1, RFC 8737."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, colon_hex, expect, small_integer

STATUS_REQUEST = 5
"""The TLS extension by which a client asks for a stapled OCSP response. RFC 6066 §8."""

_FEATURES = {
    STATUS_REQUEST: ("status_request", "The server promises to staple an OCSP response: must-staple."),
    17: ("status_request_v2", "The server promises to staple OCSP responses for its whole chain."),
}
_HASH_SIZE = 32


def read_tls_features(element: Element) -> tuple[int, ...]:
    """The numbers of the TLS extensions that the server promises. RFC 7633 §4.1.

    Raises:
        DecodeError: it is no list of numbers.
    """
    features = []
    for child in Contents(element).rest():
        expect(child, "INTEGER")
        features.append(small_integer(child))
    return tuple(features)


def tls_feature(element: Element, _: list[Problem]) -> Decoded:
    """RFC 7633 §4.1."""
    parts = []
    for number, child in zip(read_tls_features(element), element.children, strict=True):
        name, meaning = _FEATURES.get(number, (f"extension {number}", "A TLS extension that is not known here."))
        parts.append(Part(label="Feature", value=name, span=child.span, meaning=meaning))
    return listed(parts)


def marker(element: Element, problems: list[Problem]) -> Decoded:
    """An extension whose value is NULL."""
    expect(element, "NULL")
    if element.content:
        problems.append(Problem(text="NULL is not empty.", offset=element.start))
    return Decoded(value="present")


def acme_identifier(element: Element, problems: list[Problem]) -> Decoded:
    """The SHA-256 of the key authorization. RFC 8737 §3."""
    expect(element, "OCTET STRING")
    size = len(element.content)
    if size != _HASH_SIZE:
        problems.append(Problem(text=f"The hash has {size} bytes, not {_HASH_SIZE}.", offset=element.start))
    return listed([Part(label="Hash", value=colon_hex(element.content), span=element.span)])
