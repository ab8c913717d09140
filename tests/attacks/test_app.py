"""Every attack against the app on a pseudo-terminal, one after the other in the same session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.attack import PATIENT, Attack
from tests.attacks.registry import ATTACKS, WARM_UP
from tests.attacks.resources import Resources, forget_peak, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, HELP, QUIT, Watched

_HASTY = 1.0
"""Seconds for each step where it is the timeout that ends the look."""

_SHOWN_FILES = 1
"""Descriptors that what is shown may need: an answer that is large lies in a file."""

_HELP_TITLE = ": a looking glass for TLS"
_LASTING = [attack for attack in ATTACKS if attack.lasts]
_HEIGHT = 8
"""Rows at the top in which the headline stands, however many lines it has."""


@pytest.fixture(scope="module")
def patient(stage: Stage, ca_file: Path) -> Iterator[Watched]:
    """The app with its usual patience."""
    yield from _opened(stage, ca_file, PATIENT)


@pytest.fixture(scope="module")
def hasty(stage: Stage, ca_file: Path) -> Iterator[Watched]:
    """The app with little patience."""
    yield from _opened(stage, ca_file, _HASTY)


def _opened(stage: Stage, ca_file: Path, timeout: float) -> Iterator[Watched]:
    stage.forget(WARM_UP)
    words = ("--timeout", str(timeout), "--ca-store", "none", "--ca-file", str(ca_file))
    with Watched(*words, f"127.0.0.1:{stage.port(WARM_UP)}") as app:
        stage.wait_until_under_way(WARM_UP)
        app.type(ESCAPE)
        app.wait(lambda lines: _is_told(lines, stage.port(WARM_UP)))
        app.at_rest = held_by(app.pid)
        yield app
        app.type(QUIT)
        assert app.wait_for_end() == 0
        assert not app.complaints


def _look(app: Watched, stage: Stage, attack: Attack) -> None:
    """Look at an attack until the headline says what came of it."""
    app.look_at(f"127.0.0.1:{stage.port(attack)}")
    app.wait(lambda lines: _is_told(lines, stage.port(attack)))


def _is_told(lines: list[str], port: int) -> bool:
    """Whether the screen is about that server, and done with it."""
    top, below = " ".join(lines[:_HEIGHT]), " ".join(lines[1:])
    done = any(word in top for word in ("NO ANSWER", "INCOMPLETE", "TRUSTED", "STOPPED", "NOT JUDGED"))
    return done and "Esc stops" not in top and f"127.0.0.1:{port}" in below


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if not attack.endless], ids=str)
def test_it_is_shown_for_what_it_is(attack: Attack, stage: Stage, request: pytest.FixtureRequest) -> None:
    """The headline says it, no sequence of the server's reaches the terminal, and nothing is left of it."""
    app: Watched = request.getfixturevalue("hasty" if attack.lasts else "patient")
    before = held_by(app.pid)
    forget_peak(app.pid)
    _look(app, stage, attack)
    if attack.seen.phase is not None:
        assert f"{attack.seen.phase}: " in " ".join(app.text.split())
    _nothing_is_left(app, attack, before)


@pytest.mark.parametrize("attack", _LASTING, ids=str)
def test_keys_answer_while_it_goes_on(attack: Attack, stage: Stage, patient: Watched) -> None:
    """Help opens while the server plays, Escape closes it, and Escape again ends the look."""
    before = held_by(patient.pid)
    forget_peak(patient.pid)
    stage.forget(attack)
    patient.look_at(f"127.0.0.1:{stage.port(attack)}")
    stage.wait_until_under_way(attack)
    patient.wait(lambda lines: "Esc stops" in " ".join(lines[:_HEIGHT]))
    patient.type(HELP)
    patient.wait(lambda lines: any(_HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: not any(_HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: "STOPPED" in " ".join(lines[:_HEIGHT]))
    stage.wait_until_over(attack)
    _nothing_is_left(patient, attack, before)


@pytest.mark.parametrize("attack", _LASTING[:1], ids=str)
def test_quitting_does_not_wait_for_the_server(attack: Attack, stage: Stage) -> None:
    """The app has ended while the server would still play."""
    stage.forget(attack)
    with Watched(f"127.0.0.1:{stage.port(attack)}") as app:
        stage.wait_until_under_way(attack)
        app.type(QUIT)
        assert app.wait_for_end() == 0
        assert not app.complaints
    stage.wait_until_over(attack)


def _nothing_is_left(app: Watched, attack: Attack, before: Resources) -> None:
    """No sequence came through, and no more is held than at rest but for what is shown."""
    threads, descriptors = app.at_rest.threads, app.at_rest.descriptors + _SHOWN_FILES
    after = app.settled(lambda held: held.descriptors <= descriptors and held.threads <= threads)
    assert after.descriptors <= descriptors
    assert after.threads <= threads
    assert after.peak - before.resident < attack.megabytes << 20
    assert not app.complaints
