"""Certificates that were called back, and who says so."""

from datetime import timedelta

from cryptography import x509

from tlsglass.demo.authority import Pointers
from tlsglass.demo.changes import having
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present

_REVOKED_SINCE = timedelta(days=2)


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    revoked, revoked_at = leaf(by.intermediate, "revoked"), by.at - _REVOKED_SINCE
    by.intermediate.revoke(revoked.certificate, at=revoked_at)
    staple = by.intermediate.staple(revoked.certificate, revoked_at=revoked_at)
    return {
        "revoked": present(revoked, by.intermediate, staples=[staple]),
        **_when_asked(by),
        **_stapled(by),
    }


def _when_asked(by: Authorities) -> dict[str, Presentation]:
    """Those of which only who asks learns that something is revoked, from where the authorities publish."""
    base, revoked_at = by.root.publications.base, by.at - _REVOKED_SINCE
    status = by.root.authority("Demo Status CA", pointers=Pointers(base=base))
    by_ocsp = leaf(status, "revoked-ocsp", pointers=Pointers(base=base, crl=False))
    status.revoke(by_ocsp.certificate, at=revoked_at, reason=x509.ReasonFlags.superseded)
    by_list = leaf(status, "revoked-crl", pointers=Pointers(base=base, ocsp=False))
    status.revoke(by_list.certificate, at=revoked_at, reason=x509.ReasonFlags.cessation_of_operation)
    revoked = by.root.authority("Demo Revoked CA", pointers=Pointers(base=base, ocsp=False))
    by.root.revoke(revoked.certificate, at=revoked_at, reason=x509.ReasonFlags.ca_compromise, only_in_difference=True)
    below = leaf(revoked, "revoked-intermediate", pointers=Pointers(base=base))
    withdrawn = by.root.authority("Demo Withdrawn CA", pointers=Pointers(base=base, crl=False))
    by.root.revoke(withdrawn.certificate, at=revoked_at, reason=x509.ReasonFlags.affiliation_changed)
    under = leaf(withdrawn, "revoked-issuer-ocsp", pointers=Pointers(base=base))
    unanswered = leaf(status, "no-answer", pointers=Pointers(base=f"{base}/nothing-here", crl=False))
    return {
        "revoked-ocsp": present(by_ocsp, status),
        "revoked-crl": present(by_list, status),
        "revoked-intermediate": present(below, revoked),
        "revoked-issuer-ocsp": present(under, withdrawn),
        "no-answer": present(unanswered, status),
    }


def _stapled(by: Authorities) -> dict[str, Presentation]:
    """Those whose staples say what nobody wants to hear, or are not what they should be."""
    disowned, revoked_at = by.root.authority("Demo Disowned CA"), by.at - _REVOKED_SINCE
    reason = x509.ReasonFlags.ca_compromise
    by.root.revoke(disowned.certificate, at=revoked_at, reason=reason)
    below = leaf(disowned, "revoked-issuer-staple")
    staples = [
        disowned.staple(below.certificate),
        by.root.staple(disowned.certificate, revoked_at=revoked_at, reason=reason),
    ]
    wanted = having(x509.TLSFeature([x509.TLSFeatureType.status_request]))
    stale = leaf(by.intermediate, "stale-staple")
    staple = by.intermediate.staple(stale.certificate, until=by.at - timedelta(days=1))
    return {
        "revoked-issuer-staple": present(below, disowned, staples=staples),
        "must-staple": present(leaf(by.intermediate, "must-staple", changes=[wanted]), by.intermediate),
        "stale-staple": present(stale, by.intermediate, staples=[staple]),
    }
