"""One line of the outline, and lines that are made when somebody looks at them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import overload

from tlsglass.frozen import dataclass
from tlsglass.trust.model import Finding, Severity
from tlsglass.x509.containers.model import Item
from tlsglass.x509.model import Certificate, Field

SUMMARY_LIMIT = 256
"""Characters of a value that a line of the outline keeps; the whole value is in its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One line of the outline."""

    key: str
    """Stable across events of one probe: '<sha256>/validity.not_after', so that an expanded line stays so."""

    label: str
    """Left: 'Subject', or a certificate's label. Not yet made printable."""

    summary: str
    """Right of the label, one line. Not yet made printable."""

    note: str = ""
    """At the right edge: 'from the store', 'sent #0'."""

    mark: Severity | None = None
    """The worst finding at or below this line; what a certificate issued does not count as its own."""

    findings: tuple[Finding, ...] = ()
    """The findings that concern this very line."""

    certificate: Certificate | None = None
    """The certificate that it belongs to; None for a line about the chain."""

    field: Field | None = None
    """The field that it shows; None for a certificate or a line about the chain."""

    children: "Sequence[Node]" = ()
    """The lines below it; those of a file and of its ASN.1 elements are made when they are asked for."""

    item: Item | None = None
    """What of a file it shows, where that is no certificate."""

    @property
    def der(self) -> bytes:
        """The bytes that the offsets of its field count in; none for a line about the chain or the file."""
        if self.certificate is not None:
            return self.certificate.der
        return self.item.der if self.item is not None else b""


class Nodes(Sequence[Node]):
    """Lines that are made when they are first asked for, and kept."""

    def __init__(
        self,
        makers: Sequence[Callable[[], Node]],
        keys: Sequence[str],
        place_of: Callable[[str], int | None] | None = None,
    ) -> None:
        """Make a sequence.

        Args:
            makers: what makes each line.
            keys: the key of each, known before it is made.
            place_of: tells from a key which line it belongs to or lies below; None looks it up among the keys.
        """
        self.keys = tuple(keys)
        """The key of each line."""

        self._makers = makers
        self._made: dict[int, Node] = {}
        self._places: dict[str, int] | None = None
        self._place_of = place_of

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, index: int) -> Node: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Node, ...]: ...
    def __getitem__(self, index: int | slice) -> Node | tuple[Node, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self._makers))))
        at = index + len(self._makers) if index < 0 else index
        if at not in self._made:
            self._made[at] = self._makers[at]()
        return self._made[at]

    def part(self, start: int, stop: int) -> "Nodes":
        """Some of the lines that follow each other, as a sequence of its own.

        Args:
            start: the first.
            stop: the one after the last.
        """
        return Nodes([partial(self.__getitem__, at) for at in range(start, stop)], self.keys[start:stop])

    def place_of(self, key: str) -> int | None:
        """Where the line with a key stands, or the one that it lies below. Makes no line.

        Args:
            key: the key of a line at any depth.

        Returns:
            None where that can't be told from the keys of these lines.
        """
        if self._place_of is not None:
            return self._place_of(key)
        if self._places is None:
            self._places = {own: at for at, own in reversed(tuple(enumerate(self.keys)))}
        return self._places.get(key, self._places.get(key.partition("/")[0]))
