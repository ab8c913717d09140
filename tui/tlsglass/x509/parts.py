"""What a value consists of, before each piece gets its place among the fields of the certificate."""

from collections.abc import Sequence

from tlsglass.frozen import dataclass
from tlsglass.text import one_a_line
from tlsglass.turns import give_way
from tlsglass.x509.model import Field, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A `Field` without an id. What it does not say is taken over from what holds it."""

    label: str
    value: str
    in_lines: bool = False
    span: Span | None = None
    """Where it was read from."""

    key: str = ""
    """The last part of the field's id; its number among its siblings where empty."""

    summary: str = ""
    meaning: str = ""
    reference: str = ""
    children: "tuple[Part, ...]" = ()


def fields_of(parts: Sequence[Part], prefix: str, *, meaning: str, reference: str) -> tuple[Field, ...]:
    """Give each part its id; the second of one key has `#2` behind it, as an extension that is repeated.

    Args:
        parts: the parts, in order.
        prefix: the id of what holds them; empty at the top.
        meaning: what is said of a part that says nothing of its own.
        reference: where a part is defined that doesn't say so itself.
    """
    fields = []
    counts: dict[str, int] = {}
    for number, part in enumerate(parts):
        give_way()
        key = part.key or str(number)
        counts[key] = counts.get(key, 0) + 1
        key = f"{key}#{counts[key]}" if counts[key] > 1 else key
        name = f"{prefix}.{key}" if prefix else key
        own_meaning, own_reference = part.meaning or meaning, part.reference or reference
        children = part.children
        fields.append(
            Field(
                id=name,
                label=part.label,
                value=part.value,
                in_lines=part.in_lines,
                summary=part.summary,
                meaning=own_meaning,
                reference=own_reference,
                span=part.span,
                children=fields_of(children, name, meaning=own_meaning, reference=own_reference) if children else (),
            )
        )
    return tuple(fields)


def lines(parts: Sequence[Part]) -> str:
    """Parts as text, one line each: `label: value`."""
    return one_a_line(f"{part.label}: {part.value}" for part in parts)
