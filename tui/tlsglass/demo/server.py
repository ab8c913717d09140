"""All servers of the zoo: one thread that accepts, and one for each client."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterable, Mapping

from tlsglass.demo.manners import Manner
from tlsglass.demo.peer import GoneError, Peer
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

ADDRESS = "127.0.0.1"
MAXIMUM_PEERS = 100
"""Clients at a time; one more and the one that is here longest has to leave."""

_BACKLOG = 512
_JOIN = 2.0
"""Seconds that a thread is waited for at the end; each returns at once when its socket is shut down."""

_BREATH = 0.05
"""Seconds between attempts to accept while the system has no descriptor left."""


class Server:
    """Listens on loopback until it is closed."""

    def __init__(self, ids: Iterable[str]) -> None:
        """Take a port for each id. Clients may connect at once; they are served after `start`."""
        self._listeners: dict[str, socket.socket] = {}
        self._stop = Stop()
        self._lock = threading.Lock()
        self._peers: dict[Peer, None] = {}
        self._threads: list[threading.Thread] = []
        self._acceptor: threading.Thread | None = None
        try:
            for id_ in ids:
                self._listeners[id_] = _listen()
        except OSError:
            self.close()
            raise

    @property
    def endpoints(self) -> dict[str, Endpoint]:
        """Where each id answers."""
        return {
            id_: Endpoint(address=ADDRESS, port=listener.getsockname()[1]) for id_, listener in self._listeners.items()
        }

    def start(self, manners: Mapping[str, Manner]) -> None:
        """Begin to serve, each id in its manner."""
        self._acceptor = threading.Thread(target=self._accept_all, args=(manners,), name="demo", daemon=True)
        self._acceptor.start()

    def close(self) -> None:
        """End every conversation, and give back all sockets and threads."""
        self._stop.set()
        if self._acceptor is not None:
            self._acceptor.join(_JOIN)
        with self._lock:
            for peer in self._peers:
                peer.interrupt()
        for thread in self._threads:
            thread.join(_JOIN)
        for listener in self._listeners.values():
            listener.close()
        self._stop.close()

    def _accept_all(self, manners: Mapping[str, Manner]) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._stop, selectors.EVENT_READ)
            for id_, listener in self._listeners.items():
                selector.register(listener, selectors.EVENT_READ, (listener, manners[id_], f"demo {id_}"))
            while not self._stop.is_set():
                for key, _ in selector.select():
                    if key.data is not None:
                        self._accept(*key.data)

    def _accept(self, listener: socket.socket, manner: Manner, name: str) -> None:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return  # the client has thought better of it
        except OSError:
            self._make_room(0)
            self._breathe()
            return
        self._make_room(MAXIMUM_PEERS - 1)
        try:
            peer = Peer(connection, self._stop)
        except OSError:
            connection.close()  # reset before it was accepted
            return
        with self._lock:
            self._peers[peer] = None
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._serve, args=(peer, manner), name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _serve(self, peer: Peer, manner: Manner) -> None:
        try:
            with contextlib.suppress(GoneError):
                manner(peer)
            peer.part()
        finally:
            with self._lock:
                self._peers.pop(peer, None)
                peer.close()

    def _make_room(self, keep: int) -> None:
        """Send those away who are here longest, until so many are left."""
        with self._lock:
            for peer in list(self._peers)[: max(0, len(self._peers) - keep)]:
                del self._peers[peer]
                peer.interrupt()

    def _breathe(self) -> None:
        """Let those who were sent away leave, before the listener is tried again."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._stop, selectors.EVENT_READ)
            selector.select(_BREATH)


def _listen() -> socket.socket:
    listener = socket.create_server((ADDRESS, 0), backlog=_BACKLOG)
    listener.setblocking(False)  # noqa: FBT003 - its only parameter
    return listener
