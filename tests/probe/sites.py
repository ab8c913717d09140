"""Sites that send their leaf alone, and servers that have its issuer."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.peers import Peer, peer, tls
from tests.probe.looks import HELLO
from tests.trust.authority import SERVER_AUTH, Authority

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()


def giving(data: bytes, status: str = "200 OK") -> Callable[[Peer, socket.socket], None]:
    """A server that is asked once, and what it answers."""

    def say(made: Peer, connection: socket.socket) -> None:
        while b"\r\n\r\n" not in made.heard:
            made.heard += connection.recv(65536)
        connection.sendall(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status.encode(), len(data)) + data)

    return say


@contextmanager
def site(folder: Path, url: str, *, times: int = 1) -> Iterator[Peer]:
    """A server that sends its leaf alone, which names an address for its issuer; it is there for some connections."""
    place = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(url))
    leaf = MIDDLE.issues("a.test", extensions=[SERVER_AUTH, x509.AuthorityInformationAccess([place])])
    file = folder / "leaf.pem"
    file.write_bytes(leaf.key_pem + leaf.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    say = tls(lambda _, secured: secured.sendall(HELLO), context)

    def again(made: Peer, connection: socket.socket) -> None:
        say(made, connection)
        for _ in range(times - 1):
            made.heard = b""
            following, _address = made.accept()
            with following:
                say(made, following)

    with peer(again) as made:
        yield made
