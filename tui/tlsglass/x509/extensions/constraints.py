"""What an issuer may do: basic, name and policy constraints. RFC 5280 §4.2.1.9 to §4.2.1.11, §4.2.1.14."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed, recorded
from tlsglass.x509.general_names import read_general_name
from tlsglass.x509.model import BasicConstraints, Problem
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, boolean, expect, small_integer


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


def name_constraints(element: Element, problems: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.10."""
    contents = Contents(element)
    parts: list[Part] = []
    for tag, label, meaning in (
        ("[0]", "Permitted", "Names of this kind have to lie within one of the permitted ones."),
        ("[1]", "Excluded", "No name may lie within this one."),
    ):
        subtrees = contents.optional(tag)
        for subtree in Contents(subtrees, None).rest() if subtrees else ():
            base = Contents(subtree)
            name = read_general_name(base.take(), problems, masks=True)
            limits = base.rest()
            if limits:
                problems.append(Problem(text="A subtree has limits, which are not allowed.", offset=limits[0].start))
            part = Part(
                label=label,
                value=f"{name.name.kind}:{name.text}",
                span=subtree.span,
                meaning=meaning,
                children=name.part.children,
            )
            parts.append(part)
    contents.finish()
    return recorded(parts)


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


def inhibit_any_policy(element: Element, _: list[Problem]) -> Decoded:
    """RFC 5280 §4.2.1.14."""
    expect(element, "INTEGER")
    part = Part(label="Skip certificates", value=f"after {small_integer(element)}", span=element.span)
    return listed([part])
