"""What a server sends after its handshake beside the answer: alerts, tickets, key updates, renegotiations, nothing.

None of it is an answer, all of it costs work, and OpenSSL takes it without end as long as some data comes between. Here
it is counted: records by their headers, which are not encrypted, and the rest by what OpenSSL tells of itself.
"""

from OpenSSL import SSL

from tlsglass.errors import ExchangeError, Fault
from tlsglass.limits import Limits

_HEADER_LENGTH = 5

_SAID = {
    "alerts": "alerts",
    "later_messages": "session tickets, key updates or renegotiations",
    "empty_records": "records that bring nothing of the answer",
}


class Afterwards:
    """Counts, once a handshake is done, what comes beside the answer."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing.

        Args:
            limits: how much of each kind is taken.
        """
        self._limits = limits
        self._begun = False
        self._left = 0
        """Bytes of the record under way that have not come."""

        self._header = b""
        self._counts = dict.fromkeys(_SAID, 0)

    def begin(self) -> None:
        """Count from now on: the handshake is done."""
        self._begun = True
        self._counts = dict.fromkeys(_SAID, 0)

    def arrived(self, data: bytes) -> None:
        """Take note of bytes as they came, from the first of the connection on, cut anywhere."""
        at = 0
        while at < len(data):
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
            else:
                piece = data[at : at + _HEADER_LENGTH - len(self._header)]
                self._header += piece
                step = len(piece)
                if len(self._header) == _HEADER_LENGTH:
                    self._left = int.from_bytes(self._header[3:], "big")
                    self._header = b""
                    self._counts["empty_records"] += 1
            at += step

    def brought(self) -> None:
        """Take note that a record brought something of the answer.

        It makes up for an empty one: servers of TLS 1.0 send one before each, against BEAST. RFC 7457 §2.3.
        """
        self._counts["empty_records"] -= 2

    def told(self, connection: SSL.Connection, where: int, value: int) -> None:
        """Hear what OpenSSL tells of itself; an exception here would be lost.

        Args:
            connection: the connection that it is about.
            where: what happened, as SSL_CTX_set_info_callback has it.
            value: how it went: 1 is well.
        """
        if not self._begun:
            return
        if where == SSL.SSL_CB_READ_ALERT:
            self._counts["alerts"] += 1
        elif where == SSL.SSL_CB_HANDSHAKE_START:  # before TLS 1.3, a renegotiation; RFC 5246 §7.4.1.1
            self._counts["later_messages"] += 1
        elif where == SSL.SSL_CB_CONNECT_EXIT and value == 1:  # after each message of RFC 8446 §4.6
            self._counts["later_messages"] += connection.get_protocol_version() == SSL.TLS1_3_VERSION

    def refuse_excess(self) -> None:
        """Make sure that it is no more than is taken; to be asked when all that arrived was read.

        Raises:
            ExchangeError: it is (TOO_LARGE), and which limit it is that it went over.
        """
        self._counts["empty_records"] = max(0, self._counts["empty_records"])
        for name, count in self._counts.items():
            most: int = getattr(self._limits, name)
            if count > most:
                message = f"After its handshake the server sent more than {most:,} {_SAID[name]}."
                raise ExchangeError(Fault.TOO_LARGE, message, self._limits.hint(name))
