"""A web in memory, for what asks addresses that strangers name: every host says what it was told to say."""

from collections.abc import Callable, Sequence

from tlsglass.net.channel import Channel
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

PUBLIC = "192.88.98.1"
"""An address that is public and that nobody has; no test connects to it."""

Answer = bytes | Sequence[bytes] | Callable[[bytes], bytes]
"""What a host says: at once, in pieces, or by what it was asked."""


class Said:
    """A channel to a server that says what it was told to, however it is asked."""

    def __init__(self, endpoint: Endpoint, answer: Answer) -> None:
        self._endpoint = endpoint
        self._said = answer
        self._answer: list[bytes] | None = None
        self.sent = b""
        self.closed = False

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""
        return self._endpoint

    def send(self, data: bytes, deadline: float) -> None:
        """Keep what was sent."""
        assert deadline > 0
        self.sent += data

    def receive(self, limit: int, deadline: float) -> bytes:
        """The next piece; the end where there is none."""
        assert deadline > 0
        if self._answer is None:
            said = self._said(self.sent) if callable(self._said) else self._said
            self._answer = [said] if isinstance(said, bytes) else list(said)
        if not self._answer:
            return b""
        piece = self._answer[0][:limit]
        self._answer[0] = self._answer[0][limit:]
        if not self._answer[0]:
            del self._answer[0]
        return piece

    def close(self) -> None:
        """Note it."""
        self.closed = True


class Web:
    """Servers by host, in memory: `http://a.test/x` is what `a.test` was told to say."""

    def __init__(self, **answers: Answer) -> None:
        """Give each host, with `_` for the dot, its answer."""
        self.answers: dict[str, Answer] = {host.replace("_", "."): answer for host, answer in answers.items()}
        self.addresses: dict[str, str] = {}
        self.channels: list[Said] = []
        self.asked: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int, _stop: Stop, _deadline: float) -> tuple[Endpoint, ...]:
        """Every host has an address of its own kind."""
        self.asked.append((host, port))
        return (Endpoint(address=self.addresses.get(host, PUBLIC), port=port),)

    def dial(
        self,
        endpoints: Sequence[Endpoint],
        *,
        stop: Stop,
        timeout: float,
        on_failure: Callable[[Endpoint, str], None],
    ) -> Channel:
        """Connect to the host asked for last."""
        assert not stop.is_set()
        assert timeout > 0
        on_failure(endpoints[0], "It refused once.")
        self.channels.append(self.reach(endpoints))
        return self.channels[-1]

    def reach(self, endpoints: Sequence[Endpoint]) -> Said:
        """What is heard there."""
        return Said(endpoints[0], self.answers[self.asked[-1][0]])


def http(body: bytes, status: str = "200 OK") -> bytes:
    """An answer with a body."""
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status.encode(), len(body), body)
