"""Pictures and sounds by which people know a holder or an issuer. RFC 9399 §4."""

from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.decoded import Decoded, listed
from tlsglass.x509.extensions.raw import element_part
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.algorithms import HASHES
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, colon_hex, expect, inner, object_identifier, string

_KINDS = {"[0]": "Community", "[1]": "Issuer", "[2]": "Subject"}
_MEANINGS = {
    "Community": "A picture of a community that the issuer belongs to.",
    "Issuer": "A picture of the issuer.",
    "Subject": "A picture of the holder.",
    "Other": "A picture for some other purpose.",
}


def logotype(element: Element, problems: list[Problem]) -> Decoded:
    """LogotypeExtn: whose pictures there are and where they can be had. RFC 9399 §4.1."""
    parts: list[Part] = []
    for child in Contents(element).rest():
        if child.tag == "[3]":
            for other in Contents(inner(child)).rest():
                contents = Contents(other)
                purpose = object_identifier(contents.take("OBJECT IDENTIFIER"))
                parts.append(_information("Other", contents.take(), problems, f" ({purpose})"))
                contents.finish()
            continue
        whose = _KINDS.get(child.tag)
        if whose is None:
            text = f"{child.tag} is no kind of logotype."
            raise DecodeError(text, child.start)
        # Those of communities are a list, whose tag is explicit like those of the others.
        found = Contents(inner(child)).rest() if whose == "Community" else (inner(child),)
        parts.extend(_information(whose, each, problems) for each in found)
    return listed(parts)


def _information(whose: str, element: Element, problems: list[Problem], more: str = "") -> Part:
    """LogotypeInfo: the details themselves or where they are. RFC 9399 §4.1."""
    contents = Contents(element, None)
    if element.tag == "[0]":
        places, shape = _direct(element, problems), "direct"
    else:
        expect(element, "[1]")
        hashes, addresses = contents.take("SEQUENCE"), contents.take("SEQUENCE")
        contents.finish()
        places, shape = _places(hashes, addresses, problems), "indirect"
    return Part(
        label=f"{whose}{more}",
        value=", ".join(part.value for part in places if part.label == "Address") or shape,
        span=element.span,
        meaning=_MEANINGS[whose],
        children=tuple(places),
    )


def _direct(element: Element, problems: list[Problem]) -> list[Part]:
    """LogotypeData: pictures and sounds, each with its details first. RFC 9399 §4.1."""
    parts = []
    for group in element.children:
        expect(group, "SEQUENCE", "[0]")
        for medium in group.children:
            contents = Contents(medium)
            details = Contents(contents.take("SEQUENCE"))
            media_type = details.take("IA5String")
            hashes, addresses = details.take("SEQUENCE"), details.take("SEQUENCE")
            details.finish()
            meaning = "What kind of file it is."
            value = string(media_type, problems)
            parts.append(Part(label="Media type", value=value, span=media_type.span, meaning=meaning))
            parts.extend(_places(hashes, addresses, problems))
            parts.extend(element_part(more) for more in contents.rest())
    return parts


def _places(hashes: Element, addresses: Element, problems: list[Problem]) -> list[Part]:
    """Where a file can be had, and the hashes by which it is known. RFC 9399 §4.1."""
    parts = []
    for address in Contents(addresses).rest():
        meaning = "Where the file can be had."
        parts.append(Part(label="Address", value=string(address, problems), span=address.span, meaning=meaning))
    for child in Contents(hashes).rest():
        contents = Contents(child)
        algorithm = object_identifier(Contents(contents.take("SEQUENCE")).take("OBJECT IDENTIFIER"))
        octets = contents.take("OCTET STRING")
        contents.finish()
        name, value = HASHES.get(algorithm, algorithm), colon_hex(octets.content)
        parts.append(Part(label=f"Hash, {name}", value=value, span=child.span, meaning="The hash of the file."))
    return parts
