"""Statements of qualified certificates and numbers of organizations. RFC 3739 §3.2.6, ETSI EN 319 412-5."""

from collections.abc import Callable

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, recorded
from tlsglass.x509.extensions.raw import element_part, shown
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.policies import QC_TYPES, STATEMENTS
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, object_identifier, small_integer, string

_LIMIT = "0.4.0.1862.1.2"
_RETENTION = "0.4.0.1862.1.3"
_DISCLOSURE = "0.4.0.1862.1.5"
_TYPE = "0.4.0.1862.1.6"
_LEGISLATION = "0.4.0.1862.1.7"
_PAYMENT_SERVICES = "0.4.0.19495.2"
_LARGEST_EXPONENT = 30

_MEANINGS = {
    "0.4.0.1862.1.1": "The certificate is qualified under the EU's regulation or a like law.",
    _LIMIT: "The largest value of a transaction that the certificate may be used for.",
    _RETENTION: "How many years the issuer keeps what it knows about the holder after the end of validity.",
    "0.4.0.1862.1.4": "The private key lies in a certified signature device.",
    _DISCLOSURE: "Where the issuer's disclosure statement can be read.",
    _TYPE: "What the qualified certificate is for.",
    _LEGISLATION: "The country under whose law the certificate is qualified.",
    _PAYMENT_SERVICES: "The role of the holder as a payment service provider and the authority that admitted it.",
}


def qualified_statements(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 3739 §3.2.6."""
    parts = []
    for child in Contents(element).rest():
        contents = Contents(child)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        information = contents.take() if contents.peek() else None
        contents.finish()
        known = information is None or oid in _MEANINGS
        parts.append(
            Part(
                label=STATEMENTS.get(oid, oid),
                value="yes" if information is None else _information(oid, information, problems),
                span=child.span,
                meaning=_MEANINGS.get(oid, f"A statement of the issuer, {oid}."),
                children=() if known or information is None else (element_part(information),),
            )
        )
    return recorded(parts)


def organization_identifier(element: Element, problems: list[Problem]) -> Decoded:
    """CA/Browser Forum EV Guidelines §7.1.2.2, cabfOrganizationIdentifier."""
    contents = Contents(element)
    parts = [_text_part("Register", contents.take("PrintableString"), problems)]
    parts.append(_text_part("Country", contents.take("PrintableString"), problems))
    if state := contents.optional("[0]"):
        value = string(state, problems, tag="PrintableString")
        parts.append(Part(label="State or province", value=value, span=state.span))
    parts.append(_text_part("Number", contents.take("UTF8String", "PrintableString"), problems))
    contents.finish()
    return recorded(parts)


def _text_part(label: str, element: Element, problems: list[Problem]) -> Part:
    return Part(label=label, value=string(element, problems), span=element.span)


def _information(oid: str, element: Element, problems: list[Problem]) -> str:
    """What a statement says beyond being made."""
    reader = _READERS.get(oid)
    if reader is not None:
        return reader(element, problems)
    return element.encoded.hex() if element.constructed else shown(element, problems)


def _years(element: Element, _: list[Problem]) -> str:
    return f"{small_integer(element)} years"


def _types(element: Element, _: list[Problem]) -> str:
    oids = [object_identifier(child) for child in Contents(element).rest()]
    return ", ".join(QC_TYPES.get(oid, oid) for oid in oids)


def _countries(element: Element, problems: list[Problem]) -> str:
    return ", ".join(string(child, problems) for child in Contents(element).rest())


def _amount(element: Element, _: list[Problem]) -> str:
    """A MonetaryValue. ETSI EN 319 412-5 §4.3.2."""
    contents = Contents(element)
    currency = contents.take("PrintableString", "INTEGER")
    amount, exponent = small_integer(contents.take("INTEGER")), small_integer(contents.take("INTEGER"))
    contents.finish()
    name = shown(currency, [])
    if 0 <= exponent <= _LARGEST_EXPONENT:
        return f"{amount * 10**exponent} {name}"
    return f"{amount}e{exponent} {name}"


def _disclosures(element: Element, problems: list[Problem]) -> str:
    return ", ".join(_disclosure(child, problems) for child in Contents(element).rest())


def _disclosure(element: Element, problems: list[Problem]) -> str:
    contents = Contents(element)
    address, language = string(contents.take(), problems), string(contents.take(), problems)
    contents.finish()
    return f"{address} ({language})"


def _payment_services(element: Element, problems: list[Problem]) -> str:
    """The roles and the authority. ETSI TS 119 495 §5.1."""
    contents = Contents(element)
    roles = []
    for child in Contents(contents.take("SEQUENCE")).rest():
        role = Contents(child)
        role.take("OBJECT IDENTIFIER")
        roles.append(string(role.take(), problems))
        role.finish()
    name, identifier = string(contents.take(), problems), string(contents.take(), problems)
    contents.finish()
    return f"{', '.join(roles)}; {name} ({identifier})"


_READERS: dict[str, Callable[[Element, list[Problem]], str]] = {
    _LIMIT: _amount,
    _RETENTION: _years,
    _DISCLOSURE: _disclosures,
    _TYPE: _types,
    _LEGISLATION: _countries,
    _PAYMENT_SERVICES: _payment_services,
}
