"""OCSP responses as files and staples have them. RFC 6960 §4.2."""

from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_INCLUDED, MOST_SINGLE_RESPONSES
from tlsglass.x509.algorithms import NO_ALGORITHM, read_algorithm, read_identifier
from tlsglass.x509.certificate import read_extensions
from tlsglass.x509.der import read
from tlsglass.x509.documents import reading
from tlsglass.x509.documents.model import OcspResponse, SingleResponse, serial_hex
from tlsglass.x509.elements import DecodeError, Element, in_order
from tlsglass.x509.extensions.revocation import reason_name
from tlsglass.x509.fields import extensions_field, marked
from tlsglass.x509.model import Field, Problem
from tlsglass.x509.names import name_parts, read_name
from tlsglass.x509.oids.algorithms import HASHES
from tlsglass.x509.oids.extensions import extension_type
from tlsglass.x509.parts import Part, fields_of
from tlsglass.x509.sections import UNREADABLE, signature_section
from tlsglass.x509.structure import LocatedExtension, assign, locate_extensions
from tlsglass.x509.times import plain, time
from tlsglass.x509.values import Contents, colon_hex, expect, inner, object_identifier, small_integer

BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1"

_STATUSES = {
    0: "successful",
    1: "malformedRequest",
    2: "internalError",
    3: "tryLater",
    5: "sigRequired",
    6: "unauthorized",
}
_BASIC = (("response data", "SEQUENCE"), ("signature algorithm", "SEQUENCE"), ("signature", "BIT STRING"))
_CERTIFICATE_STATUSES = {"[0]": "good", "[1]": "revoked", "[2]": "unknown"}
_MEANINGS = {
    "good": "The certificate is not revoked, as far as the responder knows.",
    "revoked": "The certificate is revoked, for good or for a time, or its issuer has no record of it.",
    "unknown": "The responder does not know the certificate.",
}
_REFERENCE = "RFC 6960 §4.2.1"
_TIMES_REFERENCE = "RFC 6960 §2.4"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """The ResponseData, read."""

    responder: Part | None = None
    produced_at: datetime | None = None
    produced: Part | None = None
    responses: tuple[tuple[SingleResponse, Part], ...] = ()
    extensions: tuple[LocatedExtension, ...] = ()
    block: Element | None = None


def parse_ocsp_response(der: bytes) -> OcspResponse:
    """Read all that can be read of an OCSP response. Never raises; its signature is not checked.

    Args:
        der: any bytes.
    """
    whole = read(der)
    problems = list(whole.problems)
    status, status_at, basic = _outer(whole.elements[0] if whole.elements else None, problems)
    parts: dict[str, Element] = {}
    certificates: tuple[Element, ...] = ()
    if basic is not None:
        plain_parts = [child for child in basic.children if child.tag != "[0]"]
        parts = assign(basic, plain_parts, _BASIC, problems)
        certificates = _certificates(basic, problems)
    data = _read_data(parts.get("response data"), problems)
    algorithm_at, signature_at = parts.get("signature algorithm"), parts.get("signature")
    algorithm = read_algorithm(algorithm_at, problems) if algorithm_at else NO_ALGORITHM
    signature = reading.signature(signature_at, problems)
    extensions = read_extensions(data.extensions, problems)
    sections = [
        Part(
            label="Status",
            value=status,
            key="status",
            span=reading.span_of(status_at),
            summary="" if status else UNREADABLE,
            meaning="Whether the responder answered.",
            reference=_REFERENCE,
        )
    ]
    fields: tuple[Field, ...] = ()
    if basic is not None:
        sections += [part for part in (data.responder, data.produced) if part]
        sections += [part for _, part in data.responses]
        sections += [
            signature_section(algorithm, signature, algorithm_at, signature_at, signer="responder", of="response"),
            _certificates_part(certificates),
        ]
        fields = (extensions_field(extensions, reading.span_of(data.block), of="response"),)
    sections.append(reading.fingerprint_part(der, "response"))
    ordered = in_order(problems)
    fields = (*fields_of(sections, "", meaning="", reference=_REFERENCE), *fields)
    return OcspResponse(
        der=der,
        status=status,
        responder=data.responder.value if data.responder else "",
        produced_at=data.produced_at,
        responses=tuple(found for found, _ in data.responses),
        certificates=tuple(found.encoded for found in certificates),
        extensions=extensions,
        signature_algorithm=algorithm,
        signature=signature,
        problems=ordered,
        fields=marked(fields, ordered),
    )


def _outer(top: Element | None, problems: list[Problem]) -> tuple[str, Element | None, Element | None]:
    """The status, where it lies, and the BasicOCSPResponse; the latter None where there is none."""
    if top is None:
        return "", None, None
    status_at = None
    try:
        contents = Contents(top)
        status_at = contents.take("ENUMERATED")
        number = small_integer(status_at)
        held = contents.optional("[0]")
        contents.finish()
    except DecodeError as error:
        problems.append(error.problem)
        return "", status_at, None
    status = _STATUSES.get(number, f"status {number}")
    return status, status_at, reading.fact(_basic, held, problems)


def _basic(held: Element, problems: list[Problem]) -> Element | None:
    """The BasicOCSPResponse in the responseBytes; None where they hold another kind of response."""
    contents = Contents(inner(held))
    kind = object_identifier(contents.take("OBJECT IDENTIFIER"))
    octets = contents.take("OCTET STRING")
    contents.finish()
    if kind != BASIC_RESPONSE:
        text = f"The response is of the kind {kind}, which is not known here."
        raise DecodeError(text, octets.start)
    found = read(octets.source, octets.start + octets.header, octets.end)
    problems.extend(found.problems)
    if len(found.elements) != 1:
        text = f"The response should be one element but is {len(found.elements)}."
        problems.append(Problem(text=text, offset=octets.start))
    return found.elements[0] if found.elements else None


def _certificates(basic: Element, problems: list[Problem]) -> tuple[Element, ...]:
    block = next((child for child in basic.children if child.tag == "[0]"), None)
    found = reading.fact(lambda held, _: Contents(inner(held)).rest(), block, problems) or ()
    if len(found) > MOST_INCLUDED:
        text = f"There are {len(found):,} certificates; only {MOST_INCLUDED} are taken out."
        problems.append(Problem(text=text, offset=found[MOST_INCLUDED].start))
    return found[:MOST_INCLUDED]


def _certificates_part(certificates: tuple[Element, ...]) -> Part:
    return Part(
        label="Certificates",
        value=str(len(certificates)),
        key="certificates",
        summary=str(len(certificates)) if certificates else "none",
        meaning="Certificates that help to check the signature, such as that of a delegated responder.",
        children=tuple(
            Part(
                label="Certificate", value=found.encoded.hex(), span=found.span, summary=f"{len(found.encoded):,} bytes"
            )
            for found in certificates
        ),
    )


def _read_data(element: Element | None, problems: list[Problem]) -> _Data:
    """RFC 6960 §4.2.1; each of its parts is read on its own."""
    if element is None:
        return _Data()
    left = list(element.children)

    def take(*tags: str) -> Element | None:
        return left.pop(0) if left and left[0].tag in tags else None

    version_at = take("[0]")
    version = reading.fact(lambda held, _: small_integer(inner(held)) + 1, version_at, problems)
    if version_at is not None and version is not None and version != 1:
        problems.append(Problem(text=f"There is no version {version} of responses.", offset=version_at.start))
    responder_at, produced_at = take("[1]", "[2]"), take("GeneralizedTime", "UTCTime")
    responses_at, block = take("SEQUENCE"), take("[1]")
    for what, found in (("responder", responder_at), ("time", produced_at), ("list of responses", responses_at)):
        if found is None:
            problems.append(Problem(text=f"The {what} is missing.", offset=element.start))
    if left:
        problems.append(Problem(text=f"{left[0].tag} is not expected at this place.", offset=left[0].start))
    singles = responses_at.children if responses_at else ()
    if len(singles) > MOST_SINGLE_RESPONSES:
        text = f"There are {len(singles):,} responses; only {MOST_SINGLE_RESPONSES:,} are read."
        problems.append(Problem(text=text, offset=singles[MOST_SINGLE_RESPONSES].start))
    produced = reading.moment(produced_at, problems)
    return _Data(
        responder=reading.fact(_responder, responder_at, problems),
        produced_at=produced,
        produced=reading.moment_part(
            "Produced",
            produced,
            produced_at,
            key="produced_at",
            meaning="When the responder signed the response.",
            reference=_TIMES_REFERENCE,
        ),
        responses=tuple(
            _single(found, number, problems) for number, found in enumerate(singles[:MOST_SINGLE_RESPONSES])
        ),
        extensions=locate_extensions(block, problems),
        block=block,
    )


def _responder(element: Element, problems: list[Problem]) -> Part:
    """The ResponderID: a name, or the SHA-1 of a key."""
    held = inner(element)
    if element.tag == "[1]":
        name = read_name(held, problems)
        value, meaning, children = name.rfc4514, "Who signed the response, by name.", name_parts(held)
    else:
        expect(held, "OCTET STRING")
        value, meaning, children = held.content.hex(), "Who signed the response, by the SHA-1 of their key.", ()
    return Part(label="Responder", value=value, key="responder", span=held.span, meaning=meaning, children=children)


def _single(element: Element, number: int, problems: list[Problem]) -> tuple[SingleResponse, Part]:
    """One SingleResponse; what of it can't be read is left out."""
    left = list(element.children)

    def take(*tags: str) -> Element | None:
        return left.pop(0) if left and left[0].tag in tags else None

    id_at, status_at = take("SEQUENCE"), take(*_CERTIFICATE_STATUSES)
    this_at, next_holder, block = take("GeneralizedTime", "UTCTime"), take("[0]"), take("[1]")
    for what, found in (("certificate id", id_at), ("certificate status", status_at), ("time", this_at)):
        if found is None:
            problems.append(Problem(text=f"The {what} of a response is missing.", offset=element.start))
    id_parts, serial = _certificate_id(id_at, problems)
    status = _CERTIFICATE_STATUSES[status_at.tag] if status_at else ""
    revoked_at, reason = _revoked(status_at, problems) if status == "revoked" and status_at else (None, None)
    next_at = reading.fact(lambda held, _: inner(held), next_holder, problems)
    single = SingleResponse(
        serial=serial,
        status=status,
        this_update=reading.moment(this_at, problems),
        next_update=reading.moment(next_at, problems),
        revoked_at=revoked_at,
        reason=reason,
    )
    children = [*id_parts, *_status_parts(single, status_at)]
    children.append(
        reading.moment_part(
            "This update",
            single.this_update,
            this_at,
            key="this_update",
            meaning="When the status was known to be right.",
            reference=_TIMES_REFERENCE,
        )
    )
    if next_at is not None:
        children.append(
            reading.moment_part(
                "Next update",
                single.next_update,
                next_at,
                key="next_update",
                meaning="By when newer information will be had.",
                reference=_TIMES_REFERENCE,
            )
        )
    for extension in read_extensions(locate_extensions(block, problems), problems):
        kind = extension_type(extension.oid)
        children.append(
            Part(
                label=kind.label,
                value=extension.value,
                in_lines=True,
                key=extension.oid,
                span=extension.span,
                meaning=kind.meaning,
                reference=kind.reference,
            )
        )
    part = Part(
        label="Response",
        value=f"{status or UNREADABLE} {serial_hex(serial)}".strip(),
        key=f"response_{number}",
        span=element.span,
        meaning="What the responder says of one certificate.",
        children=tuple(children),
    )
    return single, part


def _certificate_id(element: Element | None, problems: list[Problem]) -> tuple[list[Part], int | None]:
    """CertID: hashes of the issuer's name and key, and the serial. RFC 6960 §4.1.1."""
    if element is None:
        return [], None
    try:
        contents = Contents(element)
        algorithm = contents.take("SEQUENCE")
        oid, _ = read_identifier(algorithm)
        name_hash, key_hash = contents.take("OCTET STRING"), contents.take("OCTET STRING")
        serial_at = contents.take("INTEGER")
        contents.finish()
    except DecodeError as error:
        problems.append(error.problem)
        return [], None
    serial = reading.serial(serial_at, problems)
    hashed = HASHES.get(oid, oid)
    reference = "RFC 6960 §4.1.1"
    parts = [
        reading.serial_part(serial, serial_at),
        Part(
            label="Issuer name hash",
            value=colon_hex(name_hash.content),
            key="issuer_name_hash",
            span=name_hash.span,
            meaning=f"The {hashed} of the issuer's name.",
            reference=reference,
        ),
        Part(
            label="Issuer key hash",
            value=colon_hex(key_hash.content),
            key="issuer_key_hash",
            span=key_hash.span,
            meaning=f"The {hashed} of the issuer's key.",
            reference=reference,
        ),
    ]
    return parts, serial


def _revoked(element: Element, problems: list[Problem]) -> tuple[datetime | None, str | None]:
    """RevokedInfo: when and why."""
    try:
        contents = Contents(element, None)
        when = time(contents.take(), problems)
        why = contents.optional("[0]")
        reason = reason_name(inner(why)) if why else None
        contents.finish()
    except DecodeError as error:
        problems.append(error.problem)
        return None, None
    return when, reason


def _status_parts(single: SingleResponse, element: Element | None) -> list[Part]:
    parts = [
        Part(
            label="Certificate status",
            value=single.status,
            key="status",
            span=reading.span_of(element),
            summary="" if single.status else UNREADABLE,
            meaning=_MEANINGS.get(single.status, "Whether the certificate is revoked."),
            reference="RFC 6960 §2.2",
        )
    ]
    if single.revoked_at is not None:
        parts.append(
            Part(label="Revoked", value=plain(single.revoked_at), key="revoked_at", meaning="Since when it is revoked.")
        )
    if single.reason is not None:
        parts.append(Part(label="Reason", value=single.reason, key="reason", meaning="Why it was revoked."))
    return parts
