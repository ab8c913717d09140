"""A certificate as the lines of a tree: every field with its value, its bytes and what it means.

Nothing is judged here: whether a date has passed is not a fact of the certificate.
"""

from collections.abc import Sequence
from dataclasses import replace

from tlsglass.x509.algorithms import read_identifier, read_pss_parameters
from tlsglass.x509.certificate import extension_id
from tlsglass.x509.der import DecodeError, Element
from tlsglass.x509.model import Certificate, Extension, Field, Name, Problem, Span
from tlsglass.x509.names import name_parts
from tlsglass.x509.oids.algorithms import RSASSA_PSS
from tlsglass.x509.oids.extensions import extension_type
from tlsglass.x509.parts import Part, fields_of
from tlsglass.x509.public_keys import public_key_parts
from tlsglass.x509.structure import Structure, locate
from tlsglass.x509.times import plain, rfc3339
from tlsglass.x509.values import colon_hex

_LONGEST_SUMMARY = 60
_UNREADABLE = "unreadable"


def certificate_fields(c: Certificate) -> tuple[Field, ...]:
    """All that a certificate says, in the order in which the tree shows it.

    Args:
        c: any certificate, also one of which little could be read.

    Returns:
        Fields whose ids are stable: subject, issuer, serial, validity, names, public_key, signature, fingerprints,
        version, the unique ids where there are any, extensions, and problems where there are any.
    """
    structure = locate(c.der)
    parts = [
        _name("Subject", c.subject, structure.subject, "Whom the certificate is issued to."),
        _name("Issuer", c.issuer, structure.issuer, "Who issued and signed the certificate."),
        _serial(c, structure),
        _validity(c, structure),
        _names(c),
        _public_key(c, structure),
        _signature(c, structure),
        _fingerprints(c),
        _version(c, structure),
        *_unique_ids(structure),
    ]
    fields = (*fields_of(parts, "", meaning="", reference="RFC 5280 §4.1"), _extensions(c, structure))
    if not c.problems:
        return fields
    return (*(_with_problems(field, c.problems) for field in fields), _problems(c.problems))


def _span(element: Element | None) -> Span | None:
    return element.span if element else None


def _name(label: str, name: Name, element: Element | None, meaning: str) -> Part:
    return Part(
        label=label,
        value=name.rfc4514,
        key=label.lower(),
        span=_span(element),
        summary="" if name.rfc4514 else "empty" if element else _UNREADABLE,
        meaning=meaning,
        reference="RFC 5280 §4.1.2.6" if label == "Subject" else "RFC 5280 §4.1.2.4",
        children=name_parts(element) if element else (),
    )


def _serial(c: Certificate, structure: Structure) -> Part:
    octets = colon_hex(bytes.fromhex(c.serial_hex))
    return Part(
        label="Serial",
        value=f"-{octets}" if c.serial is not None and c.serial < 0 else octets,
        key="serial",
        span=_span(structure.serial),
        summary="" if octets else _UNREADABLE,
        meaning="The number that the issuer gave to this certificate and to no other one.",
        reference="RFC 5280 §4.1.2.2",
    )


def _validity(c: Certificate, structure: Structure) -> Part:
    elements: list[Element | None] = [*structure.validity.children] if structure.validity else []
    elements.extend([None, None])
    parts = []
    for element, moment, key, label, meaning in (
        (elements[0], c.not_before, "not_before", "Not before", "The first moment at which it may be used."),
        (elements[1], c.not_after, "not_after", "Not after", "The last moment at which it may be used."),
    ):
        raw = element.content.decode("latin-1") if element else ""
        part = Part(
            label=label,
            value=rfc3339(moment) if moment else raw,
            key=key,
            span=_span(element),
            summary=plain(moment) if moment else f"{_UNREADABLE}: {raw}" if raw else _UNREADABLE,
            meaning=meaning.replace("it", "the certificate", 1),
            reference="RFC 5280 §4.1.2.5",
        )
        parts.append(part)
    return Part(
        label="Validity",
        value="\n".join(part.value for part in parts),
        key="validity",
        span=_span(structure.validity),
        summary=" to ".join(part.summary for part in parts),
        meaning="The time for which the issuer vouches for the certificate.",
        reference="RFC 5280 §4.1.2.5",
        children=tuple(parts),
    )


def _names(c: Certificate) -> Part:
    extension = next((extension for extension in c.extensions if extension.oid == "2.5.29.17"), None)
    children = tuple(
        Part(
            label=field.label,
            value=field.value,
            span=field.span,
            meaning="A name that the certificate is valid for.",
        )
        for field, _ in zip(extension.fields if extension else (), c.san, strict=False)
    )
    values = [part.value for part in children]
    return Part(
        label="Names",
        value="\n".join(values),
        key="names",
        span=extension.span if extension else None,
        summary=_first_of(values) if values else "none",
        meaning="The names and addresses that the certificate is valid for; clients look at nothing else.",
        reference="RFC 5280 §4.2.1.6, RFC 9525 §6",
        children=children,
    )


def _first_of(values: Sequence[str]) -> str:
    return f"{values[0]}  +{len(values) - 1}" if len(values) > 1 else values[0]


def _public_key(c: Certificate, structure: Structure) -> Part:
    key = c.public_key
    detail = key.curve or (f"{key.bits} bits" if key.bits and key.algorithm not in {"ED25519", "ED448"} else "")
    return Part(
        label="Public key",
        value=f"{key.algorithm} {detail}".strip(),
        key="public_key",
        span=_span(structure.public_key),
        summary="" if key.algorithm else _UNREADABLE,
        meaning="The key whose secret half the server proves to have in the handshake.",
        reference="RFC 5280 §4.1.2.7",
        children=public_key_parts(structure.public_key, key) if structure.public_key else (),
    )


def _signature(c: Certificate, structure: Structure) -> Part:
    algorithm = c.signature_algorithm
    parts = [
        Part(
            label="Algorithm",
            value=algorithm.name,
            key="algorithm",
            span=_span(structure.algorithm),
            summary=f"{algorithm.name} ({algorithm.oid})" if algorithm.name != algorithm.oid else algorithm.oid,
            meaning="How the issuer signed.",
            reference="RFC 5280 §4.1.1.2",
        ),
        *_signature_parameters(c, structure.algorithm),
        Part(
            label="Value",
            value=colon_hex(c.signature),
            key="value",
            span=_span(structure.signature),
            summary=f"{len(c.signature):,} bytes",
            meaning="The issuer's signature over all other parts of the certificate.",
            reference="RFC 5280 §4.1.1.3",
        ),
    ]
    return Part(
        label="Signature",
        value=algorithm.name,
        key="signature",
        span=_span(structure.algorithm),
        summary="" if algorithm.name else _UNREADABLE,
        meaning="What the issuer's signature was made with.",
        reference="RFC 5280 §4.1.1.2",
        children=tuple(parts),
    )


def _signature_parameters(c: Certificate, element: Element | None) -> tuple[Part, ...]:
    """The parameters of RSASSA-PSS; no other algorithm of today has any."""
    if c.signature_algorithm.oid != RSASSA_PSS or element is None:
        return ()
    try:
        return read_pss_parameters(read_identifier(element)[1]).parts
    except DecodeError:
        return ()


def _fingerprints(c: Certificate) -> Part:
    parts = [
        Part(
            label="SHA-256",
            value=colon_hex(bytes.fromhex(c.sha256)),
            key="sha256",
            meaning="The SHA-256 of the whole certificate, by which it is told from all others.",
        ),
        Part(
            label="SHA-1",
            value=colon_hex(bytes.fromhex(c.sha1)),
            key="sha1",
            meaning="The SHA-1 of the whole certificate, as old programs show it.",
        ),
    ]
    if c.spki_sha256:
        parts.append(
            Part(
                label="SPKI pin",
                value=c.spki_sha256,
                key="spki_sha256",
                meaning="The SHA-256 of the public key in base64: the same for all certificates with this key.",
                reference="RFC 7469 §2.4",
            )
        )
    return Part(
        label="Fingerprints",
        value="\n".join(f"{part.label} {part.value}" for part in parts),
        key="fingerprints",
        summary=f"{parts[0].label} {parts[0].value}",
        meaning="Short values that stand for the certificate or its key.",
        reference="FIPS 180-4",
        children=tuple(parts),
    )


def _version(c: Certificate, structure: Structure) -> Part:
    return Part(
        label="Version",
        value="" if c.version is None else str(c.version),
        key="version",
        span=_span(structure.version),
        summary=_UNREADABLE if c.version is None else "",
        meaning="The version of the certificate format; 3 is the one with extensions.",
        reference="RFC 5280 §4.1.2.1",
    )


def _unique_ids(structure: Structure) -> list[Part]:
    return [
        Part(
            label=f"{holder} unique id",
            value=colon_hex(element.content[1:]),
            key=f"{holder.lower()}_unique_id",
            span=element.span,
            meaning="Tells holders of the same name apart; out of use since long ago.",
            reference="RFC 5280 §4.1.2.8",
        )
        for holder, element in (("Issuer", structure.issuer_unique_id), ("Subject", structure.subject_unique_id))
        if element is not None
    ]


def _extensions(c: Certificate, structure: Structure) -> Field:
    counts: dict[str, int] = {}
    children = []
    for extension in c.extensions:
        count = counts[extension.oid] = counts.get(extension.oid, 0) + 1
        children.append(_extension(extension, extension_id(extension.oid, count)))
    return Field(
        id="extensions",
        label="Extensions",
        value="\n".join(extension.name or _UNREADABLE for extension in c.extensions),
        summary=str(len(children)) if children else "none",
        meaning="What the certificate says beyond the fields that all certificates have.",
        reference="RFC 5280 §4.2",
        span=_span(structure.extensions_block),
        children=tuple(children),
    )


def _extension(extension: Extension, field_id: str) -> Field:
    kind = extension_type(extension.oid)
    values = extension.value.split("\n")
    summary = ", ".join(values)
    if len(summary) > _LONGEST_SUMMARY:
        summary = _first_of(values)
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
            summary="" if extension.oid else _UNREADABLE,
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
        value="\n".join(problem.text for problem in problems),
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
