"""The connection over sockets: with clients that others made, and with some that leave in the middle of it."""

import http.client
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from tests.demo.clients import PATIENCE
from tests.demo.tls13.client import Client, identity, presented, root, root_pem
from tlsglass.demo.exhibits import EXHIBITS
from tlsglass.demo.manners import http as http_over
from tlsglass.demo.peer import GoneError, Peer
from tlsglass.demo.presentations.model import rsa_key
from tlsglass.demo.server import Server
from tlsglass.demo.tls13.alerts import Alert
from tlsglass.demo.tls13.connection import Identity
from tlsglass.demo.tls13.records import plain
from tlsglass.demo.tls13.stream import HandmadeStream, identity_of
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.tls.records import ContentType

GOOD = EXHIBITS[0]


@contextmanager
def served(who: Identity) -> Iterator[Endpoint]:
    """A site on loopback."""
    server = Server((GOOD.id,))
    try:
        server.start({GOOD.id: http_over(GOOD, lambda peer: HandmadeStream(peer, who))})
        yield server.endpoints[GOOD.id]
    finally:
        server.close()


@pytest.fixture(scope="module")
def site() -> Iterator[Endpoint]:
    """One where all is well."""
    with served(identity()) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def root_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root as a file."""
    path = tmp_path_factory.mktemp("root") / "ca.pem"
    path.write_bytes(root_pem())
    return path


@pytest.mark.parametrize("groups", ["X25519", "P-256", "P-384:X25519", "P-384:P-256"])
def test_openssl(site: Endpoint, root_file: Path, groups: str) -> None:
    """`openssl s_client`, also where a second hello is needed."""
    result = subprocess.run(
        [
            *("openssl", "s_client", "-connect", str(site), "-servername", GOOD.host, "-verify_hostname", GOOD.host),
            *("-CAfile", str(root_file), "-verify_return_error", "-status", "-alpn", "http/1.1", "-groups", groups),
            "-ign_eof",
        ],
        input=f"GET / HTTP/1.1\r\nHost: {GOOD.host}\r\nConnection: close\r\n\r\n".encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert b"Cert Status: good" in result.stdout
    assert f"cipher       TLS_AES_128_GCM_SHA256\ngroup        {'x25519' if '255' in groups else 'secp256r1'}" in (
        result.stdout.decode()
    )


def gnutls(endpoint: Endpoint, root_file: Path, *options: str) -> str:
    """What `gnutls-cli` says."""
    names = ("--sni-hostname", GOOD.host, "--verify-hostname", GOOD.host)
    result = subprocess.run(
        [
            "gnutls-cli",
            "--x509cafile",
            str(root_file),
            *names,
            *options,
            "--port",
            str(endpoint.port),
            endpoint.address,
        ],
        input=f"GET / HTTP/1.1\r\nHost: {GOOD.host}\r\nConnection: close\r\n\r\n".encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return (result.stdout + result.stderr).decode()


@pytest.mark.parametrize(
    ("groups", "name"),
    [("X25519", "X25519"), ("SECP256R1", "SECP256R1"), ("SECP384R1:+GROUP-SECP256R1", "SECP256R1")],
    ids=["x25519", "p256", "second-hello"],
)
def test_gnutls(site: Endpoint, root_file: Path, groups: str, name: str) -> None:
    """`gnutls-cli` reads each staple, and takes them."""
    said = gnutls(site, root_file, "--priority", f"NORMAL:-GROUP-ALL:+GROUP-{groups}")
    assert "- Status: The certificate is trusted." in said
    assert f"-(ECDHE-{name})-(ECDSA-SECP256R1-SHA256)-(AES-128-GCM)" in said
    assert "OCSP status request" in said


def test_gnutls_hears_that_the_issuer_is_revoked(root_file: Path) -> None:
    """By the second staple; the first one is good."""
    below = presented().chain[1]
    told = root().staple(below, revoked_at=root().at - timedelta(days=2), reason=x509.ReasonFlags.ca_compromise)
    with served(replace(identity(), staples=(identity().staples[0], told))) as endpoint:
        said = gnutls(endpoint, root_file)
    assert "- Status: The certificate is NOT trusted. The certificate chain is revoked." in said


def test_standard_library(site: Endpoint) -> None:
    """One request after the other on the same connection, with bodies."""
    client = http.client.HTTPConnection(GOOD.host)
    client.sock = ssl.create_default_context(cadata=root_pem().decode()).wrap_socket(
        socket.create_connection((site.address, site.port), PATIENCE), server_hostname=GOOD.host
    )
    try:
        for size in (0, 100_000):
            client.request("POST", "/", body=bytes(size))
            answer = client.getresponse()
            assert (answer.status, f"Its body had {size} bytes".encode() in answer.read()) == (200, True)
    finally:
        client.close()


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, HandmadeStream]]:
    """A client's socket, and the server's end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname(), PATIENCE)
        accepted, _ = listener.accept()
    with client, accepted, Stop() as stop:
        yield client, HandmadeStream(Peer(accepted, stop), identity())


Ends = tuple[socket.socket, HandmadeStream]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (b"", b""),
        (plain(ContentType.ALERT, b"\1\0"), b""),
        (plain(ContentType.ALERT, b"\2\x28"), b""),
        (b"GET / HTTP/1.1\r\n\r\n", plain(ContentType.ALERT, bytes((2, Alert.UNEXPECTED_MESSAGE)))),
    ],
    ids=["leaves", "close-notify", "alert", "http"],
)
def test_no_handshake(ends: Ends, said: bytes, answer: bytes) -> None:
    """The client leaves or says something else; where an alert is due it is sent."""
    client, stream = ends
    client.sendall(said)
    client.shutdown(socket.SHUT_WR)
    with pytest.raises(GoneError):
        stream.handshake()
    with pytest.raises(GoneError):
        stream.send(b"nothing")
    client.setblocking(False)  # noqa: FBT003 - its only parameter
    try:
        assert client.recv(100) == answer
    except BlockingIOError:
        assert answer == b""
    agreed = stream.agreed()
    assert (agreed.version, agreed.group, agreed.server_name) == ("TLSv1.3", "none", "none")


def shaken(ends: Ends) -> Client:
    """A client with which the handshake is done, and which has said nothing else."""
    socket_, stream = ends
    client = Client()
    client.server = stream._connection
    client.server.hear(client.says())
    client.hears()
    socket_.sendall(client.says())
    stream.handshake()
    return client


@pytest.mark.parametrize("notified", [True, False], ids=["close-notify", "closed"])
def test_end_of_what_the_client_says(ends: Ends, *, notified: bool) -> None:
    """With and without close_notify; data before it is received first."""
    client = shaken(ends)
    client.openssl.send(b"last words")
    if notified:
        client.openssl.shutdown()
    ends[0].sendall(client.openssl.bio_read(1000))
    ends[0].shutdown(socket.SHUT_WR)
    assert ends[1].receive() == b"last words"
    assert ends[1].receive() == b""


def test_broken_rules_are_the_end(ends: Ends) -> None:
    """After an alert to the client."""
    client = shaken(ends)
    ends[0].sendall(client.forge(ContentType.HANDSHAKE, b"\1\0\0\0"))
    with pytest.raises(GoneError):
        ends[1].receive()
    client.openssl.bio_write(ends[0].recv(1000))
    with pytest.raises(Exception, match="unexpected message"):
        client.openssl.recv(1)


def test_other_keys_can_not_sign_here() -> None:
    """Who presents such a key with a staple for an issuer learns it when the zoo opens."""
    with pytest.raises(TypeError):
        identity_of(replace(presented(), key=rsa_key(2048)))
