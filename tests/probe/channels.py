"""Channels that count what goes through them, and break or run out of time where a test wants it."""

import time
from collections.abc import Callable, Sequence

from tests import peers
from tests.peers import Peer
from tlsglass.errors import ChannelError, Fault
from tlsglass.net.channel import Channel
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

_MOMENT = 0.05
"""Seconds in which what is there already can be taken."""


class Counted:
    """A channel that passes everything on and counts what was sent."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.sent: list[bytes] = []
        self.closed = False

    @property
    def endpoint(self) -> Endpoint:
        """The other side."""
        return self._channel.endpoint

    def send(self, data: bytes, deadline: float) -> None:
        """Send, if there is anything."""
        if data:
            self.sent.append(data)
            self._channel.send(data, deadline)

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive."""
        return self._channel.receive(limit, deadline)

    def close(self) -> None:
        """Close."""
        self.closed = True
        self._channel.close()


class Hasty(Counted):
    """A channel for which time is up as soon as the peer has said all it will say, so that no test waits for it."""

    def __init__(self, channel: Channel, made: Peer, after: int) -> None:
        super().__init__(channel)
        self._peer = made
        self._after = after

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive what is there, once so much was sent that the peer falls silent."""
        if len(self.sent) < self._after:
            return super().receive(limit, deadline)
        assert self._peer.quiet.wait(peers.WAIT)
        return super().receive(limit, time.monotonic() + _MOMENT)


class Overdue(Counted):
    """A channel that takes one piece of the answer out of time, as one does that came while the one before was read."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._taken = False

    def receive(self, limit: int, deadline: float) -> bytes:
        """Receive; the first piece of the answer whatever the time is."""
        if len(self.sent) < 3 or self._taken:
            return super().receive(limit, deadline)
        self._taken = True
        return super().receive(limit, time.monotonic() + peers.WAIT)


class Broken(Counted):
    """A channel that breaks at the second flight, which is the one with the request."""

    def __init__(self, channel: Channel, fault: Fault) -> None:
        super().__init__(channel)
        self._fault = fault

    def send(self, data: bytes, deadline: float) -> None:
        """Send the first flight only."""
        if self.sent:
            raise ChannelError(self._fault, "It broke.")
        super().send(data, deadline)


def through(wrap: Callable[[Channel], Counted], made: list[Counted]) -> Dialer:
    """A dialer that wraps the channel and keeps it for the test."""

    def dialing(
        endpoints: Sequence[Endpoint], *, stop: Stop, timeout: float, on_failure: Callable[[Endpoint, str], None]
    ) -> Channel:
        made.append(wrap(dial(endpoints, stop=stop, timeout=timeout, on_failure=on_failure)))
        return made[-1]

    return dialing


def hasty(made: Peer, *, after: int) -> Dialer:
    """A dialer whose channel finds that time is up when the peer falls silent."""
    return through(lambda channel: Hasty(channel, made, after), [])
