"""The one server that plays all attacks: each has a port of its own on loopback, for any number of clients."""

import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.attacks.attack import Attack
from tests.attacks.opponent import Opponent
from tlsglass.demo.manners import Manner
from tlsglass.demo.peer import Peer
from tlsglass.demo.server import Server

_PATIENCE = 30.0
"""Seconds after which a test gives up; none comes near."""


class _Part:
    """One attack on the stage, and how far it is."""

    def __init__(self, attack: Attack) -> None:
        self.attack = attack
        self.under_way = threading.Event()
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._clients = 0

    def play(self, peer: Peer) -> None:
        with self._lock:
            self._clients += 1
            self.over.clear()
        try:
            if self.attack.manner is not None:
                self.attack.manner(Opponent(peer, self.under_way))
        finally:
            with self._lock:
                self._clients -= 1
                if not self._clients:
                    self.over.set()


class Stage:
    """Plays attacks until it is closed."""

    def __init__(self, attacks: Sequence[Attack]) -> None:
        """Take a port for each attack, write its file, and begin."""
        self._closing = ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory(prefix="attacks-")))
        self._files = {attack.id: attack.file(folder, self._closing) for attack in attacks if attack.file is not None}
        self._parts = {attack.id: _Part(attack) for attack in attacks}
        self._server = Server(self._parts)
        self._endpoints = self._server.endpoints
        manners: dict[str, Manner] = {id_: part.play for id_, part in self._parts.items()}
        self._server.start(manners)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self._closing.close()

    def target(self, attack: Attack) -> str:
        """What has to be looked at."""
        file = self._files.get(attack.id)
        return f"{attack.host}:{self._endpoints[attack.id].port}" if file is None else str(file)

    def forget(self, attack: Attack) -> None:
        """Forget that it was played, so that the next client can be waited for."""
        self._parts[attack.id].under_way.clear()
        self._parts[attack.id].over.clear()

    def wait_until_under_way(self, attack: Attack) -> None:
        """Wait until it is played, an endless attack for long enough to count as one."""
        assert self._parts[attack.id].under_way.wait(_PATIENCE), attack.id

    def is_over(self, attack: Attack) -> bool:
        """Whether all clients have left, or were told all."""
        return self._parts[attack.id].over.is_set()

    def wait_until_over(self, attack: Attack) -> None:
        """Wait for that."""
        assert self._parts[attack.id].over.wait(_PATIENCE), attack.id
