"""How long keys and quitting take while an attack goes on, attack by attack.

The stage plays in a process of its own, so that a flood takes no time from what measures it.
"""

import contextlib
import multiprocessing
import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

from tests.attacks import identity, publications
from tests.attacks.apps import is_under_way
from tests.attacks.attack import Attack, Layer
from tests.attacks.registry import ATTACKS, WARM_UP
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE, HELP, QUIT, Watched

_HELP_TITLE = "a looking glass for TLS"
_PRESSED = 7
_KEY, _QUIT = 100.0, 500.0
"""Milliseconds that a key and quitting may take."""

_BUSY = ("mesh", "constraints", "10-thousand-names", "5-thousand-attributes", "10-thousand-certificates", "pem-bomb")
"""Attacks that end by themselves but keep the processor busy for a while."""

_MEASURED = tuple(
    attack for attack in ATTACKS if attack.id in _BUSY or (attack.lasts and attack.layer is not Layer.NAMES)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How an app answered under one attack. Milliseconds."""

    attack: str
    keys: tuple[float, ...]
    """From each key to what it opens."""

    quit: float
    """From the key to the end of the process."""

    @property
    def held(self) -> bool:
        """Whether the slowest key and quitting kept within what they may take."""
        return max(self.keys) <= _KEY and self.quit <= _QUIT

    def __str__(self) -> str:
        """As a line of the table."""
        mark = "ok  " if self.held else "OVER"
        return f"{mark}  {self.attack:<26} {statistics.median(self.keys):8.0f} {max(self.keys):8.0f} {self.quit:8.0f}"


HEAD = (
    f"      {'under attack, ms':<26} {'key':>8} {'worst':>8} {'quit':>8}   budget: worst {_KEY:.0f}, quit {_QUIT:.0f}"
)
"""The line above the table."""


def attacked() -> Iterator[Answered]:
    """A line of the table for each attack that lasts, and for each that is work."""
    with _played() as targets, identity.ca_file() as ca_file:
        trusting = ("--ca-store", "none", "--ca-file", str(ca_file))
        for attack in _MEASURED:
            if attack.lasts:
                asking = publications.ASKING if attack.words else ()
                yield _lasting(attack, targets, (*trusting, *asking))
            else:
                yield _busy(attack, targets, trusting)


@contextlib.contextmanager
def _played() -> Iterator[Mapping[str, str]]:
    """What is to be looked at for each attack, by its id, while another process plays them."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_play, args=(there,))
    process.start()
    there.close()  # so that a stage that fails is noticed
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def _play(asked: Connection) -> None:
    """Say what is to be looked at, and play until told to end."""
    with Stage((*_MEASURED, WARM_UP)) as stage:
        asked.send({attack.id: stage.target(attack) for attack in (*_MEASURED, WARM_UP)})
        asked.recv()


def _lasting(attack: Attack, targets: Mapping[str, str], words: tuple[str, ...]) -> Answered:
    """Open help and close it again and again while the server plays, then quit."""
    with Watched(*words, targets[attack.id]) as app:
        app.wait(is_under_way)
        _toggled(app)  # loads what help needs
        keys = tuple(_toggled(app) for _ in range(_PRESSED))
        return Answered(attack=attack.id, keys=keys, quit=_quit(app))


def _busy(attack: Attack, targets: Mapping[str, str], words: tuple[str, ...]) -> Answered:
    """Press a key as soon as the look has begun, and quit amid the next one."""
    keys: list[float] = []
    with Watched(*words, "--timeout", "0.2", targets[WARM_UP.id]) as app:
        app.wait(lambda lines: "NO ANSWER" in " ".join(lines[:8]))
        _toggled(app)
        for _ in range(3):
            app.look_at(targets[attack.id])
            keys.extend(_toggled(app) for _ in range(3))
        app.look_at(targets[attack.id])
        return Answered(attack=attack.id, keys=tuple(keys), quit=_quit(app))


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
