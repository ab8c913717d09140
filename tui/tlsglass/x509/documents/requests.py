"""Certification requests. RFC 2986 §4, RFC 2985 §5.4."""

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_ATTRIBUTES
from tlsglass.text import one_a_line
from tlsglass.x509.algorithms import NO_ALGORITHM, read_algorithm
from tlsglass.x509.certificate import pin, read_extensions
from tlsglass.x509.der import read
from tlsglass.x509.documents import reading
from tlsglass.x509.documents.model import CertificateRequest
from tlsglass.x509.elements import DecodeError, Element, in_order
from tlsglass.x509.extensions.raw import element_part, shown
from tlsglass.x509.fields import extensions_field, marked
from tlsglass.x509.general_names import read_general_names
from tlsglass.x509.model import Field, GeneralName, Problem
from tlsglass.x509.names import NO_NAME, read_name
from tlsglass.x509.parts import Part, fields_of
from tlsglass.x509.public_keys import NO_PUBLIC_KEY, read_public_key
from tlsglass.x509.sections import UNREADABLE, first_of, key_section, name_section, signature_section
from tlsglass.x509.structure import LocatedExtension, assign, locate_each
from tlsglass.x509.values import Contents, object_identifier, small_integer

_REQUEST = (("request info", "SEQUENCE"), ("signature algorithm", "SEQUENCE"), ("signature", "BIT STRING"))
_INFO = (("version", "INTEGER"), ("subject", "SEQUENCE"), ("public key", "SEQUENCE"))
_EXTENSION_REQUESTS = frozenset({"1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"})
_CHALLENGE = "1.2.840.113549.1.9.7"
_OF_ONE_VALUE = _EXTENSION_REQUESTS | {_CHALLENGE}
"""Attributes that have one value only; the others may have several. RFC 2985 §5.4."""

_SUBJECT_ALT_NAME = "2.5.29.17"
_MICROSOFT = "Microsoft [MS-WCCE] §2.2.2.7"
_ATTRIBUTES = {
    "1.2.840.113549.1.9.2": ("Unstructured name", "A name without structure.", "RFC 2985 §5.2.2"),
    _CHALLENGE: (
        "Challenge password",
        "A password by which the requester may later ask for revocation. Whoever has the request can read it.",
        "RFC 2985 §5.4.1",
    ),
    "1.2.840.113549.1.9.8": ("Unstructured address", "An address without structure.", "RFC 2985 §5.2.3"),
    "1.3.6.1.4.1.311.13.2.3": ("Windows version", "The system that made the request.", f"{_MICROSOFT}.1"),
    "1.3.6.1.4.1.311.21.20": (
        "Client information",
        "Who made the request and with what.",
        f"{_MICROSOFT}.4",
    ),
    "1.3.6.1.4.1.311.13.2.2": ("Key provider", "What holds the private key.", f"{_MICROSOFT}.2"),
}
_VERSION = 1
_REFERENCE = "RFC 2986 §4.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attribute:
    oid: str
    element: Element
    values: tuple[Element, ...]


def parse_request(der: bytes) -> CertificateRequest:
    """Read all that can be read of a certification request. Never raises.

    Args:
        der: any bytes.
    """
    whole = read(der)
    problems = list(whole.problems)
    top = whole.elements[0] if whole.elements else None
    outer = assign(top, top.children, _REQUEST, problems) if top else {}
    info = outer.get("request info")
    plain = [child for child in info.children if child.tag != "[0]"] if info else []
    parts = assign(info, plain, _INFO, problems) if info else {}
    block = next((child for child in info.children if child.tag == "[0]"), None) if info else None
    attributes = _attributes(block, problems)
    located = tuple(
        found
        for attribute in attributes
        if attribute.oid in _EXTENSION_REQUESTS
        for value in attribute.values[:1]
        for found in locate_each(value, problems)
    )
    extensions = read_extensions(located, problems)
    subject = read_name(parts["subject"], problems) if "subject" in parts else NO_NAME
    key = read_public_key(parts["public key"], problems) if "public key" in parts else NO_PUBLIC_KEY
    algorithm_at, signature_at = outer.get("signature algorithm"), outer.get("signature")
    algorithm = read_algorithm(algorithm_at, problems) if algorithm_at else NO_ALGORITHM
    signature = reading.signature(signature_at, problems)
    version = _version(parts.get("version"), problems)
    spki = pin(key.der) if key.der else ""
    san = _names(located)
    version_part = Part(
        label="Version",
        value="" if version is None else str(version),
        key="version",
        span=reading.span_of(parts.get("version")),
        summary=UNREADABLE if version is None else "",
        meaning="The version of the format of requests; there is only 1.",
        reference=_REFERENCE,
    )
    sections = (
        name_section("Subject", subject, parts.get("subject"), "Whom the certificate is to be issued to."),
        _names_part(san),
        key_section(key, parts.get("public key"), "The key that is to be certified."),
        signature_section(algorithm, signature, algorithm_at, signature_at, signer="requester", of="request"),
        reading.fingerprint_part(der, "request", reading.pin_part(spki)),
        version_part,
        *(_attribute_part(found) for found in attributes if found.oid not in _EXTENSION_REQUESTS),
    )
    extension_block = next((found for found in attributes if found.oid in _EXTENSION_REQUESTS), None)
    fields: tuple[Field, ...] = (
        *fields_of(sections, "", meaning="", reference=_REFERENCE),
        extensions_field(extensions, extension_block.element.span if extension_block else None, of="request"),
    )
    ordered = in_order(problems)
    return CertificateRequest(
        der=der,
        version=version,
        subject=subject,
        public_key=key,
        spki_sha256=spki,
        san=san,
        extensions=extensions,
        signature_algorithm=algorithm,
        signature=signature,
        problems=ordered,
        fields=marked(fields, ordered),
    )


def _attributes(block: Element | None, problems: list[Problem]) -> tuple[_Attribute, ...]:
    """The attributes, those that can be read."""
    if block is None:
        return ()
    found = []
    for child in block.children[:MOST_ATTRIBUTES]:
        try:
            contents = Contents(child)
            oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
            values = contents.take("SET").children
            contents.finish()
        except DecodeError as error:
            problems.append(error.problem)
            continue
        if not values:
            problems.append(Problem(text=f"The attribute {oid} has no value.", offset=child.start))
        elif len(values) > 1 and oid in _OF_ONE_VALUE:
            text = f"The attribute {oid} should have one value but has {len(values)}."
            problems.append(Problem(text=text, offset=child.start))
        found.append(_Attribute(oid=oid, element=child, values=values))
    if len(block.children) > MOST_ATTRIBUTES:
        text = f"There are {len(block.children):,} attributes; only {MOST_ATTRIBUTES} are read."
        problems.append(Problem(text=text, offset=block.children[MOST_ATTRIBUTES].start))
    return tuple(found)


def _version(element: Element | None, problems: list[Problem]) -> int | None:
    number = reading.fact(lambda found, _: small_integer(found) + 1, element, problems)
    if element is not None and number is not None and number != _VERSION:
        problems.append(Problem(text=f"There is no version {number} of requests.", offset=element.start))
    return number


def _names(located: tuple[LocatedExtension, ...]) -> tuple[GeneralName, ...]:
    root = next((found.root for found in located if found.oid == _SUBJECT_ALT_NAME), None)
    names = reading.fact(read_general_names, root, [])
    return tuple(found.name for found in names or ())


def _names_part(san: tuple[GeneralName, ...]) -> Part:
    values = [str(name) for name in san]
    return Part(
        label="Names",
        value=one_a_line(values),
        in_lines=True,
        key="names",
        summary=first_of(values) if values else "none",
        meaning="The names and addresses that the certificate is to be valid for.",
        reference="RFC 5280 §4.2.1.6",
    )


def _attribute_part(attribute: _Attribute) -> Part:
    label, meaning, reference = _ATTRIBUTES.get(
        attribute.oid, (attribute.oid, "An attribute that is not known here.", _REFERENCE)
    )
    values = [shown(value, []) for value in attribute.values]
    is_list = len(values) != 1
    return Part(
        label=label,
        value=one_a_line(values) if is_list else values[0],
        in_lines=is_list,
        key=f"attribute_{attribute.oid}",
        span=attribute.element.span,
        meaning=meaning,
        reference=reference,
        children=tuple(element_part(value) for value in attribute.values if value.children),
    )
