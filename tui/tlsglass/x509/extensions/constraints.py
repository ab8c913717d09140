"""What an issuer may do: basic, name and policy constraints. RFC 5280 §4.2.1.9 to §4.2.1.11, §4.2.1.14."""

from tlsglass.frozen import dataclass
from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed, recorded
from tlsglass.x509.general_names import NamedElement, read_general_name
from tlsglass.x509.model import BasicConstraints, Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, boolean, expect, small_integer


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSubtree:
    """One GeneralSubtree. RFC 5280 §4.2.1.10."""

    base: NamedElement
    """The name that it begins with; addresses come with their mask."""

    excluded: bool
    """Whether names within it are excluded; else they are permitted."""

    limited: bool
    """Whether it has limits, which RFC 5280 does not allow: a minimum other than 0, or a maximum."""

    element: Element


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyConstraints:
    """RFC 5280 §4.2.1.11; each is a number of certificates, None where nothing is said."""

    require_explicit: int | None
    inhibit_mapping: int | None


def read_basic_constraints(element: Element, problems: list[Problem]) -> BasicConstraints:
    """Whether it is a CA and how long a path may follow. RFC 5280 §4.2.1.9.

    Raises:
        DecodeError: it is not well-formed.
    """
    contents = Contents(element)
    flag = contents.optional("BOOLEAN")
    ca = boolean(flag, problems) if flag else False
    if flag and not ca:
        problems.append(Problem(text="That it is no CA is said, which DER leaves out.", offset=flag.start))
    length = contents.optional("INTEGER")
    path_length = small_integer(length) if length else None
    contents.finish()
    if length and path_length is not None and path_length < 0:
        problems.append(Problem(text="The path length is negative.", offset=length.start))
    return BasicConstraints(ca=ca, path_length=path_length)


def basic_constraints(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.9."""
    constraints = read_basic_constraints(element, problems)
    parts = [
        Part(
            label="CA",
            value="yes" if constraints.ca else "no",
            span=element.children[0].span if element.children else element.span,
            key="ca",
            meaning="Whether the holder may issue certificates.",
        )
    ]
    if constraints.path_length is not None:
        parts.append(
            Part(
                label="Path length",
                value=str(constraints.path_length),
                span=element.children[-1].span,
                key="path_length",
                meaning="How many intermediates may stand between this certificate and the last one.",
            )
        )
    return recorded(parts)


def read_name_constraints(element: Element, problems: list[Problem]) -> tuple[NameSubtree, ...]:
    """The permitted subtrees and then the excluded ones, each in their order. RFC 5280 §4.2.1.10.

    Raises:
        DecodeError: it is not well-formed.
    """
    contents = Contents(element)
    found: list[NameSubtree] = []
    for tag in ("[0]", "[1]"):
        subtrees = contents.optional(tag)
        for subtree in Contents(subtrees, None).rest() if subtrees else ():
            base = Contents(subtree)
            name = read_general_name(base.take(), problems, masks=True)
            limits = base.rest()
            if limits:
                problems.append(Problem(text="A subtree has limits, which are not allowed.", offset=limits[0].start))
            limited = any(limit.tag != "[0]" or any(limit.content) for limit in limits)
            found.append(NameSubtree(base=name, excluded=tag == "[1]", limited=limited, element=subtree))
    contents.finish()
    return tuple(found)


def name_constraints(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.10."""
    parts = []
    for subtree in read_name_constraints(element, problems):
        name, label = subtree.base, "Permitted"
        meaning = "Names of this kind have to lie within one of the permitted ones."
        if subtree.excluded:
            label, meaning = "Excluded", "No name may lie within this one."
        part = Part(
            label=label,
            value=f"{name.name.kind}:{name.text}",
            span=subtree.element.span,
            meaning=meaning,
            children=name.part.children,
        )
        parts.append(part)
    return recorded(parts)


def read_policy_constraints(element: Element) -> PolicyConstraints:
    """After how many certificates policies are required and mappings end. RFC 5280 §4.2.1.11.

    Raises:
        DecodeError: it is not well-formed.
    """
    contents = Contents(element)
    explicit, mapping = contents.optional("[0]"), contents.optional("[1]")
    contents.finish()
    return PolicyConstraints(
        require_explicit=small_integer(explicit) if explicit else None,
        inhibit_mapping=small_integer(mapping) if mapping else None,
    )


def policy_constraints(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.11."""
    contents = Contents(element)
    parts = []
    for tag, label, meaning in (
        ("[0]", "Require explicit policy", "After this many certificates each one needs an acceptable policy."),
        ("[1]", "Inhibit policy mapping", "After this many certificates policies may no longer be mapped."),
    ):
        if number := contents.optional(tag):
            skipped = small_integer(number)
            parts.append(Part(label=label, value=f"after {skipped}", span=number.span, meaning=meaning))
    contents.finish()
    if not parts:
        problems.append(Problem(text="The policy constraints constrain nothing.", offset=element.start))
    return recorded(parts)


def read_inhibit_any_policy(element: Element) -> int:
    """After how many certificates anyPolicy ends. RFC 5280 §4.2.1.14.

    Raises:
        DecodeError: it is no number.
    """
    expect(element, "INTEGER")
    return small_integer(element)


def inhibit_any_policy(element: Element, _: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.14."""
    part = Part(label="Skip certificates", value=f"after {read_inhibit_any_policy(element)}", span=element.span)
    return listed([part])
