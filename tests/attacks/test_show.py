"""Every attack against `tlsglass show --json`: what it reports, and what it holds afterwards."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.attack import Attack
from tests.attacks.played import INTERRUPTED, play, warm_up
from tests.attacks.registry import ATTACKS
from tests.attacks.shown import Form, Show
from tests.attacks.stage import Stage
from tests.report.schema import errors


@pytest.fixture(scope="module")
def show(stage: Stage, ca_file: Path) -> Iterator[Show]:
    """The process."""
    with Show(ca_file, Form.JSON) as process:
        warm_up(process, stage)
        yield process


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_it_is_reported_for_what_it_is(attack: Attack, stage: Stage, show: Show) -> None:
    """The document names it and is one of the schema; see `play` for the rest."""
    report = play(attack, stage, show).report
    assert not errors(report)
    seen, error = attack.seen, report["error"]
    if seen.phase is None:
        assert error is None
    else:
        assert (error["phase"], error["code"]) == (seen.phase, seen.fault)
    text = json.dumps(report, ensure_ascii=False)
    assert seen.says in text
    if seen.certificates is not None:
        assert len(report["certificates"]) == seen.certificates
    for code in seen.findings:
        assert f'"code": "{code}"' in text


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.endless][:1], ids=str)
def test_it_ends_when_it_is_interrupted(attack: Attack, stage: Stage, show: Show) -> None:
    """Ctrl+C ends what goes on for ever, and what was seen is reported."""
    stage.forget(attack)
    show.begin(stage.target(attack))
    stage.wait_until_under_way(attack)
    show.interrupt()
    shown = show.end()
    assert shown.status == INTERRUPTED
    assert shown.report["error"]["code"] == "cancelled"
    assert shown.report["certificates"]
