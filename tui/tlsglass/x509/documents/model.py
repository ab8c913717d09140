"""The facts of what is no certificate, as values.

As those of a certificate they are what the bytes say and nothing more. Each is equal to another whose bytes are.
"""

from dataclasses import field
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.x509.model import Algorithm, Extension, Field, GeneralName, Name, Problem, PublicKey


def serial_hex(serial: int | None) -> str:
    """A serial number's magnitude in lower-case hex, whole bytes, no sign; empty where it could not be read.

    Args:
        serial: the number.
    """
    if serial is None:
        return ""
    digits = f"{abs(serial):x}"
    return digits.zfill(len(digits) + len(digits) % 2)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CertificateRequest:
    """A PKCS #10 certification request. RFC 2986 §4."""

    der: bytes
    version: int | None = field(compare=False)
    """1 in the standard; whatever the bytes say plus one."""

    subject: Name = field(compare=False)
    public_key: PublicKey = field(compare=False)
    spki_sha256: str = field(compare=False)
    """SHA-256 of the SubjectPublicKeyInfo, base64."""

    san: tuple[GeneralName, ...] = field(compare=False)
    """The subject alternative names that are asked for, in their order."""

    extensions: tuple[Extension, ...] = field(compare=False)
    """The extensions that are asked for. RFC 2985 §5.4.2."""

    signature_algorithm: Algorithm = field(compare=False)
    signature: bytes = field(compare=False)
    problems: tuple[Problem, ...] = field(compare=False)
    fields: tuple[Field, ...] = field(compare=False)

    @property
    def label(self) -> str:
        """What to call it in a few words."""
        return self.subject.label if self.subject.rdns or not self.san else self.san[0].value


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedCertificate:
    """One entry of a revocation list. RFC 5280 §5.1.2.6."""

    serial: int | None
    revoked_at: datetime | None
    """Aware and in UTC."""

    reason: str | None
    """As RFC 5280 §5.3.1 names it: 'keyCompromise'; None where none is given."""

    extensions: tuple[Extension, ...]
    problems: tuple[Problem, ...]

    @property
    def serial_hex(self) -> str:
        """The serial's magnitude in lower-case hex, whole bytes; empty where unreadable."""
        return serial_hex(self.serial)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RevocationList:
    """A certificate revocation list. RFC 5280 §5.1."""

    der: bytes
    version: int | None = field(compare=False)
    """2 in the standard."""

    issuer: Name = field(compare=False)
    this_update: datetime | None = field(compare=False)
    next_update: datetime | None = field(compare=False)
    number: str | None = field(compare=False)
    """The CRL number; None where there is none or it can't be read."""

    count: int = field(compare=False)
    """How many certificates it says are revoked."""

    first: tuple[RevokedCertificate, ...] = field(compare=False)
    """The first of them, at most `revocation_lists.SHOWN`; `revocation_lists.entries` reads any others."""

    extensions: tuple[Extension, ...] = field(compare=False)
    signature_algorithm: Algorithm = field(compare=False)
    signature: bytes = field(compare=False)
    problems: tuple[Problem, ...] = field(compare=False)
    fields: tuple[Field, ...] = field(compare=False)

    @property
    def label(self) -> str:
        """What to call it in a few words."""
        return self.issuer.label


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleResponse:
    """What an OCSP response says of one certificate. RFC 6960 §4.2.1."""

    serial: int | None
    status: str
    """'good', 'revoked' or 'unknown'; empty where it can't be read."""

    this_update: datetime | None
    next_update: datetime | None
    revoked_at: datetime | None
    reason: str | None

    @property
    def serial_hex(self) -> str:
        """The serial's magnitude in lower-case hex, whole bytes; empty where unreadable."""
        return serial_hex(self.serial)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OcspResponse:
    """An OCSP response. RFC 6960 §4.2.1."""

    der: bytes
    status: str = field(compare=False)
    """'successful', 'unauthorized' …; empty where it can't be read."""

    responder: str = field(compare=False)
    """The responder's name, or the hash of its key in hex; empty where there is no answer."""

    produced_at: datetime | None = field(compare=False)
    responses: tuple[SingleResponse, ...] = field(compare=False)
    certificates: tuple[bytes, ...] = field(compare=False)
    """The certificates that it brings, in DER."""

    extensions: tuple[Extension, ...] = field(compare=False)
    signature_algorithm: Algorithm = field(compare=False)
    signature: bytes = field(compare=False)
    problems: tuple[Problem, ...] = field(compare=False)
    fields: tuple[Field, ...] = field(compare=False)

    @property
    def label(self) -> str:
        """What to call it in a few words."""
        if len(self.responses) == 1 and self.responses[0].status:
            return f"{self.responses[0].status}: {self.responses[0].serial_hex}"
        return self.status or "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BareKey:
    """A SubjectPublicKeyInfo by itself. RFC 5280 §4.1.2.7."""

    der: bytes
    public_key: PublicKey = field(compare=False)
    spki_sha256: str = field(compare=False)
    """SHA-256 of the SubjectPublicKeyInfo, base64: the value that is pinned. RFC 7469 §2.4."""

    problems: tuple[Problem, ...] = field(compare=False)
    fields: tuple[Field, ...] = field(compare=False)

    @property
    def label(self) -> str:
        """What to call it in a few words."""
        key = self.public_key
        size = key.curve or (f"{key.bits} bits" if key.bits else "")
        return f"{key.algorithm} {size}".strip() or "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A signed certificate timestamp. RFC 6962 §3.2."""

    version: int
    """1 in the standard."""

    log_id: bytes
    log: str | None
    """The name of the log; None where it isn't known here."""

    operator: str | None
    milliseconds: int
    """Since 1970 in UTC."""

    algorithm: str
    """'ECDSA with SHA256'."""

    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TimestampList:
    """A SignedCertificateTimestampList as TLS encodes it. RFC 6962 §3.3."""

    der: bytes
    """The list; it is no DER, but where all other values have theirs."""

    timestamps: tuple[Timestamp, ...] = field(compare=False)
    problems: tuple[Problem, ...] = field(compare=False)
    fields: tuple[Field, ...] = field(compare=False)

    @property
    def label(self) -> str:
        """What to call it in a few words."""
        count = len(self.timestamps)
        return f"{count} signed certificate timestamp{'' if count == 1 else 's'}"


Document = CertificateRequest | RevocationList | OcspResponse | BareKey | TimestampList
"""What a file may hold beside certificates."""
