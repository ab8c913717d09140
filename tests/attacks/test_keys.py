"""Keys while an attack goes on: they answer, end it, and quit."""

from pathlib import Path

import pytest

from tests.attacks import publications
from tests.attacks.apps import Apps, expect_nothing_left, is_told, is_under_way
from tests.attacks.attack import Attack, Layer
from tests.attacks.registry import ATTACKS
from tests.attacks.resources import forget_peak, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, HELP, HELP_TITLE, QUIT, Watched

_LASTING = [attack for attack in ATTACKS if attack.lasts and attack.layer is not Layer.NAMES]
_QUIT = [attack for attack in _LASTING if attack.id in {"silence", "endless-chunks", "endless-head", "pipe"}]


@pytest.mark.parametrize("attack", _LASTING, ids=str)
def test_keys_answer_while_it_goes_on(attack: Attack, stage: Stage, apps: Apps) -> None:
    """Help opens while the server plays, Escape closes it, and Escape again ends the look."""
    patient = apps.with_words(*(publications.ASKING if attack.words else ()))
    before = held_by(patient.pid)
    forget_peak(patient.pid)
    stage.forget(attack)
    patient.look_at(stage.target(attack))
    if attack.manner is not None:
        stage.wait_until_under_way(attack)
    patient.wait(is_under_way)
    patient.type(HELP)
    patient.wait(lambda lines: any(HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: not any(HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: is_told(lines, ""))
    if attack.manner is not None:
        stage.wait_until_over(attack)
    expect_nothing_left(patient, attack, before)


@pytest.mark.parametrize("attack", _LASTING, ids=str)
def test_quitting_does_not_wait_for_the_server(attack: Attack, stage: Stage, ca_file: Path) -> None:
    """The app has ended while the server would still play."""
    stage.forget(attack)
    asking = publications.ASKING if attack.words else ()
    with Watched("--ca-store", "none", "--ca-file", str(ca_file), *asking, stage.target(attack)) as app:
        if attack.manner is not None:
            stage.wait_until_under_way(attack)
        app.wait(is_under_way)
        app.type(QUIT)
        assert app.wait_for_end() == 0
        assert not app.complaints
    if attack.manner is not None:
        stage.wait_until_over(attack)
