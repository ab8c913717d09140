"""Any bytes as a tree of ASN.1 elements with their offsets. X.690 §8.1, §10.1.

The reader is tolerant: what breaks the rules of DER becomes a `Problem` and reading goes on, so that one wrong byte
does not hide the rest. At every level the elements cover all bytes: what can't be read becomes an element of its own
with the tag `UNREADABLE`. What the elements mean is left to others.
"""

from tlsglass.limits import DEFAULTS, MOST_ELEMENTS
from tlsglass.turns import give_way
from tlsglass.x509.elements import UNREADABLE, DecodeError, Element, Reading, in_order, tag_name
from tlsglass.x509.model import Problem

_ALWAYS_CONSTRUCTED = frozenset({8, 11, 16, 17, 29})
_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_LONG_TAG_OCTETS = 4
_INDEFINITE = 0x80
_INDEFINITE_LENGTH = -1
_RESERVED_LENGTH = 0xFF
_SHORT_LENGTH = 0x80
_END_OF_CONTENTS = b"\0\0"


class _Frame:
    """A constructed element that is being read."""

    __slots__ = ("children", "header", "indefinite", "limit", "number", "start", "tag_class")

    def __init__(self, start: int, header: int, limit: int) -> None:
        self.start = start
        self.header = header
        self.limit = limit
        self.tag_class = self.number = 0
        self.indefinite = False
        self.children: list[Element] = []


def read(source: bytes, start: int = 0, end: int | None = None, *, depth: int = DEFAULTS.depth) -> Reading:
    """Read bytes as a series of BER elements, and note what is not DER.

    Args:
        source: the bytes; offsets count from their start.
        start: where to begin.
        end: where to stop; the end of the bytes where left out.
        depth: how deep elements may be nested.

    Returns:
        The elements, which cover all bytes from start to end, and the problems. Never raises; takes linear time.
    """
    return _Reader(source, start, len(source) if end is None else end, depth).run()


class _Reader:
    def __init__(self, source: bytes, start: int, end: int, depth: int) -> None:
        self._source = source
        self._depth = depth
        self._position = start
        self._stack = [_Frame(start, 0, end)]
        self._count = 0
        self._problems: list[Problem] = []

    def run(self) -> Reading:
        source = self._source
        while True:
            frame = self._stack[-1]
            position = self._position
            if frame.indefinite and source[position : min(position + 2, frame.limit)] == _END_OF_CONTENTS:
                self._close(trailer=2)
            elif position < frame.limit:
                give_way()
                self._read_element(frame)
            elif len(self._stack) > 1:
                if frame.indefinite:
                    self._note("An element of indefinite length is never ended.", frame.start)
                self._close(trailer=0)
            else:
                return Reading(elements=tuple(frame.children), problems=in_order(self._problems))

    def _note(self, text: str, offset: int) -> None:
        self._problems.append(Problem(text=text, offset=offset))

    def _read_element(self, frame: _Frame) -> None:
        start = self._position
        if self._count == MOST_ELEMENTS:
            self._note(f"There are more than {MOST_ELEMENTS:,} elements; the rest is not read.", start)
            self._skip(frame)
            return
        self._count += 1
        try:
            number, header, length = self._read_header(start, frame.limit)
        except DecodeError as error:
            self._problems.append(error.problem)
            self._skip(frame)
            return
        first = self._source[start]
        tag_class = first >> 6
        constructed = bool(first & _CONSTRUCTED)
        indefinite = length == _INDEFINITE_LENGTH
        end = frame.limit if indefinite else start + header + length
        if end > frame.limit:
            self._note("The element is longer than what holds it, so its end is cut off.", start)
            end = frame.limit
        if tag_class == 0:
            self._check_form(number, start, constructed=constructed)
        self._position = start + header
        depth = len(self._stack) - 1
        if constructed and depth < self._depth:
            inner = _Frame(start, header, end)
            inner.tag_class, inner.number, inner.indefinite = tag_class, number, indefinite
            self._stack.append(inner)
        else:
            if constructed:
                text = f"Elements are nested more than {self._depth} deep; the rest is not read (limit depth)."
                self._problems.append(Problem(text=text, offset=start, limit=True))
            self._position = end
            frame.children.append(self._leaf(start, header, end, tag_class=tag_class, number=number))
        if indefinite:
            self._note("The length is indefinite, which DER does not allow.", start)

    def _skip(self, frame: _Frame) -> None:
        """Make an element of the bytes that can't be read, up to the end of what holds them."""
        start, self._position = self._position, frame.limit
        frame.children.append(self._leaf(start, 0, frame.limit, tag_class=-1, number=-1))

    def _leaf(self, start: int, header: int, end: int, *, tag_class: int, number: int) -> Element:
        """An element that is not opened: a primitive one, one too deep, or bytes that can't be read."""
        return Element(
            source=self._source,
            start=start,
            header=header,
            end=end,
            trailer=0,
            tag=UNREADABLE if tag_class < 0 else tag_name(tag_class, number),
            tag_class=tag_class,
            number=number,
            constructed=tag_class >= 0 and bool(self._source[start] & _CONSTRUCTED),
            depth=len(self._stack) - 1,
        )

    def _close(self, trailer: int) -> None:
        frame = self._stack.pop()
        self._stack[-1].children.append(
            Element(
                source=self._source,
                start=frame.start,
                header=frame.header,
                end=self._position,
                trailer=trailer,
                tag=tag_name(frame.tag_class, frame.number),
                tag_class=frame.tag_class,
                number=frame.number,
                constructed=True,
                depth=len(self._stack) - 1,
                children=tuple(frame.children),
            )
        )
        self._position += trailer

    def _check_form(self, number: int, start: int, *, constructed: bool) -> None:
        if number == 0:
            self._note("There are end-of-contents octets where nothing is to be ended.", start)
        elif constructed and number not in _ALWAYS_CONSTRUCTED:
            self._note(f"{tag_name(0, number)} is in the constructed form, which DER does not allow.", start)
        elif not constructed and number in _ALWAYS_CONSTRUCTED:
            self._note(f"{tag_name(0, number)} is in the primitive form, so its parts can't be read.", start)

    def _read_header(self, start: int, limit: int) -> tuple[int, int, int]:
        """Read identifier and length octets. X.690 §8.1.2, §8.1.3.

        Returns:
            The tag number, the length of these octets, and that of the content or `_INDEFINITE_LENGTH`.

        Raises:
            DecodeError: they are cut off, or in a form that no one uses.
        """
        number = self._source[start] & _LONG_TAG
        length = self._source[start + 1] if start + 1 < limit else _RESERVED_LENGTH
        if number != _LONG_TAG and length < _SHORT_LENGTH:
            return number, 2, length  # by far the most elements have one octet of each
        number, after_tag = self._read_tag(start, limit)
        length, after_length = self._read_length(after_tag, limit)
        return number, after_length - start, length

    def _read_tag(self, start: int, limit: int) -> tuple[int, int]:
        """Read identifier octets. X.690 §8.1.2.

        Returns:
            The tag number and the offset of what follows.
        """
        number = self._source[start] & _LONG_TAG
        if number != _LONG_TAG:
            return number, start + 1
        number = 0
        for position in range(start + 1, min(start + 1 + _LONG_TAG_OCTETS, limit)):
            octet = self._source[position]
            number = number << 7 | octet & 0x7F
            if octet < 0x80:  # noqa: PLR2004 - the bit that says that more octets follow
                if number < _LONG_TAG or self._source[start + 1] == 0x80:  # noqa: PLR2004 - a leading zero digit
                    self._note("The tag number is not written in its shortest form.", start)
                return number, position + 1
        text = "The tag is cut off or too large."
        raise DecodeError(text, start)

    def _read_length(self, start: int, limit: int) -> tuple[int, int]:
        """Read length octets. X.690 §8.1.3.

        Returns:
            The length or `_INDEFINITE_LENGTH`, and the offset of what follows.
        """
        if start >= limit:
            text = "The element is cut off before its length."
            raise DecodeError(text, start)
        first = self._source[start]
        if first < _SHORT_LENGTH:
            return first, start + 1
        if first == _INDEFINITE:
            return _INDEFINITE_LENGTH, start + 1
        end = start + 1 + (first & 0x7F)
        if first == _RESERVED_LENGTH or end > limit:
            text = "The length is cut off or uses a reserved form."
            raise DecodeError(text, start)
        length = int.from_bytes(self._source[start + 1 : end])
        if length < _SHORT_LENGTH or self._source[start + 1] == 0:
            self._note("The length is not written in its shortest form.", start)
        return length, end
