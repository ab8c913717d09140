"""The one server that plays all attacks: each has a port of its own on loopback, for any number of clients."""

import threading
from collections.abc import Sequence
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

    def play(self, peer: Peer) -> None:
        try:
            self.attack.manner(Opponent(peer, self.under_way))
        finally:
            self.over.set()


class Stage:
    """Plays attacks until it is closed."""

    def __init__(self, attacks: Sequence[Attack]) -> None:
        """Take a port for each attack, and begin."""
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

    def port(self, attack: Attack) -> int:
        """Where an attack is played, on 127.0.0.1."""
        return self._endpoints[attack.id].port

    def forget(self, attack: Attack) -> None:
        """Forget that it was played, so that the next client can be waited for."""
        self._parts[attack.id].under_way.clear()
        self._parts[attack.id].over.clear()

    def wait_until_under_way(self, attack: Attack) -> None:
        """Wait until it is played, an endless attack for long enough to count as one."""
        assert self._parts[attack.id].under_way.wait(_PATIENCE), attack.id

    def is_over(self, attack: Attack) -> bool:
        """Whether the client that came last has left, or was told all."""
        return self._parts[attack.id].over.is_set()

    def wait_until_over(self, attack: Attack) -> None:
        """Wait for that."""
        assert self._parts[attack.id].over.wait(_PATIENCE), attack.id
