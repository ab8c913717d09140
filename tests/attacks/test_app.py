"""Every attack against the app on a pseudo-terminal, one after the other in the same session."""

import pytest

from tests.attacks.apps import Apps, begin_anew, expect_nothing_left, is_told, is_under_way, look_to_the_end
from tests.attacks.attack import Attack
from tests.attacks.bites import BACKWARDS, CLIPBOARD, COLOR, LINK, MARKUP, QUERIES, TITLE
from tests.attacks.registry import ATTACKS
from tests.attacks.resources import forget_peak, held_by
from tests.attacks.stage import Stage
from tests.attacks.watched import ESCAPE

_HASTY = ("--timeout", "1")
"""Where it is the timeout that ends the look."""

_BOUND = ("--limit", "total-time=1s")
"""Where nothing else ends it."""

_DRAWN = 64 << 10
"""Bytes that a look may have drawn, whatever comes: most draw 12 kB, and none goes on without end."""


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_it_is_shown_for_what_it_is(attack: Attack, stage: Stage, apps: Apps) -> None:
    """The headline says it, no sequence of the server's reaches the terminal, and nothing is left of it.

    What goes on for ever ends at the deadline of the whole look, or by Escape where it is a file.
    """
    bound = _BOUND if attack.endless else _HASTY if attack.lasts else ()
    app = apps.with_words(*attack.words, *bound)
    before = held_by(app.pid)
    forget_peak(app.pid)
    drawn = len(app.written)
    if attack.endless and attack.file is not None:
        app.look_at(stage.target(attack))
        app.wait(is_under_way)
        app.type(ESCAPE)
        app.wait(lambda lines: is_told(lines, ""))
    else:
        look_to_the_end(app, stage, attack)
    if attack.manner is not None:
        stage.wait_until_over(attack)
    assert len(app.written) - drawn < _DRAWN
    if attack.seen.phase is not None:  # what is read of a picture may end amid it
        app.until(lambda text: f"{attack.seen.phase}: " in " ".join(text.split()))
    expect_nothing_left(app, attack, before)


_BITING = {"biting-authorities", "biting-responder", "biting-names", "biting-head", "no-http", "biting-file"}
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


_PASTED = f"{CLIPBOARD}{TITLE}{LINK}{COLOR}{QUERIES}\x9b31m{BACKWARDS}{MARKUP}"
"""What a page on the web may have given in place of what one meant to copy."""

_TO_TYPE_INTO = {
    "target": (("\x0c", "⏎ Look"),),
    "palette": (("\x10", "Search for commands"),),
    "find": (("/", "Leave"),),
    "find in the answer": (("1", "GET /"), ("/", "Leave")),
    "supposition": (("i", "What if: judged again"),),
    "file": (("o", "Open a file"), ("\t", "a path"), ("qq", "qq")),
    "request": (("1", "GET /"), ("e", "Headers, one a line")),
    "form": (("C", "Type to filter"),),
}
"""Keys to each place where something can be typed, each with what stands there then."""


@pytest.mark.parametrize("place", _TO_TYPE_INTO)
def test_what_is_pasted_steers_nothing(place: str, stage: Stage, apps: Apps) -> None:
    """Wherever it is pasted, it is drawn as what it is."""
    app = apps.with_words()
    page = next(attack for attack in ATTACKS if attack.id == "more-than-announced")
    begin_anew(app, stage)
    look_to_the_end(app, stage, page)
    app.see_help()
    for key, words in _TO_TYPE_INTO[place]:
        app.type(key)
        app.until(words)
    end = f"end in {place}"
    app.paste(f"{_PASTED}{end}")
    app.until(end)
    app.type(ESCAPE)
    app.until(lambda text: end not in text)
    app.see_help()
    assert not app.complaints
