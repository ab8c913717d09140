"""What a key may be used for, and when. RFC 5280 §4.2.1.3, §4.2.1.12."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed, recorded
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.purposes import EXTENDED_KEY_USAGES, KEY_USAGES
from tlsglass.x509.parts import Part
from tlsglass.x509.times import plain, time
from tlsglass.x509.values import Contents, bit_numbers, expect, object_identifier

_NETSCAPE_TYPES = (
    ("SSL client", "The certificate may identify an SSL client."),
    ("SSL server", "The certificate may identify an SSL server."),
    ("S/MIME", "The certificate may be used for mail."),
    ("Object signing", "The certificate may sign programs."),
    ("reserved", "A bit that was kept for later use."),
    ("SSL CA", "The holder may issue certificates for SSL."),
    ("S/MIME CA", "The holder may issue certificates for mail."),
    ("Object signing CA", "The holder may issue certificates for signing programs."),
)


def read_key_usage(element: Element) -> frozenset[str]:
    """The names of the bits that are set. RFC 5280 §4.2.1.3.

    Raises:
        DecodeError: it is no list of bits.
    """
    return frozenset(name for name, _ in _named_bits(element, KEY_USAGES))


def read_extended_key_usage(element: Element) -> tuple[str, ...]:
    """The dotted OIDs of the purposes. RFC 5280 §4.2.1.12.

    Raises:
        DecodeError: it is no list of OIDs.
    """
    return tuple(_identifier(child) for child in Contents(element).rest())


def key_usage(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.3."""
    return _usage_bits(element, problems, KEY_USAGES)


def netscape_cert_type(element: Element, problems: list[Problem]) -> Decoded:
    """The bit string of the Netscape certificate type extension."""
    return _usage_bits(element, problems, _NETSCAPE_TYPES)


def extended_key_usage(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.12."""
    parts = []
    for oid, child in zip(read_extended_key_usage(element), element.children, strict=True):
        name, purpose = EXTENDED_KEY_USAGES.get(oid, (oid, "a purpose that is not known here"))
        meaning = f"The certificate may be used for {purpose} ({oid})."
        parts.append(Part(label="Purpose", value=name, span=child.span, meaning=meaning))
    if not parts:
        problems.append(Problem(text="The list of purposes is empty.", offset=element.start))
    return listed(parts)


def private_key_usage_period(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 3280 §4.2.1.4."""
    contents = Contents(element)
    parts = []
    for tag, label in (("[0]", "Not before"), ("[1]", "Not after")):
        if found := contents.optional(tag):
            moment = time(found, problems, tag="GeneralizedTime")
            parts.append(Part(label=label, value=plain(moment), span=found.span))
    contents.finish()
    return recorded(parts)


def _identifier(element: Element) -> str:
    expect(element, "OBJECT IDENTIFIER")
    return object_identifier(element)


def _named_bits(element: Element, names: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    expect(element, "BIT STRING")
    return [
        names[number] if number < len(names) else (f"bit {number}", "A bit without a meaning in the standard.")
        for number in sorted(bit_numbers(element))
    ]


def _usage_bits(element: Element, problems: list[Problem], names: tuple[tuple[str, str], ...]) -> Decoded:
    usages = _named_bits(element, names)
    if not usages:
        problems.append(Problem(text="No usage is named: none of the bits is set.", offset=element.start))
    return listed([Part(label="Usage", value=name, span=element.span, meaning=meaning) for name, meaning in usages])
