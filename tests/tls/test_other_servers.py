"""The session against servers that others wrote: the system's openssl, and tlslite-ng."""

import socket
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.tls import pki
from tlsglass.errors import Fault, HandshakeError
from tlsglass.tls.session import Session

with warnings.catch_warnings():
    # It imports asyncore, which Python 3.11 deprecates and later ones lack; nothing here uses it.
    warnings.simplefilter("ignore", DeprecationWarning)
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    from tlslite.errors import TLSError

LIMIT = 20.0
"""Seconds after which a peer that hangs fails a test instead of hanging it."""


def handshake(session: Session, peer: socket.socket) -> None:
    """Carry bytes over a socket until the handshake is finished."""
    while not session.handshake():
        peer.sendall(session.outgoing())
        receive(session, peer)
    peer.sendall(session.outgoing())


def receive(session: Session, peer: socket.socket) -> None:
    """Take what the peer says next."""
    data = peer.recv(1 << 16)
    if data:
        session.incoming(data)
    else:
        session.eof()


def read_all(session: Session, peer: socket.socket) -> bytes:
    """Everything that the server says before its close_notify."""
    answer = b""
    while (data := session.read()) != b"":
        if data is None:
            receive(session, peer)
        else:
            answer += data
    return answer


@contextmanager
def openssl_server(folder: Path, kind: pki.Kind, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The system's `openssl s_server` on a free port of loopback."""
    credential = folder / "server.pem"
    credential.write_text(pki.leaf(kind).pem)
    command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", str(credential), "-key", str(credential)]
    with subprocess.Popen(
        [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            accepting = next(line for line in process.stdout if line.startswith("ACCEPT"))
            yield process, int(accepting.rsplit(":", 1)[1])
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("kind", "option", "expected"),
    [
        ("rsa", "-tls1_2", ("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "x25519", "rsa_pss_rsae_sha256")),
        ("ec", "-tls1_3", ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "x25519", "ecdsa_secp256r1_sha256")),
        ("ed25519", "-tls1_3", ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "x25519", "ed25519")),
    ],
)
def test_openssl_serves_a_page(kind: pki.Kind, option: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    """Handshake, request, answer and close_notify with the openssl command of the system."""
    session = Session(server_name="host0.test")
    with (
        openssl_server(tmp_path, kind, "-www", option) as (_, port),
        socket.create_connection(("127.0.0.1", port), LIMIT) as peer,
    ):
        handshake(session, peer)
        result = session.result()
        assert (result.version, result.cipher_suite, result.group, result.signature_algorithm) == expected
        assert session.certificates == (pki.leaf(kind).der,)
        session.write(b"GET / HTTP/1.0\r\n\r\n")
        peer.sendall(session.outgoing())
        answer = read_all(session, peer)
    assert answer.startswith(b"HTTP/1.0 200 ok")
    assert expected[0].encode() in answer


def test_keys_are_updated_in_mid_stream(tmp_path: Path) -> None:
    """RFC 8446 §4.6.3: what comes after a KeyUpdate is read, and what is written then is understood."""
    session = Session(server_name="host0.test")
    with (
        openssl_server(tmp_path, "ec", "-tls1_3", "-num_tickets", "0") as (process, port),
        socket.create_connection(("127.0.0.1", port), LIMIT) as peer,
    ):
        handshake(session, peer)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("K\n")
        process.stdin.flush()
        receive(session, peer)
        assert session.read() is None
        process.stdin.write("after the update\n")
        process.stdin.flush()
        while (answer := session.read()) is None:
            receive(session, peer)
        session.write(b"understood\n")
        peer.sendall(session.outgoing())
        understood = next(line for line in process.stdout if "understood" in line)
    assert answer == b"after the update\n"
    assert understood == "understood\n"


def test_a_server_without_a_common_suite(tmp_path: Path) -> None:
    """An alert from a real server is told by its name."""
    session = Session(server_name="host0.test")
    options = ("-tls1_2", "-cipher", "aNULL:@SECLEVEL=0")
    with (
        openssl_server(tmp_path, "ec", *options) as (_, port),
        socket.create_connection(("127.0.0.1", port), LIMIT) as peer,
        pytest.raises(HandshakeError, match="handshake_failure") as caught,
    ):
        handshake(session, peer)
    assert caught.value.fault is Fault.ALERT


@contextmanager
def tlslite_server(settings: HandshakeSettings, *, alpn: bytes | None = None) -> Iterator[socket.socket]:
    """A server by tlslite-ng at the other end of a pair of sockets, in a thread; yields our end."""
    ours, theirs = socket.socketpair()
    ours.settimeout(LIMIT)
    theirs.settimeout(LIMIT)
    chain = X509CertChain()
    chain.parsePemList(pki.leaf("rsa").pem.partition("-----END PRIVATE KEY-----\n")[2])
    key = parsePEMKey(pki.traditional_pem("rsa"), private=True)

    def serve() -> None:
        with theirs, suppress(TLSError, OSError):
            connection = TLSConnection(theirs)
            connection.handshakeServer(
                certChain=chain, privateKey=key, settings=settings, alpn=None if alpn is None else [alpn]
            )
            connection.send(connection.recv(100).upper())
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    with ours:
        yield ours
    thread.join(LIMIT)
    assert not thread.is_alive()


def tlslite_settings(version: tuple[int, int]) -> HandshakeSettings:
    """Settings of tlslite-ng for one version alone."""
    settings = HandshakeSettings()
    settings.minVersion = settings.maxVersion = version
    settings.versions = [version]
    settings.eccCurves = ["x25519", "secp256r1"]
    return settings


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 1), ("TLSv1", "rsa_pkcs1_md5_sha1")),
        ((3, 2), ("TLSv1.1", "rsa_pkcs1_md5_sha1")),
        ((3, 3), ("TLSv1.2", "rsa_pss_rsae_sha512")),
        ((3, 4), ("TLSv1.3", "rsa_pss_rsae_sha512")),
    ],
)
def test_tlslite_answers(version: tuple[int, int], expected: tuple[str, str]) -> None:
    """Another implementation in each version, with ALPN, data and close_notify."""
    session = Session(server_name="host0.test")
    with tlslite_server(tlslite_settings(version), alpn=b"http/1.1") as peer:
        handshake(session, peer)
        result = session.result()
        session.write(b"shout")
        peer.sendall(session.outgoing())
        answer = read_all(session, peer)
        session.close()
        with suppress(OSError):
            peer.sendall(session.outgoing())
    assert (result.version, result.signature_algorithm, result.alpn) == (*expected, "http/1.1")
    assert session.certificates == (pki.leaf("rsa").der,)
    assert answer == b"SHOUT"


def test_a_server_of_ssl_3_is_told_apart() -> None:
    """RFC 7568: SSL 3.0 is not spoken here, and the sentence says so."""
    session = Session(server_name="host0.test")
    with tlslite_server(tlslite_settings((3, 0))) as peer, pytest.raises(HandshakeError) as caught:
        handshake(session, peer)
    assert caught.value.fault is Fault.ALERT
    assert "protocol_version" in caught.value.message
    assert "SSL 3.0" in caught.value.hint
