"""What a decoder of an extension returns."""

from collections.abc import Sequence

from tlsglass.frozen import dataclass
from tlsglass.x509.parts import Part, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """An extension's value as text, and what it consists of."""

    value: str
    parts: tuple[Part, ...] = ()


def listed(parts: Sequence[Part]) -> Decoded:
    """A list of things of one kind: the values, one a line."""
    return Decoded(value="\n".join(part.value for part in parts), parts=tuple(parts))


def recorded(parts: Sequence[Part]) -> Decoded:
    """A record: labels and values, one a line."""
    return Decoded(value=lines(parts), parts=tuple(parts))
