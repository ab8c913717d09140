"""Records of TLS 1.3 that a server with nothing but good to say does not send. RFC 8446 §5.2, §5.4."""

from tlsglass.demo.tls13.records import Protection


class Sealer(Protection):
    """Seals one record after the other, of any kind and size."""

    def seal(self, kind: int, content: bytes, *, padding: int = 0) -> bytes:
        """The next record, also where it has nothing in it."""
        return self._seal(content + bytes([kind]) + bytes(padding))
