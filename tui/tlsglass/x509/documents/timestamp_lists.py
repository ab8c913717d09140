"""Lists of signed certificate timestamps outside of a certificate. RFC 6962 §3.3."""

from tlsglass.x509.ct_logs import log_of
from tlsglass.x509.documents.model import Timestamp, TimestampList
from tlsglass.x509.documents.reading import fingerprint_part
from tlsglass.x509.elements import DecodeError, in_order
from tlsglass.x509.extensions.transparency import SignedTimestamp, read_timestamps, timestamp_part
from tlsglass.x509.fields import marked
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import fields_of

_REFERENCE = "RFC 6962 §3.3"


def parse_timestamp_list(data: bytes) -> TimestampList:
    """Read all that can be read of a list as TLS encodes it. Never raises.

    Args:
        data: any bytes.
    """
    problems: list[Problem] = []
    try:
        found = read_timestamps(data, 0, len(data), problems)
    except DecodeError as error:
        problems.append(error.problem)
        found = ()
    parts = tuple(timestamp_part(timestamp, span) for timestamp, span in found)
    ordered = in_order(problems)
    fields = fields_of((*parts, fingerprint_part(data, "list")), "", meaning="", reference=_REFERENCE)
    return TimestampList(
        der=data,
        timestamps=tuple(_timestamp(timestamp) for timestamp, _ in found),
        problems=ordered,
        fields=marked(fields, ordered),
    )


def _timestamp(found: SignedTimestamp) -> Timestamp:
    log = log_of(found.log_id)
    return Timestamp(
        version=found.version + 1,
        log_id=found.log_id,
        log=log.name if log else None,
        operator=log.operator if log else None,
        milliseconds=found.timestamp,
        algorithm=found.algorithm,
        signature=found.signature,
    )
