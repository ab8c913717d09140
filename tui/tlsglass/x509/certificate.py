"""A certificate from its bytes, whatever they are. RFC 5280 §4.1."""

import hashlib
from binascii import b2a_base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from tlsglass.limits import DEFAULTS, Limits
from tlsglass.turns import give_way
from tlsglass.x509.algorithms import NO_ALGORITHM, read_algorithm
from tlsglass.x509.elements import DecodeError, Element, in_order
from tlsglass.x509.extensions.constraints import read_basic_constraints
from tlsglass.x509.extensions.decode import read_extension
from tlsglass.x509.extensions.identifiers import read_authority_key_id, read_subject_key_id
from tlsglass.x509.extensions.locations import CA_ISSUERS, OCSP, read_access
from tlsglass.x509.extensions.markers import STATUS_REQUEST, read_tls_features
from tlsglass.x509.extensions.usages import read_extended_key_usage, read_key_usage
from tlsglass.x509.general_names import read_general_names
from tlsglass.x509.model import Certificate, Extension, GeneralName, Problem
from tlsglass.x509.names import NO_NAME, read_name
from tlsglass.x509.public_keys import NO_PUBLIC_KEY, read_public_key
from tlsglass.x509.structure import LocatedExtension, Structure, locate
from tlsglass.x509.times import time
from tlsglass.x509.values import bits, inner, integer, small_integer

_Fact = TypeVar("_Fact")

IS_REPEATED = "is there more than once."
"""The end of what is said of an extension that comes again."""

ALGORITHMS_DIFFER = "The signature algorithm differs from the one in the signed part."
"""The text of the problem that the two places disagree which name the signature algorithm. RFC 5280 §4.1.1.2."""

_LAST_VERSION = 3
_LONGEST_SERIAL = 20
NUMBERED_WRONGLY = ("The serial number is not positive.", f"octets, more than {_LONGEST_SERIAL}.")
"""How the problems with a serial number end that can be read. RFC 5280 §4.1.2.2."""

TOO_OLD_FOR_EXTENSIONS = "of certificates doesn't have."
"""How the problem ends that there are extensions in a certificate of an old version. RFC 5280 §4.1.2.9."""

_FIRST_YEAR_OF_GENERALIZED_TIME = 2050


def parse_certificate(der: bytes, limits: Limits = DEFAULTS) -> Certificate:
    """Read all that can be read of a certificate.

    Each part is read on its own, so that one which is damaged hides no other. Never raises: bytes that are no
    certificate give one that says nothing and has problems.

    Args:
        der: any bytes.
        limits: how many extensions and names are read, and how deep.
    """
    give_way()
    structure = locate(der, limits)
    problems = list(structure.problems)
    public_key = read_public_key(structure.public_key, problems) if structure.public_key else NO_PUBLIC_KEY
    not_before, not_after = _validity(structure.validity, problems)
    version = _version(structure, problems)
    access = _fact(structure, "1.3.6.1.5.5.7.1.1", lambda root: read_access(root, [])) or []
    _check_algorithms(structure, problems)
    _check_unique_ids(structure, problems)
    return Certificate(
        der=der,
        sha256=hashlib.sha256(der).hexdigest(),
        sha1=hashlib.sha1(der, usedforsecurity=False).hexdigest(),
        spki_sha256=pin(public_key.der) if public_key.der else "",
        version=version,
        serial=_serial(structure.serial, problems),
        subject=read_name(structure.subject, problems) if structure.subject else NO_NAME,
        issuer=read_name(structure.issuer, problems) if structure.issuer else NO_NAME,
        not_before=not_before,
        not_after=not_after,
        san=_fact(structure, "2.5.29.17", _names) or (),
        public_key=public_key,
        signature_algorithm=read_algorithm(structure.algorithm, problems) if structure.algorithm else NO_ALGORITHM,
        signature=_signature(structure.signature, problems),
        extensions=_extensions(structure, version, problems),
        basic_constraints=_fact(structure, "2.5.29.19", lambda root: read_basic_constraints(root, [])),
        key_usage=_fact(structure, "2.5.29.15", read_key_usage),
        extended_key_usage=_fact(structure, "2.5.29.37", read_extended_key_usage),
        subject_key_id=_fact(structure, "2.5.29.14", read_subject_key_id),
        authority_key_id=_fact(structure, "2.5.29.35", read_authority_key_id),
        ca_issuers=tuple(at.name.value for method, at in access if method == CA_ISSUERS and at.name.kind == "URI"),
        ocsp_responders=tuple(at.name.value for method, at in access if method == OCSP and at.name.kind == "URI"),
        must_staple=STATUS_REQUEST in (_fact(structure, "1.3.6.1.5.5.7.1.24", read_tls_features) or ()),
        problems=in_order(problems),
        limits=limits,
    )


def _fact(structure: Structure, oid: str, reader: Callable[[Element], _Fact]) -> _Fact | None:
    """What the first extension of a kind says; None where there is none or it can't be read."""
    for extension in structure.extensions:
        if extension.oid == oid:
            try:
                return reader(extension.root) if extension.root else None
            except DecodeError:
                return None
    return None


def _names(root: Element) -> tuple[GeneralName, ...]:
    return tuple(found.name for found in read_general_names(root, []))


def pin(spki: bytes) -> str:
    """The SHA-256 of a SubjectPublicKeyInfo in base64. RFC 7469 §2.4.

    Args:
        spki: the whole of it as encoded.
    """
    return b2a_base64(hashlib.sha256(spki).digest(), newline=False).decode()


def _version(structure: Structure, problems: list[Problem]) -> int | None:
    """The version, counted from 1. RFC 5280 §4.1.2.1."""
    element = structure.version
    if element is None:
        return 1 if structure.to_be_signed else None
    try:
        number = inner(element)
        version = small_integer(number) + 1
    except DecodeError as error:
        problems.append(error.problem)
        return None
    if number.tag != "INTEGER":
        problems.append(Problem(text=f"INTEGER was expected here, not {number.tag}.", offset=number.start))
    elif not 1 <= version <= _LAST_VERSION:
        problems.append(Problem(text=f"There is no version {version} of certificates.", offset=element.start))
    return version


def _check_unique_ids(structure: Structure, problems: list[Problem]) -> None:
    """That the unique identifiers are BIT STRINGs, whatever they say. RFC 5280 §4.1.2.8."""
    for element in (structure.issuer_unique_id, structure.subject_unique_id):
        try:
            if element is not None:
                bits(element)
        except DecodeError as error:
            problems.append(error.problem)


def _serial(element: Element | None, problems: list[Problem]) -> int | None:
    """The serial number. RFC 5280 §4.1.2.2."""
    if element is None:
        return None
    try:
        serial = integer(element, problems)
    except DecodeError as error:
        problems.append(error.problem)
        return None
    if serial <= 0:
        problems.append(Problem(text=NUMBERED_WRONGLY[0], offset=element.start))
    if len(element.content) > _LONGEST_SERIAL:
        text = f"The serial number has {len(element.content):,} {NUMBERED_WRONGLY[1]}"
        problems.append(Problem(text=text, offset=element.start))
    return serial


def _validity(element: Element | None, problems: list[Problem]) -> tuple[datetime | None, datetime | None]:
    """The first and the last moment. RFC 5280 §4.1.2.5."""
    moments: list[datetime | None] = []
    for child in element.children[:2] if element else ():
        try:
            moment = time(child, problems)
        except DecodeError as error:
            problems.append(error.problem)
            moments.append(None)
            continue
        if child.tag == "GeneralizedTime" and moment.year < _FIRST_YEAR_OF_GENERALIZED_TIME:
            text = "A time before 2050 has to be written as UTCTime."
            problems.append(Problem(text=text, offset=child.start))
        moments.append(moment)
    if element and len(element.children) != 2:  # noqa: PLR2004 - the two ends of a period
        text = f"The validity should have two times but has {len(element.children)}."
        problems.append(Problem(text=text, offset=element.start))
    moments.extend([None, None])
    return moments[0], moments[1]


def _signature(element: Element | None, problems: list[Problem]) -> bytes:
    if element is None:
        return b""
    try:
        return bits(element)[0]
    except DecodeError as error:
        problems.append(error.problem)
        return b""


def _check_algorithms(structure: Structure, problems: list[Problem]) -> None:
    """Both places that name the signature algorithm have to agree. RFC 5280 §4.1.1.2."""
    outer, signed = structure.algorithm, structure.inner_algorithm
    if outer and signed and outer.encoded != signed.encoded:
        problems.append(Problem(text=ALGORITHMS_DIFFER, offset=outer.start))


def _extensions(structure: Structure, version: int | None, problems: list[Problem]) -> tuple[Extension, ...]:
    """All extensions, each with an id of its own."""
    block = structure.extensions_block
    if block and version is not None and version < _LAST_VERSION:
        text = f"There are extensions, which version {version} {TOO_OLD_FOR_EXTENSIONS}"
        problems.append(Problem(text=text, offset=block.start))
    return read_extensions(structure.extensions, problems)


def read_extensions(block: Sequence[LocatedExtension], problems: list[Problem]) -> tuple[Extension, ...]:
    """All extensions of a list, each read on its own. RFC 5280 §4.2.

    Args:
        block: the extensions in their order.
        problems: what is wrong with them is added here.
    """
    counts: dict[str, int] = {}
    extensions = []
    for located in block:
        count = counts[located.oid] = counts.get(located.oid, 0) + 1
        field_id = extension_id(located.oid, count)
        if count > 1:
            text = f"The extension {located.oid} {IS_REPEATED}"
            problems.append(Problem(text=text, offset=located.element.start))
        extensions.append(read_extension(located, field_id, problems))
    return tuple(extensions)


def extension_id(oid: str, count: int) -> str:
    """The id of an extension's field.

    Args:
        oid: dotted; empty where it can't be read.
        count: 1 for the first extension with this OID.
    """
    suffix = f"#{count}" if count > 1 else ""
    return f"extensions.{oid or 'unreadable'}{suffix}"
