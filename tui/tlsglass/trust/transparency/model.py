"""Timestamps of public logs and what they are worth, as values. RFC 6962 §3.2."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.x509.ct_logs import Log
from tlsglass.x509.extensions.transparency import SignedTimestamp


class Source(StrEnum):
    """Where a timestamp came from. RFC 6962 §3.3."""

    CERTIFICATE = "certificate"
    HANDSHAKE = "handshake"
    STAPLE = "staple"


class TimestampStatus(StrEnum):
    """How the check of a timestamp ended."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN_LOG = "unknown-log"
    NOT_CHECKED = "not-checked"


class PolicyStatus(StrEnum):
    """Whether the timestamps would do for a browser, derived from its published rules and not tried."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogList:
    """The logs that are known."""

    name: str
    """Whose list it is: 'cryptodatahub', or the name of a file. Not yet made printable."""

    date: date | None
    """The day of the list, or of the newest change that it tells of."""

    logs: Mapping[bytes, Log] = field(hash=False)  # a mapping has no hash, and judgements are kept by theirs
    """By id, the SHA-256 of the log's key."""

    programs: frozenset[str]
    """The programs whose states it has: 'Google', 'Apple'."""

    def with_more(self, name: str, logs: Mapping[bytes, Log]) -> "LogList":
        """The list with further logs.

        Args:
            name: what the further ones are called together.
            logs: by id.
        """
        return replace(self, name=f"{self.name} with {name}", logs={**self.logs, **logs})

    def __str__(self) -> str:
        """As in a sentence: `cryptodatahub, 2026-07-27`."""
        return f"{self.name}, {self.date:%Y-%m-%d}" if self.date else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTimestamp:
    """One timestamp, and what came of checking it."""

    source: Source
    timestamp: SignedTimestamp
    log: Log | None
    """The log that it is from; None where the list does not have it."""

    status: TimestampStatus
    reason: str
    """Why it is invalid or was not checked, as the end of a sentence; empty otherwise. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyResult:
    """Whether the timestamps would do for one browser."""

    program: str
    """'Chrome' or 'Apple'."""

    status: PolicyStatus
    detail: str
    """The count that it rests on, in a sentence or two. Not yet made printable."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransparencyReport:
    """What is known of a certificate's presence in public logs; no log was asked."""

    timestamps: tuple[CheckedTimestamp, ...]
    """In the order of their sources: the certificate's, the handshake's, the staple's."""

    policies: tuple[PolicyResult, ...]
    notes: tuple[str, ...]
    """A sentence each: lists that can't be read or were not read in full."""

    log_list: LogList | None
    """The list that was looked into; None where there was no timestamp to look up."""
