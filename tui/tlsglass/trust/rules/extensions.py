"""Whether extensions are such as clients can accept: known where critical, once each, and no contradiction.

RFC 5280 §4.2, RFC 9608 §3.
"""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import listed, named, shortened
from tlsglass.x509.certificate import extension_id
from tlsglass.x509.model import Certificate

_REFERENCE = "RFC 5280 §4.2"
_AUTHORITY_KEY_ID = "2.5.29.35"
_SUBJECT_KEY_ID = "2.5.29.14"
_NO_REVOCATION = "2.5.29.56"
_LISTS, _CHANGES = "2.5.29.31", "2.5.29.46"
_POISON = "1.3.6.1.4.1.11129.2.4.3"

_PROCESSED = frozenset(
    {
        "2.5.29.15",  # key usage
        "2.5.29.17",  # subject alternative names
        "2.5.29.19",  # basic constraints
        "2.5.29.30",  # name constraints
        "2.5.29.31",  # CRL distribution points
        "2.5.29.32",  # certificate policies
        "2.5.29.33",  # policy mappings
        "2.5.29.36",  # policy constraints
        "2.5.29.37",  # extended key usage
        "2.5.29.54",  # inhibit anyPolicy
    }
)
"""What validators act on, so that it may be critical. RFC 5280 §4.2."""

_NEVER_CRITICAL = {
    _SUBJECT_KEY_ID: "RFC 5280 §4.2.1.2",
    _AUTHORITY_KEY_ID: "RFC 5280 §4.2.1.1",
    "2.5.29.9": "RFC 5280 §4.2.1.8",
    "2.5.29.46": "RFC 5280 §4.2.1.15",
    "1.3.6.1.5.5.7.1.1": "RFC 5280 §4.2.2.1",
    "1.3.6.1.5.5.7.1.11": "RFC 5280 §4.2.2.2",
}
"""Extensions that must not be critical, and where that is said; OpenSSL, Go and Chrome refuse them where they are."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the extensions of every certificate of the path; of the anchor those that OpenSSL refuses."""
    steps = case.certified_steps
    refused: list[Finding] = []
    for step in case.path.steps[len(steps) :]:
        refused.extend(_critical(step.certificate))
    for step in steps:
        refused.extend(_critical(step.certificate))
        refused.extend(_repeated(step.certificate))
    yield from refused
    for step in steps:
        yield from _never_revoked(step.certificate)
    if steps and not refused:
        yield passed("extensions", "No certificate has an unknown critical extension, nor one twice.", _REFERENCE)


def _critical(certificate: Certificate) -> Iterator[Finding]:
    for extension in certificate.extensions:
        if not extension.critical or extension.oid in _PROCESSED:
            continue
        what = shortened(extension.name or "an extension without a readable OID")
        known = _NEVER_CRITICAL.get(extension.oid)
        if known:
            why = f"{what} must not be critical, and clients refuse it where it is"
        elif extension.oid == _POISON:
            why = "This is a precertificate, made only for logs, which clients must refuse"
        else:
            why = f"Clients that don't know {what} must refuse the certificate, and those of the web don't know it"
        yield finding(
            FindingCode.UNKNOWN_CRITICAL_EXTENSION,
            Severity.ERROR,
            certificate,
            field=extension_id(extension.oid, 1),
            title=f"{named(certificate)} has {what} as a critical extension",
            detail=f"{named(certificate)} marks {what} as critical. {why}.",
            reference=known or _REFERENCE,
            fix="Install the certificate that was issued for this precertificate."
            if extension.oid == _POISON
            else f"Have a certificate issued without {what}, or with it marked as not critical.",
        )


def _repeated(certificate: Certificate) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for extension in certificate.extensions:
        count = counts[extension.oid] = counts.get(extension.oid, 0) + 1
        if count == 2 and extension.oid:  # noqa: PLR2004 - told at the second one, once
            what = shortened(extension.name)
            yield finding(
                FindingCode.UNREADABLE,
                Severity.ERROR,
                certificate,
                field=extension_id(extension.oid, count),
                title=f"{named(certificate)} has {what} more than once",
                detail=f"Which of the two {what} extensions of {named(certificate)} counts can't be told, so clients "
                "refuse the certificate.",
                reference=_REFERENCE,
                fix=f"Have a certificate issued that has {what} once.",
            )


def _never_revoked(certificate: Certificate) -> Iterator[Finding]:
    """What must not stand beside the word that nothing is published of a certificate's revocation. RFC 9608 §3."""
    present = {extension.oid for extension in certificate.extensions}
    if _NO_REVOCATION not in present:
        return
    wrong = {
        "be an authority's": certificate.is_ca,
        "name revocation lists": not present.isdisjoint({_LISTS, _CHANGES}),
        "name OCSP responders": bool(certificate.ocsp_responders),
    }
    if any(wrong.values()):
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.WARNING,
            certificate,
            field=extension_id(_NO_REVOCATION, 1),
            title=f"{named(certificate)} contradicts itself about its revocation",
            detail=f"By noRevAvail the issuer of {named(certificate)} says that nothing is published of its "
            f"revocation. Such a certificate must not {listed(what for what, is_so in wrong.items() if is_so)}, and "
            "clients that know the extension must refuse it then.",
            reference="RFC 9608 §3",
            fix="Have a certificate issued without noRevAvail, or without what contradicts it.",
        )
