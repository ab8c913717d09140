"""The values of single ASN.1 elements, and elements taken from a SEQUENCE in order. X.690 §8.

What can't be decoded raises `DecodeError` with its offset; what can be decoded though it breaks a rule is added to the
caller's list of problems.
"""

import re
from functools import lru_cache

from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem

_SMALL_INTEGER = 8
_LONGEST_OID = 256
_LONGEST_ARC = 20
_ASCII = frozenset({"NumericString", "PrintableString", "IA5String", "VisibleString"})
_LATIN = frozenset({"TeletexString", "VideotexString", "GraphicString", "GeneralString", "ObjectDescriptor"})
_WIDE = {"UTF8String": "utf-8", "BMPString": "utf-16-be", "UniversalString": "utf-32-be"}
_ALLOWED = {
    "PrintableString": re.compile(r"[A-Za-z0-9 '()+,\-./:=?]*\Z"),
    "NumericString": re.compile(r"[0-9 ]*\Z"),
    "VisibleString": re.compile(r"[ -~]*\Z"),
}

STRINGS = _ASCII | _LATIN | _WIDE.keys()
"""The tags of the character string types."""


class Contents:
    """The children of a constructed element, taken one after the other by the types that the standard names."""

    def __init__(self, element: Element, tag: str | None = "SEQUENCE") -> None:
        """Begin with the first child.

        Args:
            element: what holds them.
            tag: the type it should have; None where it was implicitly tagged and checked by the caller.

        Raises:
            DecodeError: it has another type or no parts.
        """
        if tag is not None:
            expect(element, tag)
        if not element.constructed:
            text = f"{element.tag} should consist of parts but is in the primitive form."
            raise DecodeError(text, element.start)
        self._element = element
        self._next = 0

    def peek(self) -> Element | None:
        """The element that would be taken next; None at the end."""
        children = self._element.children
        return children[self._next] if self._next < len(children) else None

    def take(self, *tags: str) -> Element:
        """The next element.

        Args:
            *tags: the types that it may have; none for any.

        Raises:
            DecodeError: there is no next one or it has another type.
        """
        element = self.peek()
        if element is None:
            text = f"{' or '.join(tags) or 'An element'} is missing at the end of this {self._element.tag}."
            raise DecodeError(text, self._element.end)
        if tags:
            expect(element, *tags)
        self._next += 1
        return element

    def optional(self, *tags: str) -> Element | None:
        """The next element if it has one of these types, else None."""
        element = self.peek()
        if element is None or element.tag not in tags:
            return None
        self._next += 1
        return element

    def rest(self) -> tuple[Element, ...]:
        """All elements not taken so far, which takes them."""
        rest = self._element.children[self._next :]
        self._next = len(self._element.children)
        return rest

    def finish(self) -> None:
        """Make sure that nothing is left.

        Raises:
            DecodeError: something is.
        """
        element = self.peek()
        if element is not None:
            text = f"{element.tag} is not expected at the end of this {self._element.tag}."
            raise DecodeError(text, element.start)


def expect(element: Element, *tags: str) -> None:
    """Make sure that an element has one of these types.

    Raises:
        DecodeError: it has another one.
    """
    if element.tag not in tags:
        text = f"{' or '.join(tags)} was expected here, not {element.tag}."
        raise DecodeError(text, element.start)


def inner(element: Element) -> Element:
    """The one element inside an explicit tag. X.690 §8.14.

    Raises:
        DecodeError: it holds none or several.
    """
    contents = Contents(element, None)
    child = contents.take()
    contents.finish()
    return child


def boolean(element: Element, problems: list[Problem]) -> bool:
    """The value of a BOOLEAN. X.690 §8.2, §11.1.

    Raises:
        DecodeError: it is not one octet long.
    """
    content = element.content
    if len(content) != 1:
        text = f"A BOOLEAN has one octet, not {len(content)}."
        raise DecodeError(text, element.start)
    if content not in {b"\x00", b"\xff"}:
        problems.append(Problem(text="A BOOLEAN that is true has to be 0xff in DER.", offset=element.start))
    return content != b"\x00"


def integer(element: Element, problems: list[Problem]) -> int:
    """The value of an INTEGER of any size. X.690 §8.3.

    Raises:
        DecodeError: it is empty.
    """
    content = element.content
    if not content:
        text = "An INTEGER is empty."
        raise DecodeError(text, element.start)
    value = int.from_bytes(content, signed=True)
    if len(content) > 1 and content[0] in {0, 0xFF} and (content[0] ^ content[1]) < 0x80:  # noqa: PLR2004 - the sign bit
        problems.append(Problem(text="An INTEGER is not written in its shortest form.", offset=element.start))
    return value


def small_integer(element: Element) -> int:
    """The value of an INTEGER that counts something, which eight octets are enough for.

    Raises:
        DecodeError: it is empty or larger than that.
    """
    if len(element.content) > _SMALL_INTEGER:
        text = f"An INTEGER of {len(element.content):,} octets is too large for its purpose."
        raise DecodeError(text, element.start)
    return integer(element, [])


def object_identifier(element: Element) -> str:
    """The value of an OBJECT IDENTIFIER, dotted. X.690 §8.19.

    Raises:
        DecodeError: it is not one.
    """
    try:
        return _dotted(element.content)
    except ValueError as error:
        raise DecodeError(str(error), element.start) from None


@lru_cache(maxsize=512)
def _dotted(content: bytes) -> str:
    if not content or content[-1] >= 0x80:  # noqa: PLR2004 - the bit that says that more octets follow
        text = "An OBJECT IDENTIFIER is empty or cut off."
        raise ValueError(text)
    if len(content) > _LONGEST_OID:
        text = f"An OBJECT IDENTIFIER of {len(content):,} octets is too long."
        raise ValueError(text)
    arcs = []
    arc = length = 0
    for octet in content:
        length += 1
        if length > _LONGEST_ARC or (length == 1 and octet == 0x80):  # noqa: PLR2004 - a leading zero digit
            text = "An OBJECT IDENTIFIER has a number that is too large or not in its shortest form."
            raise ValueError(text)
        arc = arc << 7 | octet & 0x7F
        if octet < 0x80:  # noqa: PLR2004 - the bit that says that more octets follow
            arcs.append(arc)
            arc = length = 0
    root = min(arcs[0] // 40, 2)
    return ".".join(map(str, (root, arcs[0] - root * 40, *arcs[1:])))


def bits(element: Element) -> tuple[bytes, int]:
    """The value of a BIT STRING. X.690 §8.6.

    Returns:
        Its octets and how many bits at the end of the last one are unused.

    Raises:
        DecodeError: it is empty or in the constructed form, or the number of unused bits makes no sense.
    """
    content = element.content
    if element.constructed or not content or content[0] > 7 or (content[0] and len(content) == 1):  # noqa: PLR2004 - unused bits of an octet
        text = "A BIT STRING does not say how many of its bits are unused, or wrongly."
        raise DecodeError(text, element.start)
    return content[1:], content[0]


def bit_numbers(element: Element) -> frozenset[int]:
    """The numbers of the bits that are set in a BIT STRING of named bits. X.690 §8.6.

    Raises:
        DecodeError: as `bits`, or there are more than a named list can have.
    """
    octets, unused = bits(element)
    if len(octets) > _SMALL_INTEGER:
        text = f"{len(octets):,} octets are too many for a list of named bits."
        raise DecodeError(text, element.start)
    count = len(octets) * 8 - unused
    return frozenset(number for number in range(count) if octets[number // 8] >> (7 - number % 8) & 1)


def string(element: Element, problems: list[Problem], *, tag: str | None = None) -> str:
    r"""The value of a character string; what breaks its character set is kept as it is or becomes `\xNN`.

    Args:
        element: the string.
        problems: what is wrong with its characters is added here.
        tag: the type it has under an implicit tag; its own where left out.

    Raises:
        DecodeError: it is no character string.
    """
    kind = tag or element.tag
    if kind not in STRINGS or element.constructed:
        message = f"A character string was expected here, not {element.tag}."
        raise DecodeError(message, element.start)
    content = element.content
    if kind in _LATIN:
        return content.decode("latin-1")
    codec = _WIDE.get(kind, "ascii")
    try:
        value = content.decode(codec)
    except UnicodeDecodeError:
        problems.append(Problem(text=f"{kind} holds bytes that it may not hold.", offset=element.start))
        return content.decode("utf-8" if codec == "ascii" else codec, "backslashreplace")
    allowed = _ALLOWED.get(kind)
    if allowed is not None and not allowed.match(value):
        problems.append(Problem(text=f"{kind} holds characters that it may not hold.", offset=element.start))
    return value


def colon_hex(octets: bytes) -> str:
    """Bytes as lower-case hex with colons between them."""
    return octets.hex(":")
