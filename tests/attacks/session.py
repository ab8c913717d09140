"""Attacks within a session that stands: what comes beside the answer, and never ends. RFC 8446 §4.6, §5.4, §6."""

from collections.abc import Callable
from contextlib import suppress

from OpenSSL import SSL

from tests.attacks import raw
from tests.attacks.attack import Attack, Layer, Seen
from tests.attacks.forged import Forged
from tests.attacks.identity import site_context
from tests.attacks.opponent import Opponent
from tlsglass.demo.stream import Stream
from tlsglass.errors import Fault, Phase

_NEW_SESSION_TICKET, _CERTIFICATE_REQUEST, _KEY_UPDATE, _UNKNOWN = 4, 13, 24, 77
_WARNING, _FATAL, _CLOSE_NOTIFY, _USER_CANCELED = 1, 2, 0, 90
_TICKET = raw.message(
    _NEW_SESSION_TICKET, (7200).to_bytes(4) + bytes(4) + raw.vector(1, b"n") + raw.vector(2, b"t" * 1000) + bytes(2)
)
_HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
_BATCH = 20


def _attack(id_: str, plays: str, act: Callable[[Opponent, Forged], None], seen: Seen) -> Attack:
    def play(opponent: Opponent) -> None:
        act(opponent, Forged(opponent))

    return Attack(id=id_, layer=Layer.SESSION, plays=plays, manner=play, seen=seen)


def _repeating(kind: int, content: bytes, *, padding: int = 0) -> Callable[[Opponent, Forged], None]:
    """Send the same record for ever."""

    def act(_opponent: Opponent, forged: Forged) -> None:
        while True:
            forged.say(kind, content, times=_BATCH, padding=padding)

    return act


def _mixing(*records: tuple[int, bytes, int]) -> Callable[[Opponent, Forged], None]:
    """Begin to answer, and go on with these records for ever, each so many times."""

    def act(_opponent: Opponent, forged: Forged) -> None:
        forged.say(raw.APPLICATION_DATA, _HEAD)
        while True:
            for kind, content, times in records:
                forged.say(kind, content, times=times)

    return act


def _saying(*records: tuple[int, bytes]) -> Callable[[Opponent, Forged], None]:
    """Send these records, and wait."""

    def act(opponent: Opponent, forged: Forged) -> None:
        for kind, content in records:
            forged.say(kind, content)
        opponent.linger()

    return act


def _changing_keys(_opponent: Opponent, forged: Forged) -> None:
    while True:
        forged.say(raw.HANDSHAKE, raw.message(_KEY_UPDATE, b"\x00"))
        forged.change_keys()


def _wanting_new_keys(opponent: Opponent, forged: Forged) -> None:
    """Each asks for an answer; who sends these and never reads would have them pile up. RFC 8446 §4.6.3."""
    for _ in range(100_000):
        forged.say(raw.HANDSHAKE, raw.message(_KEY_UPDATE, b"\x01"))
        forged.change_keys()
    opponent.linger()


def _in_the_clear(opponent: Opponent, _forged: Forged) -> None:
    opponent.send(raw.alert(_FATAL, 40))
    opponent.linger()


def _damaged(opponent: Opponent, forged: Forged) -> None:
    record = forged.seal(raw.APPLICATION_DATA, _HEAD)
    opponent.send(record[:-1] + bytes([record[-1] ^ 1]))
    opponent.linger()


def _after_goodbye(opponent: Opponent, forged: Forged) -> None:
    forged.say(raw.APPLICATION_DATA, _HEAD + b"all of it")
    forged.say(raw.ALERT, bytes([_WARNING, _CLOSE_NOTIFY]))
    forged.say(raw.APPLICATION_DATA, b"and more", times=1000)
    opponent.linger()


def _renegotiating(opponent: Opponent) -> None:
    stream = Stream(opponent, site_context(SSL.TLS1_2_VERSION))
    stream.handshake()
    stream.receive()
    connection = stream._connection
    while True:
        connection.renegotiate()
        connection.do_handshake()
        stream._flush()
        while connection.renegotiate_pending():
            stream._feed()
            with suppress(SSL.WantReadError):
                connection.recv(1)
            stream._flush()


_BROKEN = Seen(phase=Phase.EXCHANGE, fault=Fault.PEER_MISBEHAVED)
_TOO_MUCH = Seen(phase=Phase.EXCHANGE, fault=Fault.TOO_LARGE, says="After its handshake")

ATTACKS = (
    _attack("ticket-flood", "Sends session tickets for ever.", _repeating(raw.HANDSHAKE, _TICKET), _TOO_MUCH),
    _attack("key-change-flood", "Changes its keys for ever.", _changing_keys, _TOO_MUCH),
    _attack("key-wish-flood", "Changes its keys for ever and wants as much of us.", _wanting_new_keys, _TOO_MUCH),
    _attack(
        "nothing-flood",
        "Sends records of application data with nothing in them for ever.",
        _repeating(raw.APPLICATION_DATA, b""),
        _BROKEN,
    ),
    _attack(
        "padding-flood",
        "Sends records of nothing but 16 kB of padding for ever.",
        _repeating(raw.APPLICATION_DATA, b"", padding=16_000),
        _BROKEN,
    ),
    _attack(
        "nothing-between",
        "Sends records of nothing for ever, with a byte of its answer now and then.",
        _mixing((raw.APPLICATION_DATA, b"", 20), (raw.APPLICATION_DATA, b".", 1)),
        _TOO_MUCH,
    ),
    _attack(
        "cancelled-between",
        "Sends the warning that somebody has cancelled for ever, with a byte of its answer behind each.",
        _mixing((raw.ALERT, bytes([_WARNING, _USER_CANCELED]), 1), (raw.APPLICATION_DATA, b".", 1)),
        _TOO_MUCH,
    ),
    _attack(
        "cancelled-flood",
        "Sends the warning that somebody has cancelled for ever.",
        _repeating(raw.ALERT, bytes([_WARNING, _USER_CANCELED])),
        _BROKEN,
    ),
    _attack(
        "two-messages-in-a-record",
        "Sends two key updates in one record, the second of which is under the old keys.",
        _saying((raw.HANDSHAKE, raw.message(_KEY_UPDATE, b"\x01") * 2)),
        _BROKEN,
    ),
    _attack(
        "certificate-wanted-later",
        "Asks for a client certificate after the handshake, which nobody offered.",
        _saying((raw.HANDSHAKE, raw.message(_CERTIFICATE_REQUEST, raw.vector(1, b"x") + raw.vector(2, b"")))),
        _BROKEN,
    ),
    _attack(
        "unknown-message-later",
        "Sends a handshake message of a type that there is not.",
        _saying((raw.HANDSHAKE, raw.message(_UNKNOWN, b"?"))),
        _BROKEN,
    ),
    _attack("in-the-clear", "Sends an alert in the clear where all is encrypted.", _in_the_clear, _BROKEN),
    _attack("damaged-record", "Sends a record that does not decrypt.", _damaged, _BROKEN),
    _attack("after-goodbye", "Goes on talking after close_notify.", _after_goodbye, Seen()),
    Attack(
        id="renegotiating",
        layer=Layer.SESSION,
        plays="Begins the handshake of TLS 1.2 anew again and again.",
        manner=_renegotiating,
        seen=_TOO_MUCH,
    ),
)
