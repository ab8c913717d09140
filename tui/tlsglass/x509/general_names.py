"""Names of all kinds, as alternative names and constraints have them. RFC 5280 §4.2.1.6."""

import ipaddress

from tlsglass.frozen import dataclass
from tlsglass.idn import both_forms
from tlsglass.turns import give_way
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.raw import element_part
from tlsglass.x509.model import GeneralName, Problem
from tlsglass.x509.names import name_parts, read_name
from tlsglass.x509.parts import Part
from tlsglass.x509.values import STRINGS, Contents, inner, object_identifier, string

_TEXT_KINDS = {"[1]": "EMAIL", "[2]": "DNS", "[6]": "URI"}
_RAW_KINDS = {"[3]": "X400", "[5]": "EDI"}
_LABELS = {
    "EMAIL": "Mail address",
    "DNS": "DNS name",
    "URI": "URI",
    "IP": "IP address",
    "DIRNAME": "Directory name",
    "RID": "Registered id",
    "X400": "X.400 address",
    "EDI": "EDI party name",
    "OTHER": "Other name",
}
_OTHER_NAMES = {
    "1.3.6.1.4.1.311.20.2.3": "UPN",
    "1.3.6.1.4.1.311.25.1": "NTDS object GUID",
    "1.3.6.1.5.2.2": "Kerberos principal",
    "1.3.6.1.5.5.7.8.3": "permanent identifier",
    "1.3.6.1.5.5.7.8.4": "hardware module name",
    "1.3.6.1.5.5.7.8.5": "XMPP address",
    "1.3.6.1.5.5.7.8.7": "SRV name",
    "1.3.6.1.5.5.7.8.8": "NAI realm",
    "1.3.6.1.5.5.7.8.9": "SmtpUTF8 mailbox",
    "1.3.6.1.5.5.7.8.10": "ACP node name",
    "1.3.6.1.5.5.7.8.11": "Bundle EID",
}
_STRUCTURED = frozenset({"OTHER", "X400", "EDI"})
_ADDRESS_SIZES = frozenset({4, 16})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedElement:
    """A general name with the bytes that it was read from."""

    name: GeneralName
    text: str
    """The name as one would write it; for OTHER the value and its kind, as far as these are known."""

    element: Element

    @property
    def part(self) -> Part:
        """The name as a part of what holds it."""
        give_way()
        children: tuple[Part, ...] = ()
        summary = ""
        if self.name.kind == "DIRNAME":
            children = name_parts(self.element.children[0])
        elif self.name.kind in _STRUCTURED:
            children = tuple(element_part(child) for child in self.element.children)
        elif self.name.kind == "DNS":
            summary = both_forms(self.text) if "xn--" in self.text.lower() else ""
        return Part(
            label=_LABELS[self.name.kind],
            value=self.text,
            summary=summary,
            span=self.element.span,
            children=children,
        )


def read_general_names(element: Element, problems: list[Problem], tag: str | None = "SEQUENCE") -> list[NamedElement]:
    """A GeneralNames list.

    Args:
        element: the list.
        problems: what is wrong with single names is added here.
        tag: the type of the list; None where it is implicitly tagged.

    Raises:
        DecodeError: it is no list.
    """
    names = []
    for child in Contents(element, tag).rest():
        try:
            names.append(read_general_name(child, problems))
        except DecodeError as error:
            problems.append(error.problem)
    if not names:
        problems.append(Problem(text="A list of names holds no name.", offset=element.start))
    return names


def read_general_name(element: Element, problems: list[Problem], *, masks: bool = False) -> NamedElement:
    """One GeneralName.

    Args:
        element: the name, with its implicit or explicit tag.
        problems: what is wrong with it but does not prevent reading it is added here.
        masks: whether IP addresses come with a mask, as they do in name constraints. RFC 5280 §4.2.1.10.

    Raises:
        DecodeError: it is no general name.
    """
    give_way()
    if element.tag == "[0]":
        kind = "OTHER"
        value, text = _other_name(element)
    else:
        kind, text = _kind_and_text(element, problems, masks=masks)
        value = text
    return NamedElement(name=GeneralName(kind=kind, value=value), text=text, element=element)


def _kind_and_text(element: Element, problems: list[Problem], *, masks: bool) -> tuple[str, str]:
    if element.tag in _TEXT_KINDS:
        return _TEXT_KINDS[element.tag], string(element, problems, tag="IA5String")
    if element.tag in _RAW_KINDS:
        return _RAW_KINDS[element.tag], element.encoded.hex()
    match element.tag:
        case "[4]":
            return "DIRNAME", read_name(inner(element), problems).rfc4514
        case "[7]":
            return "IP", _network(element, problems) if masks else _address(element, problems)
        case "[8]":
            return "RID", object_identifier(element)
        case _:
            text = f"{element.tag} is no kind of name."
            raise DecodeError(text, element.start)


def _address(element: Element, problems: list[Problem]) -> str:
    content = element.content
    if len(content) in _ADDRESS_SIZES:
        return str(ipaddress.ip_address(content))
    problems.append(Problem(text=f"An IP address has 4 or 16 bytes, not {len(content)}.", offset=element.start))
    return content.hex()


def _network(element: Element, problems: list[Problem]) -> str:
    content = element.content
    size = len(content) // 2
    if size not in _ADDRESS_SIZES or len(content) % 2:
        text = f"An IP address with its mask has 8 or 32 bytes, not {len(content)}."
        problems.append(Problem(text=text, offset=element.start))
        return content.hex()
    mask = int.from_bytes(content[size:])
    host_bits = (mask ^ ((1 << size * 8) - 1)).bit_length()
    address = ipaddress.ip_address(content[:size])
    if mask >> host_bits << host_bits == mask and mask.bit_count() == size * 8 - host_bits:
        return f"{address}/{size * 8 - host_bits}"
    problems.append(Problem(text="The mask of an IP address has gaps.", offset=element.start))
    return f"{address}/{ipaddress.ip_address(content[size:])}"


def _other_name(element: Element) -> tuple[str, str]:
    """The OID of an OtherName, and its value with its kind."""
    contents = Contents(element, None)
    oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
    value = inner(contents.take("[0]"))
    contents.finish()
    is_string = value.tag in STRINGS and not value.constructed
    shown = string(value, []) if is_string else value.encoded.hex()
    return oid, f"{shown} ({_OTHER_NAMES.get(oid, oid)})"
