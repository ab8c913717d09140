"""What all looks of one start share, made when first needed.

Nothing heavy is imported here before that: OpenSSL and cryptography load after the first paint, in a thread.
"""

import importlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tlsglass.errors import InputError
from tlsglass.ui.settings import Settings

if TYPE_CHECKING:
    from tlsglass.demo.zoo import Zoo
    from tlsglass.net.resolve import Resolver
    from tlsglass.target import Target
    from tlsglass.trust.stores import Store

_HEAVY = (
    "tlsglass.ui.engine",
    "cryptography.x509",
    "OpenSSL.SSL",
    "h11",
    "tlsglass.tls.session",
    "tlsglass.trust.judge",
    "tlsglass.trust.keys",
    "tlsglass.trust.ocsp",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "tlsglass.trust.stores",
    "tlsglass.probe",
    "tlsglass.report.outline",
    "tlsglass.report.forms",
)
"""What a probe needs, in an order in which each adds little to those before it."""


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

    def parse(self, text: str) -> "Target":
        """What was typed, as a target.

        Raises:
            InputError: it can't be one; the message says why.
        """
        from tlsglass.target import parse_target  # noqa: PLC0415 - after the first paint

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
