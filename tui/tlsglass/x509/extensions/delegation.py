"""Certificates by which a holder lets others act for it. RFC 3820."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, recorded
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, colon_hex, object_identifier, small_integer

_LANGUAGES = {
    "1.3.6.1.5.5.7.21.0": ("any language", "The policy is in a language that both sides know."),
    "1.3.6.1.5.5.7.21.1": ("inherit all", "The holder has all rights of the issuer."),
    "1.3.6.1.5.5.7.21.2": ("independent", "The holder has no rights of the issuer."),
}


def proxy_certificate_information(element: Element, _: list[Problem]) -> Decoded:
    """RFC 3820 §3.8."""
    contents = Contents(element)
    parts = []
    if length := contents.optional("INTEGER"):
        meaning = "How many proxy certificates may follow below this one."
        parts.append(Part(label="Path length", value=str(small_integer(length)), span=length.span, meaning=meaning))
    policy = Contents(contents.take("SEQUENCE"))
    contents.finish()
    language = policy.take("OBJECT IDENTIFIER")
    oid = object_identifier(language)
    name, meaning = _LANGUAGES.get(oid, (oid, "The language that the policy is written in."))
    parts.append(Part(label="Language", value=name, span=language.span, meaning=f"{meaning} ({oid})"))
    if rules := policy.optional("OCTET STRING"):
        meaning = "What the holder may do in the issuer's name."
        parts.append(Part(label="Policy", value=colon_hex(rules.content), span=rules.span, meaning=meaning))
    policy.finish()
    return recorded(parts)
