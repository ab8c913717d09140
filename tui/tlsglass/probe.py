"""One look at one site: resolve, connect, handshake, judge, ask. The only orchestrator of the rooms below.

A probe makes one TCP connection and one handshake. It is a plain generator that blocks on its own socket and knows
nothing of who listens. The request leaves in one flight with the client's Finished, and the chain is judged while the
answer is under way, so that neither waits for the other.

What a listener can rely on, in this order: `PhaseStarted` of each phase reached; `CertificatesReceived` before
`HandshakeDone`; both before `RequestSent`; `TrustJudged` after that, and before any `ResponseStarted`; where the
handshake fails after the certificates were seen, `TrustJudged` all the same; at most one `Failed`; `TrustJudged` again
where issuers were fetched; `Finished` last, always. Where revocation was asked for, a phase of its own follows the
answer or `Failed`: `RevocationAsked` and `RevocationAnswered` as often as somebody is asked, and `TrustJudged` once
more. An answer is an error only where it is not whole: a server that closes properly without a word gave an empty
answer, and one that speaks something else than HTTP gave that.
"""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from tlsglass import events
from tlsglass.answering import CHUNK, Answering
from tlsglass.breakage import failure_in, in_time
from tlsglass.errors import (
    ChannelError,
    ConnectError,
    Failure,
    Fault,
    Phase,
    TlsglassError,
)
from tlsglass.events import Event
from tlsglass.exchange.answer import AnswerReader
from tlsglass.exchange.http import default_request, encode_request
from tlsglass.exchange.model import Request
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.channel import Channel
from tlsglass.net.dial import Dialer, dial
from tlsglass.net.model import Endpoint
from tlsglass.net.reach import is_public
from tlsglass.net.resolve import Resolver, resolve
from tlsglass.net.stop import Stop
from tlsglass.net.time_left import TimeLeft
from tlsglass.target import Target
from tlsglass.tls.model import Handshake
from tlsglass.tls.session import Session
from tlsglass.trust.judge import judge
from tlsglass.trust.model import FetchedCertificate, TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.stores import Store
from tlsglass.turns import give_way
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

if TYPE_CHECKING:
    from tlsglass.inquiry import Answers
    from tlsglass.net.admission import Admission
    from tlsglass.trust.revocation.cache import ListCache


def _utc_now() -> datetime:
    return datetime.now(UTC)


def probe(  # noqa: PLR0913 - what a look needs from outside, each by name
    target: Target,
    *,
    store: Store,
    spool: Spool,
    stop: Stop,
    resolver: Resolver = resolve,
    dialer: Dialer = dial,
    request: Request | None = None,
    timeout: float = 10.0,
    at: datetime | None = None,
    profile: Profile = Profile.WEBPKI,
    revocation: bool = False,
    lists: "ListCache | None" = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = _utc_now,
    aia: bool = False,
    limits: Limits = DEFAULTS,
    admission: "Admission | None" = None,
) -> Generator[Event, None, None]:
    """Look at one site once.

    Nothing that a server does raises here. Closing the generator early closes the connection.

    Args:
        target: the site.
        store: what the chain is judged by.
        spool: gets the answer; must be empty. It is finished here and closed by whoever made it.
        stop: ends the probe, from any thread, at once.
        resolver: names to endpoints.
        dialer: endpoints to a channel.
        request: what to ask; a GET of the target's path where it is None.
        timeout: seconds for each of resolving, connecting and the handshake, and for each wait in an answer.
        at: the moment that the chain is judged for, aware and in UTC; None judges for the moment that it is.
        profile: by whose rules the chain is judged.
        revocation: whether to ask responders and lists of the path's certificates at the end, which tells them.
        lists: the revocation lists that were had before, so that they are not fetched again; None has none.
        clock: stamps the events, in seconds.
        now: the moment that it is.
        aia: whether issuers that were not sent are fetched at the end, which tells their CAs of the look.
        limits: how much is taken from the server, and how long the whole may take.
        admission: where guests may go; None where whoever looks is no guest.

    Yields:
        What happens, as it happens; the module says in which order.
    """
    look = _Look(target, store, spool, stop, timeout, at, profile, clock, now, limits)
    dialer = admission.dialer(dialer) if admission is not None else dialer
    try:
        if admission is not None:
            from tlsglass.exchange.harmless import check_harmless  # noqa: PLC0415 - only guests are bound by it

            admission.check(target)
            check_harmless(request or default_request(target), target)
        yield from look.phases(request or default_request(target), resolver, dialer)
    except TlsglassError as error:
        yield events.Failed(at=look.at(), failure=look.failure(error))
    finally:
        look.close()
    if aia:
        yield from look.completed(resolver, dialer)
    if revocation:
        yield from look.revocation(resolver, dialer, lists)
    yield events.Finished(at=look.at())


class _Look:
    """The state of one probe: what it was given, and what it has so far."""

    def __init__(  # noqa: PLR0913, PLR0917 - handed on from `probe`, once
        self,
        target: Target,
        store: Store,
        spool: Spool,
        stop: Stop,
        timeout: float,
        at: datetime | None,
        profile: Profile,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._target = target
        self._store = store
        self._spool = spool
        self._stop = stop
        self._timeout = timeout
        self._supposed_at = at
        self._profile = profile
        self._clock = clock
        self._now = now
        self._limits = limits
        self._began = clock()
        self._time_left = TimeLeft(limits)
        self._phase = Phase.INPUT
        self._certificates: tuple[Certificate, ...] | None = None
        self._session: Session | None = None
        self._channel: Channel | None = None
        self._agreed: Handshake | None = None
        self._report: TrustReport | None = None
        self._seen_at: datetime | None = None

    def at(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._began

    def failure(self, error: TlsglassError) -> Failure:
        """The error as a value."""
        failure = failure_in(self._phase, error)
        hint = self._time_left.hint() if failure.fault is Fault.TIMEOUT else ""
        return replace(failure, hint=hint) if hint else failure

    def close(self) -> None:
        """Say goodbye, if anybody hears it, and give back what the probe holds."""
        if self._session is not None and self._channel is not None:
            self._session.close()
            _say_last(self._session, self._channel)
            self._channel.close()
        self._spool.finish()

    def phases(self, request: Request, resolver: Resolver, dialer: Dialer) -> Generator[Event, None, None]:
        """All phases, one after the other."""
        # Made before the first wait, so that loading libraries and anchors doesn't count as the server's time.
        encoded = encode_request(request, self._target)
        reader = AnswerReader(request, self._spool, self._limits)
        session = self._session = Session(
            server_name=self._target.sni, anchors=self._store.anchors(), limits=self._limits
        )

        yield self._started(Phase.RESOLVE)
        host = self._target.address or self._target.host
        found = resolver(host, self._target.port, self._stop, self._time_left.until(self._timeout))
        endpoints = found[: self._limits.addresses]
        left_out = ""
        if len(found) > len(endpoints):
            tried = f"only {len(endpoints):,} may be tried {self._limits.short('addresses')}"
            left_out = f"The name has {len(found):,} addresses; {tried}."
        yield events.Resolved(at=self.at(), endpoints=endpoints, left_out=left_out)

        yield self._started(Phase.CONNECT)
        try:
            channel = self._channel = yield from self._connect(endpoints, dialer)
        except ConnectError as error:
            if len(found) > len(endpoints):
                error.hint = f"The name has {len(found):,} addresses. {self._limits.hint('addresses')}"
            raise
        yield events.Connected(at=self.at(), endpoint=channel.endpoint)

        yield self._started(Phase.HANDSHAKE)
        try:
            yield from self._handshake(session, channel)
        except TlsglassError:
            yield from self._farewell(session, channel)
            raise
        yield from self._ask(session, channel, request, encoded)
        answering = Answering(
            session,
            channel,
            reader,
            self._spool,
            self._timeout,
            at=self.at,
            news=partial(self._news, session),
            limits=self._limits,
            time_left=self._time_left,
        )
        yield from answering.events()

    def revocation(self, resolver: Resolver, dialer: Dialer, lists: "ListCache | None") -> Generator[Event, None, None]:
        """Ask about the certificates that were judged, and judge them again."""
        if self._report is None or self._channel is None or self._stop.is_set():
            return
        from tlsglass.inquiry import ask  # noqa: PLC0415 - few ask about revocation
        from tlsglass.trust.aia import with_notes_of  # noqa: PLC0415 - as above
        from tlsglass.trust.revocation.cache import ListCache  # noqa: PLC0415 - as above

        yield self._started(Phase.REVOCATION)
        answers = yield from ask(
            self._report,
            at=self._now(),
            site=self._channel.endpoint,
            lists=lists or ListCache(),
            stop=self._stop,
            timeout=self._timeout,
            resolver=resolver,
            dialer=dialer,
            clock=self.at,
            limits=self._limits,
            ends=self._time_left.ends,
        )
        if answers is not None:
            report = self._judge(self._certificates or (), self._agreed, self._report.fetched, answers)
            yield events.TrustJudged(at=self.at(), report=with_notes_of(report, self._report))

    def _started(self, phase: Phase) -> events.PhaseStarted:
        self._phase = phase
        return events.PhaseStarted(at=self.at(), phase=phase)

    def _connect(self, endpoints: Sequence[Endpoint], dialer: Dialer) -> Generator[Event, None, Channel]:
        failed: list[Event] = []

        def note(endpoint: Endpoint, message: str) -> None:
            failed.append(events.AttemptFailed(at=self.at(), endpoint=endpoint, message=message))

        try:
            channel = dialer(
                endpoints, stop=self._stop, timeout=self._time_left.at_most(self._timeout), on_failure=note
            )
        except ConnectError:
            yield from failed
            raise
        yield from failed
        return channel

    def _handshake(self, session: Session, channel: Channel) -> Generator[Event, None, None]:
        """Go on until the client's Finished is ready to be sent. RFC 8446 §2."""
        deadline = self._time_left.until(self._timeout)
        missing = "said nothing"
        while not session.handshake():
            give_way()
            try:
                channel.send(session.outgoing(), deadline)
                yield from self._news(session)
                data = channel.receive(CHUNK, deadline)
            except ChannelError as error:
                raise in_time(error, f"{channel.endpoint} {missing}", self._timeout) from error
            if data:
                missing = "did not finish the handshake"
                session.incoming(data)
            else:
                session.eof()

    def _farewell(self, session: Session, channel: Channel) -> Generator[Event, None, None]:
        """After a handshake that failed: send our alert, if it can be, and judge what was seen."""
        _say_last(session, channel)
        yield from self._news(session)
        if self._certificates:
            yield self._judged(self._certificates, None)

    def _ask(
        self, session: Session, channel: Channel, request: Request, encoded: bytes
    ) -> Generator[Event, None, None]:
        """Send Finished and the request in one flight, then say what was learned, then judge while they travel."""
        done = self.at()
        trouble: TlsglassError | None = None
        try:
            session.write(encoded)
            channel.send(session.outgoing(), self._time_left.until(self._timeout))
        except TlsglassError as error:
            trouble = in_time(error, f"{channel.endpoint} did not take the request", self._timeout)
        sent = self.at()
        yield from self._news(session, done)
        handshake = session.result()
        yield events.HandshakeDone(at=done, handshake=handshake)
        yield replace(self._started(Phase.EXCHANGE), at=done)
        if trouble is None:
            yield events.RequestSent(at=sent, request=request)
        yield self._judged(self._certificates or (), handshake)
        if trouble is not None:
            raise trouble

    def _news(self, session: Session, at: float | None = None) -> Generator[Event, None, None]:
        """What the session has learned since it was last asked."""
        at = self.at() if at is None else at
        for message in session.new_messages():
            yield events.MessageSeen(at=at, message=message)
        if self._certificates is None and session.certificates is not None:
            self._certificates = tuple(parse_certificate(der, self._limits) for der in session.certificates)
            yield events.CertificatesReceived(
                at=at, certificates=self._certificates, left_out=session.certificates_left_out
            )

    def completed(self, resolver: Resolver, dialer: Dialer) -> Generator[Event, None, None]:
        """Fetch what the server did not send, and judge again."""
        certificates, report, channel = self._certificates, self._report, self._channel
        if not certificates or report is None or channel is None:
            return
        from tlsglass.exchange.download import download  # noqa: PLC0415 - few have issuers fetched
        from tlsglass.trust.aia import chase  # noqa: PLC0415 - as above

        near = not is_public(channel.endpoint.address)
        fetch = partial(download, limit="issuer_bytes", stop=self._stop, timeout=self._timeout, allow_private=near)
        fetch = partial(fetch, limits=self._limits, ends=self._time_left.ends)
        reach = partial(fetch, resolver=resolver, dialer=dialer)
        again = partial(self._judge, certificates, self._agreed)
        for whole in chase(report, fetch=lambda url: reach(url).data, judge_with=again, limits=self._limits):
            self._report = whole
            yield events.TrustJudged(at=self.at(), report=whole)

    def _judged(self, certificates: Sequence[Certificate], handshake: Handshake | None) -> events.TrustJudged:
        self._agreed = handshake
        self._report = self._judge(certificates, handshake)
        return events.TrustJudged(at=self.at(), report=self._report)

    def _judge(
        self,
        certificates: Sequence[Certificate],
        handshake: Handshake | None,
        fetched: Sequence[FetchedCertificate] = (),
        answers: "Answers | None" = None,
    ) -> TrustReport:
        seen_at = self._seen_at = self._seen_at or self._now()
        return judge(
            certificates,
            hostname=self._target.hostname,
            is_address=self._target.hostname_is_address,
            store=self._store,
            handshake=handshake,
            at=self._supposed_at or seen_at,
            profile=self._profile,
            seen_at=seen_at if self._supposed_at else None,
            fetched=fetched,
            revocation=answers,
            limits=self._limits,
        )


def _say_last(session: Session, channel: Channel) -> None:
    """Send what the session still has to say, an alert or close_notify, as far as that needs no wait."""
    try:
        channel.send(session.outgoing(), time.monotonic())
    except ChannelError:
        return  # nobody is left to hear it
