"""What the timestamps of public logs are worth: their signatures, and the rules of browsers. RFC 6962 §5.2."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.transparency.account import account_of
from tlsglass.trust.transparency.model import PolicyStatus, Source, TimestampStatus, TransparencyReport
from tlsglass.trust.transparency.signed import TIMESTAMPS
from tlsglass.trust.wording import listed

_SIGNATURES = "timestamps"
_REFERENCE = "RFC 6962 §5.2"
_FIELD = f"extensions.{TIMESTAMPS}"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the timestamps and what browsers would make of them, and say what could not be asked for."""
    report = case.transparency or account_of(case)
    yield from _signatures(case, report)
    for note in report.notes:
        yield not_checked(_SIGNATURES, note, "RFC 6962 §3.3")
    if not case.from_file and not any(each.source is Source.HANDSHAKE for each in report.timestamps):
        detail = (
            "The server was not asked for timestamps in the handshake: pyOpenSSL has no call that adds the extension "
            "signed_certificate_timestamp to a ClientHello, and a server sends them to those who ask only."
        )
        yield not_checked("handshake timestamps", detail, "RFC 6962 §3.3.1")
    yield from _policies(case, report)


def _signatures(case: Case, report: TransparencyReport) -> Iterator[Finding | Check]:
    invalid = [each for each in report.timestamps if each.status is TimestampStatus.INVALID]
    valid = [each for each in report.timestamps if each.status is TimestampStatus.VALID]
    if invalid:
        names = listed(each.log.name for each in invalid if each.log)
        yield finding(
            FindingCode.SCT_INVALID,
            Severity.WARNING,
            case.leaf,
            field=_FIELD if any(each.source is Source.CERTIFICATE for each in invalid) else None,
            title=f"a timestamp of {names} is not valid",
            detail=f"{len(invalid)} of {len(report.timestamps)} timestamps prove nothing ({names}): "
            f"{listed(dict.fromkeys(each.reason for each in invalid))}. Browsers do not count them.",
            reference=_REFERENCE,
            fix="Have the certificate issued anew; its issuer put a timestamp in it that belongs to another."
            if any(each.source is Source.CERTIFICATE for each in invalid)
            else "Have the server fetch the timestamps of this certificate anew.",
        )
    elif valid:
        names = listed(each.log.name for each in valid if each.log)
        yield passed(
            _SIGNATURES, f"{len(valid)} of {len(report.timestamps)} have a valid signature: {names}.", _REFERENCE
        )
    elif not report.timestamps:
        detail = "There are none in the certificate nor in a staple; no log was asked."
        yield not_checked(_SIGNATURES, detail, "RFC 6962 §3.3")
    unsure = [
        each for each in report.timestamps if each.status in {TimestampStatus.UNKNOWN_LOG, TimestampStatus.NOT_CHECKED}
    ]
    if unsure:
        why = listed(dict.fromkeys(each.reason for each in unsure))
        detail = f"{len(unsure)} of {len(report.timestamps)} were not checked: {why}. The list is {report.log_list}."
        yield not_checked(_SIGNATURES, detail, _REFERENCE)


def _policies(case: Case, report: TransparencyReport) -> Iterator[Finding | Check]:
    if case.profile is Profile.RFC5280:
        detail = "not checked, because the profile is rfc5280: browsers ask for timestamps of public sites only."
        yield not_checked("CT policies", detail, "RFC 6962 §3")
        return
    anchor = case.path.steps[-1].certificate if case.path.anchored else None
    origin = case.store.origin(anchor) if anchor else "none"
    missed = []
    for policy in report.policies:
        name = f"{policy.program} CT policy"
        if policy.status is PolicyStatus.MET:
            yield passed(name, f"It would be met, as derived from its rules. {policy.detail}", policy.reference)
        elif policy.status is PolicyStatus.NOT_CHECKED:
            yield not_checked(name, policy.detail, policy.reference)
        elif origin == "none":
            why = f"It is asked of publicly trusted authorities only, else it would not be met. {policy.detail}"
            yield not_checked(name, why, policy.reference)
        else:
            missed.append(policy)
    if missed:
        programs = listed(policy.program for policy in missed)
        is_public = anchor is not None and case.store.is_public(anchor)
        refused = is_public and missed[0].program == "Chrome"
        yield finding(
            FindingCode.TRANSPARENCY_NOT_MET,
            Severity.ERROR if refused else Severity.WARNING if is_public else Severity.NOTICE,
            case.leaf,
            field=_FIELD if any(extension.oid == TIMESTAMPS for extension in case.leaf.extensions) else None,
            title=f"too few timestamps of public logs for {programs}",
            detail=f"{missed[0].detail} Browsers refuse a publicly trusted certificate without them. This is derived "
            "from the published rules; what the server sends in the handshake when asked is not known here.",
            reference=missed[0].reference,
            fix="Have the certificate issued anew by an authority that logs it, with its timestamps embedded.",
        )
