"""The fields that every certificate has, as parts. RFC 5280 §4.1."""

from collections.abc import Sequence

from tlsglass.text import one_a_line
from tlsglass.turns import give_way
from tlsglass.x509.algorithms import parameter_parts, read_algorithm, read_identifier, read_pss_parameters
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Algorithm, Certificate, Field, Name, PublicKey, Span
from tlsglass.x509.names import name_parts
from tlsglass.x509.oids.algorithms import RSASSA_PSS
from tlsglass.x509.parts import Part
from tlsglass.x509.public_keys import public_key_parts
from tlsglass.x509.structure import Structure
from tlsglass.x509.times import plain, rfc3339
from tlsglass.x509.values import colon_hex

UNREADABLE = "unreadable"
"""What the tree shows in place of a value that can't be read."""

_WHOSE_KEY = "The key whose secret half the server proves to have in the handshake."


def sections(c: Certificate, structure: Structure) -> list[Part]:
    """All fields but the extensions, in the order of the tree.

    Args:
        c: the certificate.
        structure: where its parts lie.
    """
    return [
        name_section("Subject", c.subject, structure.subject, "Whom the certificate is issued to."),
        name_section("Issuer", c.issuer, structure.issuer, "Who issued and signed the certificate."),
        _serial(c, structure),
        _validity(c, structure),
        _names(c),
        key_section(c.public_key, structure.public_key, _WHOSE_KEY),
        signature_section(
            c.signature_algorithm,
            c.signature,
            structure.algorithm,
            structure.signature,
            signed=structure.inner_algorithm,
        ),
        _fingerprints(c),
        _version(c, structure),
        *_unique_ids(structure),
    ]


def _span(element: Element | None) -> Span | None:
    return element.span if element else None


def name_section(label: str, name: Name, element: Element | None, meaning: str) -> Part:
    """A distinguished name with its attributes.

    Args:
        label: whose name it is: 'Subject'.
        name: the name.
        element: where it lies; None where it can't be found.
        meaning: one sentence that says what it is.
    """
    return Part(
        label=label,
        value=name.rfc4514,
        key=label.lower(),
        span=_span(element),
        summary="" if name.rfc4514 else "empty" if element else UNREADABLE,
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
        summary="" if octets else UNREADABLE,
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
            summary=plain(moment) if moment else f"{UNREADABLE}: {raw}" if raw else UNREADABLE,
            meaning=meaning.replace("it", "the certificate", 1),
            reference="RFC 5280 §4.1.2.5",
        )
        parts.append(part)
    return Part(
        label="Validity",
        value=one_a_line(part.value for part in parts),
        in_lines=True,
        key="validity",
        span=_span(structure.validity),
        summary=" to ".join(part.summary for part in parts),
        meaning="The time for which the issuer vouches for the certificate.",
        reference="RFC 5280 §4.1.2.5",
        children=tuple(parts),
    )


def _names(c: Certificate) -> Part:
    extension = next((extension for extension in c.extensions if extension.oid == "2.5.29.17"), None)
    children = tuple(_name(field) for field, _ in zip(extension.fields if extension else (), c.san, strict=False))
    values = [part.value for part in children]
    return Part(
        label="Names",
        value=one_a_line(values),
        in_lines=True,
        key="names",
        span=extension.span if extension else None,
        summary=first_of(values) if values else "none",
        meaning="The names and addresses that the certificate is valid for; clients look at nothing else.",
        reference="RFC 5280 §4.2.1.6, RFC 9525 §6",
        children=children,
    )


def _name(field: Field) -> Part:
    give_way()
    return Part(
        label=field.label,
        value=field.value,
        summary=field.summary,
        span=field.span,
        meaning="A name that the certificate is valid for.",
    )


def first_of(values: Sequence[str]) -> str:
    """The first of some values and how many more there are: `a.example  +3`."""
    return f"{values[0]}  +{len(values) - 1}" if len(values) > 1 else values[0]


def key_section(key: PublicKey, element: Element | None, meaning: str) -> Part:
    """A public key with its parts.

    Args:
        key: the key.
        element: where it lies; None where it can't be found.
        meaning: one sentence that says what it is.
    """
    detail = key.curve or (f"{key.bits} bits" if key.bits and key.algorithm not in {"ED25519", "ED448"} else "")
    return Part(
        label="Public key",
        value=f"{key.algorithm} {detail}".strip(),
        key="public_key",
        span=_span(element),
        summary="" if key.algorithm else UNREADABLE,
        meaning=meaning,
        reference="RFC 5280 §4.1.2.7",
        children=public_key_parts(element, key) if element else (),
    )


def signature_section(  # noqa: PLR0913 - the algorithm and the bytes, with where each lies
    algorithm: Algorithm,
    signature: bytes,
    algorithm_element: Element | None,
    signature_element: Element | None,
    *,
    signed: Element | None = None,
    signer: str = "issuer",
    of: str = "certificate",
) -> Part:
    """A signature with its algorithm and parameters.

    Args:
        algorithm: the algorithm.
        signature: the signature itself.
        algorithm_element: where the algorithm lies; None where it can't be found.
        signature_element: where the signature lies; None where it can't be found.
        signed: the algorithm as the signed part names it, where that is shown.
        signer: who signed, in a word.
        of: what was signed, in a word.
    """
    parts = [
        Part(
            label="Algorithm",
            value=algorithm.name,
            key="algorithm",
            span=_span(algorithm_element),
            summary=f"{algorithm.name} ({algorithm.oid})" if algorithm.name != algorithm.oid else algorithm.oid,
            meaning=f"How the {signer} signed.",
            reference="RFC 5280 §4.1.1.2",
        ),
        *_signature_parameters(algorithm, algorithm_element),
        Part(
            label="Value",
            value=colon_hex(signature),
            key="value",
            span=_span(signature_element),
            summary=f"{len(signature):,} bytes",
            meaning=f"The {signer}'s signature over all other parts of the {of}.",
            reference="RFC 5280 §4.1.1.3",
        ),
    ]
    if signed is not None:
        parts.append(_signed_algorithm(signed, of))
    return Part(
        label="Signature",
        value=algorithm.name,
        key="signature",
        span=_span(algorithm_element),
        summary="" if algorithm.name else UNREADABLE,
        meaning=f"What the {signer}'s signature was made with.",
        reference="RFC 5280 §4.1.1.2",
        children=tuple(parts),
    )


def _signed_algorithm(element: Element, of: str) -> Part:
    algorithm = read_algorithm(element, [])
    return Part(
        label="Algorithm, signed",
        value=algorithm.name,
        key="signed_algorithm",
        span=element.span,
        summary="" if algorithm.name else UNREADABLE,
        meaning=f"The algorithm as the signed part of the {of} names it, so that nobody can exchange it.",
        reference="RFC 5280 §4.1.2.3",
        children=_signature_parameters(algorithm, element),
    )


def _signature_parameters(algorithm: Algorithm, element: Element | None) -> tuple[Part, ...]:
    """The parameters of RSASSA-PSS in words, those of any other algorithm as elements."""
    try:
        parameters = read_identifier(element)[1] if element else None
        if algorithm.oid == RSASSA_PSS:
            return read_pss_parameters(parameters).parts
    except DecodeError:
        return ()
    return parameter_parts(parameters)


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
        value=one_a_line(f"{part.label} {part.value}" for part in parts),
        in_lines=True,
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
        summary=UNREADABLE if c.version is None else "",
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
