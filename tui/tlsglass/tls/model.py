"""What a handshake showed, as values."""

from enum import StrEnum

from tlsglass.frozen import dataclass


class Direction(StrEnum):
    """Who said it."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandshakeMessage:
    """One handshake message, alert or change_cipher_spec as it passed. RFC 8446 §4, RFC 5246 §7."""

    direction: Direction
    name: str
    """Its name as the RFC has it: 'client_hello', 'certificate_verify'."""

    length: int
    """Bytes of its body."""

    encrypted: bool
    """Whether it came under encryption."""

    detail: str = ""
    """A word more where there is one: the alert's level and name. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationError:
    """One error of OpenSSL's certificate verification; several may concern one certificate."""

    code: int
    """X509_V_ERR_*, as a number."""

    name: str
    """Its symbol without the prefix: 'CERT_HAS_EXPIRED'; the number as text where it has none here."""

    depth: int
    """0 for the leaf."""

    certificate: bytes
    """DER of the certificate that it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """One certificate as the server sent it, and what came along with it. RFC 8446 §4.4.2.

    Before TLS 1.3 something comes along with the first one only, in messages of its own.
    """

    certificate: bytes
    """Its DER."""

    ocsp_staple: bytes | None = None
    """The stapled OCSP response in DER. RFC 8446 §4.4.2.1, RFC 6066 §8."""

    timestamps: bytes | None = None
    """The SignedCertificateTimestampList; servers send one when asked to. RFC 6962 §3.3.1."""

    problem: str | None = None
    """A sentence: what of that can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """A finished handshake: what was agreed."""

    version: str
    """'TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'."""

    cipher_suite: str
    """The IANA name; OpenSSL's where there is none."""

    openssl_cipher: str
    """OpenSSL's name of the cipher suite."""

    group: str | None
    """The key exchange group's IANA name; None where the key exchange had none (RSA, finite-field DHE)."""

    signature_algorithm: str | None
    """The SignatureScheme with which the server proved its key; None where it did not sign."""

    alpn: str | None
    """The protocol agreed by ALPN. RFC 7301."""

    resumed: bool
    server_name: str | None
    """The SNI that was sent. RFC 6066 §3."""

    client_certificate_requested: bool
    """Whether the server asked for a client certificate."""

    client_certificate_authorities: tuple[str, ...]
    """The names of the authorities that it would accept, RFC 4514, as many as are kept."""

    verification_errors: tuple[VerificationError, ...]
    """What OpenSSL found wrong with the chain, in its order, as much as is kept."""

    messages: tuple[HandshakeMessage, ...]
    """The messages in the order in which they passed."""

    entries: tuple[CertificateEntry, ...] = ()
    """The certificates in the order sent, as many as are kept, each with what came along with it."""

    client_certificate_authorities_left_out: int = 0
    """How many more authorities it named than are kept."""

    verification_errors_left_out: int = 0
    """How many more errors OpenSSL found than are kept."""

    def entry(self, certificate: bytes) -> CertificateEntry | None:
        """What came along with a certificate; None where it was not sent. Of one that was sent twice, the first.

        Args:
            certificate: its DER.
        """
        return next((each for each in self.entries if each.certificate == certificate), None)
