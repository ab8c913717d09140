"""The bytes of a certificate as their ASN.1 elements, in the form of an outline. X.690 §8.1.

What an OCTET STRING or a BIT STRING holds is opened as well where it is itself one whole element, as the values of
extensions and the public keys are. X.690 knows nothing of that, so the line says that it was opened.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from tlsglass.limits import DEFAULTS
from tlsglass.report.lines import SUMMARY_LIMIT, Node, Nodes
from tlsglass.text import beginning
from tlsglass.trust.model import Severity
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, Element
from tlsglass.x509.extensions.raw import shown
from tlsglass.x509.model import Field, Problem, Span
from tlsglass.x509.oids.names import oid_name

_SHORT_HEX = 64
"""Content octets that a line shows in hex; all are in the detail pane and beside it."""

_CLASSES = ("universal", "application", "context-specific", "private")
_UNUSED_BITS = 1
_REFERENCE = "X.690 §8.1"


def asn1_key(key: str, offset: int) -> str:
    """The key of the line of an element.

    Args:
        key: the key of the line whose bytes they are.
        offset: where the element begins in them.
    """
    return f"{key.partition('/')[0]}/asn1.{offset}"


def asn1_outline(line: Node) -> Nodes:
    """The elements of what a line shows: of its certificate, else of its item of a file.

    Args:
        line: any line of the outline; its key begins that of every element's line.

    Returns:
        The elements at the top, of which a certificate has one; nothing where the line has no bytes.
    """
    return _outline(line.key.partition("/")[0], _Source(line))


class _Source:
    """The line whose bytes are read; two are equal where the bytes are."""

    def __init__(self, line: Node) -> None:
        self.line = line
        self.der = line.der

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and other.der == self.der

    def __hash__(self) -> int:
        return hash(self.der)


@lru_cache(maxsize=4)
def _outline(key: str, source: _Source) -> Nodes:
    reading = read(source.der)
    return _Maker(key, source.line, reading.problems).lines(reading.elements, ())


class _Maker:
    """Makes lines of elements, each when it is asked for."""

    def __init__(self, key: str, line: Node, problems: Sequence[Problem]) -> None:
        self._key = key
        self._line = line
        self._problems = sorted((p for p in problems if p.offset is not None), key=lambda p: p.offset or 0)
        self._offsets = [problem.offset or 0 for problem in self._problems]

    def lines(self, elements: Sequence[Element], above: tuple[str, ...]) -> Nodes:
        """The lines of elements that follow each other.

        Args:
            elements: the elements.
            above: the tags of what they lie in.
        """
        starts = [element.start for element in elements]
        makers: list[Callable[[], Node]] = [
            partial(self._line_of, element, above, after_oid=bool(at) and elements[0].tag == "OBJECT IDENTIFIER")
            for at, element in enumerate(elements)
        ]
        keys = [asn1_key(self._key, start) for start in starts]

        def place_of(key: str) -> int | None:
            offset = key.partition("/asn1.")[2]
            if not offset.isdecimal():
                return None
            at = bisect_right(starts, int(offset)) - 1
            return at if at >= 0 and int(offset) < elements[at].end + elements[at].trailer else None

        return Nodes(makers, keys, place_of)

    def _line_of(self, element: Element, above: tuple[str, ...], *, after_oid: bool) -> Node:
        inside = element.children or _held(element, after_oid=after_oid, depth=len(above))
        mine = self._problems[bisect_left(self._offsets, element.start) : bisect_left(self._offsets, element.end)]
        own = tuple(problem for problem in mine if not any(c.start <= (problem.offset or 0) < c.end for c in inside))
        value, summary = _value(element, held=bool(inside) and not element.children)
        return Node(
            key=asn1_key(self._key, element.start),
            label=f"{element.start:04x} {element.tag}",
            summary=beginning(summary, SUMMARY_LIMIT),
            mark=Severity.WARNING if mine or element.tag == UNREADABLE else None,
            certificate=self._line.certificate,
            item=self._line.item,
            field=Field(
                id=f"asn1.{element.start}",
                label=element.tag,
                value=value,
                summary=summary,
                meaning=_meaning(element, above),
                reference=_REFERENCE,
                span=element.span,
                problems=own,
            ),
            children=self.lines(inside, (*above, element.tag)),
        )


def _held(element: Element, *, after_oid: bool, depth: int) -> tuple[Element, ...]:
    """The one element that a string of octets or bits is, or nothing.

    Short values are elements by chance now and then; so a primitive one counts only where an identifier says what
    the value is, as in an extension.
    """
    skipped = _UNUSED_BITS if element.tag == "BIT STRING" else 0
    if element.tag not in {"OCTET STRING", "BIT STRING"} or depth >= DEFAULTS.depth:
        return ()
    if skipped and element.content[:1] != b"\0":
        return ()
    reading = read(element.source, element.start + element.header + skipped, element.end)
    if len(reading.elements) != 1 or reading.problems:
        return ()
    (only,) = reading.elements
    is_certain = only.constructed or (after_oid and not skipped and only.tag_class == 0)
    return (only,) if is_certain else ()


def _value(element: Element, *, held: bool) -> tuple[str, str]:
    """The value as one would copy it, and as a line shows it."""
    size = f"{element.end - element.start - element.header:,} bytes"
    if element.children:
        return element.encoded.hex(), f"{len(element.children)} elements, {size}" if element.children[1:] else size
    if held:
        return element.content.hex(), f"holds one element, {size}"
    if element.tag == "OBJECT IDENTIFIER":
        dotted = shown(element, [])
        name = oid_name(dotted)
        return dotted, f"{dotted} {name}".rstrip()
    value = shown(element, [])
    if value == element.content.hex() and len(element.content) > _SHORT_HEX:
        return value, f"{value[: 2 * _SHORT_HEX]}…, {size}"
    return value, value


def _meaning(element: Element, above: tuple[str, ...]) -> str:
    """What kind of element it is, in a sentence."""
    if element.tag == UNREADABLE:
        return "These bytes are no element: what they should be can't be told."
    size = element.end - element.start - element.header
    form = "constructed" if element.constructed else "primitive"
    where = f", {len(above)} deep in {' in '.join(reversed(above[-3:]))}" if above else ""
    return (
        f"An ASN.1 element: tag {element.number} of the {_CLASSES[element.tag_class]} class, {form}, "
        f"{element.header} bytes of tag and length and {size:,} of content{where}."
    )


def span_of(line: Node) -> Span | None:
    """Where what a line shows lies in its bytes: all of them for a line that is a certificate or an item itself."""
    if line.field is not None and line.field.span is not None:
        return line.field.span
    if line.field is None or not line.field.id:
        top = read(line.der[: 1 << 10]).elements if line.der else ()
        return Span(start=0, header=top[0].header if top else 0, end=len(line.der), tag=top[0].tag if top else "")
    return None
