"""What revocation lists, their entries and OCSP responses say in extensions. RFC 5280 §5.2, §5.3, RFC 6960 §4.4."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, recorded
from tlsglass.x509.extensions.locations import REASONS, point_names
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.times import plain, time
from tlsglass.x509.values import Contents, bit_numbers, boolean, colon_hex, expect, integer, small_integer

_CODES = {
    0: "unspecified",
    1: "keyCompromise",
    2: "cACompromise",
    3: "affiliationChanged",
    4: "superseded",
    5: "cessationOfOperation",
    6: "certificateHold",
    8: "removeFromCRL",
    9: "privilegeWithdrawn",
    10: "aACompromise",
}
_LARGEST_DECIMAL = 160
"""Bits of a list's number that are shown in decimal: as many as it may have."""

_SCOPES = {
    "[1]": ("Only user certificates", "The list has no certificates of authorities."),
    "[2]": ("Only CA certificates", "The list only has certificates of authorities."),
    "[4]": ("Indirect", "The list has certificates of other issuers too."),
    "[5]": ("Only attribute certificates", "The list only has attribute certificates."),
}


def reason_name(element: Element) -> str:
    """The name of a CRLReason: 'keyCompromise'. RFC 5280 §5.3.1.

    Args:
        element: the number.

    Raises:
        DecodeError: it is no such number.
    """
    expect(element, "ENUMERATED")
    number = small_integer(element)
    return _CODES.get(number, f"reason {number}")


def reason(element: Element, _problems: list[Problem]) -> Decoded:
    """RFC 5280 §5.3.1."""
    return Decoded(value=reason_name(element))


def moment(element: Element, problems: list[Problem]) -> Decoded:
    """An extension that is one moment. RFC 5280 §5.3.2, RFC 6960 §4.4.4."""
    return Decoded(value=plain(time(element, problems)))


def nonce(element: Element, _problems: list[Problem]) -> Decoded:
    """RFC 9654 §2.1."""
    expect(element, "OCTET STRING")
    return Decoded(value=colon_hex(element.content))


def list_number(element: Element, problems: list[Problem]) -> Decoded:
    """The number of a revocation list, of up to 20 octets. RFC 5280 §5.2.3, §5.2.4."""
    expect(element, "INTEGER")
    number = integer(element, problems)
    return Decoded(value=str(number) if number.bit_length() <= _LARGEST_DECIMAL else f"{number:#x}")


def issuing_distribution_point(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §5.2.5."""
    contents = Contents(element)
    parts: list[Part] = []
    if point := contents.optional("[0]"):
        parts.extend(point_names(point, problems))
    while part := contents.optional("[1]", "[2]", "[3]", "[4]", "[5]"):
        parts.append(_scope(part, problems))
    contents.finish()
    return recorded(parts)


def _scope(element: Element, problems: list[Problem]) -> Part:
    if element.tag == "[3]":
        names = [REASONS[n] if n < len(REASONS) else f"bit {n}" for n in sorted(bit_numbers(element))]
        meaning = "The list only has certificates that were revoked for these reasons."
        return Part(label="Reasons", value=", ".join(names), span=element.span, meaning=meaning)
    label, meaning = _SCOPES[element.tag]
    return Part(label=label, value="yes" if boolean(element, problems) else "no", span=element.span, meaning=meaning)
