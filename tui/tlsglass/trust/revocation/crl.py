"""What a revocation list says of one certificate, and whether that can be believed. RFC 5280 §6.3."""

from datetime import datetime, timedelta

from tlsglass.frozen import dataclass
from tlsglass.trust.revocation.lists import Entry, ListError, ReadList, find_entry
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.sources import DistributionPoint
from tlsglass.trust.signatures.certificates import SignatureCheck, check_signed
from tlsglass.trust.wording import listed, moment, named, shortened, span
from tlsglass.x509.encoding import matching_key
from tlsglass.x509.model import Certificate

CLOCK_SKEW = timedelta(minutes=5)
"""How far an issuer's clock may be ahead of ours."""

_SIGNS_LISTS = "cRLSign"
_REMOVED = "removeFromCRL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The newer difference to a list, where one is to be had. RFC 5280 §5.2.4."""

    url: str
    """Where it is. Not yet made printable."""

    found: ReadList | None
    """What is there; None where it could not be had or read."""

    problem: str = ""
    """Why it could not be, as the end of a sentence. Not yet made printable."""


def judge_list(  # noqa: PLR0913 - all that the answer depends on, by name
    found: ReadList,
    *,
    certificate: Certificate,
    issuer: Certificate,
    point: DistributionPoint,
    url: str,
    at: datetime,
    delta: Delta | None = None,
) -> RevocationAnswer:
    """Look a certificate up in a list.

    Args:
        found: the list.
        certificate: whose status is wanted.
        issuer: the one that issued it.
        point: the distribution point of the certificate at which the list was had.
        url: where it was had.
        at: the moment for which the list must be current.
        delta: the difference to it, if there is one.

    Returns:
        Revoked where the list has it, even if it is out of date: a revocation is not taken back. Good where a current
        list in whose scope it is does not have it. Unavailable in all other cases, with the reason.
    """
    signature = check_signed(found.der, oid=found.algorithm, signature=found.signature, signer=issuer)
    fault = _fault(found, certificate, issuer, point, signature)
    problem, status, entry, taken = fault, Status.UNAVAILABLE, None, None
    next_update = found.next_update
    if fault is None:
        taken, problem = _usable_delta(found, delta, issuer, at)
        if taken is not None:
            next_update = taken.next_update
        try:
            entry = _latest(found, taken, certificate)
            status = Status.REVOKED if entry else Status.GOOD
        except ListError as error:
            problem = str(error)
        if entry is not None and entry.unknown:
            problem = f"the entry has extensions that are not understood here ({listed(entry.unknown)})"
        untimely = _untimely(found.this_update, next_update, at)
        if untimely is not None:
            problem = untimely
            status = Status.REVOKED if status is Status.REVOKED else Status.UNAVAILABLE
    return RevocationAnswer(
        certificate=certificate.sha256,
        source=Source.CRL,
        url=url,
        status=status,
        this_update=taken.this_update if taken else found.this_update,
        next_update=next_update,
        revoked_at=entry.revoked_at if entry else None,
        reason=entry.reason if entry else None,
        responder=f"'{shortened(found.issuer.label)}'",
        signature_valid=signature.valid,
        problem=None
        if problem is None
        else f"The list of {url} can't be relied on: {problem}."
        if status is Status.UNAVAILABLE
        else f"Of the list of {url}: {problem}.",
        reasons=_known_reasons(found, point),
        delta_url=delta.url if delta and taken else None,
    )


def _fault(
    found: ReadList, certificate: Certificate, issuer: Certificate, point: DistributionPoint, signature: SignatureCheck
) -> str | None:
    """Why the list says nothing of the certificate; None where it does."""
    if found.scope.indirect or point.issuers or matching_key(found.issuer.der) != matching_key(issuer.subject.der):
        return _foreign(found, issuer, point)
    if issuer.key_usage is not None and _SIGNS_LISTS not in issuer.key_usage:
        return f"{named(issuer)} may not sign lists (its key usage lacks cRLSign)"
    if not signature.valid:
        reason = (
            f"can't be checked: {signature.reason}" if signature.valid is None else f"is not that of {named(issuer)}"
        )
        return f"its signature {reason}"
    if found.unknown:
        return f"it has critical extensions that are not understood here ({listed(found.unknown)})"
    if found.base is not None:
        return "it is only the difference to another list"
    return _out_of_scope(found, certificate, point)


def _foreign(found: ReadList, issuer: Certificate, point: DistributionPoint) -> str:
    signer = f"'{shortened(found.issuer.label)}'"
    if found.scope.indirect or point.issuers:
        return f"it is an indirect list, signed by {signer} for other issuers, which is not supported here"
    return f"it is the list of {signer} and not of {named(issuer)}"


def _out_of_scope(found: ReadList, certificate: Certificate, point: DistributionPoint) -> str | None:
    """RFC 5280 §6.3.3 (b)(2)."""
    scope = found.scope
    if scope.only_attributes:
        return "it only has attribute certificates"
    if scope.only_users and certificate.is_ca:
        return "it has no certificates of authorities, of which this is one"
    if scope.only_authorities and not certificate.is_ca:
        return "it only has certificates of authorities, of which this is none"
    if scope.names is not None and not scope.names & point.names:
        return "it is the part of all lists for another distribution point"
    return None


def _usable_delta(
    found: ReadList, delta: Delta | None, issuer: Certificate, at: datetime
) -> tuple[ReadList | None, str | None]:
    """The difference, where it fits the list, else why not. RFC 5280 §5.2.4, §6.3.3 (c)."""
    if delta is None:
        return None, None
    if delta.found is None:
        return None, f"its delta list could not be had, since {delta.problem}"
    other = delta.found
    fault = None
    if other.base is None or other.unknown:
        fault = "it is none"
    elif matching_key(other.issuer.der) != matching_key(found.issuer.der) or other.scope != found.scope:
        fault = "it is one to another list"
    elif not check_signed(other.der, oid=other.algorithm, signature=other.signature, signer=issuer).valid:
        fault = f"its signature is not that of {named(issuer)}"
    elif found.number is None or other.base > found.number:
        fault = "it is one to a newer list"
    else:
        fault = _untimely(other.this_update, other.next_update, at)
    if fault is not None:
        return None, f"its delta list {delta.url} can't be used: {fault}"
    # One that is older than the list itself has nothing to add.
    return (other if other.number is not None and other.number > (found.number or 0) else None), None


def _latest(found: ReadList, delta: ReadList | None, certificate: Certificate) -> Entry | None:
    """The entry in the difference, else that of the list; None where it is not revoked, or no longer."""
    if certificate.serial is None:
        text = "the serial number of the certificate can't be read"
        raise ListError(text)
    entry = find_entry(delta, certificate.serial) if delta else None
    entry = entry or find_entry(found, certificate.serial)
    return None if entry is None or entry.reason == _REMOVED else entry


def _untimely(this_update: datetime, next_update: datetime | None, at: datetime) -> str | None:
    if this_update > at + CLOCK_SKEW:
        return f"it is from the future ({moment(this_update)})"
    if next_update is not None and next_update < at:
        return f"it is out of date since {span(at - next_update)} ({moment(next_update)})"
    return None


def _known_reasons(found: ReadList, point: DistributionPoint) -> frozenset[str] | None:
    """What both the list and the point that leads to it are limited to. RFC 5280 §6.3.3 (d)."""
    if found.scope.reasons is None or point.reasons is None:
        return found.scope.reasons if point.reasons is None else point.reasons
    return found.scope.reasons & point.reasons
