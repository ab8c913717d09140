"""What was said of a certificate's revocation, as values: who was asked, and what came of it."""

from datetime import datetime
from enum import StrEnum

from tlsglass.frozen import dataclass


class Source(StrEnum):
    """Where a status comes from."""

    OCSP = "ocsp"
    CRL = "crl"
    STAPLE = "staple"


class Status(StrEnum):
    """What is said of a certificate. RFC 6960 §2.2."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    """The responder does not know the certificate."""

    UNAVAILABLE = "unavailable"
    """Nothing that can be believed was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAnswer:
    """What one source says of one certificate."""

    certificate: str
    """SHA-256 of the certificate that it is about."""

    source: Source
    url: str | None
    """Whom was asked; None of a staple, and where nobody could be. Not yet made printable."""

    status: Status
    this_update: datetime | None = None
    """When the status was known to be right, aware and in UTC."""

    next_update: datetime | None = None
    """When newer information will be had; None where that is not said."""

    revoked_at: datetime | None = None
    """Since when it is revoked; None where it is not."""

    reason: str | None = None
    """Why it was revoked, as RFC 5280 §5.3.1 names it: 'keyCompromise'; None where no reason is given."""

    responder: str | None = None
    """Who signed the answer, as a sentence calls them. Not yet made printable."""

    signature_valid: bool | None = None
    """Whether the signature is that of who may sign; None where it was not or could not be checked."""

    problem: str | None = None
    """A sentence: why nothing is known, or what is odd with an answer that counts. Not yet made printable."""

    reasons: frozenset[str] | None = None
    """The only reasons that the source knows of, as RFC 5280 §4.2.1.13 names them; None where it knows all."""

    delta_url: str | None = None
    """The delta list that was taken into account. Not yet made printable."""
