"""The logs of certificate transparency that the zoo brings along, and what they promise. RFC 6962 §3.

They stand in for logs that browsers know, as nobody here has the keys of those.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tlsglass.demo.alterations import element
from tlsglass.demo.authority import Authority, Leaf, new_key
from tlsglass.x509.ct_logs import Log, LogState

_TIMESTAMPS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERSION_1 = 0
_CERTIFICATE_TIMESTAMP = b"\0"
_PRECERTIFICATE = b"\0\1"
_ECDSA_WITH_SHA256 = b"\4\3"
_OCTET_STRING = 0x04
_PROGRAMS = ("Google", "Apple")
_LISTED_SINCE = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLog:
    """One log, with its key."""

    name: str
    operator: str
    at: datetime
    """The moment that its times are relative to."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key, repr=False)

    @property
    def listed(self) -> Log:
        """As a list would have it: usable, for whoever goes by lists."""
        since = self.at - _LISTED_SINCE
        states = tuple(LogState(program=program, state="usable", since=since) for program in _PROGRAMS)
        return Log(name=self.name, operator=self.operator, key=_spki(self.key.public_key()), states=states)

    @property
    def id(self) -> bytes:
        """The SHA-256 of its key. RFC 6962 §3.2."""
        return hashlib.sha256(self.listed.key).digest()

    def timestamp(self, body: bytes, issuer: Authority) -> bytes:
        """Promise to take a certificate in, with the length of the promise before it. RFC 6962 §3.2.

        Args:
            body: what is to be signed of the certificate, without timestamps in it.
            issuer: who is about to sign it.
        """
        moment = ((self.at - timedelta(days=30)) - _EPOCH) // timedelta(milliseconds=1)
        key_hash = hashlib.sha256(_spki(issuer.key.public_key())).digest()
        entry = _PRECERTIFICATE + key_hash + len(body).to_bytes(3) + body
        no_extensions = b"\0\0"
        promised = bytes([_VERSION_1]) + _CERTIFICATE_TIMESTAMP + moment.to_bytes(8) + entry + no_extensions
        signature = self.key.sign(promised, ec.ECDSA(hashes.SHA256()))
        head = bytes([_VERSION_1]) + self.id + moment.to_bytes(8) + no_extensions + _ECDSA_WITH_SHA256
        return _with_length(head + _with_length(signature))


def demo_logs(at: datetime) -> tuple[DemoLog, ...]:
    """Three logs of three operators, made anew.

    Args:
        at: the moment that all times are relative to, aware.
    """
    return tuple(DemoLog(name=f"Demo Log {name}", operator=f"Demo Operator {name}", at=at) for name in "ABC")


def logged(issuer: Authority, leaf: Leaf, logs: Sequence[DemoLog], *, strangers: Sequence[DemoLog] = ()) -> Leaf:
    """The certificate of a site with timestamps in it, signed anew.

    Args:
        issuer: who issued it.
        leaf: the certificate as it was issued, without timestamps.
        logs: whose timestamps it gets.
        strangers: logs whose timestamps it gets, too, but for another certificate.
    """
    old = leaf.certificate
    stamps = [each.timestamp(old.tbs_certificate_bytes, issuer) for each in logs]
    stamps += (each.timestamp(issuer.certificate.tbs_certificate_bytes, issuer) for each in strangers)
    inner = _with_length(b"".join(stamps))
    more = x509.UnrecognizedExtension(_TIMESTAMPS, element(_OCTET_STRING, inner))
    builder = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .serial_number(old.serial_number)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
        .public_key(leaf.key.public_key())
    )
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    return Leaf(certificate=issuer.signed(builder.add_extension(more, critical=False)), key=leaf.key)


def _with_length(content: bytes) -> bytes:
    """Bytes after their length in two octets."""
    return len(content).to_bytes(2) + content


def _spki(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bytes:
    """A SubjectPublicKeyInfo in DER."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
