"""Apps on pseudo-terminals that are attacked, and what a person sees of that."""

from pathlib import Path

from tests.attacks.attack import Attack
from tests.attacks.registry import BETWEEN, WARM_UP
from tests.attacks.resources import Resources, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, QUIT, Watched

_SHOWN_FILES = 1
"""Descriptors that what is shown may need: an answer that is large lies in a file."""

_DONE = ("NO ANSWER", "INCOMPLETE", "TRUSTED", "STOPPED", "NOT JUDGED", "NOT READ")
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
            app.wait(lambda lines: is_told(lines, self._stage.target(WARM_UP)))
            app.at_rest = held_by(app.pid)
        return self._open[words]

    def close(self) -> None:
        """Quit them all, as by key."""
        for app in self._open.values():
            with app:
                app.type(QUIT)
                assert app.wait_for_end() == 0
                assert not app.complaints


def look_to_the_end(app: Watched, stage: Stage, attack: Attack) -> None:
    """Look at an attack until the headline says what came of it."""
    if attack.manner is not None:
        app.look_at(stage.target(attack))
        app.wait(lambda lines: is_told(lines, stage.target(attack)))
        return
    begin_anew(app, stage)
    app.look_at(stage.target(attack))
    app.wait(lambda lines: is_told(lines, "") and stage.target(BETWEEN) not in " ".join(lines))


def begin_anew(app: Watched, stage: Stage) -> None:
    """Have something else on the screen, where what comes next may look as what was there before."""
    stage.forget(BETWEEN)
    app.look_at(stage.target(BETWEEN))
    stage.wait_until_under_way(BETWEEN)
    app.type(ESCAPE)
    app.wait(lambda lines: is_told(lines, stage.target(BETWEEN)))


def is_told(lines: list[str], target: str) -> bool:
    """Whether the screen is about that server, by what was typed or by where that led, and done with it."""
    top, below = " ".join(lines[:_HEIGHT]), " ".join(lines[1:])
    led_to = f"127.0.0.1:{target.rpartition(':')[2]}"
    return not is_under_way(lines) and (target in below or led_to in below) and any(word in top for word in _DONE)


def is_under_way(lines: list[str]) -> bool:
    """Whether the screen says that a look goes on."""
    return "Esc stops" in " ".join(lines[:_HEIGHT])


def expect_nothing_left(app: Watched, attack: Attack, before: Resources) -> None:
    """No sequence came through, and no more is held than at rest but for what is shown."""
    threads, descriptors = app.at_rest.threads, app.at_rest.descriptors + _SHOWN_FILES
    after = app.settled(lambda held: held.descriptors <= descriptors and held.threads <= threads)
    assert after.descriptors <= descriptors
    assert after.threads <= threads
    assert after.peak - before.resident < attack.megabytes << 20
    assert not app.complaints
