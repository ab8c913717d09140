"""What the view needs of a spool, and reading from it."""

from typing import Protocol


class Source(Protocol):
    """Bytes that may still grow. `tlsglass.exchange.spool.Spool` is one."""

    @property
    def size(self) -> int:
        """Bytes held so far."""

    def read(self, offset: int, length: int) -> bytes:
        """At most so many bytes from an offset on; fewer at the end."""
