"""What else a server's certificate of the web has to say: its version, its policy, where it is told whether it holds.

CA/B BR §7.1.1, §7.1.2.7.9, §7.1.2.11.2. Clients go by none of it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from tlsglass.trust.case import Case, not_checked
from tlsglass.trust.lifetime import is_issued_since
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.revocation.asked import is_short_lived
from tlsglass.trust.revocation.sources import sources
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import named
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.extensions.policies import read_policies
from tlsglass.x509.model import Certificate

_POLICIES = "2.5.29.32"
_VERSION = "CA/Browser Forum BR §7.1.1"
_POLICY = "CA/Browser Forum BR §7.1.2.7.9"
_POLICY_SINCE = datetime(2020, 9, 30, tzinfo=UTC)
"""Since when that is asked for. CA/B BR §1.2.2."""

_ADDRESSES = "CA/Browser Forum BR §7.1.2.11.2"
_VERSION_3 = 3
VALIDATIONS = {
    "2.23.140.1.1": "extended validation",
    "2.23.140.1.2.1": "domain validated",
    "2.23.140.1.2.2": "organization validated",
    "2.23.140.1.2.3": "individual validated",
}
"""The policies that say by which rules a certificate was issued. CA/B BR §7.1.6.1."""


def validations(certificate: Certificate) -> tuple[str, ...]:
    """The policies of a certificate that say how its holder was validated, keys of `VALIDATIONS`, in their order.

    Raises:
        DecodeError: its policies can't be read.
    """
    element = extension_value(certificate, _POLICIES)
    policies = read_policies(element) if element is not None else ()
    return tuple(oid for oid in policies if oid in VALIDATIONS)


def examine_versions(case: Case) -> Iterator[Finding | Check]:
    """Judge that all are of version 3."""
    old = [step.certificate for step in case.certified_steps if step.certificate.version in {1, 2}]
    faults = [
        _fault(
            each,
            "version",
            f"{named(each)} is of version {each.version}",
            f"{named(each)} is of version {each.version}, which can't say what it may be used for.",
            _VERSION,
        )
        for each in old
    ]
    yield from told(case, "version", faults, "All are of version 3.", _VERSION)


def examine_policy(case: Case) -> Iterator[Finding | Check]:
    """Judge that the leaf says how its holder was validated, if it was issued since that is asked for."""
    try:
        kinds = [VALIDATIONS[oid] for oid in validations(case.leaf)]
    except DecodeError:
        return  # `policies` says so
    detail = f"{named(case.leaf)} has none of the policies that say how an authority has made sure whom it issues to: "
    detail += "extended, organization, individual or domain validation."
    if not kinds and not is_issued_since(case.leaf, _POLICY_SINCE):
        why = f"Certificates have to say so since {_POLICY_SINCE:%Y-%m-%d}; {named(case.leaf)} was issued before."
        yield not_checked("validation", why, _POLICY)
        return
    faults = [] if kinds else [_fault(case.leaf, "extensions", "does not say how it was validated", detail, _POLICY)]
    yield from told(case, "validation", faults, f"It is {''.join(kinds[:1])}.", _POLICY)


def examine_addresses(case: Case) -> Iterator[Finding | Check]:
    """Judge that it is said where a revocation would be told. A responder is no longer asked for."""
    known = sources(case.leaf)
    fine = "It names a list."
    if not known.points:
        fine = "It names a responder."
    elif not known.ocsp:
        fine = "It names a list and no responder, which is normal today: authorities may do without since 2024."
    is_missing = not known.points and not known.ocsp and not is_short_lived(case.leaf)
    detail = f"{named(case.leaf)} names neither a list nor a responder, so nobody can learn that it was revoked."
    title = "says nowhere whether it was revoked"
    faults = [_fault(case.leaf, "extensions", title, detail, _ADDRESSES)] if is_missing else []
    if not known.points and not known.ocsp:
        fine = "It names neither list nor responder, which is normal for one that is short-lived."
    yield from told(case, "revocation addresses", faults, fine, _ADDRESSES)


def _fault(certificate: Certificate, field: str, title: str, detail: str, reference: str) -> Fault:
    return Fault(
        code=FindingCode.BASELINE_NOT_MET,
        certificate=certificate,
        field=field,
        title=title,
        detail=f"{detail} Clients accept it.",
        reference=reference,
        fix=None,
        public=Severity.WARNING,
        private=None,
    )
