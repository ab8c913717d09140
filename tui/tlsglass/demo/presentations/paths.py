"""Chains that lead to more than one place."""

from datetime import timedelta
from itertools import permutations

from tlsglass.demo.authority import Authority, new_key
from tlsglass.demo.presentations.model import Authorities, Presentation, filed, leaf, present

_LAST_WEEK = timedelta(days=7)

_THICKET = 11
"""How many authorities certify each other."""


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    return {
        **_cross_signed(by),
        "cross-expired": _cross_expired(by),
        "cross-both-expired": _cross_both_expired(by),
        "renewed": _renewed(by),
    }


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    return {"loop": _loop(by), "thicket": _thicket(by)}


def _cross_signed(by: Authorities) -> dict[str, Presentation]:
    """The new root is not in the store, and so the certificate by the old one is what leads there."""
    name, key = "Demo Next CA", new_key()
    next_root = _other_root(by, "Demo Next Root CA")
    by_new, by_old = next_root.authority(name, key=key), by.root.authority(name, key=key)
    return {
        "cross-signed": present(leaf(by_new, "cross-signed"), by_old, by_new),
        "cross-signed-late": present(leaf(by_new, "cross-signed-late"), by_new, by_old),
    }


def _cross_expired(by: Authorities) -> Presentation:
    name, key = "Demo Bridged CA", new_key()
    bridge = by.root.authority("Demo Bridge CA", path_length=1)
    gone, current = by.root.authority(name, key=key, ends=by.at - _LAST_WEEK), bridge.authority(name, key=key)
    return present(leaf(current, "cross-expired"), gone, current, bridge)


def _cross_both_expired(by: Authorities) -> Presentation:
    name, key = "Demo Stranded CA", new_key()
    first = by.root.authority(name, key=key, ends=by.at - _LAST_WEEK)
    second = by.intermediate.authority(name, key=key, ends=by.at - 2 * _LAST_WEEK)
    return present(leaf(first, "cross-both-expired"), first, second, by.intermediate)


def _renewed(by: Authorities) -> Presentation:
    name, key = "Demo Renewed CA", new_key()
    before = by.root.authority(name, key=key, ends=by.at - _LAST_WEEK)
    after = by.root.authority(name, key=key, begins=by.at - 2 * _LAST_WEEK)
    return present(leaf(after, "renewed"), after, before)


def _loop(by: Authorities) -> tuple[bytes, ...]:
    """Neither key has ever been certified by anybody else."""
    one, other = _other_root(by, "Demo Chicken CA"), _other_root(by, "Demo Egg CA")
    chicken = other.authority("Demo Chicken CA", key=one.key, path_length=None)
    egg = one.authority("Demo Egg CA", key=other.key, path_length=None)
    return filed(leaf(chicken, "loop"), chicken, egg)


def _thicket(by: Authorities) -> tuple[bytes, ...]:
    """Each is certified by each of the others, and none by a root that the store has."""
    roots = [_other_root(by, f"Demo Thicket {number} CA") for number in range(_THICKET)]
    certified = [
        above.authority(f"Demo Thicket {place} CA", key=roots[place].key, path_length=None)
        for place, above in ((below, roots[above]) for below, above in permutations(range(_THICKET), 2))
    ]
    return filed(leaf(roots[0], "thicket"), *certified)


def _other_root(by: Authorities, name: str) -> Authority:
    return Authority.root(name, at=by.at, publications=by.root.publications)
