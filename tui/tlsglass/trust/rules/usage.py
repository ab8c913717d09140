"""Whether certificates are used for what they were issued for. RFC 5280 §4.2.1.3, §4.2.1.9, §4.2.1.12."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, is_self_issued, passed
from tlsglass.trust.model import Check, Finding, FindingCode, PathStep, Severity
from tlsglass.trust.wording import listed, named
from tlsglass.x509.model import Certificate

_BASIC_CONSTRAINTS = "extensions.2.5.29.19"
_KEY_USAGE = "extensions.2.5.29.15"
_EXTENDED_KEY_USAGE = "extensions.2.5.29.37"
_VERSION_3 = 3
_SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
_ANY_USAGE = "2.5.29.37.0"
_SERVER_KEY_USAGES = frozenset({"digitalSignature", "keyEncipherment", "keyAgreement"})
_USAGE_NAMES = {
    "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
}
_REISSUE = "Have the certificate issued by one that was made a CA (basicConstraints CA:TRUE, keyCertSign)."


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the leaf as a server's, and the others of the path as a CA's."""
    findings = list(_usages(case))
    yield from findings
    if not findings:
        yield passed("usage", f"{named(case.leaf)} may be used by a TLS server.", "RFC 5280 §4.2.1.12")
    below = 0
    for place, step in enumerate(case.issuers):
        is_anchor = case.path.anchored and place == len(case.issuers) - 1
        fault = _ca_fault(step.certificate, below=below, is_anchor=is_anchor)
        if fault is None:
            yield passed("issuer", f"{named(step.certificate)} may issue certificates.", "RFC 5280 §4.2.1.9")
        else:
            yield _invalid_ca(step, fault)
        # Self-issued certificates, as those for new keys, don't count. RFC 5280 §6.1.4 (l)
        below += not is_self_issued(step.certificate)


def _usages(case: Case) -> Iterator[Finding]:
    usage = case.leaf.key_usage
    if usage is not None and not usage & _SERVER_KEY_USAGES:
        yield finding(
            FindingCode.WRONG_USAGE,
            Severity.ERROR,
            case.leaf,
            field=_KEY_USAGE,
            title="its key usage is not that of a server",
            detail=f"Its key may be used for {listed(sorted(usage)) or 'nothing'}, but a handshake needs "
            "digitalSignature, keyEncipherment or keyAgreement.",
            reference="RFC 5280 §4.2.1.3",
            fix="Have a certificate issued with digitalSignature in its key usage.",
        )
    anchors = 1 if case.path.anchored and case.issuers else 0
    for step in case.path.steps[: len(case.path.steps) - anchors]:
        purposes = step.certificate.extended_key_usage
        if purposes is not None and not {_SERVER_AUTH, _ANY_USAGE} & set(purposes):
            yield finding(
                FindingCode.WRONG_USAGE,
                Severity.ERROR,
                step.certificate,
                field=_EXTENDED_KEY_USAGE,
                title=case.told(step.certificate, "not issued for servers", "is"),
                detail=f"The extended key usage of {named(step.certificate)} allows "
                f"{listed(_USAGE_NAMES.get(oid, oid) for oid in purposes) or 'nothing'}, but not serverAuth.",
                reference="RFC 5280 §4.2.1.12",
                fix="Have a certificate issued with serverAuth in its extended key usage."
                if step.certificate is case.leaf
                else f"Have the server's certificate issued by an authority that may issue for servers; "
                f"{named(step.certificate)} may not.",
            )


def _ca_fault(certificate: Certificate, *, below: int, is_anchor: bool) -> tuple[str, str, str, str] | None:
    """Why a certificate may not issue those below it: field, title, sentence and fix; None where it may."""
    constraints, usage = certificate.basic_constraints, certificate.key_usage
    who = named(certificate)
    if usage is not None and "keyCertSign" not in usage:
        return _KEY_USAGE, f"{who} may not sign certificates", "Its key usage lacks keyCertSign.", _REISSUE
    if constraints is None:
        # An anchor's right to issue comes from being in the store (RFC 5280 §6.1.1 (d)); but one of version 3 that says
        # in neither extension that it is a CA is refused by OpenSSL, and by all that judge with it.
        if is_anchor and (usage is not None or certificate.version != _VERSION_3):
            return None
        return _BASIC_CONSTRAINTS, f"{who} is no CA", "It has no basic constraints, so it is no CA.", _REISSUE
    if not constraints.ca:
        return _BASIC_CONSTRAINTS, f"{who} is no CA", "Its basic constraints say that it is no CA.", _REISSUE
    if constraints.path_length is not None and below > constraints.path_length:
        sentence = (
            f"The path length in its basic constraints allows {_intermediates(constraints.path_length)} below it, and "
            f"there {'is' if below == 1 else 'are'} {below}."
        )
        fix = f"Have the certificate issued nearer to {who}, or have that issued anew with a path length of {below}."
        return _BASIC_CONSTRAINTS, f"{who} has too many certificates below it", sentence, fix
    return None


def _intermediates(count: int) -> str:
    return f"{count or 'no'} intermediate certificate{'s' * (count != 1)}"


def _invalid_ca(step: PathStep, fault: tuple[str, str, str, str]) -> Finding:
    field, title, sentence, fix = fault
    return finding(
        FindingCode.INVALID_CA,
        Severity.ERROR,
        step.certificate,
        field=field,
        title=title,
        detail=f"{sentence} What it issued can't be trusted.",
        reference="RFC 5280 §4.2.1.3" if field == _KEY_USAGE else "RFC 5280 §4.2.1.9",
        fix=fix,
    )
