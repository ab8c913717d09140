"""Servers for a session to talk to, in memory: no socket, no thread, no time."""

from collections.abc import Callable
from contextlib import suppress

from OpenSSL import SSL

from tests.tls import pki
from tlsglass.tls.session import Session


def server(
    credential: pki.Credential | None = None,
    *,
    highest: int = SSL.TLS1_3_VERSION,
    ciphers: bytes = b"ALL:@SECLEVEL=0",
    setup: Callable[[SSL.Context], None] | None = None,
) -> SSL.Connection:
    """A server by OpenSSL on a memory BIO.

    Args:
        credential: its certificate and key.
        highest: the highest version that it speaks; TLS 1.0 is the lowest.
        ciphers: its suites before TLS 1.3.
        setup: what else to set up.
    """
    credential = credential or pki.leaf()
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_max_proto_version(highest)
    context.set_cipher_list(ciphers)
    context.use_certificate(credential.certificate)
    context.use_privatekey(credential.key)
    if setup is not None:
        setup(context)
    connection = SSL.Connection(context, None)
    connection.set_accept_state()
    return connection


def answer(connection: SSL.Connection, data: bytes) -> bytes:
    """What the server has to say to some bytes, as far as the handshake goes."""
    if data:
        connection.bio_write(data)
    with suppress(SSL.Error):
        connection.do_handshake()
    return pending(connection)


def pending(connection: SSL.Connection) -> bytes:
    """What the server has ready to be sent."""
    said = b""
    while True:
        try:
            said += connection.bio_read(1 << 16)
        except SSL.WantReadError:
            return said


def shake(session: Session, connection: SSL.Connection) -> bytes:
    """Carry bytes to and fro until the session has finished its handshake; returns what the server said."""
    transcript = b""
    for _ in range(10):
        done = session.handshake()
        said = answer(connection, session.outgoing())
        transcript += said
        session.incoming(said)
        if done:
            return transcript
    message = "The handshake does not come to an end."
    raise AssertionError(message)
