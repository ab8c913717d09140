"""The handshake's own part in the judgement."""

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import check_named, checks_of, findings_of, judged, only
from tests.trust.handshakes import handshake
from tlsglass.trust.model import CheckStatus, FindingCode, Severity, Verdict
from tlsglass.trust.rules import protocol

LEAF = Authority.root().issues("a.test")


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1", "SSLv3"])
def test_an_obsolete_version_is_a_warning(version: str) -> None:
    """It makes no chain untrusted."""
    found = only(findings_of(protocol.examine, [LEAF], shaken=handshake(version=version)))
    assert (found.code, found.severity) == (FindingCode.OLD_PROTOCOL, Severity.WARNING)
    assert (found.title, found.certificate) == (f"speaks {version}, which is obsolete", None)
    assert judged([LEAF], shaken=handshake(version=version)).verdict is Verdict.TRUSTED


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_current_version_passes(version: str) -> None:
    """It is told which."""
    checks = checks_of(protocol.examine, [LEAF], shaken=handshake(version=version))
    assert check_named(checks, "protocol").detail == f"{version} was agreed."


def test_without_a_finished_handshake_nothing_is_trusted() -> None:
    """Whoever has a certificate need not have its key."""
    report = judged([LEAF], shaken=None)
    assert (report.verdict, report.anchored) == (Verdict.UNKNOWN, True)
    assert check_named(report.checks, "handshake").status is CheckStatus.NOT_CHECKED
