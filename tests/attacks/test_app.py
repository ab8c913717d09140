"""Every attack against the app on a pseudo-terminal, one after the other in the same session."""

import pytest

from tests.attacks.apps import Apps, expect_nothing_left, look_to_the_end
from tests.attacks.attack import Attack
from tests.attacks.registry import ATTACKS
from tests.attacks.resources import forget_peak, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE

_HASTY = "1"
"""Seconds for each step where it is the timeout that ends the look."""


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if not attack.endless], ids=str)
def test_it_is_shown_for_what_it_is(attack: Attack, stage: Stage, apps: Apps) -> None:
    """The headline says it, no sequence of the server's reaches the terminal, and nothing is left of it."""
    app = apps.with_words(*attack.words, *(("--timeout", _HASTY) if attack.lasts else ()))
    before = held_by(app.pid)
    forget_peak(app.pid)
    look_to_the_end(app, stage, attack)
    if attack.seen.phase is not None:
        assert f"{attack.seen.phase}: " in " ".join(app.text.split())
    expect_nothing_left(app, attack, before)


_BITING = {"biting-names", "biting-head", "no-http", "biting-file"}
_DOWN_THE_TREE = "\x1b[C\x1b[B" * 25
"""Opens what is under the cursor and goes one line on, so that the detail of each stands there once."""

_PANELS = ("2", "3", "1", "x", "w", "a")
"""The checks, the handshake, the answer as text, bytes and wrapped, and the elements."""


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.id in _BITING], ids=str)
def test_nothing_bites_wherever_one_looks(attack: Attack, stage: Stage, apps: Apps) -> None:
    """No sequence of the server's reaches the terminal from any line or panel, nor from a name to save or copy by."""
    app = apps.with_words(*attack.words)
    look_to_the_end(app, stage, attack)
    for keys in (_DOWN_THE_TREE, *_PANELS):
        app.type(keys)
        app.see_help()
    for dialog in ("s", "C"):
        app.type(dialog)
        app.until("Esc leaves")
        app.type(ESCAPE)
        app.see_help()
    assert not app.complaints
