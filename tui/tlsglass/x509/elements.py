"""ASN.1 elements as values, and what may be wrong with them. X.690 §8.1."""

from collections.abc import Sequence
from dataclasses import field

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_PROBLEMS
from tlsglass.x509.model import Problem, Span

UNREADABLE = "unreadable bytes"
"""The tag of an element that stands for bytes which are no element."""

_UNIVERSAL = {
    0: "end-of-contents",
    1: "BOOLEAN",
    2: "INTEGER",
    3: "BIT STRING",
    4: "OCTET STRING",
    5: "NULL",
    6: "OBJECT IDENTIFIER",
    7: "ObjectDescriptor",
    8: "EXTERNAL",
    9: "REAL",
    10: "ENUMERATED",
    11: "EMBEDDED PDV",
    12: "UTF8String",
    13: "RELATIVE-OID",
    14: "TIME",
    16: "SEQUENCE",
    17: "SET",
    18: "NumericString",
    19: "PrintableString",
    20: "TeletexString",
    21: "VideotexString",
    22: "IA5String",
    23: "UTCTime",
    24: "GeneralizedTime",
    25: "GraphicString",
    26: "VisibleString",
    27: "GeneralString",
    28: "UniversalString",
    29: "CHARACTER STRING",
    30: "BMPString",
}


class DecodeError(ValueError):
    """An element is not what its place in the structure asks for."""

    def __init__(self, text: str, offset: int) -> None:
        """Make an error.

        Args:
            text: one sentence that says what is wrong.
            offset: where, in bytes from the start of the certificate.
        """
        super().__init__(text)
        self.problem = Problem(text=text, offset=offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: identifier, length and content octets. X.690 §8.1.1."""

    source: bytes = field(repr=False, compare=False)
    """The bytes that it was read from; offsets count from their start."""

    start: int
    """Offset of the identifier octet."""

    header: int
    """Length of identifier and length octets."""

    end: int
    """Offset after the last content octet."""

    trailer: int
    """Length of the end-of-contents octets that follow the content: 2 where the length is indefinite, else 0."""

    tag: str
    """The type in words: 'UTCTime', '[3]', '[APPLICATION 1]'."""

    tag_class: int
    """0 universal, 1 application, 2 context-specific, 3 private; -1 for unreadable bytes."""

    number: int
    """The tag number; -1 for unreadable bytes."""

    constructed: bool
    depth: int
    """How many elements it lies in."""

    children: "tuple[Element, ...]" = ()
    """What a constructed element holds, in order."""

    @property
    def content(self) -> bytes:
        """The content octets."""
        return self.source[self.start + self.header : self.end]

    @property
    def encoded(self) -> bytes:
        """The whole element."""
        return self.source[self.start : self.end + self.trailer]

    @property
    def span(self) -> Span:
        """Where it lies."""
        return Span(start=self.start, header=self.header, end=self.end, tag=self.tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All elements at the top of some bytes, and what is wrong with their encoding."""

    elements: tuple[Element, ...]
    problems: tuple[Problem, ...]
    """In the order of the bytes."""


def tag_name(tag_class: int, number: int) -> str:
    """The type of an element in words: 'UTCTime', '[3]'.

    Args:
        tag_class: 0 universal, 1 application, 2 context-specific, 3 private.
        number: the tag number.
    """
    if tag_class == 0:
        return _UNIVERSAL.get(number, f"[UNIVERSAL {number}]")
    return (f"[APPLICATION {number}]", f"[{number}]", f"[PRIVATE {number}]")[tag_class - 1]


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the bytes, at most `MOST_PROBLEMS` and one that counts the rest."""
    ordered = sorted(problems, key=lambda problem: problem.offset or 0)
    if len(ordered) > MOST_PROBLEMS:
        left_out = len(ordered) - MOST_PROBLEMS
        last = Problem(text=f"{left_out:,} more problems are not listed.", offset=ordered[MOST_PROBLEMS].offset)
        ordered = [*ordered[:MOST_PROBLEMS], last]
    return tuple(ordered)
