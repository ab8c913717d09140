"""Where the screen and the engine's thread meet: one run a probe, and its events on their way."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime

from textual.message import Message

from tlsglass import events
from tlsglass.errors import InputError
from tlsglass.exchange.model import Request
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.outline import outline
from tlsglass.target import Target
from tlsglass.target_file import FileTarget
from tlsglass.trust.model import TrustReport
from tlsglass.trust.supposition.model import Supposition
from tlsglass.turns import give_way, giving_way
from tlsglass.ui.means import Means

_GIVES_WAY = 0.1
"""Seconds at most that the engine lets the screen go first."""


class EventsArrived(Message):
    """A run has events that nobody has taken yet."""

    def __init__(self, run: int) -> None:
        """Make the message.

        Args:
            run: the number of the run.
        """
        super().__init__()
        self.run = run
        """The number of the run."""


class PasswordWanted(Message):
    """A file needs a password; the engine's thread waits until `Run.answer` is called."""

    def __init__(self, run: int, attempt: int) -> None:
        """Make the message.

        Args:
            run: the number of the run.
            attempt: how often it was asked for already.
        """
        super().__init__()
        self.run = run
        """The number of the run."""

        self.attempt = attempt
        """How often it was asked for already."""


class Run:
    """One look at a site: its number, the means to stop it, its answer's bytes, and its events on their way.

    The engine's thread puts events in and the UI's takes them out. However many there are, the UI is woken once, and
    not again before it has painted what it took: a fast server can't flood it, and the tree is not held up by what
    comes after it.
    """

    def __init__(  # noqa: PLR0913 - what a run is about and how, by name but for the first three
        self,
        number: int,
        target: Target | FileTarget,
        arrived: Callable[[EventsArrived | PasswordWanted], object],
        *,
        request: Request | None = None,
        gives_way: bool = False,
        aia: bool = False,
        revocation: bool = False,
        limits: Limits = DEFAULTS,
    ) -> None:
        """Make a run that has not begun.

        Args:
            number: tells it from all others of this start.
            target: what to look at.
            arrived: called from the engine's thread when events wait and none did before, or a password is wanted.
            request: what to ask a site; None asks for the target's path.
            aia: whether issuers that were not sent are fetched; the settings may say so too.
            revocation: whether responders and lists are asked; the settings may say so too.
            limits: how much is taken of what comes.
            gives_way: whether the chain is judged only once what was seen before is painted, or a moment has passed.
        """
        self.number = number
        """Tells it from all others of this start."""

        self.target = target
        """What is looked at."""

        self.request = request
        """What to ask; None asks for the target's path."""

        self.revocation = revocation
        """Whether responders and lists are asked."""

        self.aia = aia
        """Whether issuers that were not sent are fetched."""

        self.stop = Stop()
        """Set to end the run; every wait of the engine wakes up by it."""

        self.spool = Spool(limit=limits.response)
        """The bytes of the answer."""

        self.observation = Observation(target=target, started=datetime.now(UTC))
        """What is known so far; changed in the UI's thread only."""

        self._foreseen = self.observation
        """What will be known once all that was put is taken; changed in the engine's thread only."""

        self._limits = limits
        self._judged: TrustReport | None = None
        """The judgement that the run gave, once one that supposes something has taken its place."""

        self._supposition: Supposition | None = None
        self._arrived = arrived
        self._lock = threading.Lock()
        self._waiting: list[events.Event] = []
        self._told = False
        self._gives_way = gives_way
        self._painted = threading.Event()
        self._answer: Future[str | None] | None = None
        """Where the engine's thread waits for a password."""

        self._users = 2  # the engine's thread and the screen; the last one to leave closes what the run holds

    def put(self, event: events.Event) -> None:
        """Hand an event to the screen. Called in the engine's thread."""
        if self._gives_way:
            self._foresee(event)
        with self._lock:
            self._waiting.append(event)
            told, self._told = self._told, True
            self._painted.clear()
        if not told:
            self._arrived(EventsArrived(self.number))
        if self._gives_way and isinstance(event, events.RequestSent):
            # Judging takes the processor for longer than drawing the tree does, and the answer is under way anyhow.
            self._painted.wait(_GIVES_WAY)

    def _foresee(self, event: events.Event) -> None:
        """Make the lines that the tree will show, which are kept: of a huge certificate that holds keys up for long."""
        self._foreseen = self._foreseen.after(event)
        if isinstance(event, events.CertificatesReceived | events.TrustJudged):
            outline(self._foreseen)

    def take(self) -> list[events.Event]:
        """All events that wait, folded into what is known. Called in the UI's thread."""
        with self._lock:
            taken, self._waiting = self._waiting, []
        for event in taken:
            self.observation = self.observation.after(event)
        return taken

    @property
    def truth(self) -> Observation:
        """What is known, with the judgement that the run gave, whatever is supposed on the screen."""
        return replace(self.observation, trust=self._judged) if self._judged is not None else self.observation

    @property
    def supposition(self) -> Supposition:
        """What is supposed on the screen."""
        trust = self.observation.trust
        if self._supposition is None and trust is not None and trust.seen_at not in {None, trust.at}:
            return Supposition(at=trust.at)  # the command line asked for another time
        return self._supposition or Supposition()

    def suppose(self, report: TrustReport, supposition: Supposition) -> None:
        """Replace the judgement by one that supposes something. Called in the UI's thread.

        Args:
            report: the new judgement of what was seen.
            supposition: what it supposes.
        """
        self._judged = self._judged or self.observation.trust
        self._supposition = supposition
        self.observation = replace(self.observation, trust=report)

    def listen(self) -> None:
        """Ask to be woken by what comes next, now that what was taken is painted. Called in the UI's thread."""
        with self._lock:
            self._told = bool(self._waiting)
            if not self._told:
                self._painted.set()
        if self._told:
            self._arrived(EventsArrived(self.number))

    def carry_out(self, means: Means, *, timeout: float | None = None, until_judged: bool = False) -> None:
        """Run the probe to its end. Called in the engine's thread.

        Args:
            means: the settings, the store, the resolver.
            timeout: seconds that each phase may take; None takes the settings'.
            until_judged: whether to stop once the chain is judged, whatever the answer is.
        """
        try:
            with means.turn(), giving_way(means.precedence.wait):
                for event in self._look(means, timeout or means.settings.timeout):
                    self.put(event)
                    give_way()
                    if until_judged and isinstance(event, events.TrustJudged):
                        self.stop.set()
        except InputError as error:  # the CA file, which is read here and not before the first paint; a guest's haste
            self.put(events.Failed(at=0.0, failure=error.failure()))
            self.put(events.Finished(at=0.0))
        finally:
            self.leave()

    def _look(self, means: Means, timeout: float) -> Iterator[events.Event]:
        """Look at the site or the file."""
        if isinstance(self.target, FileTarget):
            from tlsglass.load import load  # noqa: PLC0415 - brings cryptography, in the engine's thread

            store = means.store() if self.target.hostname is not None else None
            return load(
                self.target,
                store=store,
                stop=self.stop,
                password=self._ask,
                source=means.read,
                at=means.settings.at,
                profile=means.settings.profile,
                limits=self._limits,
            )
        from tlsglass.probe import probe  # noqa: PLC0415 - brings OpenSSL, in the engine's thread

        return probe(
            self.target,
            store=means.store(),
            spool=self.spool,
            stop=self.stop,
            resolver=means.resolver(),
            request=self.request,
            timeout=timeout,
            aia=self.aia or means.settings.aia,
            at=means.settings.at,
            profile=means.settings.profile,
            revocation=self.revocation or means.settings.revocation,
            lists=means.lists(),
            limits=self._limits,
            admission=means.admission(),
        )

    def _ask(self, attempt: int) -> str | None:
        """Ask whoever sits at the screen. Called in the engine's thread."""
        answer: Future[str | None] = Future()
        with self._lock:
            self._answer = answer
        if self.stop.is_set():
            return None
        self._arrived(PasswordWanted(self.number, attempt))
        return answer.result()

    def give_up(self, at: float) -> None:
        """Take the run for ended, since its thread has failed. Called in the UI's thread.

        Args:
            at: seconds since it began.
        """
        self.put(events.Finished(at=at))

    def answer(self, password: str | None) -> None:
        """Give the password that is waited for, or None for nobody knows it. Called in the UI's thread."""
        with self._lock:
            answer, self._answer = self._answer, None
        if answer is not None:
            answer.set_result(password)

    def halt(self) -> None:
        """Stop the run; what was seen stays. Called in the UI's thread."""
        self.stop.set()
        self.answer(None)

    def abandon(self) -> None:
        """Stop the run and give up what it holds. Called in the UI's thread, once."""
        self.halt()
        self._painted.set()
        self.leave()

    def leave(self) -> None:
        """Say that one of the two threads is done with the run."""
        with self._lock:
            self._users -= 1
            last = self._users == 0
        if last:
            self.spool.close()
            self.stop.close()
