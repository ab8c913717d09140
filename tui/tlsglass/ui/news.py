"""Which news of a run is drawn at once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
