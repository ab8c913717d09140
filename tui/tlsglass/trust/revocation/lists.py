"""A revocation list as far as one status needs it: its head, its scope, and the one entry that is looked for.

A list may be tens of megabytes long. Nothing but its head is read until a serial number is asked for, and then only
the lengths of the entries before it. RFC 5280 §5.
"""

import binascii
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_ENTRIES
from tlsglass.trust.revocation.sources import DistributionPoint, point_names, read_points, reason_names
from tlsglass.x509.algorithms import read_algorithm
from tlsglass.x509.documents.revocation_lists import LocatedList, locate_list
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.revocation import reason_name
from tlsglass.x509.model import Name
from tlsglass.x509.names import read_name
from tlsglass.x509.structure import LocatedExtension, locate_each, locate_extensions
from tlsglass.x509.times import time
from tlsglass.x509.values import Contents, bits, boolean, integer
from tlsglass.x509.walk import Header, header, opened

_NUMBER = "2.5.29.20"
_REASON = "2.5.29.21"
_INVALIDITY = "2.5.29.24"
_DELTA = "2.5.29.27"
_SCOPE = "2.5.29.28"
_ENTRY_ISSUER = "2.5.29.29"
_AUTHORITY_KEY = "2.5.29.35"
_FRESHEST = "2.5.29.46"
_KNOWN = frozenset({_NUMBER, _DELTA, _SCOPE, _AUTHORITY_KEY, _FRESHEST})
_KNOWN_OF_ENTRIES = frozenset({_REASON, _INVALIDITY})
_SEQUENCE = 0x30
_INTEGER = 0x02
_SHORT = 0x80
_PEM_BEGIN = b"-----BEGIN X509 CRL-----"
_PEM_END = b"-----END X509 CRL-----"


class ListError(Exception):
    """The list can't be used; the message is the end of a sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of which certificates a list tells. RFC 5280 §5.2.5."""

    names: frozenset[bytes] | None = None
    """The names of the point whose part of all it is, in a form that can be compared; None for no part."""

    only_users: bool = False
    only_authorities: bool = False
    only_attributes: bool = False
    indirect: bool = False
    """Whether it has certificates of other issuers as well."""

    reasons: frozenset[str] | None = None
    """The only reasons that it knows of; None where it knows all."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadList:
    """The head of a list."""

    der: bytes
    issuer: Name
    this_update: datetime
    next_update: datetime | None
    number: int | None
    base: int | None
    """The number of the list that this one is the difference to; None of a whole list. RFC 5280 §5.2.4."""

    scope: Scope
    freshest: tuple[DistributionPoint, ...]
    """Where newer differences to it are."""

    unknown: tuple[str, ...]
    """Critical extensions that are not understood here, dotted."""

    algorithm: str
    """The signature algorithm, dotted."""

    signature: bytes
    entries: tuple[int, int]
    """The offsets between which the entries lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a list says of one certificate. RFC 5280 §5.3."""

    revoked_at: datetime
    reason: str | None
    unknown: tuple[str, ...]
    """Critical extensions that are not understood here, dotted."""


def read_list(data: bytes) -> ReadList:
    """Read the head of a list; its signature is not checked.

    Args:
        data: the list in DER, or in PEM, as some serve it.

    Raises:
        ListError: these bytes are no list.
    """
    der = _from_pem(data)
    located = locate_list(der, [])
    try:
        return _read(der, located)
    except DecodeError as error:
        text = f"what came is no revocation list that can be read ({error})"
        raise ListError(text) from error


def find_entry(found: ReadList, serial: int) -> Entry | None:
    """What the list says of a serial number; None where it does not have it.

    Args:
        found: the list.
        serial: the certificate's.

    Raises:
        ListError: the entries can't be read as far as that needs.
    """
    octets = serial.to_bytes((serial.bit_length() + 8) // 8, signed=True)
    if len(octets) >= _SHORT:
        text = "the serial number is too long to be looked for"
        raise ListError(text)
    wanted = bytes((_INTEGER, len(octets))) + octets
    start, end = found.entries
    if found.der.find(wanted, start, end) < 0:
        return None
    try:
        position = _search(found.der, wanted, start, end)
        return None if position is None else _entry(found.der, header(found.der, position, end))
    except DecodeError as error:
        text = f"its entries can't be read ({error})"
        raise ListError(text) from error


def _search(der: bytes, wanted: bytes, start: int, end: int) -> int | None:
    """The offset of the entry that begins with the serial number, looking at nothing but lengths before it."""
    position = start
    for _ in range(MOST_ENTRIES):
        if position >= end:
            return None
        if position + 2 > end or der[position] != _SEQUENCE:
            text = "An entry is no SEQUENCE."
            raise DecodeError(text, position)
        length = der[position + 1]
        if length < _SHORT:
            content, after = position + 2, position + 2 + length
        else:
            opening = header(der, position, end)
            content, after = opening.content, opening.after
        if after > end:
            text = "An entry is longer than what holds it."
            raise DecodeError(text, position)
        if der.startswith(wanted, content, after):
            return position
        position = after
    text = f"it has more than {MOST_ENTRIES:,} entries"
    raise ListError(text)


def _entry(der: bytes, found: Header) -> Entry:
    contents = Contents(opened(der, found, []))
    contents.take("INTEGER")
    revoked_at = time(contents.take(), [])
    block = contents.peek()
    extensions = locate_each(block, []) if block else ()
    reason = _root(extensions, _REASON)
    return Entry(
        revoked_at=revoked_at,
        reason=reason_name(reason) if reason else None,
        unknown=tuple(each.oid for each in extensions if each.critical and each.oid not in _KNOWN_OF_ENTRIES),
    )


def _read(der: bytes, located: LocatedList) -> ReadList:
    if not (located.issuer and located.this_update and located.algorithm and located.signature):
        text = "A part of it is missing."
        raise DecodeError(text, 0)
    issuer = read_name(located.issuer, [])
    extensions = locate_extensions(located.extensions, [])
    number, base, scope = (_root(extensions, oid) for oid in (_NUMBER, _DELTA, _SCOPE))
    freshest = _root(extensions, _FRESHEST)
    revoked = located.revoked
    return ReadList(
        der=der,
        issuer=issuer,
        this_update=time(located.this_update, []),
        next_update=time(located.next_update, []) if located.next_update else None,
        number=integer(number, []) if number else None,
        base=integer(base, []) if base else None,
        scope=_scope(scope, issuer) if scope else Scope(),
        freshest=read_points(freshest.encoded, issuer) if freshest else (),
        unknown=tuple(each.oid for each in extensions if each.critical and each.oid not in _KNOWN),
        algorithm=read_algorithm(located.algorithm, []).oid,
        signature=bits(located.signature)[0],
        entries=(revoked.content, revoked.end) if revoked else (0, 0),
    )


def _scope(element: Element, issuer: Name) -> Scope:
    contents = Contents(element)
    point = contents.optional("[0]")
    users, authorities, reasons = contents.optional("[1]"), contents.optional("[2]"), contents.optional("[3]")
    indirect, attributes = contents.optional("[4]"), contents.optional("[5]")
    contents.finish()
    return Scope(
        names=point_names(point, issuer)[1] if point else None,
        only_users=users is not None and boolean(users, []),
        only_authorities=authorities is not None and boolean(authorities, []),
        only_attributes=attributes is not None and boolean(attributes, []),
        indirect=indirect is not None and boolean(indirect, []),
        reasons=reason_names(reasons) if reasons else None,
    )


def _root(extensions: tuple[LocatedExtension, ...], oid: str) -> Element | None:
    """What an extension holds; None where there is none of the kind.

    Raises:
        DecodeError: there is one, and it holds nothing that can be read.
    """
    extension = next((each for each in extensions if each.oid == oid), None)
    if extension is not None and extension.root is None:
        text = f"The extension {oid} can't be read."
        raise DecodeError(text, extension.element.start)
    return extension.root if extension else None


def _from_pem(data: bytes) -> bytes:
    begin = data.find(_PEM_BEGIN, 0, 4096) if data[:1] != b"\x30" else -1
    if begin < 0:
        return data
    end = data.find(_PEM_END, begin)
    try:
        return binascii.a2b_base64(data[begin + len(_PEM_BEGIN) : end])
    except binascii.Error as error:
        text = "what came is a revocation list in garbled PEM"
        raise ListError(text) from error
