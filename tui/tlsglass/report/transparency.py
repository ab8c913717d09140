"""Timestamps of public logs as they stand in reports."""

from collections.abc import Iterator

from tlsglass.report.json_parts import Json, moment_json
from tlsglass.trust.transparency.model import CheckedTimestamp, PolicyStatus, TransparencyReport

_MET = {
    PolicyStatus.MET: "would be met",
    PolicyStatus.NOT_MET: "would not be met",
    PolicyStatus.NOT_CHECKED: "not checked",
}


def transparency_json(report: TransparencyReport) -> Json:
    """What is known of the certificate's presence in public logs, as it stands in the JSON report."""
    logs = report.log_list
    return {
        "log_list": {"name": logs.name, "date": logs.date.isoformat() if logs.date else None} if logs else None,
        "timestamps": [_timestamp(each) for each in report.timestamps],
        "policies": [
            {"program": each.program, "status": str(each.status), "detail": each.detail, "reference": each.reference}
            for each in report.policies
        ],
        "notes": list(report.notes),
    }


def transparency_lines(report: TransparencyReport) -> Iterator[tuple[str, str]]:
    """The same for people: what a line is about, and what it says; not yet made printable."""
    for each in report.timestamps:
        name = f"{each.log.name} of {each.log.operator}" if each.log else f"log {each.timestamp.log_id.hex()}"
        states = "".join(f", {state.program}: {state.state}" for state in each.log.states) if each.log else ""
        at = moment_json(each.timestamp.at) or "at no possible time"
        reason = f" ({each.reason})" if each.reason else ""
        yield "Timestamp", f"{str(each.status).replace('-', ' ')}{reason}: {name}, {at}, in the {each.source}{states}"
    for note in report.notes:
        yield "Note", note
    for policy in report.policies:
        yield policy.program, f"{_MET[policy.status]}, by its rules. {policy.detail}"
    if report.log_list is not None:
        yield "Logs", str(report.log_list)


def _timestamp(each: CheckedTimestamp) -> Json:
    log = each.log
    return {
        "source": str(each.source),
        "status": str(each.status),
        "reason": each.reason or None,
        "log_id": each.timestamp.log_id.hex(),
        "log": log.name if log else None,
        "operator": log.operator if log else None,
        "time": moment_json(each.timestamp.at, "milliseconds"),
        "signature_algorithm": each.timestamp.algorithm,
        "states": [
            {"program": state.program, "state": state.state, "since": moment_json(state.since)}
            for state in (log.states if log else ())
        ],
        "accepts_from": moment_json(log.begins) if log else None,
        "accepts_before": moment_json(log.ends) if log else None,
    }
