"""Which key, and under which further names. RFC 5280 §4.2.1.1, §4.2.1.2, §4.2.1.6 to §4.2.1.8."""

from tlsglass.text import one_a_line
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.decoded import Decoded, listed, recorded
from tlsglass.x509.extensions.raw import shown
from tlsglass.x509.general_names import NamedElement, read_general_names
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.attributes import attribute_label
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, colon_hex, expect, object_identifier


def read_subject_key_id(element: Element) -> bytes:
    """RFC 5280 §4.2.1.2.

    Raises:
        DecodeError: it is no OCTET STRING.
    """
    expect(element, "OCTET STRING")
    return element.content


def read_authority_key_id(element: Element) -> bytes | None:
    """The keyIdentifier; None where the key is named in another way. RFC 5280 §4.2.1.1.

    Raises:
        DecodeError: it is not well-formed.
    """
    found = Contents(element).optional("[0]")
    return found.content if found else None


def subject_key_identifier(element: Element, _: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.2."""
    return listed(
        [Part(label="Key id", value=colon_hex(read_subject_key_id(element)), span=element.span, key="key_id")]
    )


def authority_key_identifier(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.1."""
    contents = Contents(element)
    parts = []
    if found := contents.optional("[0]"):
        meaning = "The identifier of the issuer's key, as its subject key identifier has it."
        parts.append(
            Part(label="Key id", value=colon_hex(found.content), span=found.span, key="key_id", meaning=meaning)
        )
    if found := contents.optional("[1]"):
        meaning = "The name of the authority that issued the issuer's certificate."
        parts.extend(
            Part(
                label="Issuer of the issuer",
                value=f"{name.name.kind}:{name.text}",
                span=name.element.span,
                meaning=meaning,
                children=name.part.children,
            )
            for name in read_general_names(found, problems, None)
        )
    if found := contents.optional("[2]"):
        meaning = "The serial number of the issuer's certificate."
        parts.append(
            Part(label="Serial", value=colon_hex(found.content), span=found.span, key="serial", meaning=meaning)
        )
    contents.finish()
    return recorded(parts)


def alternative_names(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.6, §4.2.1.7."""
    names = read_general_names(element, problems)
    if element.children and not names:
        text = "None of the names can be read."
        raise DecodeError(text, element.start)
    return named(names)


def named(names: list[NamedElement]) -> Decoded:
    """Names as the value of an extension: `DNS:a.example`, one a line."""
    value = one_a_line(f"{name.name.kind}:{name.text}" for name in names)
    return Decoded(value=value, parts=tuple(name.part for name in names))


def subject_directory_attributes(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.8."""
    parts = []
    for child in Contents(element).rest():
        contents = Contents(child)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        values = Contents(contents.take("SET"), "SET").rest()
        contents.finish()
        value = ", ".join(shown(item, problems) for item in values)
        parts.append(Part(label=attribute_label(oid), value=value, span=child.span))
    return recorded(parts)
