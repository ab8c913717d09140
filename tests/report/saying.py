"""Observations in which one text stands wherever a stranger's may, for tests of what it does to ours."""

from dataclasses import replace

from tests.report.looking import look
from tests.report.samples import ANSWERS, FAILURE, HANDSHAKE, HEAD, MESSAGE, RESPONSE, TRUST, TRUSTED, finding
from tests.x509.saying import certificate_saying, list_saying, request_saying, response_saying
from tlsglass.exchange.model import Ending
from tlsglass.observation import Observation
from tlsglass.tls.model import CertificateEntry
from tlsglass.trust.clients.model import ClientStanding, Reason, Stance
from tlsglass.trust.model import Check, CheckStatus, PathStep, Verdict
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.pem import to_pem


def answer_saying(text: str) -> RevocationAnswer:
    """What a responder says that is not to be believed."""
    return replace(ANSWERS[2], url=text, reason=text, responder=text, problem=text, delta_url=text)


def clients_saying(text: str) -> tuple[ClientStanding, ...]:
    """A family of clients with two reasons."""
    because = tuple(Reason(stance=Stance.REFUSES, sentence=text, reference=each) for each in ("RFC 1", "RFC 2"))
    return (ClientStanding(family="Clients", programs=(), stance=Stance.REFUSES, because=because),)


def site_saying(text: str) -> Observation:
    """A site whose certificate, findings, staples, alerts, answer and failure say it."""
    leaf = parse_certificate(certificate_saying(text))
    found = replace(finding(certificate=leaf), title=text, detail=text, fix=text)
    trust = replace(
        TRUST,
        verdict=Verdict.UNTRUSTED,
        path=(PathStep(certificate=leaf, sent=0), PathStep(certificate=leaf, sent=None, fetched_from=text)),
        missing=leaf.issuer,
        anchored=False,
        findings=(found, replace(found, certificate=None, field=None)),
        checks=(Check(name="name", status=CheckStatus.PASSED, detail=text, reference="RFC 9525"),),
        revocation=(answer_saying(text),),
    )
    handshake = replace(
        HANDSHAKE,
        alpn=text,
        client_certificate_authorities=(leaf.subject.rfc4514,),
        entries=(CertificateEntry(certificate=leaf.der, ocsp_staple=b"\x30\x00", problem=text),),
        messages=(replace(MESSAGE, detail=text),),
    )
    head = replace(HEAD, reason=text, headers=(("A", text), (text, "b")))
    return replace(
        TRUSTED,
        certificates=(leaf, leaf),
        handshake=handshake,
        messages=handshake.messages,
        trust=trust,
        head=head,
        response=replace(RESPONSE, head=head, ended_by=Ending.RESET, truncated=True, problem=text),
        failure=replace(FAILURE, message=text, hint=text),
    )


def file_saying(text: str) -> Observation:
    """A file of a certificate and of each kind of document that holds text."""
    made = {
        "CERTIFICATE": certificate_saying(text),
        "CERTIFICATE REQUEST": request_saying(text),
        "X509 CRL": list_saying(text),
        "OCSP RESPONSE": response_saying(text),
    }
    found = look("".join(to_pem(der, label) for label, der in made.items()).encode())
    assert found.contents is not None
    return replace(found, contents=replace(found.contents, notes=(text,)))
