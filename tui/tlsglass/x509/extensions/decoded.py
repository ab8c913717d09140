"""What a decoder of an extension returns."""

from collections.abc import Sequence

from tlsglass.frozen import dataclass
from tlsglass.text import one_a_line
from tlsglass.x509.parts import Part, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """An extension's value as lines of ours, and what it consists of."""

    value: str
    parts: tuple[Part, ...] = ()


def listed(parts: Sequence[Part]) -> Decoded:
    """A list of things of one kind: the values, one a line."""
    return Decoded(value=one_a_line(part.value for part in parts), parts=tuple(parts))


def recorded(parts: Sequence[Part]) -> Decoded:
    """A record: labels and values, one a line."""
    return Decoded(value=lines(parts), parts=tuple(parts))
