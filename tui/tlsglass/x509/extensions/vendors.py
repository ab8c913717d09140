"""Extensions of Microsoft's and Netscape's own. [MS-WCCE] §2.2.2.7.7, [MS-CSRA] §3.1.4.1.6."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed, recorded
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, colon_hex, expect, inner, object_identifier, small_integer, string

_INDEX_BITS = 16


def text_value(element: Element, problems: list[Problem]) -> Decoded:
    """An extension that is a single character string."""
    return listed([Part(label="Text", value=string(element, problems), span=element.span)])


def octets_value(element: Element, _: list[Problem]) -> Decoded:
    """An extension that is a single OCTET STRING."""
    expect(element, "OCTET STRING")
    return listed([Part(label="Bytes", value=colon_hex(element.content), span=element.span)])


def ca_version(element: Element, _: list[Problem]) -> Decoded:
    """The place of a CA's certificate among all that it had, and of the one that first had its key, both from 0.

    [MS-WCCE] §3.2.1.4.3.2.39.
    """
    expect(element, "INTEGER")
    number = small_integer(element)
    parts = [
        Part(label="Certificate index", value=str(number & (1 << _INDEX_BITS) - 1), span=element.span),
        Part(label="Key index", value=str(number >> _INDEX_BITS), span=element.span),
    ]
    return recorded(parts)


def certificate_template(element: Element, _: list[Problem]) -> Decoded:
    """The template by its OID, with its version."""
    contents = Contents(element)
    oid = contents.take("OBJECT IDENTIFIER")
    parts = [Part(label="Template", value=object_identifier(oid), span=oid.span)]
    if major := contents.optional("INTEGER"):
        parts.append(Part(label="Major version", value=str(small_integer(major)), span=major.span))
    if minor := contents.optional("INTEGER"):
        parts.append(Part(label="Minor version", value=str(small_integer(minor)), span=minor.span))
    contents.finish()
    return recorded(parts)


def security_identifier(element: Element, _: list[Problem]) -> Decoded:
    """The SID of an account, inside an OtherName inside a list."""
    contents = Contents(element)
    name = Contents(contents.take("[0]"), None)
    contents.finish()
    name.take("OBJECT IDENTIFIER")
    value = inner(name.take("[0]"))
    name.finish()
    expect(value, "OCTET STRING")
    text = value.content.decode("ascii", "backslashreplace")
    return listed([Part(label="Security identifier", value=text, span=value.span)])
