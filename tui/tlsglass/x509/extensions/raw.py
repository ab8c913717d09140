"""Values that are not known here: their bytes, and their ASN.1 elements where they have any."""

from collections.abc import Callable

from tlsglass.limits import LARGEST_TREE
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem, Span
from tlsglass.x509.parts import Part
from tlsglass.x509.times import plain, time
from tlsglass.x509.values import STRINGS, boolean, integer, object_identifier, string

_LARGEST_DECIMAL = 128
_MEANING = "One element of a value that is not known here."
_MEANING_OF_MANY = "A value that is not known here; its elements are among those of the whole certificate."
_REFERENCE = "X.690 §8.1"


def raw_parts(value: Element | None, root: Element | None) -> tuple[Part, ...]:
    """An extension's bytes and what they consist of.

    Args:
        value: extnValue.
        root: the one element that it holds, where it does.
    """
    parts = []
    if value is not None:
        content = value.content
        span = Span(start=value.start + value.header, header=0, end=value.end, tag="extnValue")
        parts.append(
            Part(label="Length", value=str(len(content)), key="length", span=span, summary=f"{len(content):,} bytes")
        )
        parts.append(Part(label="Bytes", value=content.hex(), key="bytes", span=span, meaning="The value in hex."))
    if root is not None and _size(root, LARGEST_TREE) <= LARGEST_TREE:
        parts.append(element_part(root))
    elif root is not None:
        many = f"more than {LARGEST_TREE:,}, which are not shown one by one"
        parts.append(Part(label="Elements", value=many, key="elements", span=root.span, meaning=_MEANING_OF_MANY))
    return tuple(parts)


def element_part(element: Element) -> Part:
    """An element and all that it holds."""
    children = tuple(element_part(child) for child in element.children)
    return Part(
        label=element.tag,
        value=element.encoded.hex() if children else shown(element, []),
        summary=f"{len(children)} elements" if children else "",
        span=element.span,
        meaning=_MEANING,
        reference=_REFERENCE,
        children=children,
    )


def shown(element: Element, problems: list[Problem]) -> str:
    """The value of an element of any type as text; hex where nothing better is known."""
    reader = _READERS.get(element.tag)
    try:
        return reader(element, problems) if reader else element.content.hex()
    except DecodeError as error:
        problems.append(error.problem)
        return element.content.hex()


def _boolean(element: Element, problems: list[Problem]) -> str:
    return "yes" if boolean(element, problems) else "no"


def _integer(element: Element, problems: list[Problem]) -> str:
    number = integer(element, problems)
    return str(number) if number.bit_length() <= _LARGEST_DECIMAL else element.content.hex()


def _object_identifier(element: Element, _: list[Problem]) -> str:
    return object_identifier(element)


def _time(element: Element, problems: list[Problem]) -> str:
    return plain(time(element, problems))


_READERS: dict[str, Callable[[Element, list[Problem]], str]] = {
    "BOOLEAN": _boolean,
    "INTEGER": _integer,
    "ENUMERATED": _integer,
    "OBJECT IDENTIFIER": _object_identifier,
    "UTCTime": _time,
    "GeneralizedTime": _time,
    **dict.fromkeys(STRINGS, string),
}


def _size(element: Element, limit: int) -> int:
    """How many elements there are, counted until they are too many."""
    count = 1
    for child in element.children:
        if count > limit:
            break
        count += _size(child, limit - count)
    return count
