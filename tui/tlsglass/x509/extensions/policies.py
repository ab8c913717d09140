"""Certificate policies and their mappings. RFC 5280 §4.2.1.4, §4.2.1.5."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed
from tlsglass.x509.extensions.raw import shown
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.policies import policy_text
from tlsglass.x509.oids.purposes import EXTENDED_KEY_USAGES
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, object_identifier, small_integer, string

_CPS = "1.3.6.1.5.5.7.2.1"
_USER_NOTICE = "1.3.6.1.5.5.7.2.2"


def read_policies(element: Element) -> tuple[str, ...]:
    """The policies' OIDs, dotted and in their order. RFC 5280 §4.2.1.4.

    Raises:
        DecodeError: it is not well-formed; qualifiers are not looked at.
    """
    return tuple(object_identifier(Contents(child).take("OBJECT IDENTIFIER")) for child in Contents(element).rest())


def read_policy_mappings(element: Element) -> tuple[tuple[str, str], ...]:
    """Pairs of OIDs, dotted: the issuer's policy and the subject's that is as good. RFC 5280 §4.2.1.5.

    Raises:
        DecodeError: it is not well-formed.
    """
    found = []
    for child in Contents(element).rest():
        contents = Contents(child)
        issuer = object_identifier(contents.take("OBJECT IDENTIFIER"))
        subject = object_identifier(contents.take("OBJECT IDENTIFIER"))
        contents.finish()
        found.append((issuer, subject))
    return tuple(found)


def certificate_policies(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.4."""
    parts = []
    for child in Contents(element).rest():
        contents = Contents(child)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        qualifiers = contents.optional("SEQUENCE")
        contents.finish()
        children = Contents(qualifiers).rest() if qualifiers else ()
        parts.append(
            Part(
                label="Policy",
                value=policy_text(oid),
                span=child.span,
                meaning="A set of rules that the certificate was issued under.",
                children=tuple(_qualifier(qualifier, problems) for qualifier in children),
            )
        )
    return listed(parts)


def application_policies(element: Element, _: list[Problem]) -> Decoded:
    """The purposes of a Windows certificate, in the form of policies. [MS-WCCE] §2.2.2.7.7.3."""
    parts = []
    for child in Contents(element).rest():
        oid = object_identifier(Contents(child).take("OBJECT IDENTIFIER"))
        name, purpose = EXTENDED_KEY_USAGES.get(oid, (oid, "a purpose that is not known here"))
        meaning = f"The certificate may be used for {purpose} ({oid})."
        parts.append(Part(label="Purpose", value=name, span=child.span, meaning=meaning))
    return listed(parts)


def policy_mappings(element: Element, _: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.5."""
    pairs = zip(element.children, read_policy_mappings(element), strict=True)
    return listed(
        [
            Part(label="Mapping", value=f"{policy_text(issuer)} -> {policy_text(subject)}", span=child.span)
            for child, (issuer, subject) in pairs
        ]
    )


def _qualifier(element: Element, problems: list[Problem]) -> Part:
    """Where the policy can be read, or a notice on it. RFC 5280 §4.2.1.4."""
    contents = Contents(element)
    oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
    value = contents.take()
    contents.finish()
    if oid == _CPS:
        meaning = "Where the rules of the issuer, its certification practice statement, can be read."
        return Part(label="CPS", value=string(value, problems), span=element.span, meaning=meaning)
    if oid == _USER_NOTICE:
        meaning = "A notice that is to be shown to people who rely on the certificate."
        return Part(label="Notice", value=_notice(value, problems), span=element.span, meaning=meaning)
    return Part(label=f"Qualifier {oid}", value=shown(value, problems), span=element.span)


def _notice(element: Element, problems: list[Problem]) -> str:
    contents = Contents(element)
    pieces = []
    if reference := contents.optional("SEQUENCE"):
        notice = Contents(reference)
        organization = string(notice.take(), problems)
        numbers = ", ".join(str(small_integer(number)) for number in Contents(notice.take("SEQUENCE")).rest())
        pieces.append(f"{organization}, {numbers}" if numbers else organization)
    if contents.peek():
        pieces.insert(0, string(contents.take(), problems))
    contents.finish()
    return " · ".join(pieces)
