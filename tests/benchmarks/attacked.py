"""How long keys and quitting take while an attack goes on, attack by attack."""

import statistics
import time
from collections.abc import Iterator

from tests.attacks import identity, publications
from tests.attacks.apps import is_under_way
from tests.attacks.attack import Attack, Layer
from tests.attacks.registry import ATTACKS, WARM_UP
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, HELP, QUIT, Watched
from tests.benchmarks.measuring import Row

_HELP_TITLE = "a looking glass for TLS"
_PRESSED = 7
_KEY, _QUIT = 100.0, 500.0
"""Milliseconds that a key and quitting may take."""

_BUSY = ("mesh", "constraints", "10-thousand-names", "5-thousand-attributes", "10-thousand-certificates", "pem-bomb")
"""Attacks that end by themselves but keep the processor busy for a while."""


def attacked() -> Iterator[Row]:
    """A row for each attack that lasts, and one for each that is work."""
    with Stage((*ATTACKS, WARM_UP)) as stage, identity.ca_file() as ca_file:
        trusting = ("--ca-store", "none", "--ca-file", str(ca_file))
        for attack in ATTACKS:
            if attack.lasts and attack.layer is not Layer.NAMES:
                asking = publications.ASKING if attack.words else ()
                yield _lasting(attack, stage, (*trusting, *asking))
            elif attack.id in _BUSY:
                yield _busy(attack, stage, trusting)


def _lasting(attack: Attack, stage: Stage, words: tuple[str, ...]) -> Row:
    """Open help and close it again and again while the server plays, then quit."""
    stage.forget(attack)
    with Watched(*words, stage.target(attack)) as app:
        if attack.manner is not None:
            stage.wait_until_under_way(attack)
        app.wait(is_under_way)
        _toggled(app)  # loads what help needs
        keys = [_toggled(app) for _ in range(_PRESSED)]
        return _row(attack, keys, _quit(app))


def _busy(attack: Attack, stage: Stage, words: tuple[str, ...]) -> Row:
    """Press a key as soon as the look has begun, and quit amid the next one."""
    keys: list[float] = []
    with Watched(*words, "--timeout", "0.2", stage.target(WARM_UP)) as app:
        app.wait(lambda lines: "NO ANSWER" in " ".join(lines[:8]))
        _toggled(app)
        for _ in range(3):
            app.look_at(stage.target(attack))
            keys.extend(_toggled(app) for _ in range(3))
        app.look_at(stage.target(attack))
        return _row(attack, keys, _quit(app))


def _toggled(app: Watched) -> float:
    """Milliseconds from the key to help on the screen; it is closed again."""
    began = time.perf_counter()
    app.type(HELP)
    shown = app.wait_for(_HELP_TITLE)
    app.type(ESCAPE)
    app.until(lambda text: _HELP_TITLE not in text)
    return (shown - began) * 1000


def _quit(app: Watched) -> float:
    """Milliseconds from the key to the end of the process."""
    began = time.perf_counter()
    app.type(QUIT)
    app.wait_for_end()
    return (time.perf_counter() - began) * 1000


def _row(attack: Attack, keys: list[float], quit_after: float) -> Row:
    key, most = statistics.median(keys), max(keys)
    return Row(
        what=f"under {attack.id}",
        measured=f"key {key:.0f} ms (most {most:.0f}), quit {quit_after:.0f} ms",
        budget=f"{_KEY:.0f} and {_QUIT:.0f} ms",
        held=key <= _KEY and quit_after <= _QUIT,
    )
