"""Where the parts of a certificate lie, found each on its own. RFC 5280 §4.1."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, DecodeError, Element
from tlsglass.x509.model import Problem
from tlsglass.x509.values import Contents, boolean, inner, object_identifier

_CERTIFICATE = (("to-be-signed part", "SEQUENCE"), ("signature algorithm", "SEQUENCE"), ("signature", "BIT STRING"))
_TO_BE_SIGNED = (
    ("serial number", "INTEGER"),
    ("inner signature algorithm", "SEQUENCE"),
    ("issuer", "SEQUENCE"),
    ("validity", "SEQUENCE"),
    ("subject", "SEQUENCE"),
    ("public key", "SEQUENCE"),
)
_OPTIONAL = frozenset({"[0]", "[1]", "[2]", "[3]"})
_CONTEXT = 2
_LISTS_OF_NAMES = frozenset({"2.5.29.17", "2.5.29.18"})
"""Alternative names of the subject and of the issuer. RFC 5280 §4.2.1.6, §4.2.1.7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedExtension:
    """One extension, taken apart but not decoded."""

    element: Element
    """The whole Extension."""

    oid: str
    """Dotted; empty where it can't be read."""

    critical: bool
    value: Element | None
    """extnValue, the OCTET STRING; None where it can't be found."""

    root: Element | None
    """The one element that extnValue holds; None where it holds none or something else."""

    problems: tuple[Problem, ...]
    """What is wrong with the Extension itself."""

    value_problems: tuple[Problem, ...]
    """What is wrong with the encoding of what extnValue holds, if it is meant to be DER."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The elements of a certificate; None for what is absent or can't be found."""

    to_be_signed: Element | None
    version: Element | None
    serial: Element | None
    inner_algorithm: Element | None
    issuer: Element | None
    validity: Element | None
    subject: Element | None
    public_key: Element | None
    issuer_unique_id: Element | None
    subject_unique_id: Element | None
    extensions_block: Element | None
    extensions: tuple[LocatedExtension, ...]
    algorithm: Element | None
    signature: Element | None
    problems: tuple[Problem, ...]
    """What is wrong with the encoding as such and with what is missing; not what is wrong inside the parts."""


@lru_cache(maxsize=4)
def locate(der: bytes, limits: Limits = DEFAULTS) -> Structure:
    """Find the parts of a certificate in any bytes. Never raises.

    The last few are kept: the facts of a certificate and its fields are mostly asked for one after the other.
    """
    reading = read(der, depth=limits.depth)
    problems = list(reading.problems)
    outer: dict[str, Element] = {}
    if reading.elements and reading.elements[0].tag == "SEQUENCE":
        top = reading.elements[0]
        outer = assign(top, top.children, _CERTIFICATE, problems)
        size = len(der) - top.end - top.trailer
        if size:
            problems.append(Problem(text=f"{size:,} bytes follow the end of the certificate.", offset=len(der) - size))
    else:
        problems.append(Problem(text="The bytes are no certificate: they don't begin with a SEQUENCE.", offset=0))
    signed = outer.get("to-be-signed part")
    fields: dict[str, Element] = {}
    tagged: dict[str, Element] = {}
    if signed is not None:
        tagged = _tagged(signed, problems)
        plain = [child for child in signed.children if child.tag_class != _CONTEXT]
        fields = assign(signed, plain, _TO_BE_SIGNED, problems)
    return Structure(
        to_be_signed=signed,
        version=tagged.get("[0]"),
        serial=fields.get("serial number"),
        inner_algorithm=fields.get("inner signature algorithm"),
        issuer=fields.get("issuer"),
        validity=fields.get("validity"),
        subject=fields.get("subject"),
        public_key=fields.get("public key"),
        issuer_unique_id=tagged.get("[1]"),
        subject_unique_id=tagged.get("[2]"),
        extensions_block=tagged.get("[3]"),
        extensions=locate_extensions(tagged.get("[3]"), problems, limits),
        algorithm=outer.get("signature algorithm"),
        signature=outer.get("signature"),
        problems=tuple(problems),
    )


def assign(
    holder: Element, children: Sequence[Element], expected: Sequence[tuple[str, str]], problems: list[Problem]
) -> dict[str, Element]:
    """Match elements to what the standard expects in this order, past missing and wrong ones.

    A wrong element takes the place of the expected one where there are enough elements for all places; where there
    are too few, the expected one is taken to be missing.

    Args:
        holder: what holds the elements.
        children: those of its elements that are to be matched.
        expected: what each is called, and its type.
        problems: what is wrong or missing is added here.

    Returns:
        What was found, by what it is called.
    """
    found = {}
    position = 0
    for number, (name, tag) in enumerate(expected):
        child = children[position] if position < len(children) else None
        if child is not None and child.tag == tag:
            found[name] = child
            position += 1
        elif child is not None and len(children) - position >= len(expected) - number:
            problems.append(Problem(text=f"The {name} should be {tag} but is {child.tag}.", offset=child.start))
            position += 1
        else:
            problems.append(Problem(text=f"The {name} is missing.", offset=child.start if child else holder.end))
    if position < len(children) and children[position].tag != UNREADABLE:
        child = children[position]
        problems.append(Problem(text=f"{child.tag} is not expected at this place.", offset=child.start))
    return found


def _tagged(holder: Element, problems: list[Problem]) -> dict[str, Element]:
    """The optional parts of the to-be-signed part by their tags."""
    found: dict[str, Element] = {}
    for child in holder.children:
        if child.tag_class != _CONTEXT:
            continue
        if child.tag in _OPTIONAL and child.tag not in found:
            found[child.tag] = child
        else:
            problems.append(Problem(text=f"{child.tag} is not expected at this place.", offset=child.start))
    return found


def locate_extensions(
    block: Element | None, problems: list[Problem], limits: Limits = DEFAULTS
) -> tuple[LocatedExtension, ...]:
    """Take a list of extensions apart that lies in an explicit tag. RFC 5280 §4.2.

    Args:
        block: the tag; None where there are none.
        problems: what is wrong with the list, and not with one of them, is added here.
        limits: how many are read, and how deep.
    """
    if block is None:
        return ()
    try:
        extensions = inner(block)
    except DecodeError as error:
        problems.append(error.problem)
        if not block.children:
            return ()
        extensions = block.children[0]
    return locate_each(extensions, problems, limits)


def locate_each(
    extensions: Element, problems: list[Problem], limits: Limits = DEFAULTS
) -> tuple[LocatedExtension, ...]:
    """Take a list of extensions apart. RFC 5280 §4.2.

    Args:
        extensions: the Extensions.
        problems: what is wrong with the list, and not with one of them, is added here.
        limits: how many are read, and how deep.
    """
    try:
        children = Contents(extensions).rest()
    except DecodeError as error:
        problems.append(error.problem)
        children = extensions.children
    most = limits.extensions
    if len(children) > most:
        text = f"There are {len(children):,} extensions; only {most:,} are read {limits.short('extensions')}."
        problems.append(Problem(text=text, offset=children[most].start, limit=True))
    return tuple(_extension(child, limits) for child in children[:most])


def _extension(element: Element, limits: Limits) -> LocatedExtension:
    """Take an Extension apart as far as it goes. RFC 5280 §4.2."""
    oid, critical, value = "", False, None
    problems: list[Problem] = []
    try:
        contents = Contents(element)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        if flag := contents.optional("BOOLEAN"):
            critical = boolean(flag, problems)
            if not critical:
                text = "The extension says that it is not critical, which DER leaves out."
                problems.append(Problem(text=text, offset=flag.start))
        value = contents.take("OCTET STRING")
        contents.finish()
    except DecodeError as error:
        problems.append(error.problem)
    root, value_problems = None, []
    if value is not None:
        reading = read(value.source, value.start + value.header, value.end, depth=limits.depth)
        value_problems = list(reading.problems)
        if len(reading.elements) == 1:
            root = None if reading.elements[0].tag == UNREADABLE else reading.elements[0]
            if root is not None and oid in _LISTS_OF_NAMES and len(root.children) > limits.names:
                text = (
                    f"There are {len(root.children):,} names; only {limits.names:,} are read {limits.short('names')}."
                )
                value_problems.append(Problem(text=text, offset=root.children[limits.names].start, limit=True))
                root = replace(root, children=root.children[: limits.names])
        else:
            text = f"The value of the extension should be one element but is {len(reading.elements)}."
            value_problems.append(Problem(text=text, offset=value.start))
    return LocatedExtension(
        element=element,
        oid=oid,
        critical=critical,
        value=value,
        root=root,
        problems=tuple(problems),
        value_problems=tuple(value_problems),
    )
