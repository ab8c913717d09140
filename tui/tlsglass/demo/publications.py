"""What the authorities of the zoo publish over plain HTTP: status by OCSP, revocation lists, their own certificates.

Who asks hears the truth about the zoo's certificates, signed anew each time. RFC 6960, RFC 5280 §5, §4.2.2.1.
"""

import threading
from base64 import b64decode
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import unquote

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from tlsglass.demo.exhibits import ZONE
from tlsglass.frozen import dataclass

HOSTS = tuple(f"{label}.{ZONE}" for label in ("ocsp", "crl", "ca"))
"""The names under which publications are to be had, beside the address of where they really are."""

OLD = timedelta(hours=3)
"""How long ago answers and lists were made, as they say."""

FRESH = timedelta(days=4)
"""How long they hold."""

_NUMBER = 7
"""The number of every whole list; the difference to it has the next one."""


class Publisher(Protocol):
    """What of an authority is needed to publish for it."""

    @property
    def certificate(self) -> x509.Certificate:
        """Its own certificate."""

    @property
    def key(self) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
        """What it signs with."""

    @property
    def at(self) -> datetime:
        """The moment that all times are relative to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An answer to who asked."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revocation:
    at: datetime
    reason: x509.ReasonFlags
    only_in_difference: bool


class Publications:
    """The books of all authorities of one zoo."""

    def __init__(self, base: str) -> None:
        """Open them.

        Args:
            base: where they are to be had: `http://127.0.0.1:12345`.
        """
        self.base = base
        """Where they are to be had, without a slash at its end."""

        self._lock = threading.Lock()
        self._publishers: dict[bytes, Publisher] = {}
        self._issued: set[tuple[bytes, int]] = set()
        self._revoked: dict[tuple[bytes, int], _Revocation] = {}

    def add(self, publisher: Publisher) -> None:
        """Take an authority in."""
        with self._lock:
            self._publishers[_key_hash(publisher.certificate)] = publisher

    def note(self, publisher: Publisher, certificate: x509.Certificate) -> None:
        """Note that an authority issued a certificate."""
        with self._lock:
            self._issued.add((_key_hash(publisher.certificate), certificate.serial_number))

    def revoke(
        self,
        publisher: Publisher,
        certificate: x509.Certificate,
        *,
        at: datetime,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
        only_in_difference: bool = False,
    ) -> None:
        """Revoke a certificate.

        Args:
            publisher: the authority that issued it.
            certificate: the certificate.
            at: since when.
            reason: why.
            only_in_difference: whether the whole list is older, so that only the difference to it has the entry.
        """
        entry = _Revocation(at=at, reason=reason, only_in_difference=only_in_difference)
        with self._lock:
            self._revoked[_key_hash(publisher.certificate), certificate.serial_number] = entry

    def answer(self, method: str, path: str, body: bytes) -> Published:
        """Answer a request.

        Args:
            method: GET or POST.
            path: what is asked for, in origin form: `/ocsp`, `/ocsp/…`, `/<authority>.crl`, `/<authority>-delta.crl`,
                `/<authority>.cer`; a responder that was asked by its name needs no `/ocsp`.
            body: what came with it.
        """
        if method == "POST" and path in {"/", "/ocsp"}:
            return self._status(body)
        with self._lock:
            stems = {stem(publisher.certificate): publisher for publisher in self._publishers.values()}
        name, _, kind = path.removeprefix("/").rpartition(".")
        delta = name.endswith("-delta")
        publisher = stems.get(name.removesuffix("-delta"))
        if publisher is not None and kind == "crl":
            der = self._list(publisher, delta=delta).public_bytes(Encoding.DER)
            return Published(status=200, content_type="application/pkix-crl", body=der)
        if publisher is not None and kind == "cer" and not delta:
            der = publisher.certificate.public_bytes(Encoding.DER)
            return Published(status=200, content_type="application/pkix-cert", body=der)
        try:
            question = b64decode(unquote(path.removeprefix("/ocsp").removeprefix("/")), validate=True)
        except ValueError:
            return Published(status=404, content_type="text/plain; charset=utf-8", body=b"Nothing is published here.\n")
        return self._status(question)

    def _status(self, request: bytes) -> Published:
        question = _question(request)
        if question is None:
            return _said(ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST))
        asked, nonces = question
        with self._lock:
            publisher = self._publishers.get(asked.issuer_key_hash)
            entry = self._revoked.get((asked.issuer_key_hash, asked.serial_number))
            known = (asked.issuer_key_hash, asked.serial_number) in self._issued
        if publisher is None:
            return _said(ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED))
        good_or_unknown = ocsp.OCSPCertStatus.GOOD if known else ocsp.OCSPCertStatus.UNKNOWN
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response_by_hash(
                asked.issuer_name_hash,
                asked.issuer_key_hash,
                asked.serial_number,
                asked.hash_algorithm,
                ocsp.OCSPCertStatus.REVOKED if entry else good_or_unknown,
                publisher.at - OLD,
                publisher.at + FRESH,
                entry.at if entry else None,
                entry.reason if entry else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, publisher.certificate)
        )
        for nonce in nonces:
            builder = builder.add_extension(nonce, critical=False)
        return _said(builder.sign(publisher.key, hashes.SHA256()))

    def _list(self, publisher: Publisher, *, delta: bool) -> x509.CertificateRevocationList:
        own = _key_hash(publisher.certificate)
        with self._lock:
            entries = {serial: entry for (key, serial), entry in self._revoked.items() if key == own}
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(publisher.certificate.subject)
            .last_update(publisher.at - OLD)
            .next_update(publisher.at + FRESH)
            .add_extension(x509.CRLNumber(_NUMBER + delta), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(publisher.key.public_key()), critical=False
            )
        )
        if delta:
            builder = builder.add_extension(x509.DeltaCRLIndicator(_NUMBER), critical=True)
        elif any(entry.only_in_difference for entry in entries.values()):
            difference = x509.UniformResourceIdentifier(f"{self.base}/{stem(publisher.certificate)}-delta.crl")
            point = x509.DistributionPoint([difference], None, None, None)
            builder = builder.add_extension(x509.FreshestCRL([point]), critical=False)
        for serial, entry in entries.items():
            if entry.only_in_difference == delta:
                revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(entry.at)
                revoked = revoked.add_extension(x509.CRLReason(entry.reason), critical=False)
                builder = builder.add_revoked_certificate(revoked.build())
        return builder.sign(publisher.key, hashes.SHA256())


def stem(authority: x509.Certificate) -> str:
    """The name of an authority in addresses: `demo-root-ca`.

    Args:
        authority: its certificate.
    """
    common_name = str(authority.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    return "-".join(common_name.lower().split())


def _question(request: bytes) -> tuple[ocsp.OCSPRequest, list[x509.OCSPNonce]] | None:
    """A question about one certificate, and the nonces in it; None where it is none that can be answered.

    Much of it is read, and refused, only when somebody asks for it.
    """
    try:
        asked = ocsp.load_der_ocsp_request(request)
        by, size = (asked.issuer_name_hash, asked.issuer_key_hash), asked.hash_algorithm.digest_size
        answerable = asked.serial_number >= 0 and all(len(each) == size for each in by)
        nonces = [each.value for each in asked.extensions if isinstance(each.value, x509.OCSPNonce)]
    except (ValueError, NotImplementedError, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None
    return (asked, nonces) if answerable else None


def _key_hash(authority: x509.Certificate) -> bytes:
    """The SHA-1 of an authority's key, by which questions name it. RFC 6960 §4.1.1."""
    return x509.SubjectKeyIdentifier.from_public_key(authority.public_key()).digest


def _said(response: ocsp.OCSPResponse) -> Published:
    return Published(status=200, content_type="application/ocsp-response", body=response.public_bytes(Encoding.DER))
