"""Signed certificate timestamps. RFC 6962 §3.2, §3.3."""

from datetime import UTC, datetime, timedelta

from tlsglass.frozen import dataclass
from tlsglass.x509.ct_logs import log_of
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.decoded import Decoded, listed
from tlsglass.x509.model import Problem, Span
from tlsglass.x509.parts import Part
from tlsglass.x509.values import colon_hex, expect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HASHES = ("none", "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512")
_SIGNATURES = ("anonymous", "RSA", "DSA", "ECDSA")
_LOG_ID_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTimestamp:
    """A SignedCertificateTimestamp, taken apart. RFC 6962 §3.2."""

    version: int
    """As encoded: 0 for version 1."""

    log_id: bytes
    timestamp: int
    """Milliseconds since 1970 in UTC."""

    extensions: bytes
    algorithm: str
    """How it is signed: 'ECDSA with SHA256'; numbers where they have no name."""

    signature: bytes

    @property
    def at(self) -> datetime | None:
        """When the log promised, aware and in UTC; None past any calendar."""
        try:
            return _EPOCH + timedelta(milliseconds=self.timestamp)
        except OverflowError:
            return None


class _Bytes:
    """Bytes of a TLS structure, taken one after the other. RFC 8446 §3."""

    def __init__(self, source: bytes, start: int, end: int) -> None:
        self._source = source
        self.position = start
        self._end = end

    @property
    def empty(self) -> bool:
        return self.position >= self._end

    def take(self, size: int) -> bytes:
        start, self.position = self.position, self.position + size
        if self.position > self._end:
            text = "The list of timestamps is cut off."
            raise DecodeError(text, start)
        return self._source[start : self.position]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def opaque(self) -> bytes:
        return self.take(self.number(2))


def timestamp_list(element: Element, problems: list[Problem]) -> Decoded:
    """The SignedCertificateTimestampList of a certificate. RFC 6962 §3.3."""
    expect(element, "OCTET STRING")
    found = read_timestamps(element.source, element.start + element.header, element.end, problems)
    return listed([timestamp_part(timestamp, span) for timestamp, span in found])


def timestamps_of(value: bytes) -> tuple[SignedTimestamp, ...]:
    """The timestamps that an extension of a certificate or of an OCSP response holds. RFC 6962 §3.3.

    Args:
        value: the content of extnValue: an OCTET STRING with the list.

    Raises:
        DecodeError: it can't be read, or its length is wrong.
    """
    elements = read(value).elements
    if not elements:
        text = "The list of timestamps is empty."
        raise DecodeError(text, 0)
    expect(elements[0], "OCTET STRING")
    return exact_timestamps(value[elements[0].start + elements[0].header : elements[0].end])


def exact_timestamps(data: bytes) -> tuple[SignedTimestamp, ...]:
    """The timestamps of a SignedCertificateTimestampList. RFC 6962 §3.3.

    Raises:
        DecodeError: it can't be read, or its length is wrong.
    """
    problems: list[Problem] = []
    found = read_timestamps(data, 0, len(data), problems)
    if problems:
        raise DecodeError(problems[0].text, 0)
    return tuple(timestamp for timestamp, _ in found)


def read_timestamps(
    source: bytes, start: int, end: int, problems: list[Problem]
) -> tuple[tuple[SignedTimestamp, Span], ...]:
    """The timestamps of a SignedCertificateTimestampList, with where each lies. RFC 6962 §3.3.

    Args:
        source: the bytes; offsets count from their start.
        start: where the list begins.
        end: where it ends.
        problems: a wrong length is added here.

    Raises:
        DecodeError: one of them can't be read.
    """
    data = _Bytes(source, start, end)
    size = data.number(2)
    left = end - data.position
    if size != left:
        text = f"The list of timestamps says that it has {size:,} bytes but has {left:,}."
        problems.append(Problem(text=text, offset=start))
    found = []
    while not data.empty:
        length = data.number(2)
        begin = data.position
        data.take(length)
        span = Span(start=begin - 2, header=2, end=begin + length, tag="SignedCertificateTimestamp")
        found.append((_read(_Bytes(source, begin, begin + length)), span))
    return tuple(found)


def _read(data: _Bytes) -> SignedTimestamp:
    version = data.number(1)
    log_id = data.take(_LOG_ID_SIZE)
    timestamp = data.number(8)
    extensions = data.opaque()
    hash_number, signature_number = data.number(1), data.number(1)
    signature = data.opaque()
    if not data.empty:
        text = "There are bytes after the signature of a timestamp."
        raise DecodeError(text, data.position)
    return SignedTimestamp(
        version=version,
        log_id=log_id,
        timestamp=timestamp,
        extensions=extensions,
        algorithm=f"{_named(_SIGNATURES, signature_number)} with {_named(_HASHES, hash_number)}",
        signature=signature,
    )


def timestamp_part(timestamp: SignedTimestamp, span: Span) -> Part:
    """A timestamp with its parts.

    Args:
        timestamp: the timestamp.
        span: where it lies.
    """
    log = log_of(timestamp.log_id)
    log_id = colon_hex(timestamp.log_id)
    moment = _moment(timestamp)
    parts = [
        Part(label="Version", value=str(timestamp.version + 1), key="version", meaning="The version of the format."),
        Part(
            label="Log",
            value=log.name if log else "not known here",
            key="log",
            meaning="The public log that gave the promise.",
        ),
        Part(
            label="Operator",
            value=log.operator if log else "not known here",
            key="operator",
            meaning="Who runs the log.",
        ),
        Part(
            label="Log id",
            value=log_id,
            key="log_id",
            meaning="The SHA-256 of the log's public key.",
            reference="RFC 6962 §3.2",
        ),
        Part(
            label="Timestamp",
            value=moment,
            key="timestamp",
            meaning="When the log accepted the certificate.",
        ),
        Part(
            label="Signature algorithm",
            value=timestamp.algorithm,
            key="signature_algorithm",
            meaning="How the log signed.",
        ),
        Part(
            label="Signature",
            value=colon_hex(timestamp.signature),
            key="signature",
            summary=f"{len(timestamp.signature)} bytes",
            meaning="The log's signature over the certificate and the time.",
        ),
    ]
    if timestamp.extensions:
        meaning = "Further facts from the log, such as the place of the entry."
        parts.append(Part(label="Extensions", value=colon_hex(timestamp.extensions), key="extensions", meaning=meaning))
    return Part(
        label="Timestamp",
        value=f"{log.name if log else f'log {log_id}'}, {moment}",
        span=span,
        meaning="The promise of one log to publish the certificate.",
        children=tuple(parts),
    )


def _moment(timestamp: SignedTimestamp) -> str:
    moment = timestamp.at
    if moment is None:
        return f"{timestamp.timestamp} ms after 1970-01-01"
    return f"{moment.replace(tzinfo=None).isoformat(sep=' ', timespec='milliseconds')} UTC"


def _named(names: tuple[str, ...], number: int) -> str:
    return names[number] if number < len(names) else str(number)
