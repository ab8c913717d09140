"""Observations made by hand, for the tests of what is derived from them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tlsglass.errors import Failure, Fault, Phase
from tlsglass.events import AttemptFailed
from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.net.model import Endpoint
from tlsglass.observation import Observation, Timings
from tlsglass.target import Target
from tlsglass.tls.model import CertificateEntry, Direction, Handshake, HandshakeMessage, VerificationError
from tlsglass.trust.model import (
    Check,
    CheckStatus,
    Finding,
    FindingCode,
    PathStep,
    Severity,
    StoreLabel,
    TrustReport,
    Verdict,
)
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
HOST = "www.example.test"

TARGET = Target(
    text=HOST,
    host=HOST,
    display=HOST,
    port=443,
    path="/",
    is_address=False,
    sni=HOST,
    address=None,
    hostname=HOST,
)

MESSAGE = HandshakeMessage(direction=Direction.SENT, name="client_hello", length=512, encrypted=False)


@cache
def certificate(
    subject: str, issuer: str, *, names: tuple[str, ...] = (), first: int = -30, last: int = 60
) -> Certificate:
    """A certificate that was read; its signature is nobody's, which nothing here looks at.

    Args:
        subject: the common name of its holder; empty for an empty name.
        issuer: the common name of its issuer.
        names: its DNS names.
        first: days from NOW to its first moment.
        last: days from NOW to its end, so that a life is a whole number of days.
    """
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .serial_number(0x0A1B2C)
        .public_key(_key().public_key())
        .not_valid_before(NOW + timedelta(days=first))
        .not_valid_after(NOW + timedelta(days=last, seconds=-1))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), critical=False)
    return parse_certificate(builder.sign(_key(), SHA256()).public_bytes(Encoding.DER))


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(0x2026, ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)] if common_name else [])


LEAF = certificate(HOST, "Middle", names=(HOST, "example.test"))
MIDDLE = certificate("Middle", "Root", last=800)
ROOT = certificate("Root", "Root", last=4000)
STRANGER = certificate("Stranger", "Nobody")


def finding(
    code: FindingCode = FindingCode.EXPIRED,
    severity: Severity = Severity.ERROR,
    certificate: Certificate | None = LEAF,
    field: str | None = "validity.not_after",
) -> Finding:
    """A finding about a certificate, or about the chain where there is none."""
    return Finding(
        code=code,
        severity=severity,
        certificate=certificate.sha256 if certificate else None,
        field=field,
        title=f"{code} in few words",
        detail=f"{code} in a sentence.",
        reference="RFC 5280 §4.1.2.5",
        fix="Renew it.",
    )


TRUST = TrustReport(
    verdict=Verdict.TRUSTED,
    store=StoreLabel(name="Mozilla", date=date(2026, 10, 18)),
    at=NOW,
    hostname=HOST,
    path=(
        PathStep(certificate=LEAF, sent=0),
        PathStep(certificate=MIDDLE, sent=1),
        PathStep(certificate=ROOT, sent=None),
    ),
    anchored=True,
    missing=None,
    out_of_order=frozenset(),
    unrelated=frozenset(),
    findings=(),
    checks=(Check(name="name", status=CheckStatus.PASSED, detail="it fits", reference="RFC 9525"),),
)

ANSWERS = (
    RevocationAnswer(
        certificate=LEAF.sha256,
        source=Source.STAPLE,
        url=None,
        status=Status.GOOD,
        this_update=NOW,
        responder="'Responder'",
        signature_valid=True,
    ),
    RevocationAnswer(
        certificate=LEAF.sha256,
        source=Source.OCSP,
        url="http://ocsp.example/\x1b[31m",
        status=Status.UNAVAILABLE,
        problem="It is out of \u202eorder.",
    ),
    RevocationAnswer(
        certificate=MIDDLE.sha256,
        source=Source.CRL,
        url="http://crl.example/a.crl",
        status=Status.REVOKED,
        this_update=NOW,
        next_update=NOW,
        revoked_at=NOW,
        reason="cACompromise",
        responder="'Root'",
        signature_valid=True,
        delta_url="http://crl.example/b.crl",
    ),
)
"""What was said of revocation, one of each source."""

HANDSHAKE = Handshake(
    version="TLSv1.3",
    cipher_suite="TLS_AES_256_GCM_SHA384",
    openssl_cipher="TLS_AES_256_GCM_SHA384",
    group="X25519MLKEM768",
    signature_algorithm="ecdsa_secp256r1_sha256",
    alpn="http/1.1",
    resumed=False,
    server_name=HOST,
    client_certificate_requested=True,
    client_certificate_authorities=("CN=Clients",),
    verification_errors=(VerificationError(code=10, name="CERT_HAS_EXPIRED", depth=0, certificate=LEAF.der),),
    messages=(MESSAGE,),
    entries=(
        CertificateEntry(certificate=LEAF.der, ocsp_staple=b"\x30\x00"),
        CertificateEntry(
            certificate=MIDDLE.der, timestamps=b"\x00\x00", problem="The status that came with it is empty."
        ),
    ),
)

HEAD = ResponseHead(
    status=200,
    reason="OK",
    version="1.1",
    headers=(("Content-Type", "text/html; charset=utf-8"), ("Server", "a\x1b[31m server")),
    length=80,
)

RESPONSE = Response(head=HEAD, size=1256, truncated=False, ended_by=Ending.CONTENT_LENGTH)

FAILURE = Failure(
    phase=Phase.CONNECT, fault=Fault.REFUSED, message="192.0.2.1:443 refused.", hint="Is the server running?"
)

EMPTY = Observation(target=TARGET, started=NOW)

UNJUDGED = replace(EMPTY, certificates=(LEAF, MIDDLE))

ATTEMPT = AttemptFailed(at=0.1, endpoint=Endpoint(address="2001:db8::1", port=443), message="no route")

TRUSTED = Observation(
    target=TARGET,
    started=NOW,
    endpoints=(ATTEMPT.endpoint, Endpoint(address="192.0.2.1", port=443)),
    attempts=(ATTEMPT,),
    endpoint=Endpoint(address="192.0.2.1", port=443),
    messages=(MESSAGE,),
    certificates=(LEAF, MIDDLE),
    handshake=HANDSHAKE,
    trust=TRUST,
    request=Request(method="GET", path="/", headers=(("Host", HOST), ("User-Agent", "tlsglass"))),
    head=HEAD,
    received=RESPONSE.size,
    response=RESPONSE,
    timings=Timings(resolve=0.002, connect=0.0141, handshake=0.031, first_byte=0.048, total=0.0521),
    finished=True,
)


def judged(observation: Observation = TRUSTED, **changes: object) -> Observation:
    """An observation with another judgement."""
    return replace(observation, trust=replace(TRUST, **changes))  # type: ignore[arg-type]  # any of its fields
