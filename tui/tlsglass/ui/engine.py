"""Where the screen and the engine's thread meet: one run a probe, its events on their way, and what all runs share.

Nothing heavy is imported here before a run needs it: OpenSSL and cryptography load after the first paint, in a thread.
"""

import importlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from tlsglass import events
from tlsglass.errors import InputError
from tlsglass.observation import Observation
from tlsglass.target import Target, parse_target
from tlsglass.ui.settings import Settings

if TYPE_CHECKING:
    from tlsglass.demo.zoo import Zoo
    from tlsglass.exchange.model import Request
    from tlsglass.net.resolve import Resolver
    from tlsglass.trust.stores import Store

_HEAVY = (
    "tlsglass.net.stop",
    "tlsglass.exchange.spool",
    "tlsglass.x509.fields",
    "cryptography.x509",
    "OpenSSL.SSL",
    "h11",
    "tlsglass.tls.session",
    "tlsglass.trust.judge",
    "tlsglass.trust.stores",
    "tlsglass.probe",
    "tlsglass.report.outline",
    "tlsglass.report.forms",
)
"""What a probe needs, in an order in which each adds little to those before it."""


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


class Run:
    """One look at a site: its number, the means to stop it, its answer's bytes, and its events on their way.

    The engine's thread puts events in and the UI's takes them out. However many there are, the UI is woken once for
    all that wait, so that a fast server can't flood it.
    """

    def __init__(
        self, number: int, target: Target, arrived: Callable[[EventsArrived], object], request: "Request | None" = None
    ) -> None:
        """Make a run that has not begun.

        Args:
            number: tells it from all others of this start.
            target: what to look at.
            arrived: called from the engine's thread when events wait and none did before.
            request: what to ask; None asks for the target's path.
        """
        from tlsglass.exchange.spool import Spool  # noqa: PLC0415 - after the first paint
        from tlsglass.net.stop import Stop  # noqa: PLC0415 - after the first paint

        self.number = number
        """Tells it from all others of this start."""

        self.target = target
        """What is looked at."""

        self.request = request
        """What to ask; None asks for the target's path."""

        self.stop = Stop()
        """Set to end the run; every wait of the engine wakes up by it."""

        self.spool = Spool()
        """The bytes of the answer."""

        self.observation = Observation(target=target, started=datetime.now(UTC))
        """What is known so far; changed in the UI's thread only."""

        self._arrived = arrived
        self._lock = threading.Lock()
        self._waiting: list[events.Event] = []
        self._users = 2  # the engine's thread and the screen; the last one to leave closes what the run holds

    def put(self, event: events.Event) -> None:
        """Hand an event to the screen. Called in the engine's thread."""
        with self._lock:
            self._waiting.append(event)
            first = len(self._waiting) == 1
        if first:
            self._arrived(EventsArrived(self.number))

    def take(self) -> list[events.Event]:
        """All events that wait, folded into what is known. Called in the UI's thread."""
        with self._lock:
            taken, self._waiting = self._waiting, []
        for event in taken:
            self.observation = self.observation.after(event)
        return taken

    def carry_out(self, means: "Means", *, timeout: float | None = None, until_judged: bool = False) -> None:
        """Run the probe to its end. Called in the engine's thread.

        Args:
            means: the settings, the store, the resolver.
            timeout: seconds that each phase may take; None takes the settings'.
            until_judged: whether to stop once the chain is judged, whatever the answer is.
        """
        from tlsglass.probe import probe  # noqa: PLC0415 - after the first paint

        try:
            for event in probe(
                self.target,
                store=means.store(),
                spool=self.spool,
                stop=self.stop,
                resolver=means.resolver(),
                request=self.request,
                timeout=timeout or means.settings.timeout,
            ):
                self.put(event)
                if until_judged and isinstance(event, events.TrustJudged):
                    self.stop.set()
        except InputError as error:  # the CA file, which is read here and not before the first paint
            self.put(events.Failed(at=0.0, failure=error.failure()))
            self.put(events.Finished(at=0.0))
        finally:
            self.leave()

    def abandon(self) -> None:
        """Stop the run and give up what it holds. Called in the UI's thread, once."""
        self.stop.set()
        self.leave()

    def leave(self) -> None:
        """Say that one of the two threads is done with the run."""
        with self._lock:
            self._users -= 1
            last = self._users == 0
        if last:
            self.spool.close()
            self.stop.close()


class Means:
    """What all runs of one start share: the settings, the store, the way names are resolved."""

    def __init__(self, settings: Settings, zoo: "Zoo | Callable[[], Zoo] | None" = None) -> None:
        """Take what the command line decided; nothing is read or opened yet.

        Args:
            settings: the options.
            zoo: the demo's servers, or what opens them, which is then done after the first paint and undone at the
                end; None outside the demo.
        """
        self.settings = settings
        """The options."""

        self.is_demo = zoo is not None
        """Whether the demo's names are known and its root is trusted."""

        self._open_zoo = zoo if callable(zoo) else None
        self._zoo = None if callable(zoo) else zoo
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._leaving = threading.Event()

    def parse(self, text: str) -> Target:
        """What was typed, as a target.

        Raises:
            InputError: it can't be one; the message says why.
        """
        chosen = self.settings
        return parse_target(text, sni=chosen.sni, address=chosen.address, hostname=chosen.hostname)

    def store(self) -> "Store":
        """The store that gives the verdict, loaded when first asked for. Called in the engine's thread.

        Raises:
            InputError: the CA file isn't one.
        """
        from tlsglass.trust.stores import load_store  # noqa: PLC0415 - after the first paint

        with self._lock:
            if self._store is None:
                zoo = self._demo()
                store = load_store(self.settings.ca_store, zoo.ca_file if zoo is not None else self.settings.ca_file)
                if zoo is not None:  # its file has a name that says nothing
                    store.label = replace(store.label, added="demo root")
                self._store = store
            return self._store

    def resolver(self) -> "Resolver":
        """How names become addresses: the demo's own inside the demo. Called in the engine's thread."""
        from tlsglass.net.resolve import resolve  # noqa: PLC0415 - after the first paint

        zoo = self._demo()
        return zoo.resolver if zoo is not None else resolve

    def warm_up(self) -> None:
        """Import and read what the first look will need. Called in a thread, after the first paint."""
        for module in _HEAVY:
            if self._leaving.is_set():
                return
            importlib.import_module(module)
        try:
            self.store().anchors()
        except InputError:
            return  # the first run says so, where the reader sees it

    def leave(self) -> None:
        """End what was begun here: the app is left."""
        self._leaving.set()
        with self._lock:
            if self._open_zoo is not None and self._zoo is not None:
                self._zoo.close()

    def _demo(self) -> "Zoo | None":
        with self._lock:
            if self._zoo is None and self._open_zoo is not None and not self._leaving.is_set():
                self._zoo = self._open_zoo()
            return self._zoo
