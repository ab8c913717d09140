"""Servers on loopback that follow a script: one connection, one thread, and an end to every wait."""

import datetime as dt
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tlsglass.net.model import Endpoint

WAIT = 30
"""Seconds after which a peer gives up; no test gets there."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A self-signed certificate for `peer.test`, 127.0.0.1 and ::1, with its key."""

    der: bytes
    pem: bytes


@cache
def identity() -> Identity:
    """The one that all peers share; made once."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "peer.test")])
    now = dt.datetime.now(dt.UTC)
    addresses = [x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", "::1")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("peer.test"), *addresses]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Identity(
        der=certificate.public_bytes(serialization.Encoding.DER),
        pem=private + certificate.public_bytes(serialization.Encoding.PEM),
    )


def server_context(*, client_certificate: bool = False, highest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    """What a peer speaks TLS with.

    Args:
        client_certificate: whether to insist on one.
        highest: the highest version to speak.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "peer.pem"
        file.write_bytes(identity().pem)
        context.load_cert_chain(file)
        if client_certificate:
            context.load_verify_locations(file)
            context.verify_mode = ssl.CERT_REQUIRED
    if highest is not None:
        context.maximum_version = highest
    return context


class Peer:
    """A server that takes one connection and follows a script with it."""

    def __init__(self, script: Callable[["Peer", socket.socket], None], address: str = "127.0.0.1") -> None:
        """Listen; the script starts with the first connection."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, 0), family=family)
        self._listener.settimeout(WAIT)
        self._script = script
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.quiet = threading.Event()
        """Set once the peer has said all that it will say; kept from closing by `leave`."""

        self.leave = threading.Event()
        """Set once the test is done with the peer."""

        self.heard = b""
        """What was said to it, as far as the script kept it."""

        self.endpoint = Endpoint(address=address, port=self._listener.getsockname()[1])
        self._thread.start()

    def close(self) -> None:
        """Let the peer go, and wait until it has gone."""
        self.leave.set()
        self._thread.join(WAIT)
        self._listener.close()
        if self._thread.is_alive():
            message = "A peer did not come to its end."
            raise AssertionError(message)

    def accept(self) -> tuple[socket.socket, object]:
        """Wait for one more connection, for scripts that take several."""
        return self._listener.accept()

    def hush(self) -> None:
        """Say nothing more, and don't close either, until the test is done."""
        self.quiet.set()
        self.leave.wait(WAIT)

    def _run(self) -> None:
        # A client that leaves first is part of what is tested.
        with suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                connection.settimeout(WAIT)
                # What was said is there once it was said, and does not wait for an acknowledgement of what came before.
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._script(self, connection)
        self.quiet.set()


@contextmanager
def peer(script: Callable[[Peer, socket.socket], None], address: str = "127.0.0.1") -> Iterator[Peer]:
    """A peer for as long as the block lasts."""
    made = Peer(script, address)
    try:
        yield made
    finally:
        made.close()


def tls(
    script: Callable[[Peer, ssl.SSLSocket], None], context: ssl.SSLContext | None = None
) -> Callable[[Peer, socket.socket], None]:
    """The script, over TLS, once the request was read."""

    def run(made: Peer, connection: socket.socket) -> None:
        with (context or server_context()).wrap_socket(connection, server_side=True) as secured:
            while b"\r\n\r\n" not in made.heard:
                made.heard += secured.recv(65536)
            script(made, secured)

    return run


def answering(answer: bytes, *, close_notify: bool = True) -> Callable[[Peer, socket.socket], None]:
    """A server that reads a request, says this and closes, with or without saying so."""

    def say(_: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(answer)
        if close_notify:
            secured.unwrap()

    return tls(say)


def reset(connection: socket.socket) -> None:
    """Tear a connection down: with no time to linger, closing sends RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
