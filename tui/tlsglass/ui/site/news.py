"""Which news of a run is drawn at once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlsglass.events import Event
    from tlsglass.observation import Observation


def worth_drawing(before: "Observation", after: "Observation") -> bool:
    """Whether more is known than what the clock's next tick shows soon enough: phases, addresses, messages.

    Args:
        before: what was known.
        after: what is known.
    """
    return (
        after.certificates is not before.certificates
        or after.trust is not before.trust
        or after.received != before.received
        or after.failure is not before.failure
        or after.finished
    )


def only_grew(taken: "Sequence[Event]") -> bool:
    """Whether all that has happened is that more has come of an answer of which the beginning was there.

    Args:
        taken: what has happened.
    """
    from tlsglass.events import ResponseGrew  # noqa: PLC0415 - it is loaded, since something has happened

    return bool(taken) and all(isinstance(event, ResponseGrew) for event in taken)
