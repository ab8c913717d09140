"""Every attack against the app on a pseudo-terminal, one after the other in the same session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import publications
from tests.attacks.attack import Attack, Layer
from tests.attacks.registry import ATTACKS, BETWEEN, WARM_UP
from tests.attacks.resources import Resources, forget_peak, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, HELP, QUIT, Watched

_HASTY = "1"
"""Seconds for each step where it is the timeout that ends the look."""

_SHOWN_FILES = 1
"""Descriptors that what is shown may need: an answer that is large lies in a file."""

_HELP_TITLE = ": a looking glass for TLS"
_LASTING = [attack for attack in ATTACKS if attack.lasts and attack.layer is not Layer.NAMES]
_DONE = ("NO ANSWER", "INCOMPLETE", "TRUSTED", "STOPPED", "NOT JUDGED", "NOT READ", "UNKNOWN")
"""Words of the headline once a look has ended."""

_HEIGHT = 8
"""Rows at the top in which the headline stands, however many lines it has."""


class Apps:
    """Apps that stay open from one attack to the next, one for each way in which they are started."""

    def __init__(self, stage: Stage, ca_file: Path) -> None:
        self._stage = stage
        self._trusting = ("--ca-store", "none", "--ca-file", str(ca_file))
        self._open: dict[tuple[str, ...], Watched] = {}

    def with_words(self, *words: str) -> Watched:
        """The app that was started with these words of the command line."""
        if words not in self._open:
            self._stage.forget(WARM_UP)
            app = self._open[words] = Watched(*self._trusting, *words, self._stage.target(WARM_UP))
            self._stage.wait_until_under_way(WARM_UP)
            app.type(ESCAPE)
            app.wait(lambda lines: _is_told(lines, self._stage.target(WARM_UP)))
            app.at_rest = held_by(app.pid)
        return self._open[words]

    def close(self) -> None:
        """Quit them all, as by key."""
        for app in self._open.values():
            with app:
                app.type(QUIT)
                assert app.wait_for_end() == 0
                assert not app.complaints


@pytest.fixture(scope="module")
def apps(stage: Stage, ca_file: Path) -> Iterator[Apps]:
    """The apps."""
    made = Apps(stage, ca_file)
    yield made
    made.close()


def _look(app: Watched, stage: Stage, attack: Attack) -> None:
    """Look at an attack until the headline says what came of it."""
    if attack.manner is not None:
        app.look_at(stage.target(attack))
        app.wait(lambda lines: _is_told(lines, stage.target(attack)))
        return
    _begin_anew(app, stage)
    app.look_at(stage.target(attack))
    app.wait(lambda lines: _is_told(lines, "") and stage.target(BETWEEN) not in " ".join(lines))


def _begin_anew(app: Watched, stage: Stage) -> None:
    """Have something else on the screen, where what comes next may look as what was there before."""
    stage.forget(BETWEEN)
    app.look_at(stage.target(BETWEEN))
    stage.wait_until_under_way(BETWEEN)
    app.type(ESCAPE)
    app.wait(lambda lines: _is_told(lines, stage.target(BETWEEN)))


def _is_told(lines: list[str], target: str) -> bool:
    """Whether the screen is about that server, and done with it."""
    top, below = " ".join(lines[:_HEIGHT]), " ".join(lines[1:])
    return "Esc stops" not in top and target in below and any(word in top for word in _DONE)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if not attack.endless], ids=str)
def test_it_is_shown_for_what_it_is(attack: Attack, stage: Stage, apps: Apps) -> None:
    """The headline says it, no sequence of the server's reaches the terminal, and nothing is left of it."""
    app = apps.with_words(*attack.words, *(("--timeout", _HASTY) if attack.lasts else ()))
    before = held_by(app.pid)
    forget_peak(app.pid)
    _look(app, stage, attack)
    if attack.seen.phase is not None:
        assert f"{attack.seen.phase}: " in " ".join(app.text.split())
    _nothing_is_left(app, attack, before)


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
    patient.wait(lambda lines: "Esc stops" in " ".join(lines[:_HEIGHT]))
    patient.type(HELP)
    patient.wait(lambda lines: any(_HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: not any(_HELP_TITLE in line for line in lines))
    assert not stage.is_over(attack)
    patient.type(ESCAPE)
    patient.wait(lambda lines: _is_told(lines, ""))
    if attack.manner is not None:
        stage.wait_until_over(attack)
    _nothing_is_left(patient, attack, before)


@pytest.mark.parametrize("attack", _LASTING[:1], ids=str)
def test_quitting_does_not_wait_for_the_server(attack: Attack, stage: Stage) -> None:
    """The app has ended while the server would still play."""
    stage.forget(attack)
    with Watched(stage.target(attack)) as app:
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
