"""Distinguished names. RFC 5280 §4.1.2.4, RFC 4514."""

from collections.abc import Iterator

from tlsglass.idn import both_forms
from tlsglass.text import LINE_ENDS
from tlsglass.turns import give_way
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Attribute, Name, Problem
from tlsglass.x509.oids.attributes import SHORT_NAMES, attribute_label, attribute_name
from tlsglass.x509.parts import Part
from tlsglass.x509.values import STRINGS, Contents, expect, object_identifier, string

NO_NAME = Name(der=b"", rdns=(), rfc4514="")
"""What stands where a name should be and can't be read."""

_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in '\\"+,;<>'}
    | {"\0": "\\00"}
    # Nothing in a name breaks the line that it stands in.
    | {end: "".join(f"\\{octet:02X}" for octet in end.encode()) for end in LINE_ENDS}
)


def read_name(element: Element, problems: list[Problem]) -> Name:
    """A Name as a value.

    Args:
        element: the SEQUENCE of relative names.
        problems: what is wrong with it is added here; the parts concerned are left out.
    """
    rdns = []
    texts = []
    for rdn in _relative_names(element, problems):
        rdns.append(tuple(attribute for attribute, _ in rdn))
        texts.append("+".join(_rfc4514(attribute, value) for attribute, value in rdn))
    return Name(der=element.encoded, rdns=tuple(rdns), rfc4514=",".join(reversed(texts)))


def name_parts(element: Element) -> tuple[Part, ...]:
    """The attributes of a Name, in the order of encoding."""
    return tuple(
        Part(
            label=attribute_label(attribute.oid),
            value=attribute.value,
            summary=both_forms(attribute.value) if "xn--" in attribute.value.lower() else "",
            span=value.span,
            meaning=f"The part {attribute.name} of the name, {attribute.oid}, as {value.tag}{_beside(rdn)}.",
            reference="RFC 5280 §4.1.2.4",
        )
        for rdn in _relative_names(element, [])
        for attribute, value in rdn
    )


def _beside(rdn: list[tuple[Attribute, Element]]) -> str:
    return f"; one of the {len(rdn)} that make one relative name together" if len(rdn) > 1 else ""


def escape(value: str) -> str:
    """An attribute's string as RFC 4514 §2.4 has it."""
    value = value.translate(_ESCAPES)
    if value.startswith(("#", " ")):
        value = f"\\{value}"
    if value.endswith(" ") and value != "\\ ":
        value = f"{value[:-1]}\\ "
    return value


def _rfc4514(attribute: Attribute, value: Element) -> str:
    text = escape(attribute.value) if value.tag in STRINGS else attribute.value
    return f"{SHORT_NAMES.get(attribute.oid, attribute.oid)}={text}"


def _relative_names(element: Element, problems: list[Problem]) -> Iterator[list[tuple[Attribute, Element]]]:
    """The attributes of each relative name with the elements of their values."""
    try:
        relative_names = Contents(element).rest()
    except DecodeError as error:
        problems.append(error.problem)
        return
    for relative_name in relative_names:
        rdn = []
        try:
            expect(relative_name, "SET")
            if not relative_name.children:
                problems.append(Problem(text="A relative name has no attribute.", offset=relative_name.start))
        except DecodeError as error:
            problems.append(error.problem)
            continue
        for child in relative_name.children:
            try:
                rdn.append(_attribute(child, problems))
            except DecodeError as error:
                problems.append(error.problem)
        if rdn:
            yield rdn


def _attribute(element: Element, problems: list[Problem]) -> tuple[Attribute, Element]:
    give_way()
    contents = Contents(element)
    oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
    value = contents.take()
    contents.finish()
    is_string = value.tag in STRINGS and not value.constructed
    text = string(value, problems) if is_string else f"#{value.encoded.hex()}"
    return Attribute(oid=oid, name=attribute_name(oid), value=text), value
