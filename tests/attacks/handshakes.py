"""Attacks with handshake messages: what they say, how long they say they are, and that they never end. RFC 8446 §4."""

from itertools import repeat

from tests.attacks import raw
from tests.attacks.attack import Attack, Layer, Manner, Seen
from tests.attacks.opponent import Opponent
from tlsglass.errors import Fault, Phase

_NEW_SESSION_TICKET, _CERTIFICATE_REQUEST, _UNKNOWN = 4, 13, 77


def _handshake(*messages: bytes) -> bytes:
    """Handshake messages in records as large as may be."""
    return raw.in_records(b"".join(messages))


def _answering(*messages: bytes) -> Manner:
    """Hear the ClientHello, send these messages, and wait."""
    data = _handshake(*messages)

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.send(data)
        opponent.linger()

    return play


def _flooding(first: bytes, *messages: bytes) -> Manner:
    """Hear the ClientHello, send a message, and then others for ever."""
    data = _handshake(*messages) * 100

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.send(first + data)
        opponent.flood(repeat(data))

    return play


def _retry_for_ever(opponent: Opponent) -> None:
    hello = opponent.hear_hello()
    opponent.send(raw.retry(hello))
    while True:
        opponent.receive_exactly(1)
        opponent.send(raw.retry(hello))


def _other_session(opponent: Opponent) -> None:
    opponent.hear_hello()
    extensions = raw.extension(43, raw.TLS_1_3.to_bytes(2)) + raw.extension(51, b"\x00\x1d" + raw.vector(2, bytes(32)))
    body = raw.server_hello(session=b"x" * 32, suite=0x1301, extensions=extensions)
    opponent.send(_handshake(raw.message(raw.SERVER_HELLO, body)))
    opponent.linger()


def _byte_by_byte(opponent: Opponent) -> None:
    opponent.hear_hello()
    opponent.send(raw.in_records(_HELLO + raw.certificate_message(bytes(20_000)), size=1))
    opponent.linger()


def _interleaved(opponent: Opponent) -> None:
    opponent.hear_hello()
    opponent.send(raw.record(raw.HANDSHAKE, _HELLO[:10]) + raw.record(raw.APPLICATION_DATA, b"amid a message"))
    opponent.send(raw.record(raw.HANDSHAKE, _HELLO[10:]))
    opponent.linger()


_HELLO = raw.message(raw.SERVER_HELLO, raw.server_hello())
_BROKEN = Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_MISBEHAVED)
_TOO_LARGE = Seen(phase=Phase.HANDSHAKE, fault=Fault.TOO_LARGE)
_UNUSABLE = Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_INCOMPATIBLE)
_AUTHORITIES = raw.vector(2, raw.vector(2, b"\x30\x00") * 16_000)


def _attack(id_: str, plays: str, manner: Manner, seen: Seen) -> Attack:
    return Attack(id=id_, layer=Layer.HANDSHAKE, plays=plays, manner=manner, seen=seen)


ATTACKS = (
    _attack(
        "message-of-16-megabytes",
        "Announces a handshake message of 16,777,215 bytes and sends it.",
        _flooding(_handshake(_HELLO), raw.message(raw.CERTIFICATE, bytes(1 << 14), length=0xFFFFFF)),
        _TOO_LARGE,
    ),
    _attack(
        "empty-messages",
        "Sends handshake messages without a body for ever.",
        _flooding(b"", raw.message(raw.HELLO_REQUEST, b"")),
        _TOO_LARGE,
    ),
    _attack(
        "unknown-messages",
        "Sends handshake messages of a type that there is not for ever.",
        _flooding(_handshake(_HELLO), raw.message(_UNKNOWN, b"?" * 100)),
        _BROKEN,
    ),
    _attack(
        "tickets-before-the-handshake",
        "Sends session tickets instead of its certificate.",
        _answering(_HELLO, *repeat(raw.message(_NEW_SESSION_TICKET, bytes(200)), 50)),
        _BROKEN,
    ),
    _attack("retry-for-ever", "Asks for another key share again and again.", _retry_for_ever, _BROKEN),
    _attack("other-session", "Answers with a session id that was not offered.", _other_session, _BROKEN),
    _attack(
        "downgraded",
        "Chooses TLS 1.2 with the mark of a server that could do better.",
        _answering(raw.message(raw.SERVER_HELLO, raw.server_hello(random=bytes(24) + raw.DOWNGRADE))),
        _BROKEN,
    ),
    _attack(
        "unknown-suite",
        "Chooses a cipher suite that there is not.",
        _answering(raw.message(raw.SERVER_HELLO, raw.server_hello(suite=0xDEAD))),
        _UNUSABLE,
    ),
    _attack(
        "unknown-version",
        "Chooses a version of TLS that there is not.",
        _answering(raw.message(raw.SERVER_HELLO, raw.server_hello(version=0x0399))),
        _UNUSABLE,
    ),
    _attack("two-hellos", "Sends ServerHello twice.", _answering(_HELLO, _HELLO), _BROKEN),
    _attack(
        "hello-of-extensions",
        "Sends a ServerHello of 10,000 extensions.",
        _answering(
            raw.message(
                raw.SERVER_HELLO, raw.server_hello(extensions=b"".join(map(raw.extension, range(10_000), repeat(b""))))
            )
        ),
        _BROKEN,
    ),
    _attack(
        "authorities-flood",
        "Asks for a client certificate of one of 16,000 authorities before it has shown its own.",
        _answering(_HELLO, raw.message(_CERTIFICATE_REQUEST, b"\x01\x01" + raw.vector(2, b"\x04\x03") + _AUTHORITIES)),
        _BROKEN,
    ),
    _attack("byte-by-byte", "Sends 20,000 records of one byte each.", _byte_by_byte, _TOO_LARGE),
    _attack("interleaved", "Sends other records amid a handshake message.", _interleaved, _BROKEN),
    _attack(
        "done-without-a-certificate",
        "Says that its half of the handshake is done, and was not.",
        _answering(_HELLO, raw.message(raw.SERVER_HELLO_DONE, b"")),
        _BROKEN,
    ),
)
