"""What all looks of one start share, made when first needed.

Nothing heavy is imported here before that: OpenSSL and cryptography load after the first paint, in a thread.
"""

import importlib
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from tlsglass.errors import Fault, InputError
from tlsglass.ui.precedence import Precedence
from tlsglass.ui.settings import Settings

if TYPE_CHECKING:
    from tlsglass.demo.exhibits import Bundle
    from tlsglass.demo.zoo import Zoo
    from tlsglass.exchange.model import Request
    from tlsglass.net.admission import Admission
    from tlsglass.net.pace import Pace
    from tlsglass.net.resolve import Resolver
    from tlsglass.net.stop import Stop
    from tlsglass.target import Target
    from tlsglass.target_file import FileTarget
    from tlsglass.trust.revocation.cache import ListCache
    from tlsglass.trust.stores import Store

_HEAVY = (
    "tlsglass.ui.engine",
    "cryptography.x509",
    "OpenSSL.SSL",
    "h11",
    "tlsglass.tls.session",
    "tlsglass.trust.judge",
    "tlsglass.trust.signatures.keys",
    "tlsglass.trust.revocation.ocsp",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "tlsglass.trust.stores",
    "tlsglass.trust.programs.standing",
    "tlsglass.probe",
    "tlsglass.load",
    "tlsglass.report.outline",
    "tlsglass.report.forms",
)
"""What a probe needs, in an order in which each adds little to those before it."""


_EXAMPLES = 4
"""How many sites of each kind are named as examples to guests."""


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

        self.precedence = Precedence()
        """Has the looks wait for the screen."""

        self._open_zoo = zoo if callable(zoo) else None
        self._zoo = None if callable(zoo) else zoo
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._lists: ListCache | None = None
        self._pace: Pace | None = None
        self._leaving = threading.Event()

    def parse(self, text: str) -> "Target | FileTarget":
        """What was typed, as a site or a file.

        Raises:
            InputError: it can't be one; the message says why.
        """
        from tlsglass.target_file import (  # noqa: PLC0415 - after the first paint
            STANDARD_INPUT,
            FileTarget,
            parse_site_or_file,
        )

        chosen = self.settings
        bundle = self._bundle(text)
        if self.is_kiosk and bundle is None:
            return self._for_guests(text)
        if text == STANDARD_INPUT and chosen.standard_input is None:
            message = "Standard input is the keyboard here, and nothing was piped in."
            raise InputError(Fault.BAD_TARGET, message, "Paste into the window what is to be looked at.")
        hostname = bundle.hostname if bundle is not None else chosen.hostname
        target = parse_site_or_file(text, sni=chosen.sni, address=chosen.address, hostname=hostname)
        if bundle is not None and isinstance(target, FileTarget):
            return replace(target, of_the_demo=True)
        return self._with_input(target)

    def _for_guests(self, text: str) -> "Target":
        """What a guest typed: a site that is open to guests, whatever files lie here."""
        from tlsglass.target import parse_target  # noqa: PLC0415 - after the first paint

        chosen = self.settings
        target = parse_target(text, sni=chosen.sni, address=chosen.address, hostname=chosen.hostname)
        if (admission := self._admission()) is not None:
            admission.check(target)
        return target

    def parse_all(self, texts: "Sequence[str]") -> "Target | FileTarget":
        """What the command line names, as one look: a site, or one or more files.

        Raises:
            InputError: one can't be a target, or there are several and not all are files.
        """
        from tlsglass.target_file import FileTarget, together  # noqa: PLC0415 - after the first paint

        targets = [self.parse(text) for text in texts]
        files = [target for target in targets if isinstance(target, FileTarget)]
        if len(targets) == 1:
            return targets[0]
        if len(files) < len(targets):
            site = next(text for text, target in zip(texts, targets, strict=True) if not isinstance(target, FileTarget))
            message = f"{site!r} is no file, and only files can be looked at together."
            raise InputError(Fault.BAD_TARGET, message, "Name one site, or files only.")
        return together(files)

    def pasted(self, text: str) -> "FileTarget":
        """What was pasted, as a file."""
        from tlsglass.target_file import pasted  # noqa: PLC0415 - after the first paint

        return pasted(text.encode(errors="surrogateescape"), self.settings.hostname)

    def _with_input(self, target: "Target | FileTarget") -> "Target | FileTarget":
        """Standard input with what was piped in, which has been read before the terminal took its place."""
        from tlsglass.target_file import STANDARD_INPUT, FileTarget  # noqa: PLC0415 - after the first paint

        if isinstance(target, FileTarget) and target.path == STANDARD_INPUT:
            return replace(target, data=self.settings.standard_input)
        return target

    @property
    def is_kiosk(self) -> bool:
        """Whether guests sit at the screen, who get at no files and only to hosts that are open to them."""
        return self.settings.kiosk is not None

    def admission(self) -> "Admission | None":
        """Where guests may go; None where there are none. Called in the engine's thread."""
        zoo = self._demo() if self.is_kiosk else None
        return self._admission(zoo)

    def _admission(self, zoo: "Zoo | None" = None) -> "Admission | None":
        if self.settings.kiosk is None:
            return None
        from tlsglass.demo.exhibits import ZONE  # noqa: PLC0415 - after the first paint
        from tlsglass.net.admission import Admission, HostPattern  # noqa: PLC0415 - as above

        exhibits = HostPattern(text="", name=ZONE, below=True, network=None, port=None)
        return Admission(
            patterns=(*([exhibits] if self.is_demo else []), *self.settings.kiosk.allowed),
            own=zoo.endpoints if zoo is not None else frozenset(),
            welcome="the sites of the demo" if self.is_demo else "",
        )

    def objection(self, request: "Request", target: "Target | FileTarget") -> str:
        """Why a request may not be sent, in a sentence; empty where it may."""
        from tlsglass.exchange.harmless import check_harmless  # noqa: PLC0415 - after the first paint
        from tlsglass.target_file import FileTarget  # noqa: PLC0415 - as above

        if not self.is_kiosk or isinstance(target, FileTarget):
            return ""
        try:
            check_harmless(request, target)
        except InputError as error:
            return f"{error.message} {error.hint}"
        return ""

    def examples(self) -> "tuple[tuple[str, str], ...]":
        """What guests may look at, to press Enter on: each target, and what it is."""
        from tlsglass.demo.exhibits import EXHIBITS  # noqa: PLC0415 - only for guests
        from tlsglass.target import DEFAULT_PORT  # noqa: PLC0415 - as above

        allowed = self.settings.kiosk.allowed if self.settings.kiosk is not None else ()
        named = [
            (pattern.name if pattern.port == DEFAULT_PORT else f"{pattern.name}:{pattern.port}", "open to guests")
            for pattern in allowed
            if pattern.name is not None and not pattern.below and pattern.port is not None
        ]
        return (*named[:_EXAMPLES], *((exhibit.host, exhibit.shows) for exhibit in EXHIBITS[:_EXAMPLES]))

    def turn(self) -> AbstractContextManager[None]:
        """What a look happens in: for guests one after the other, and so many a minute. Called in the engine's thread.

        Its entry raises InputError where a guest looks too often.
        """
        if self.settings.kiosk is None:
            return nullcontext()
        from tlsglass.net.pace import Pace  # noqa: PLC0415 - after the first paint

        with self._lock:
            self._pace = self._pace or Pace(self.settings.kiosk.per_minute)
        return self._pace.turn()

    def lists(self) -> "ListCache":
        """The revocation lists that were fetched in this start, for as long as they are current."""
        from tlsglass.trust.revocation.cache import ListCache  # noqa: PLC0415 - after the first paint

        with self._lock:
            self._lists = self._lists or ListCache()
            return self._lists

    def store(self) -> "Store":
        """The store that gives the verdict, loaded when first asked for. Called in the engine's thread.

        Raises:
            InputError: the CA file isn't one.
        """
        from tlsglass.trust.stores import load_store  # noqa: PLC0415 - after the first paint

        with self._lock:
            if self._store is None:
                zoo = self._demo()
                chosen = self.settings
                if zoo is None:
                    self._store = load_store(chosen.ca_store, chosen.ca_file, chosen.ct_log_list)
                else:
                    added = {"demo roots": zoo.roots}
                    self._store = zoo.standing(load_store(chosen.ca_store, None, chosen.ct_log_list, added=added))
            return self._store

    def resolver(self) -> "Resolver":
        """How names become addresses: the demo's own inside the demo. Called in the engine's thread."""
        from tlsglass.net.resolve import resolve  # noqa: PLC0415 - after the first paint

        zoo = self._demo()
        return zoo.resolver if zoo is not None else resolve

    def read(self, target: "FileTarget", stop: "Stop") -> bytes:
        """The bytes of a file, or of one that the demo has. Called in the engine's thread.

        Raises:
            InputError: it can't be read.
        """
        from tlsglass.load import read_source  # noqa: PLC0415 - after the first paint

        zoo = self._demo() if target.of_the_demo else None
        bundle = zoo.bundle(target.path) if zoo is not None else None
        if self.is_kiosk and bundle is None and target.data is None:
            raise InputError(Fault.NOT_ALLOWED, "Guests open no files here.")
        return read_source(target if bundle is None else replace(target, data=bundle.data), stop)

    def _bundle(self, text: str) -> "Bundle | None":
        """The file of the demo that is called so; known before it is there."""
        if not self.is_demo:
            return None
        from tlsglass.demo.exhibits import BUNDLES  # noqa: PLC0415 - only the demo needs it

        return next((bundle for bundle in BUNDLES if bundle.text == text), None)

    def warm_up(self) -> None:
        """Import and read what the first look will need. Called in a thread, after the first paint."""
        for module in _HEAVY:
            if self._leaving.is_set():
                return
            importlib.import_module(module)
        from tlsglass.trust.programs.standing import read_ahead  # noqa: PLC0415 - after the first paint

        try:
            self.store().anchors()
        except InputError:
            return  # the first run says so, where the reader sees it
        read_ahead()

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
