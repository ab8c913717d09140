"""Public logs for tests, with keys of their own, and certificates with timestamps of theirs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key
from tlsglass.trust.transparency.model import LogList
from tlsglass.x509.ct_logs import Log, LogState

_EPOCH = datetime.fromisoformat("1970-01-01T00:00Z")
STAMPED = NOW - 10 * DAY
"""When the logs promise, unless another time is given."""


@dataclass(frozen=True, kw_only=True)
class PublicLog:
    """A log and its key."""

    name: str
    operator: str
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    states: tuple[LogState, ...]
    tiled: bool = False

    @property
    def spki(self) -> bytes:
        """Its public key in DER."""
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def id(self) -> bytes:
        """RFC 6962 §3.2."""
        return hashlib.sha256(self.spki).digest()

    @property
    def listed(self) -> Log:
        """As a list has it."""
        return Log(name=self.name, operator=self.operator, key=self.spki, states=self.states, tiled=self.tiled)

    def stamp(self, entry: bytes, at: datetime = STAMPED, *, extensions: bytes = b"", version: int = 0) -> bytes:
        """A serialized timestamp for an entry as it is signed, with its type before it. RFC 6962 §3.2."""
        moment = ((at - _EPOCH) // timedelta(milliseconds=1)).to_bytes(8)
        more = len(extensions).to_bytes(2) + extensions
        signed = bytes((version, 0)) + moment + entry + more
        if isinstance(self.key, rsa.RSAPrivateKey):
            algorithm, signature = b"\4\1", self.key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            algorithm, signature = b"\4\3", self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        body = bytes((version,)) + self.id + moment + more + algorithm + len(signature).to_bytes(2) + signature
        return len(body).to_bytes(2) + body


def log(  # noqa: PLR0913 - each is a way for logs to differ
    number: int,
    operator: str,
    google: str | None = "usable",
    apple: str | None = "usable",
    *,
    since: datetime = NOW - 400 * DAY,
    tiled: bool = False,
) -> PublicLog:
    """A log by number, in the states that the programs have it in."""
    states = [
        LogState(program=program, state=state, since=since)
        for program, state in (("Google", google), ("Apple", apple))
        if state
    ]
    return PublicLog(
        name=f"Log {number}", operator=operator, key=ec_key(900 + number), states=tuple(states), tiled=tiled
    )


def log_list(*logs: PublicLog, programs: Sequence[str] = ("Google", "Apple")) -> LogList:
    """A list of logs."""
    listed = {each.id: each.listed for each in logs}
    return LogList(name="test list", date=date(2026, 11, 1), logs=listed, programs=frozenset(programs))


def for_certificate(leaf: Issued) -> bytes:
    """The entry for a certificate as it stands."""
    return b"\0\0" + len(leaf.der).to_bytes(3) + leaf.der


def for_precertificate(tbs: bytes, issuer: Issued) -> bytes:
    """The entry for a certificate that is still to be issued."""
    key = issuer.certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b"\0\1" + hashlib.sha256(key).digest() + len(tbs).to_bytes(3) + tbs


def serialized(*stamps: bytes) -> bytes:
    """A SignedCertificateTimestampList. RFC 6962 §3.3."""
    together = b"".join(stamps)
    return len(together).to_bytes(2) + together


def octets(content: bytes) -> bytes:
    """An OCTET STRING of more than 127 and less than 65,536 bytes."""
    return b"\4\x82" + len(content).to_bytes(2) + content


def with_list(issuer: Authority, leaf: Issued, content: bytes) -> Issued:
    """The certificate again, with an extension for timestamps after the others."""
    old = leaf.certificate
    builder = x509.CertificateBuilder().subject_name(old.subject).issuer_name(old.issuer)
    builder = builder.public_key(old.public_key()).serial_number(old.serial_number)
    builder = builder.not_valid_before(old.not_valid_before_utc).not_valid_after(old.not_valid_after_utc)
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    more = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), content)
    certificate = builder.add_extension(more, critical=False).sign(issuer.key, hashes.SHA256())
    return Issued(certificate=certificate, key=leaf.key)


def logged(issuer: Authority, leaf: Issued, *logs: PublicLog, at: datetime = STAMPED) -> Issued:
    """The certificate again, with timestamps of logs in it."""
    entry = for_precertificate(leaf.certificate.tbs_certificate_bytes, issuer)
    return with_list(issuer, leaf, octets(serialized(*(each.stamp(entry, at) for each in logs))))
