"""The account of a case: the timestamps from all sources, each checked, and what they are worth to browsers."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tlsglass.limits import MOST_TIMESTAMPS
from tlsglass.tls.model import CertificateEntry
from tlsglass.trust.case import Case
from tlsglass.trust.transparency.log_list import known_logs
from tlsglass.trust.transparency.model import (
    CheckedTimestamp,
    LogList,
    Source,
    TimestampStatus,
    TransparencyReport,
)
from tlsglass.trust.transparency.policies import judge_policies
from tlsglass.trust.transparency.signed import TIMESTAMPS, signed_for_certificate, signed_for_precertificate
from tlsglass.x509.ct_logs import Log
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.transparency import SignedTimestamp, exact_timestamps, timestamps_of
from tlsglass.x509.model import Certificate

CLOCK_SKEW = timedelta(minutes=5)
"""How far a log's clock may be ahead of ours."""

_STAPLED = bytes.fromhex("060a2b06010401d679020405")
"""1.3.6.1.4.1.11129.2.4.5 as encoded: the extension of an OCSP response. RFC 6962 §3.3."""

_SCHEMES = {"ECDSA with SHA256": "ECDSA", "RSA with SHA256": "RSA"}
"""How a log may sign. RFC 6962 §2.1.4."""

_SOURCES = {Source.CERTIFICATE: "certificate", Source.HANDSHAKE: "handshake", Source.STAPLE: "OCSP staple"}


def account_of(case: Case) -> TransparencyReport:
    """Find and check all timestamps of a case. Never raises; asks nobody.

    Args:
        case: what is judged; the issuer of its leaf is taken from its path.
    """
    notes: list[str] = []
    found = tuple(_found(case, notes))
    logs = (case.store.log_list or known_logs()) if found else None
    checked = tuple(_check(case, source, each, logs) for source, each in found) if logs else ()
    return TransparencyReport(
        timestamps=checked,
        policies=judge_policies(case.leaf, checked, logs),
        notes=tuple(notes),
        log_list=logs,
    )


def _found(case: Case, notes: list[str]) -> Iterator[tuple[Source, SignedTimestamp]]:
    for source, reader in ((Source.CERTIFICATE, _embedded), (Source.HANDSHAKE, _shaken), (Source.STAPLE, _stapled)):
        try:
            timestamps = reader(case)
        except DecodeError as error:
            notes.append(f"The list of timestamps of the {_SOURCES[source]} can't be read: {error.problem.text}")
            continue
        if len(timestamps) > MOST_TIMESTAMPS:
            notes.append(f"Only the first {MOST_TIMESTAMPS} of {len(timestamps):,} timestamps were checked.")
        yield from ((source, timestamp) for timestamp in timestamps[:MOST_TIMESTAMPS])


def _embedded(case: Case) -> tuple[SignedTimestamp, ...]:
    values = [extension.der for extension in case.leaf.extensions if extension.oid == TIMESTAMPS]
    return tuple(each for value in values[:1] for each in timestamps_of(value))


def _shaken(case: Case) -> tuple[SignedTimestamp, ...]:
    entry = _entry(case)
    return () if entry is None or entry.timestamps is None else exact_timestamps(entry.timestamps)


def _stapled(case: Case) -> tuple[SignedTimestamp, ...]:
    """Those of the staple, whoever it is about: a timestamp of another certificate has another signature."""
    entry = _entry(case)
    staple = (entry.ocsp_staple if entry else None) or b""
    for answer in _descendants(read(staple).elements):
        if answer.tag == "OCTET STRING":
            inside = staple[answer.start + answer.header : answer.end]
            for extension in _descendants(read(inside).elements):
                first, last = (extension.children or (None,))[0], (extension.children or (None,))[-1]
                if first and last and inside[first.start : first.end] == _STAPLED:
                    return timestamps_of(inside[last.start + last.header : last.end])
    return ()


def _entry(case: Case) -> CertificateEntry | None:
    """What came along with the server's own certificate."""
    return case.handshake.entry(case.leaf.der) if case.handshake else None


def _descendants(elements: Sequence[Element]) -> Iterator[Element]:
    """All elements, in the order of their bytes."""
    waiting = list(reversed(elements))
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(element.children))


def _check(case: Case, source: Source, timestamp: SignedTimestamp, logs: LogList) -> CheckedTimestamp:
    log = logs.logs.get(timestamp.log_id)
    status, reason = _judged(case, source, timestamp, log)
    return CheckedTimestamp(source=source, timestamp=timestamp, log=log, status=status, reason=reason)


def _judged(case: Case, source: Source, timestamp: SignedTimestamp, log: Log | None) -> tuple[TimestampStatus, str]:
    if log is None:
        return TimestampStatus.UNKNOWN_LOG, "the list does not have its log"
    issuer = case.issuers[0].certificate if case.issuers and source is Source.CERTIFICATE else None
    if source is Source.CERTIFICATE and issuer is None:
        return TimestampStatus.NOT_CHECKED, "the issuer's key, which is signed with it, is not known"
    try:
        valid = _is_signed(timestamp, log, case.leaf, issuer)
    except ValueError as error:
        return TimestampStatus.NOT_CHECKED, str(error)
    if not valid:
        return TimestampStatus.INVALID, "its signature is not the log's, or is about another certificate"
    if timestamp.at is None or timestamp.at > (case.seen_at or case.at) + CLOCK_SKEW:
        return TimestampStatus.INVALID, "it is from the future"
    return TimestampStatus.VALID, ""


def _is_signed(timestamp: SignedTimestamp, log: Log, leaf: Certificate, issuer: Certificate | None) -> bool:
    """Whether the log made the signature.

    Raises:
        ValueError: that can't be told; the message is the end of a sentence.
    """
    from tlsglass.trust.signatures import keys  # noqa: PLC0415 - cryptography takes long to load and is first needed here

    scheme = _SCHEMES.get(timestamp.algorithm)
    if timestamp.version != 0 or scheme is None:
        text = f"it is of version {timestamp.version + 1} with {timestamp.algorithm}, which no log of RFC 6962 uses"
        raise ValueError(text)
    if issuer is None:
        signed = signed_for_certificate(timestamp, leaf)
    else:
        signed = signed_for_precertificate(timestamp, leaf, issuer)
    try:
        return keys.is_signed(log.key, scheme=scheme, hash_name="SHA256", signature=timestamp.signature, signed=signed)
    except keys.NotCheckable as error:
        raise ValueError(str(error)) from error
