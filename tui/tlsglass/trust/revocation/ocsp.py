"""A stapled OCSP response: what it says of the certificate, and whether that can be believed. RFC 6960.

Import it where there is a staple, not before: cryptography takes long to load.
"""

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tlsglass.trust import encoding
from tlsglass.trust.signatures import SignatureCheck, check_signature, verify
from tlsglass.trust.wording import named
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

MOST_RESPONSES = 64
"""Single responses of one staple that are looked at; a staple has one."""

MOST_RESPONDERS = 8
"""Certificates of one staple that are looked at; a staple has one or none."""

_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"


class StapleError(Exception):
    """The staple can't be believed; the message is a sentence that says why."""


class Status(StrEnum):
    """What a response says of a certificate. RFC 6960 §2.2."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staple:
    """What a staple says of one certificate, once its signature was found good. RFC 6960 §4.2.1."""

    status: Status
    this_update: datetime
    """When the status was known to be right, aware and in UTC."""

    next_update: datetime | None
    """When newer information will be had; None where it always is."""

    revoked_at: datetime | None
    reason: str | None
    """Why it was revoked, as RFC 5280 §5.3.1 names it: 'keyCompromise'."""

    responder: str
    """Who signed it, as a sentence calls them; not yet made printable."""


def read_staple(der: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime) -> Staple:
    """Read and verify a staple.

    Args:
        der: the OCSPResponse as stapled.
        certificate: the one whose status is wanted.
        issuer: the one that issued it.
        at: the moment for which a delegated responder's certificate must be valid.

    Raises:
        StapleError: it is malformed, no answer, about another certificate, or not signed by who may sign it.
    """
    try:
        with warnings.catch_warnings():
            # cryptography warns of odd certificates in it; what is odd is said by our own reading.
            warnings.simplefilter("ignore")
            response = ocsp.load_der_ocsp_response(der)
            if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
                status = response.response_status.name.lower().replace("_", " ")
                text = f"The responder gave no answer but the status '{status}'."
                raise StapleError(text)
            single = _single_response(response, certificate, issuer)
            responder = _responder(response, issuer, at)
            return _staple(single, responder)
    except (ValueError, UnsupportedAlgorithm) as error:
        text = f"It can't be read ({error})."
        raise StapleError(text) from error


def _single_response(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse:
    """The one that is about the certificate: by serial and the hashes of the issuer's name and key. RFC 6960 §4.1.1."""
    key = encoding.key_bits(issuer.public_key.der)
    for single in islice(response.responses, MOST_RESPONSES):
        algorithm = single.hash_algorithm.name
        if (
            single.serial_number == certificate.serial
            and single.issuer_name_hash == _digest(algorithm, certificate.issuer.der)
            and single.issuer_key_hash == _digest(algorithm, key)
        ):
            return single
    text = "It is about another certificate."
    raise StapleError(text)


def _digest(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _responder(response: ocsp.OCSPResponse, issuer: Certificate, at: datetime) -> str:
    """Who signed the response, if they may: the issuer or whom it delegated to. RFC 6960 §4.2.2.2."""
    by_issuer = _check(response, issuer)
    if by_issuer.valid:
        return named(issuer)
    faults = []
    for responder in _included(response):
        if _check(response, responder).valid:
            fault = _delegation_fault(responder, issuer, at)
            if fault is None:
                return named(responder)
            faults.append(f"Its signer {named(responder)} {fault}.")
    if faults:
        raise StapleError(faults[0])
    if by_issuer.valid is None:
        text = f"Its signature can't be checked: {by_issuer.reason}."
        raise StapleError(text)
    text = "Its signature is not the issuer's, nor that of a responder whose certificate it brings."
    raise StapleError(text)


def _included(response: ocsp.OCSPResponse) -> Iterator[Certificate]:
    for included in islice(response.certificates, MOST_RESPONDERS):
        yield parse_certificate(included.public_bytes(Encoding.DER))


def _check(response: ocsp.OCSPResponse, signer: Certificate) -> SignatureCheck:
    algorithm = response.signature_hash_algorithm
    return verify(
        signer,
        oid=response.signature_algorithm_oid.dotted_string,
        signature=response.signature,
        signed=response.tbs_response_bytes,
        hash_name=algorithm.name.upper() if algorithm else "",
    )


def _delegation_fault(responder: Certificate, issuer: Certificate, at: datetime) -> str | None:
    """Why a certificate may not sign for the issuer; None where it may."""
    if _OCSP_SIGNING not in (responder.extended_key_usage or ()):
        return "may not sign such responses (its extended key usage lacks OCSPSigning)"
    if not check_signature(responder, issuer).valid:
        return f"was not authorised by {named(issuer)}"
    begins, ends = responder.not_before, responder.not_after
    if begins is None or ends is None or not begins <= at <= ends:
        return "has a certificate that is not valid now"
    return None


def _staple(single: ocsp.OCSPSingleResponse, responder: str) -> Staple:
    reason = single.revocation_reason
    return Staple(
        status=Status[single.certificate_status.name],
        this_update=single.this_update_utc,
        next_update=single.next_update_utc,
        revoked_at=single.revocation_time_utc,
        reason=reason.value if reason else None,
        responder=responder,
    )
