"""An OCSP response, stapled or asked for: what it says of the certificate, and whether that can be believed. RFC 6960.

Import it where there is a response, not before: cryptography takes long to load.
"""

import hashlib
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_READ_RESPONSES, MOST_RESPONDERS
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.signatures.certificates import SignatureCheck, check_signature, verify
from tlsglass.trust.wording import moment, named, span
from tlsglass.x509 import encoding
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

CLOCK_SKEW = timedelta(minutes=5)
"""How far a responder's clock may be ahead of ours."""

_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
_NO_CHECK = "1.3.6.1.5.5.7.48.1.5"


class OcspError(Exception):
    """The response can't be believed; the message is a sentence that says why."""

    def __init__(self, text: str, *, signature_valid: bool | None = None) -> None:
        """Make an error.

        Args:
            text: the sentence.
            signature_valid: whether the signature was found good; None where it was not or could not be checked.
        """
        super().__init__(text)
        self.signature_valid = signature_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class OcspAnswer:
    """What a response says of one certificate, once its signature was found good. RFC 6960 §4.2.1."""

    status: Status
    """Good, revoked or unknown."""

    this_update: datetime
    """When the status was known to be right, aware and in UTC."""

    next_update: datetime | None
    """When newer information will be had; None where it always is."""

    produced_at: datetime
    """When the response was signed, aware and in UTC."""

    revoked_at: datetime | None
    reason: str | None
    """Why it was revoked, as RFC 5280 §5.3.1 names it: 'keyCompromise'."""

    responder: str
    """Who signed it, as a sentence calls them; not yet made printable."""

    doubt: str | None
    """A sentence on what is odd with it, though it counts; None where nothing is. Not yet made printable."""


def judge_response(  # noqa: PLR0913 - all that the answer depends on, by name
    der: bytes,
    *,
    certificate: Certificate,
    issuer: Certificate,
    at: datetime,
    source: Source,
    url: str | None,
    nonce: bytes | None = None,
) -> RevocationAnswer:
    """What a response says of a certificate at a moment.

    Args:
        der: the OCSPResponse.
        certificate: the one whose status is wanted.
        issuer: the one that issued it.
        at: the moment for which it must be current.
        source: how it came.
        url: whom was asked; None where nobody was.
        nonce: what was asked with.

    Returns:
        Revoked where it says so, even if it is out of date: a revocation is not taken back. Good and unknown where it
        says so and is current. Unavailable in all other cases, with the reason.
    """
    try:
        found = read_answer(der, certificate=certificate, issuer=issuer, at=at, nonce=nonce)
    except OcspError as error:
        return RevocationAnswer(
            certificate=certificate.sha256,
            source=source,
            url=url,
            status=Status.UNAVAILABLE,
            signature_valid=error.signature_valid,
            problem=str(error),
        )
    untimely = _untimely(found, at)
    counts = untimely is None or found.status is Status.REVOKED
    return RevocationAnswer(
        certificate=certificate.sha256,
        source=source,
        url=url,
        status=found.status if counts else Status.UNAVAILABLE,
        this_update=found.this_update,
        next_update=found.next_update,
        revoked_at=found.revoked_at,
        reason=found.reason,
        responder=found.responder,
        signature_valid=True,
        problem=untimely or found.doubt or _too_early(found),
    )


def _untimely(found: OcspAnswer, at: datetime) -> str | None:
    """Why a response does not hold for a moment; None where it does. RFC 6960 §4.2.2.1."""
    if found.this_update > at + CLOCK_SKEW:
        return f"It is from the future ({moment(found.this_update)})."
    if found.next_update is not None and found.next_update < at:
        return f"It is out of date since {span(at - found.next_update)} ({moment(found.next_update)})."
    return None


def _too_early(found: OcspAnswer) -> str | None:
    """What is odd with a response that was signed before its status was known; None where it was not."""
    if found.produced_at + CLOCK_SKEW >= found.this_update:
        return None
    return f"It was signed at {moment(found.produced_at)}, before its status was known ({moment(found.this_update)})."


def read_answer(
    der: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime, nonce: bytes | None = None
) -> OcspAnswer:
    """Read and verify a response.

    Args:
        der: the OCSPResponse.
        certificate: the one whose status is wanted.
        issuer: the one that issued it.
        at: the moment for which a delegated responder's certificate must be valid.
        nonce: what was asked with. A response may leave it out (RFC 9654 §3.1), but not have another one.

    Raises:
        OcspError: it is malformed, no answer, about another certificate, or not signed by who may sign it.
    """
    try:
        with warnings.catch_warnings():
            # cryptography warns of odd certificates in it; what is odd is said by our own reading.
            warnings.simplefilter("ignore")
            response = ocsp.load_der_ocsp_response(der)
            if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
                status = response.response_status.name.lower().replace("_", " ")
                text = f"The responder gave no answer but the status '{status}'."
                raise OcspError(text)
            single = _single_response(response, certificate, issuer)
            responder = _responder(response, issuer, at)
            _check_nonce(response, nonce)
            return _answer(response, single, responder)
    except (ValueError, UnsupportedAlgorithm) as error:
        text = f"It can't be read ({error})."
        raise OcspError(text) from error


def _single_response(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse:
    """The one that is about the certificate: by serial and the hashes of the issuer's name and key. RFC 6960 §4.1.1."""
    key = encoding.key_bits(issuer.public_key.der)
    for place, single in enumerate(response.responses):
        if place == MOST_READ_RESPONSES:
            text = f"The first {place} of the single responses in it are about others, and no more are looked at."
            raise OcspError(text)
        algorithm = single.hash_algorithm.name
        if (
            single.serial_number == certificate.serial
            and single.issuer_name_hash == _digest(algorithm, certificate.issuer.der)
            and single.issuer_key_hash == _digest(algorithm, key)
        ):
            return single
    text = "It is about another certificate."
    raise OcspError(text)


def _digest(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Responder:
    """Who signed, and what is odd with them."""

    name: str
    doubt: str | None


def _responder(response: ocsp.OCSPResponse, issuer: Certificate, at: datetime) -> _Responder:
    """Who signed the response, if they may: the issuer or whom it delegated to. RFC 6960 §4.2.2.2."""
    by_issuer = _check(response, issuer)
    if by_issuer.valid:
        return _Responder(name=named(issuer), doubt=_other_name(response, issuer))
    faults = []
    for responder in _included(response):
        if _check(response, responder).valid:
            fault = _delegation_fault(responder, issuer, at)
            if fault is None:
                return _Responder(
                    name=named(responder), doubt=_other_name(response, responder) or _unchecked(responder)
                )
            faults.append(f"Its signer {named(responder)} {fault}.")
    if faults:
        raise OcspError(faults[0], signature_valid=False)
    if by_issuer.valid is None:
        text = f"Its signature can't be checked: {by_issuer.reason}."
        raise OcspError(text)
    text = "Its signature is not the issuer's, nor that of a responder whose certificate it brings."
    if len(response.certificates) > MOST_RESPONDERS:
        text = f"{text} Only the first {MOST_RESPONDERS} of the {len(response.certificates):,} are looked at."
    raise OcspError(text, signature_valid=False)


def _other_name(response: ocsp.OCSPResponse, signer: Certificate) -> str | None:
    """What is odd where the response names another responder than who signed it. RFC 6960 §4.2.2.3."""
    name, key_hash = response.responder_name, response.responder_key_hash
    if name is not None:
        same = encoding.matching_key(name.public_bytes()) == encoding.matching_key(signer.subject.der)
    else:
        same = key_hash == _digest("sha1", encoding.key_bits(signer.public_key.der))
    return None if same else f"It names another responder than {named(signer)}, who signed it."


def _unchecked(responder: Certificate) -> str | None:
    """What is odd where the responder's own certificate could be revoked. RFC 6960 §4.2.2.2.1."""
    if any(extension.oid == _NO_CHECK for extension in responder.extensions):
        return None
    return (
        f"The certificate of {named(responder)} lacks id-pkix-ocsp-nocheck, so that it might be revoked itself, "
        "which was not asked."
    )


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


def _check_nonce(response: ocsp.OCSPResponse, nonce: bytes | None) -> None:
    """Refuse the answer to another question. RFC 9654 §2.1."""
    if nonce is None:
        return
    found = next((each.value for each in response.extensions if isinstance(each.value, x509.OCSPNonce)), None)
    if found is not None and found.nonce != nonce:
        text = "It answers another question: its nonce is not the one that was asked with."
        raise OcspError(text, signature_valid=True)


def _answer(response: ocsp.OCSPResponse, single: ocsp.OCSPSingleResponse, responder: "_Responder") -> OcspAnswer:
    reason = single.revocation_reason
    return OcspAnswer(
        status=Status[single.certificate_status.name],
        this_update=single.this_update_utc,
        next_update=single.next_update_utc,
        produced_at=response.produced_at_utc,
        revoked_at=single.revocation_time_utc,
        reason=reason.value if reason else None,
        responder=responder.name,
        doubt=responder.doubt,
    )
