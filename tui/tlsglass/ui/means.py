"""What all looks of one start share, made when first needed.

Nothing heavy is imported here before that: OpenSSL and cryptography load after the first paint, in a thread.
"""

import importlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tlsglass.errors import Fault, InputError
from tlsglass.ui.settings import Settings

if TYPE_CHECKING:
    from tlsglass.demo.zoo import Zoo
    from tlsglass.net.resolve import Resolver
    from tlsglass.target import Target
    from tlsglass.target_file import FileTarget
    from tlsglass.trust.model import Profile
    from tlsglass.trust.revocation.cache import ListCache
    from tlsglass.trust.stores import Store

_HEAVY = (
    "tlsglass.ui.engine",
    "cryptography.x509",
    "OpenSSL.SSL",
    "h11",
    "tlsglass.tls.session",
    "tlsglass.trust.judge",
    "tlsglass.trust.keys",
    "tlsglass.trust.revocation.ocsp",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "tlsglass.trust.stores",
    "tlsglass.probe",
    "tlsglass.load",
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
        self._lists: ListCache | None = None
        self._leaving = threading.Event()

    def parse(self, text: str) -> "Target | FileTarget":
        """What was typed, as a site or a file.

        Raises:
            InputError: it can't be one; the message says why.
        """
        from tlsglass.target_file import STANDARD_INPUT, parse_site_or_file  # noqa: PLC0415 - after the first paint

        chosen = self.settings
        if text == STANDARD_INPUT and chosen.standard_input is None:
            message = "Standard input is the keyboard here, and nothing was piped in."
            raise InputError(Fault.BAD_TARGET, message, "Paste into the window what is to be looked at.")
        target = parse_site_or_file(text, sni=chosen.sni, address=chosen.address, hostname=chosen.hostname)
        return self._with_input(target)

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

    def lists(self) -> "ListCache":
        """The revocation lists that were fetched in this start, for as long as they are current."""
        from tlsglass.trust.revocation.cache import ListCache  # noqa: PLC0415 - after the first paint

        with self._lock:
            self._lists = self._lists or ListCache()
            return self._lists

    @property
    def profile(self) -> "Profile":
        """By whose rules chains are judged."""
        from tlsglass.trust.model import Profile  # noqa: PLC0415 - after the first paint

        return Profile(self.settings.profile)

    def store(self) -> "Store":
        """The store that gives the verdict, loaded when first asked for. Called in the engine's thread.

        Raises:
            InputError: the CA file isn't one.
        """
        from tlsglass.trust.stores import load_store  # noqa: PLC0415 - after the first paint

        with self._lock:
            if self._store is None:
                zoo = self._demo()
                ca_file = zoo.ca_file if zoo is not None else self.settings.ca_file
                store = load_store(self.settings.ca_store, ca_file, self.settings.ct_log_list)
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
