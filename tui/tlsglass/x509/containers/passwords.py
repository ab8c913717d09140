"""Who is asked for the password of a file. Apart from what opens files, which looking at a site needs none of."""

from collections.abc import Callable

Ask = Callable[[int], str | None]
"""Gives a password, or None where nobody has one. It gets the number of the attempt, from 0."""


def nobody(_attempt: int) -> str | None:
    """Nobody has a password."""
    return None
