"""What the web's certificates may be used for: servers for servers, authorities for issuing. CA/B BR §7.1.2.

What restricts the path by RFC 5280 is judged by `trust.rules.usage`; here is what the requirements ask beyond it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from tlsglass.trust.case import Case
from tlsglass.trust.lifetime import is_issued_since
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import listed, named
from tlsglass.x509.model import Certificate

_BASIC_CONSTRAINTS = "extensions.2.5.29.19"
_KEY_USAGE = "extensions.2.5.29.15"
_EXTENDED_KEY_USAGE = "extensions.2.5.29.37"
_LEAF = "CA/Browser Forum BR §7.1.2.7.10"
_AUTHORITY = "CA/Browser Forum BR §7.1.2.10.6"
_MOZILLA = f"{_AUTHORITY}, Mozilla Root Store Policy §5.3"
_ROOT = "CA/Browser Forum BR §7.1.2.1.2"
_LEAF_KEY_USAGE = "CA/Browser Forum BR §7.1.2.7.11"
_LEAF_CONSTRAINTS = "CA/Browser Forum BR §7.1.2.7.8"
_SERVER_AUTH, _ANY, _EMAIL = "1.3.6.1.5.5.7.3.1", "2.5.29.37.0", "1.3.6.1.5.5.7.3.4"
_APPLE_SINCE = datetime(2019, 7, 2, tzinfo=UTC)
_MOZILLA_SINCE = datetime(2019, 1, 2, tzinfo=UTC)
"""After 1 January 2019, as Mozilla has it."""

_PROFILES_SINCE = datetime(2023, 9, 15, tzinfo=UTC)
"""Since when the certificate profiles of version 2.0.0 are binding. CA/B BR §1.2.2."""

_AUTHORITIES_ONLY = frozenset({"keyCertSign", "cRLSign"})
_ELSEWHERE = {
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    _EMAIL: "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "1.3.6.1.4.1.11129.2.4.4": "ctPrecertificateSigning",
    _ANY: "anyExtendedKeyUsage",
}
"""Purposes that the certificate of a server, or of an authority for servers, must not have as well."""


def examine_server(case: Case) -> Iterator[Finding | Check]:
    """Judge the purposes of the leaf.

    Apple refuses certificates without serverAuth that were issued after 1 July 2019, below any root
    (support.apple.com/103769): without the extension, and with anyExtendedKeyUsage in place of it.
    """
    fine = f"{named(case.leaf)} is for servers, and for nothing that has to be kept apart from them."
    yield from told(case, "purposes", _server(case.leaf), fine, _LEAF)


def examine_server_key(case: Case) -> Iterator[Finding | Check]:
    """Judge whether the leaf takes an authority's rights upon itself."""
    fine = f"{named(case.leaf)} claims no rights of an authority."
    yield from told(case, "server, not authority", _rights(case.leaf), fine, _LEAF_CONSTRAINTS)


def examine_authorities(case: Case) -> Iterator[Finding | Check]:
    """Judge the purposes of the intermediates.

    Mozilla asks for them of what was issued after 1 January 2019 (Root Store Policy §5.3), but for those that a root
    has been certified with by another one. The requirements want more to be kept apart since their profiles.
    """
    intermediates = [step.certificate for step in case.certified_steps[1:]]
    faults = [fault for each in intermediates if not _is_root_too(case, each) for fault in _authority(each)]
    if intermediates:
        yield from told(
            case,
            "purposes of authorities",
            faults,
            "The intermediates name their purposes, and none that have to be kept apart.",
            _AUTHORITY,
        )


def examine_root(case: Case) -> Iterator[Finding | Check]:
    """Judge that the root is not bound to purposes."""
    if not case.path.anchored or not case.issuers:
        return
    root = case.path.steps[-1].certificate
    faults = [_root(root)] if root.extended_key_usage is not None else []
    yield from told(case, "purposes of the root", faults, f"{named(root)} is bound to no purposes.", _ROOT)


def _server(leaf: Certificate) -> Iterator[Fault]:
    purposes = leaf.extended_key_usage
    if purposes is None or (_ANY in purposes and _SERVER_AUTH not in purposes):
        at_apple = is_issued_since(leaf, _APPLE_SINCE)
        says = "has no extended key usage" if purposes is None else "allows any purpose in place of it"
        yield Fault(
            code=FindingCode.SERVER_USAGE_MISSING,
            certificate=leaf,
            field="extensions" if purposes is None else _EXTENDED_KEY_USAGE,
            title="does not say that it is for servers",
            detail=f"{named(leaf)} {says}, and it has to say serverAuth there. Apple's devices refuse such a "
            "certificate of a server if it was issued after 1 July 2019, below any root.",
            reference=f"{_LEAF}, Apple 103769",
            fix="Have a certificate issued with serverAuth in its extended key usage.",
            public=Severity.ERROR if at_apple else Severity.WARNING,
            private=Severity.ERROR if at_apple else Severity.NOTICE,
        )
    others = [name for oid, name in _ELSEWHERE.items() if oid in (purposes or ())]
    if others and purposes is not None and _SERVER_AUTH in purposes:
        yield Fault(
            code=FindingCode.BASELINE_NOT_MET,
            certificate=leaf,
            field=_EXTENDED_KEY_USAGE,
            title=f"is also for {listed(others)}",
            detail=f"{named(leaf)} allows {listed(others)} beside serverAuth, which a server's certificate must not.",
            reference=_LEAF,
            fix="Have one issued that is for servers only, and others for the other purposes.",
            public=Severity.WARNING,
            private=None,
        )


def _rights(leaf: Certificate) -> Iterator[Fault]:
    if leaf.is_ca:
        yield Fault(
            code=FindingCode.CA_AS_SERVER,
            certificate=leaf,
            field=_BASIC_CONSTRAINTS,
            title="is an authority's certificate, not a server's",
            detail=f"The basic constraints of {named(leaf)} say that it is a CA, so whoever breaks into the server can "
            "issue certificates. Firefox refuses it, below any root.",
            reference=_LEAF_CONSTRAINTS,
            fix="Have a certificate issued for the server that is no CA (basicConstraints CA:FALSE).",
            public=Severity.ERROR,
            private=Severity.ERROR,
        )
    rights = sorted(_AUTHORITIES_ONLY & (leaf.key_usage or frozenset()))
    if rights and not leaf.is_ca:
        yield Fault(
            code=FindingCode.BASELINE_NOT_MET,
            certificate=leaf,
            field=_KEY_USAGE,
            title=f"its key usage has {listed(rights)}",
            detail=f"The key usage of {named(leaf)} has {listed(rights)}, which only an authority's may have.",
            reference=_LEAF_KEY_USAGE,
            fix="Have a certificate issued without them.",
            public=Severity.WARNING,
            private=None,
        )


def _is_root_too(case: Case, certificate: Certificate) -> bool:
    """Whether the store has a root of this name and key, so that this certifies a root by another one."""
    roots = case.store.named(certificate.subject.der)
    return any(root.public_key.der == certificate.public_key.der for root in roots)


def _authority(certificate: Certificate) -> Iterator[Fault]:
    purposes = certificate.extended_key_usage
    if not is_issued_since(certificate, _MOZILLA_SINCE):
        return
    who, reference = "Mozilla forbids that to intermediates made after 1 January 2019", _MOZILLA
    if purposes is None:
        what, why = "names no purposes", "has no extended key usage, so it could issue for every purpose"
    elif _ANY in purposes:
        what, why = "is for any purpose", "allows any purpose"
    elif apart := _kept_apart(certificate, purposes):
        what = f"is for servers and for {listed(apart)}"
        why = f"allows {listed(['serverAuth', *apart])}, which have to be kept apart"
        if _EMAIL not in purposes:
            who, reference = f"Authorities have to keep to that since {_PROFILES_SINCE:%Y-%m-%d}", _AUTHORITY
    else:
        return
    yield Fault(
        code=FindingCode.BASELINE_NOT_MET,
        certificate=certificate,
        field=_EXTENDED_KEY_USAGE if purposes is not None else "extensions",
        title=f"{named(certificate)} {what}",
        detail=f"{named(certificate)} {why}. {who}. Clients accept it.",
        reference=reference,
        fix=None,
        public=Severity.WARNING,
        private=None,
    )


def _kept_apart(certificate: Certificate, purposes: tuple[str, ...]) -> list[str]:
    """The purposes that an authority for servers must not have as well, by the day of issue."""
    forbidden = _ELSEWHERE if is_issued_since(certificate, _PROFILES_SINCE) else {_EMAIL: _ELSEWHERE[_EMAIL]}
    return [name for oid, name in forbidden.items() if oid in purposes] if _SERVER_AUTH in purposes else []


def _root(root: Certificate) -> Fault:
    return Fault(
        code=FindingCode.BASELINE_NOT_MET,
        certificate=root,
        field=_EXTENDED_KEY_USAGE,
        title=f"the root {named(root)} names purposes",
        detail=f"The root {named(root)} has an extended key usage, which roots must not have: what a root is trusted "
        "for is decided by who keeps the store. Clients accept it.",
        reference=_ROOT,
        fix=None,
        public=Severity.NOTICE,
        private=None,
    )
