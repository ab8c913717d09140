"""All attacks. A layer that is new adds its file here."""

from dataclasses import replace

from tests.attacks import handshakes, http, records
from tests.attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (*records.ATTACKS, *handshakes.ATTACKS, *http.ATTACKS)
"""Each once, layer by layer."""

WARM_UP = replace(ATTACKS[0], id="warm-up", timeout=0.2)
"""Looked at first, so that what all looks need is loaded before anything is measured."""
