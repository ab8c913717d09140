"""Timestamps of public logs in the reports."""

from dataclasses import replace
from typing import Any

from tests.report.samples import judged
from tests.report.schema import errors
from tests.trust.authority import Authority
from tests.trust.logs import for_certificate, log, log_list, serialized
from tlsglass.report.json_report import to_json
from tlsglass.report.text_report import to_text
from tlsglass.trust.transparency.model import (
    CheckedTimestamp,
    PolicyResult,
    PolicyStatus,
    Source,
    TimestampStatus,
    TransparencyReport,
)
from tlsglass.x509.extensions.transparency import read_timestamps

LOG = log(1, "One")
_STAMPS = serialized(LOG.stamp(for_certificate(Authority.root().issues("a.test"))))
((STAMP, _),) = read_timestamps(_STAMPS, 0, len(_STAMPS), [])
REPORT = TransparencyReport(
    timestamps=(
        CheckedTimestamp(
            source=Source.CERTIFICATE, timestamp=STAMP, log=LOG.listed, status=TimestampStatus.VALID, reason=""
        ),
        CheckedTimestamp(
            source=Source.STAPLE,
            timestamp=replace(STAMP, timestamp=2**64 - 1),
            log=None,
            status=TimestampStatus.UNKNOWN_LOG,
            reason="the list does not have its log",
        ),
    ),
    policies=(PolicyResult(program="Chrome", status=PolicyStatus.MET, detail="Two.", reference="The rules"),),
    notes=("A note.",),
    log_list=log_list(LOG),
)


def test_in_the_json() -> None:
    """By the schema, and null where there is none."""
    observation = judged(transparency=REPORT)
    document: Any = to_json(observation)
    assert errors(document) == []
    found = document["trust"]["transparency"]
    assert found["log_list"] == {"name": "test list", "date": "2026-11-01"}
    first, second = found["timestamps"]
    assert (first["log"], first["operator"], first["time"]) == ("Log 1", "One", "2026-11-13T12:00:00.000Z")
    assert [state["program"] for state in first["states"]] == ["Google", "Apple"]
    assert (second["status"], second["time"], second["states"]) == ("unknown-log", None, [])
    bare: Any = to_json(judged(transparency=replace(REPORT, log_list=None, timestamps=())))
    assert errors(bare) == []
    assert bare["trust"]["transparency"]["log_list"] is None


def test_in_the_text() -> None:
    """A line a timestamp and a program; nothing where there is nothing."""
    text = to_text(judged(transparency=REPORT), color=False, width=200)
    assert "Public logs\n" in text
    assert "valid: Log 1 of One, 2026-11-13T12:00:00Z, in the certificate, Google: usable, Apple: usable" in text
    assert "unknown log (the list does not have its log): log " in text
    assert "at no possible time, in the staple" in text
    assert "would be met, by its rules. Two." in text
    assert "A note." in text
    assert "test list, 2026-11-01" in text
    nothing = replace(REPORT, timestamps=(), notes=())
    assert "Public logs" not in to_text(judged(transparency=nothing), color=False)
    unlisted = to_text(judged(transparency=replace(nothing, log_list=None, notes=("A note.",))), color=False)
    assert "A note." in unlisted
    assert "test list" not in unlisted
