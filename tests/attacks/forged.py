"""A server whose handshake is right, and whose records after it are written by hand. RFC 8446 §5.2, §7.3."""

from OpenSSL import SSL

from tests.attacks.identity import context, site_leaf
from tests.attacks.opponent import Opponent
from tests.attacks.sealer import Sealer
from tlsglass.demo.stream import Stream
from tlsglass.demo.tls13.schedule import next_secret

_SECRET = b"SERVER_TRAFFIC_SECRET_0"


class Forged:
    """Seals records under the keys of a connection that OpenSSL has made and now says nothing on any more."""

    def __init__(self, opponent: Opponent) -> None:
        """Shake hands, and drop what OpenSSL would say after that."""
        made = context(site_leaf())
        secrets: list[bytes] = []

        def heard(_connection: SSL.Connection, line: bytes) -> None:
            label, _, values = line.partition(b" ")
            if label == _SECRET:
                secrets.append(bytes.fromhex(values.rpartition(b" ")[2].decode("ascii")))

        made.set_keylog_callback(heard)
        self._opponent = opponent
        _Mute(opponent, made).handshake()
        (self._secret,) = secrets
        self._sealer = Sealer(self._secret)

    def seal(self, kind: int, content: bytes, *, padding: int = 0) -> bytes:
        """The next record, sealed."""
        return self._sealer.seal(kind, content, padding=padding)

    def say(self, kind: int, content: bytes, *, times: int = 1, padding: int = 0) -> None:
        """Send records, all alike."""
        self._opponent.send(b"".join(self.seal(kind, content, padding=padding) for _ in range(times)))

    def change_keys(self) -> None:
        """Seal all that follows under the next keys. RFC 8446 §7.2."""
        self._secret = next_secret(self._secret)
        self._sealer = Sealer(self._secret)


class _Mute(Stream):
    """Says what the handshake takes, and nothing of what OpenSSL says once that is done, such as tickets."""

    def handshake(self) -> None:
        while True:
            try:
                self._connection.do_handshake()
            except SSL.WantReadError:
                self._flush()
                self._feed()
            else:
                return
