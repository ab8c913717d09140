"""Certificate revocation lists. RFC 5280 §5.

A list may name a hundred thousand certificates. They are counted, the first ones are read, and others on demand.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_ENTRIES_SHOWN
from tlsglass.text import one_a_line
from tlsglass.x509.algorithms import NO_ALGORITHM, read_algorithm
from tlsglass.x509.certificate import read_extensions
from tlsglass.x509.documents import reading
from tlsglass.x509.documents.model import RevocationList, RevokedCertificate
from tlsglass.x509.elements import DecodeError, Element, in_order
from tlsglass.x509.fields import extensions_field, marked
from tlsglass.x509.model import Field, Problem, Span
from tlsglass.x509.names import NO_NAME, read_name
from tlsglass.x509.oids.extensions import extension_type
from tlsglass.x509.parts import Part, fields_of
from tlsglass.x509.sections import UNREADABLE, name_section, signature_section
from tlsglass.x509.structure import locate_each, locate_extensions
from tlsglass.x509.times import plain
from tlsglass.x509.values import small_integer
from tlsglass.x509.walk import Header, children, header, opened

_REFERENCE = "RFC 5280 §5.1"
_ENTRY = "RFC 5280 §5.1.2.6"
_TIMES = ("UTCTime", "GeneralizedTime")
_NUMBER = "2.5.29.20"
_REASON = "2.5.29.21"
_LAST_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedList:
    """Where the parts of a list lie; None for what is absent or can't be found."""

    version: Element | None = None
    inner_algorithm: Element | None = None
    issuer: Element | None = None
    this_update: Element | None = None
    next_update: Element | None = None
    revoked: Header | None = None
    extensions: Element | None = None
    algorithm: Element | None = None
    signature: Element | None = None


def parse_revocation_list(der: bytes) -> RevocationList:
    """Read all that can be read of a revocation list. Never raises.

    Args:
        der: any bytes.
    """
    problems: list[Problem] = []
    at = locate_list(der, problems)
    located = locate_extensions(at.extensions, problems)
    extensions = read_extensions(located, problems)
    issuer = read_name(at.issuer, problems) if at.issuer else NO_NAME
    this_update, next_update = reading.moment(at.this_update, problems), reading.moment(at.next_update, problems)
    algorithm = read_algorithm(at.algorithm, problems) if at.algorithm else NO_ALGORITHM
    signature = reading.signature(at.signature, problems)
    version = _version(at.version, problems)
    if at.algorithm and at.inner_algorithm and at.algorithm.encoded != at.inner_algorithm.encoded:
        text = "The signature algorithm differs from the one in the signed part."
        problems.append(Problem(text=text, offset=at.algorithm.start))
    count = sum(1 for _ in children(der, at.revoked, problems)) if at.revoked else 0
    shown = tuple(islice(_entries(der, at.revoked), MOST_ENTRIES_SHOWN))
    for entry, _, _ in shown:
        problems.extend(entry.problems)
    sections = (
        name_section("Issuer", issuer, at.issuer, "Who issued and signed the list."),
        reading.moment_part(
            "This update",
            this_update,
            at.this_update,
            key="this_update",
            meaning="When the list was issued.",
            reference="RFC 5280 §5.1.2.4",
        ),
        reading.moment_part(
            "Next update",
            next_update,
            at.next_update,
            key="next_update",
            meaning="By when the next list will be issued.",
            reference="RFC 5280 §5.1.2.5",
        ),
        _revoked_part(count, at.revoked, shown),
        signature_section(algorithm, signature, at.algorithm, at.signature, of="list"),
        reading.fingerprint_part(der, "list"),
        _version_part(version, at.version),
    )
    fields: tuple[Field, ...] = (
        *fields_of(sections, "", meaning="", reference=_REFERENCE),
        extensions_field(extensions, at.extensions.span if at.extensions else None, of="list"),
    )
    ordered = in_order(problems)
    return RevocationList(
        der=der,
        version=version,
        issuer=issuer,
        this_update=this_update,
        next_update=next_update,
        number=next((found.value for found in extensions if found.oid == _NUMBER), None),
        count=count,
        first=tuple(entry for entry, _, _ in shown),
        extensions=extensions,
        signature_algorithm=algorithm,
        signature=signature,
        problems=ordered,
        fields=marked(fields, ordered),
    )


def entries(revocation_list: RevocationList, start: int = 0) -> Iterator[RevokedCertificate]:
    """The entries of a list from a place on, each read when it is asked for.

    Args:
        revocation_list: the list.
        start: how many to pass over.
    """
    at = locate_list(revocation_list.der, [])
    return (entry for entry, _, _ in _entries(revocation_list.der, at.revoked, start))


def locate_list(der: bytes, problems: list[Problem]) -> LocatedList:
    """Find the parts of a list, without opening the entries. Never raises. RFC 5280 §5.1.

    Args:
        der: any bytes.
        problems: what is missing or can't be found is added here.
    """
    try:
        top = header(der, 0, len(der))
    except DecodeError as error:
        problems.append(error.problem)
        return LocatedList()
    if top.after != len(der):
        text = f"{len(der) - top.after:,} bytes follow the end of the list."
        problems.append(Problem(text=text, offset=top.after))
    outer = list(islice(children(der, top, problems), 3))
    signed = outer[0] if outer else None
    queue = list(islice(children(der, signed, problems), 8)) if signed else []

    def take(what: str, *tags: str, optional: bool = False) -> Header | None:
        if queue and queue[0].tag in tags:
            return queue.pop(0)
        if not optional:
            text = f"The {what} is missing."
            problems.append(Problem(text=text, offset=queue[0].start if queue else signed.end if signed else 0))
        return None

    def open_(found: Header | None) -> Element | None:
        return opened(der, found, problems) if found else None

    version = open_(take("version", "INTEGER", optional=True))
    inner_algorithm = open_(take("inner signature algorithm", "SEQUENCE"))
    issuer = open_(take("issuer", "SEQUENCE"))
    this_update = open_(take("time of this update", *_TIMES))
    next_update = open_(take("time of the next update", *_TIMES, optional=True))
    revoked = take("list of revoked certificates", "SEQUENCE", optional=True)
    extensions = open_(take("extensions", "[0]", optional=True))
    if queue:
        text = f"{queue[0].tag} is not expected at this place."
        problems.append(Problem(text=text, offset=queue[0].start))
    queue = outer[1:]
    return LocatedList(
        version=version,
        inner_algorithm=inner_algorithm,
        issuer=issuer,
        this_update=this_update,
        next_update=next_update,
        revoked=revoked,
        extensions=extensions,
        algorithm=open_(take("signature algorithm", "SEQUENCE")),
        signature=open_(take("signature", "BIT STRING")),
    )


_Entry = tuple[RevokedCertificate, Element, tuple[Element | None, Element | None]]
"""An entry, where it lies, and where its serial and its time do."""


def _entries(der: bytes, revoked: Header | None, start: int = 0) -> Iterator[_Entry]:
    if revoked is None:
        return
    for found in islice(children(der, revoked, []), start, None):
        yield _entry(der, found)


def _entry(der: bytes, found: Header) -> _Entry:
    problems: list[Problem] = []
    element = opened(der, found, problems)
    parts = element.children
    serial_at = parts[0] if parts else None
    time_at = parts[1] if len(parts) > 1 else None
    block = parts[2] if len(parts) > 2 else None  # noqa: PLR2004 - serial and time come first
    if serial_at is None or time_at is None:
        problems.append(Problem(text="An entry lacks its serial number or its time.", offset=element.start))
    elif serial_at.tag != "INTEGER":
        text = f"The serial number of an entry should be INTEGER but is {serial_at.tag}."
        problems.append(Problem(text=text, offset=serial_at.start))
        serial_at = None
    extensions = read_extensions(locate_each(block, problems), problems) if block else ()
    entry = RevokedCertificate(
        serial=reading.serial(serial_at, problems),
        revoked_at=reading.moment(time_at, problems),
        reason=next((found.value for found in extensions if found.oid == _REASON), None),
        extensions=extensions,
        problems=tuple(problems),
    )
    return entry, element, (serial_at, time_at)


def _revoked_part(count: int, at: Header | None, shown: Sequence[_Entry]) -> Part:
    left_out = count - len(shown)
    children = [_entry_part(*found) for found in shown]
    if left_out > 0:
        meaning = "So that a list of any length opens at once, the rest of it is counted but not shown."
        children.append(Part(label="Further", value=f"{left_out:,} more are not shown", meaning=meaning))
    return Part(
        label="Revoked",
        value=one_a_line(part.value for part in children),
        in_lines=True,
        key="revoked",
        span=Span(start=at.start, header=at.content - at.start, end=at.end, tag=at.tag) if at else None,
        summary=f"{count:,} certificate{'' if count == 1 else 's'}" if count else "none",
        meaning="The certificates that the issuer has revoked.",
        reference=_ENTRY,
        children=tuple(children),
    )


def _entry_part(entry: RevokedCertificate, element: Element, at: tuple[Element | None, Element | None]) -> Part:
    when = plain(entry.revoked_at) if entry.revoked_at else UNREADABLE
    why = f", {entry.reason}" if entry.reason else ""
    children = [
        reading.serial_part(entry.serial, at[0]),
        reading.moment_part(
            "Revoked",
            entry.revoked_at,
            at[1],
            key="revoked_at",
            meaning="Since when the certificate is revoked.",
            reference=_ENTRY,
        ),
    ]
    children.extend(
        Part(
            label=extension_type(found.oid).label,
            value=found.value,
            in_lines=True,
            key=found.oid,
            span=found.span,
            meaning=extension_type(found.oid).meaning,
            reference=extension_type(found.oid).reference,
        )
        for found in entry.extensions
    )
    serial = children[0].value or UNREADABLE
    return Part(
        label=serial,
        value=f"{serial} {when}{why}",
        span=element.span,
        summary=f"{when}{why}",
        meaning="One revoked certificate.",
        children=tuple(children),
    )


def _version(element: Element | None, problems: list[Problem]) -> int | None:
    if element is None:
        return 1
    number = reading.fact(lambda found, _: small_integer(found) + 1, element, problems)
    if number is not None and number != _LAST_VERSION:
        problems.append(Problem(text=f"There is no version {number} of lists.", offset=element.start))
    return number


def _version_part(version: int | None, element: Element | None) -> Part:
    return Part(
        label="Version",
        value="" if version is None else str(version),
        key="version",
        span=reading.span_of(element),
        summary=UNREADABLE if version is None else "",
        meaning="The version of the format; 2 is the one with extensions.",
        reference="RFC 5280 §5.1.2.1",
    )
