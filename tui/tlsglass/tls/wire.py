"""Reading the presentation language of TLS: numbers and vectors out of bytes that may be hostile. RFC 8446 §3."""

from collections.abc import Iterator

from tlsglass.errors import Fault, HandshakeError


class Cursor:
    """A place in a message that moves forward as fields are read, and never past the end."""

    def __init__(self, data: bytes, what: str) -> None:
        """Start at the first byte.

        Args:
            data: the message's body or a vector in it.
            what: what is being read, for the error's sentence.
        """
        self._data = data
        self._at = 0
        self._what = what

    @property
    def remaining(self) -> int:
        """Bytes that were not read yet."""
        return len(self._data) - self._at

    def take(self, length: int) -> bytes:
        """The next bytes.

        Raises:
            HandshakeError: there are fewer left.
        """
        if length > self.remaining:
            message = f"The server's {self._what} message ends {length - self.remaining} bytes too early."
            raise HandshakeError(Fault.PEER_MISBEHAVED, message)
        taken = self._data[self._at : self._at + length]
        self._at += length
        return taken

    def number(self, width: int) -> int:
        """The next unsigned number, `width` bytes wide, big-endian."""
        return int.from_bytes(self.take(width), "big")

    def vector(self, width: int) -> bytes:
        """The next variable-length vector, whose length stands before it in `width` bytes."""
        return self.take(self.number(width))

    def nested(self, width: int) -> "Cursor":
        """A cursor over the next vector."""
        return Cursor(self.vector(width), self._what)

    def extensions(self) -> Iterator[tuple[int, "Cursor"]]:
        """The types and contents of a vector of extensions; none where the message ends before it. RFC 8446 §4.2."""
        if not self.remaining:
            return
        entries = self.nested(2)
        while entries.remaining:
            yield entries.number(2), entries.nested(2)
