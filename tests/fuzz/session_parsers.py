"""Whole sessions with OpenSSL in them, and servers that say whatever they were told to."""

from OpenSSL import SSL

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.fuzz.tls_parsers import HANDSHAKE, SUITE, check_message, contents, flights, sealed
from tests.tls import pki, servers
from tests.tls.test_decryption import seal
from tlsglass.errors import ExchangeError, Failure, HandshakeError, Phase
from tlsglass.tls.records import RecordReader
from tlsglass.tls.session import Session


class _Server:
    """A server by OpenSSL, whose secrets are known."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}
        self.connection = servers.server(pki.leaf("ec"), setup=self._listen)

    def _listen(self, context: SSL.Context) -> None:
        context.set_keylog_callback(self._note)
        context.set_tls13_ciphersuites(b"TLS_AES_128_GCM_SHA256")

    def _note(self, _connection: SSL.Connection, line: bytes) -> None:
        label, _, rest = line.decode("ascii").partition(" ")
        self.secrets[label] = bytes.fromhex(rest.rpartition(" ")[2])


def _outcome(session: Session, pieces: list[bytes]) -> Failure | None:
    """What the session says to these bytes, and then to the end of the connection."""
    try:
        session.handshake()
        session.outgoing()
        for piece in pieces:
            session.incoming(piece)
            session.outgoing()
            if session.handshake():
                return None
        session.eof()
        session.handshake()
    except HandshakeError as error:
        return error.failure()
    return None


def _session(data: bytes) -> tuple[Session, Failure | None]:
    """A server that says these bytes, whatever it was asked."""
    session = Session(server_name="host0.test")
    return session, _outcome(session, [data[at : at + 900] for at in range(0, len(data), 900)])


def _encrypted_session(data: bytes) -> tuple[Session, Failure | None]:
    """A server that begins well, and encrypts these bytes where its half of the handshake should be."""
    session, server = Session(server_name="host0.test"), _Server()
    session.handshake()
    said = servers.answer(server.connection, session.outgoing())
    hello = next(one for one in RecordReader().feed(said) if one.type == HANDSHAKE)
    flight = sealed(data, server.secrets["SERVER_HANDSHAKE_TRAFFIC_SECRET"], SUITE)
    return session, _outcome(session, [hello.header + hello.payload, flight])


def _check_session(data: bytes, result: tuple[Session, Failure | None]) -> None:
    session, failure = result
    assert failure is not None
    assert failure.phase is Phase.HANDSHAKE
    checks.sentence(failure.message.partition("It said:")[0].rstrip() or failure.message)
    for one in session.new_messages():
        check_message(one)
    assert sum(map(len, session.certificates or ())) <= len(data)
    session.close()


def _conversation(data: bytes) -> bytes:
    """A server that shakes hands well, and then encrypts these bytes as messages or as data, by the first byte."""
    session, server = Session(server_name="host0.test"), _Server()
    servers.shake(session, server.connection)
    servers.answer(server.connection, session.outgoing())
    kind = {0: 22, 1: 21, 2: 20}.get(data[0] % 8, 23) if data else 23
    heard = b""
    sequence = 2  # after the two tickets that OpenSSL's server sends
    try:
        for at in range(1, len(data), 200):
            record = seal(
                server.secrets["SERVER_TRAFFIC_SECRET_0"], SUITE, sequence, data[at : at + 200] + bytes([kind])
            )
            session.incoming(record)
            sequence += 1
            while got := session.read():
                heard += got
            session.outgoing()
        session.eof()
        session.read()
    except ExchangeError as error:
        checks.sentence(error.failure().message)
    session.close()
    return heard


def _check_conversation(data: bytes, heard: bytes) -> None:
    assert data[1:].startswith(heard)


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="session",
        covers=("tls.session", "tls.context", "tls.failures", "tls.verification"),
        read=_session,
        seeds=flights,
        check=_check_session,
        form=Form.RECORDS,
        inputs=500,
    ),
    Parser(
        name="session-encrypted",
        covers=("tls.session", "tls.failures", "tls.decryption"),
        read=_encrypted_session,
        seeds=contents,
        check=_check_session,
        form=Form.RECORDS,
        inputs=300,
        calls=(10_000, 100),
    ),
    Parser(
        name="session-later",
        covers=("tls.session", "tls.failures", "tls.afterwards"),
        read=_conversation,
        seeds=lambda: (
            b"\x00" + bytes.fromhex("0400002a00001c2000000000020001") + bytes(38),
            b"\x00" + bytes.fromhex("1800000100"),
            b"\x01\x01\x00",
            b"\x01\x02\x28",
            b"\x02\x01",
            b"\x03" + seeds.answers()[0],
        ),
        check=_check_conversation,
        form=Form.RECORDS,
        inputs=200,
        calls=(10_000, 200),
    ),
)
