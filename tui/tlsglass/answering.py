"""The answer: reads what the server sends over the channel, to its end or its deadline, and tells of it."""

import time
from collections.abc import Callable, Generator

from tlsglass import events
from tlsglass.breakage import ENDINGS, in_time
from tlsglass.errors import ChannelError, ExchangeError, Fault, TlsglassError
from tlsglass.events import Event
from tlsglass.exchange.answer import AnswerReader
from tlsglass.exchange.model import Ending, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.frozen import dataclass
from tlsglass.limits import LONGEST_SILENCE, Limits
from tlsglass.net.channel import Channel
from tlsglass.net.time_left import TimeLeft
from tlsglass.tls.session import Session
from tlsglass.turns import give_way

CHUNK = 64 * 1024
"""Bytes taken from the socket at once; four TLS records. RFC 8446 §5.1."""

_GROWTH_INTERVAL = 0.1
"""Seconds between two accounts of a growing answer."""


@dataclass(frozen=True, slots=True)
class Answering:
    """One answer under way."""

    session: Session
    channel: Channel
    reader: AnswerReader
    spool: Spool
    """Gets the answer; shared with the reader."""

    timeout: float
    """Seconds for each wait."""

    at: Callable[[], float]
    """Seconds since the look began."""

    news: Callable[[], Generator[Event, None, None]]
    """What the session has learned since it was last asked."""

    limits: Limits
    """How long the whole may take."""

    time_left: TimeLeft
    """How long the whole look may still take."""

    def events(self) -> Generator[Event, None, None]:
        """Read the answer to its end, whichever that is.

        Yields:
            `ResponseStarted`, `ResponseHeadReceived`, `ResponseGrew` and `ResponseReceived`, and what `news` gives.

        Raises:
            TlsglassError: the answer did not come, or is not whole.
        """
        overall = self.time_left.until(self.limits.answer_time)
        try:
            ending = yield from self._receive(overall)
        except TlsglassError as error:
            yield from self.news()
            if self.spool.size:
                ending = ENDINGS.get(error.fault, Ending.ALERT)
                if ending is Ending.TIMEOUT and time.monotonic() >= overall:
                    ending = Ending.LIMIT  # it was no silence that ended it
                response = self.reader.response(ending)
                yield events.ResponseReceived(at=self.at(), response=response)
                if not response.truncated:
                    return
            raise
        yield from self.news()
        response = self.reader.response(ending)
        yield events.ResponseReceived(at=self.at(), response=response)
        if response.truncated and self.reader.is_http:
            raise ExchangeError(
                Fault.TRUNCATED,
                f"The answer ended after {response.size:,} bytes, before it was whole.",
                "Ask again; if it stays so, the server breaks off or closes without saying so (close_notify).",
            )

    def _receive(self, overall: float) -> Generator[Event, None, Ending]:
        """Feed the reader until the answer is whole or the server closes."""
        told: float | None = None
        while not self.reader.done:
            give_way()
            data = self.session.read()
            if data:
                head = self.reader.head
                try:
                    self.reader.feed(data)
                finally:  # what there was room for came all the same
                    told = yield from self._told(head, told)
            elif data is not None:
                return Ending.CLOSE_NOTIFY
            else:
                yield from self.news()
                arrived = self._more(overall)
                if not arrived:
                    return Ending.EOF
                self.session.incoming(arrived)
        return Ending.EOF

    def _told(self, head: ResponseHead | None, last: float | None) -> Generator[Event, None, float]:
        """Tell of what was just read.

        Args:
            head: what was known of the head before.
            last: when it was told last how much there is; None where nothing was told yet.

        Returns:
            When that was told last, by now.
        """
        now = self.at()
        if last is None:
            yield events.ResponseStarted(at=now, size=self.spool.size)
        if self.reader.head is not head and self.reader.head is not None:
            yield events.ResponseHeadReceived(at=self.at(), head=self.reader.head)
        if last is None:
            return now
        if now - last < _GROWTH_INTERVAL:
            return last
        yield events.ResponseGrew(at=now, size=self.spool.size)
        return now

    def _more(self, overall: float) -> bytes:
        """Wait for more of an answer, after sending what the session has to say about what came."""
        wait = self.timeout if self.reader.is_http else min(self.timeout, LONGEST_SILENCE)
        deadline = min(overall, time.monotonic() + wait)
        try:
            self.channel.send(self.session.outgoing(), deadline)
            return self.channel.receive(CHUNK, deadline)
        except ChannelError as error:
            size = self.spool.size
            missing = f"sent {size:,} bytes and no more" if size else "gave no answer"
            hint = ""
            if deadline == overall:
                missing = f"was not done with its answer after {size:,} bytes"
                reached = "total_time" if self.time_left.over else "answer_time"
                wait, hint = float(getattr(self.limits, reached)), self.limits.hint(reached)
            raise in_time(error, f"{self.channel.endpoint} {missing}", wait, hint) from error
