"""TLS record framing: a stream of bytes cut into records. RFC 8446 §5.1, RFC 5246 §6.2.

It looks only at headers, decrypts nothing, and never raises: a server that says something else than TLS is a fact to
be shown, so its first bytes are kept.
"""

from enum import IntEnum

from tlsglass.frozen import dataclass
from tlsglass.limits import LONGEST_OPENING

HEADER_LENGTH = 5
PAYLOAD_LIMIT = (1 << 14) + 2048
"""Bytes of the longest payload that any version allows. RFC 5246 §6.2.3."""

_MAJOR_VERSION = 3


class ContentType(IntEnum):
    """What a record carries. RFC 8446 §5.1, RFC 6520."""

    CHANGE_CIPHER_SPEC = 20
    ALERT = 21
    HANDSHAKE = 22
    APPLICATION_DATA = 23
    HEARTBEAT = 24


_TYPES = frozenset(ContentType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as it passed."""

    type: int
    """A `ContentType`."""

    header: bytes
    """The five bytes of the header, which TLS 1.3 authenticates along with the payload."""

    payload: bytes
    """The fragment, encrypted or not."""

    @property
    def version(self) -> int:
        """The version in the header, which says little since TLS 1.3. RFC 8446 §5.1."""
        return int.from_bytes(self.header[1:3], "big")


class RecordReader:
    """Cuts what one side said into records, as it arrives."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._opening = b""
        self._count = 0
        self._broken = False

    @property
    def opening(self) -> bytes:
        """The first bytes that came, at most `LONGEST_OPENING`."""
        return self._opening

    @property
    def count(self) -> int:
        """How many whole records there were."""
        return self._count

    @property
    def broken(self) -> bool:
        """Whether something came that is no record; everything after it is dropped."""
        return self._broken

    @property
    def not_tls(self) -> bool:
        """Whether the very first bytes were no record."""
        return self._broken and not self._count

    def feed(self, data: bytes) -> list[Record]:
        """Take bytes as they came.

        Args:
            data: the next bytes, cut anywhere.

        Returns:
            The records that they complete.
        """
        if len(self._opening) < LONGEST_OPENING:
            self._opening += data[: LONGEST_OPENING - len(self._opening)]
        if self._broken:
            return []
        self._buffer += data
        records: list[Record] = []
        at = 0
        while at < len(self._buffer):
            header = bytes(self._buffer[at : at + HEADER_LENGTH])
            if not _may_be_header(header):
                self._broken = True
                self._buffer.clear()
                return records
            end = at + HEADER_LENGTH + int.from_bytes(header[3:5], "big")
            if len(header) < HEADER_LENGTH or len(self._buffer) < end:
                break
            records.append(Record(type=header[0], header=header, payload=bytes(self._buffer[at + HEADER_LENGTH : end])))
            self._count += 1
            at = end
        del self._buffer[:at]
        return records


def _may_be_header(header: bytes) -> bool:
    """Whether bytes may be a record's header, or the start of one."""
    if header[0] not in _TYPES:
        return False
    if len(header) > 1 and header[1] != _MAJOR_VERSION:
        return False
    return len(header) < HEADER_LENGTH or int.from_bytes(header[3:5], "big") <= PAYLOAD_LIMIT
