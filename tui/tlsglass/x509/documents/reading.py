"""Single facts of a document, each read on its own, and the parts that all kinds of documents have."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from tlsglass.text import one_a_line
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem, Span
from tlsglass.x509.parts import Part
from tlsglass.x509.sections import UNREADABLE
from tlsglass.x509.times import plain, rfc3339, time
from tlsglass.x509.values import bits, colon_hex, integer

_Fact = TypeVar("_Fact")


def fact(
    reader: Callable[[Element, list[Problem]], _Fact], element: Element | None, problems: list[Problem]
) -> _Fact | None:
    """What a reader makes of an element.

    Args:
        reader: raises `DecodeError` where it can't.
        element: None where it is absent.
        problems: why it can't be read is added here.

    Returns:
        None where it is absent or can't be read.
    """
    if element is None:
        return None
    try:
        return reader(element, problems)
    except DecodeError as error:
        problems.append(error.problem)
        return None


def moment(element: Element | None, problems: list[Problem]) -> datetime | None:
    """A time; None where it is absent or can't be read."""
    return fact(time, element, problems)


def serial(element: Element | None, problems: list[Problem]) -> int | None:
    """A serial number; None where it is absent or can't be read."""
    return fact(integer, element, problems)


def signature(element: Element | None, problems: list[Problem]) -> bytes:
    """The octets of a signature; none where it is absent or can't be read."""
    return (fact(lambda found, _: bits(found)[0], element, problems)) or b""


def span_of(element: Element | None) -> Span | None:
    """Where an element lies; None where there is none."""
    return element.span if element else None


def moment_part(  # noqa: PLR0913 - as many as a part has, all by name
    label: str, value: datetime | None, element: Element | None, *, key: str, meaning: str, reference: str
) -> Part:
    """A time as a part.

    Args:
        label: what it is called.
        value: the time; None where it can't be read.
        element: where it lies.
        key: the last part of its id.
        meaning: one sentence.
        reference: where it is defined.
    """
    raw = element.content.decode("latin-1") if element else ""
    return Part(
        label=label,
        value=rfc3339(value) if value else raw,
        key=key,
        span=span_of(element),
        summary=plain(value) if value else f"{UNREADABLE}: {raw}" if raw else UNREADABLE,
        meaning=meaning,
        reference=reference,
    )


def serial_part(value: int | None, element: Element | None, *, key: str = "serial") -> Part:
    """The serial number of a certificate that a document is about.

    Args:
        value: the number; None where it can't be read.
        element: where it lies.
        key: the last part of its id.
    """
    octets = colon_hex(abs(value).to_bytes((value.bit_length() + 7) // 8 or 1)) if value is not None else ""
    return Part(
        label="Serial",
        value=f"-{octets}" if value is not None and value < 0 else octets,
        key=key,
        span=span_of(element),
        summary="" if octets else UNREADABLE,
        meaning="The serial number of the certificate that this is about.",
        reference="RFC 5280 §4.1.2.2",
    )


def fingerprint_part(der: bytes, what: str, further: tuple[Part, ...] = ()) -> Part:
    """The SHA-256 of the whole, and other short values.

    Args:
        der: the whole.
        what: what it is, in a few words: 'request'.
        further: other values of the kind.
    """
    digest = colon_hex(hashlib.sha256(der).digest())
    own = Part(
        label="SHA-256",
        value=digest,
        key="sha256",
        meaning=f"The SHA-256 of the whole {what}, by which it is told from all others.",
    )
    parts = (own, *further)
    return Part(
        label="Fingerprints",
        value=one_a_line(f"{part.label} {part.value}" for part in parts),
        in_lines=True,
        key="fingerprints",
        summary=f"{own.label} {own.value}",
        meaning="Short values that stand for the whole or its key.",
        reference="FIPS 180-4",
        children=parts,
    )


def pin_part(pin: str) -> tuple[Part, ...]:
    """The pin of a key as a further fingerprint; none where there is none."""
    if not pin:
        return ()
    return (
        Part(
            label="SPKI pin",
            value=pin,
            key="spki_sha256",
            meaning="The SHA-256 of the public key in base64: the same for all certificates with this key.",
            reference="RFC 7469 §2.4",
        ),
    )
