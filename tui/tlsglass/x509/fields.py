"""A certificate as the lines of a tree: every field with its value, its bytes and what it means.

Nothing is judged here: whether a date has passed is not a fact of the certificate.
"""

from collections.abc import Sequence
from dataclasses import replace

from tlsglass.text import one_a_line
from tlsglass.x509.certificate import extension_id
from tlsglass.x509.model import Certificate, Extension, Field, Problem, Span
from tlsglass.x509.oids.extensions import extension_type
from tlsglass.x509.parts import Part, fields_of
from tlsglass.x509.sections import UNREADABLE, first_of, sections
from tlsglass.x509.structure import locate

_LONGEST_SUMMARY = 60


def certificate_fields(c: Certificate) -> tuple[Field, ...]:
    """All that a certificate says, in the order in which the tree shows it.

    Args:
        c: any certificate, also one of which little could be read.

    Returns:
        Fields whose ids are stable: subject, issuer, serial, validity, names, public_key, signature, fingerprints,
        version, the unique ids where there are any, extensions, and problems where there are any.
    """
    structure = locate(c.der, c.limits)
    block = structure.extensions_block
    fields = (
        *fields_of(sections(c, structure), "", meaning="", reference="RFC 5280 §4.1"),
        extensions_field(c.extensions, block.span if block else None, of="certificate"),
    )
    return marked(fields, c.problems)


def marked(fields: tuple[Field, ...], problems: Sequence[Problem]) -> tuple[Field, ...]:
    """Fields with each problem at the innermost one that it lies in, and a last field that lists them all.

    Args:
        fields: the fields of one value.
        problems: what is wrong with its encoding; where there is nothing, the fields are as they were.
    """
    if not problems:
        return fields
    return (*(_with_problems(field, problems) for field in fields), _problems(problems))


def extensions_field(extensions: Sequence[Extension], span: Span | None, *, of: str) -> Field:
    """The field that holds all extensions.

    Args:
        extensions: in their order.
        span: the bytes of the list.
        of: what they belong to, in a word: 'certificate'.
    """
    counts: dict[str, int] = {}
    children = []
    for extension in extensions:
        count = counts[extension.oid] = counts.get(extension.oid, 0) + 1
        children.append(extension_field(extension, extension_id(extension.oid, count)))
    return Field(
        id="extensions",
        label="Extensions",
        value=one_a_line(extension.name or UNREADABLE for extension in extensions),
        in_lines=True,
        summary=str(len(children)) if children else "none",
        meaning=f"What the {of} says beyond the fields that every {of} has.",
        reference="RFC 5280 §4.2",
        span=span,
        children=tuple(children),
    )


def extension_field(extension: Extension, field_id: str) -> Field:
    """One extension with its parts.

    Args:
        extension: the extension.
        field_id: the id of its field.
    """
    kind = extension_type(extension.oid)
    values = extension.value.split("\n")
    summary = ", ".join(values)
    if len(summary) > _LONGEST_SUMMARY:
        summary = first_of(values)
    critical = "A client that does not know it must refuse the certificate."
    optional = "A client that does not know it may ignore it."
    identity = [
        Part(
            label="Critical",
            value="yes" if extension.critical else "no",
            key="critical",
            meaning=critical if extension.critical else optional,
            reference="RFC 5280 §4.2",
        ),
        Part(
            label="OID",
            value=extension.oid,
            key="oid",
            summary="" if extension.oid else UNREADABLE,
            meaning=f"The identifier of the extension, which the standard calls {kind.name}."
            if kind.name != extension.oid
            else "The identifier of the extension.",
            reference="RFC 5280 §4.2",
        ),
    ]
    return Field(
        id=field_id,
        label=kind.label,
        value=extension.value,
        in_lines=True,
        summary=f"critical · {summary}" if extension.critical else summary,
        meaning=kind.meaning,
        reference=kind.reference,
        span=extension.span,
        children=(*extension.fields, *fields_of(identity, field_id, meaning=kind.meaning, reference=kind.reference)),
    )


def _problems(problems: Sequence[Problem]) -> Field:
    """What is wrong with the encoding, wherever it is."""
    meaning = "Something in the bytes that is not as the standard has it."
    children = tuple(
        Field(
            id=f"problems.{number}",
            label="Problem" if problem.offset is None else f"At {problem.offset:#06x}",
            value=problem.text,
            meaning=meaning,
            reference="RFC 5280 §4.1",
        )
        for number, problem in enumerate(problems)
    )
    return Field(
        id="problems",
        label="Encoding",
        value=one_a_line(problem.text for problem in problems),
        in_lines=True,
        summary=f"{len(problems)} problems" if len(problems) > 1 else problems[0].text,
        meaning="What in the bytes is not as the standard has it.",
        reference="RFC 5280 §4.1",
        problems=tuple(problems),
        children=children,
    )


def _with_problems(field: Field, problems: Sequence[Problem]) -> Field:
    """Give each problem to the innermost field whose bytes it lies in."""
    inside = [problem for problem in problems if field.span is None or _covers(field.span, problem)]
    if not inside:
        return field
    children = tuple(_with_problems(child, inside) for child in field.children)
    own = [
        problem
        for problem in inside
        if field.span and not any(child.span and _covers(child.span, problem) for child in field.children)
    ]
    return replace(field, problems=tuple(own), children=children)


def _covers(span: Span, problem: Problem) -> bool:
    return problem.offset is not None and span.start <= problem.offset < span.end
