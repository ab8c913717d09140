"""Certificates before and after their time."""

from datetime import timedelta

from tlsglass.demo.authority import LIFETIME
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present

_EXPIRED_SINCE = timedelta(days=3)
_VALID_IN = timedelta(days=3, hours=1)
"""The hour is for those who look a while after the start: there are still three whole days to wait."""

_LEFT = timedelta(days=4, hours=1)


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    stale = by.root.authority("Demo Former CA", ends=by.at - timedelta(days=1))
    expired = leaf(by.intermediate, "expired", begins=by.at - LIFETIME - _EXPIRED_SINCE)
    early = leaf(by.intermediate, "not-yet-valid", begins=by.at + _VALID_IN)
    soon = leaf(by.intermediate, "expires-soon", begins=by.at - LIFETIME + _LEFT)
    return {
        "expired": present(expired, by.intermediate),
        "not-yet-valid": present(early, by.intermediate),
        "expires-soon": present(soon, by.intermediate),
        "expired-intermediate": present(leaf(stale, "expired-intermediate"), stale),
    }
