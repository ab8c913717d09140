"""All attacks. A layer that is new adds its file here."""

from dataclasses import replace

from tests.attacks import certificates, encrypted, files, handshakes, http, names, publications, records, session
from tests.attacks.attack import Attack

_LAYERS = (records, handshakes, encrypted, certificates, session, http, publications, names, files)
ATTACKS: tuple[Attack, ...] = tuple(attack for layer in _LAYERS for attack in layer.ATTACKS)
"""Each once, layer by layer."""

WARM_UP = replace(ATTACKS[0], id="warm-up", timeout=0.2)
"""Looked at first, so that what all looks need is loaded before anything is measured."""

BETWEEN = replace(WARM_UP, id="between")
"""Looked at between attacks that may look alike on the screen."""
