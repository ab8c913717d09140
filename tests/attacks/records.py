"""Attacks with records: what comes instead of them, in them, and between them. RFC 8446 §5."""

from itertools import repeat
from typing import Unpack

from tests.attacks import raw
from tests.attacks.attack import Attack, Bounds, Layer, Manner, Seen
from tests.attacks.opponent import Opponent
from tlsglass.errors import Fault, Phase

_WARNING = 1
_UNRECOGNIZED_NAME = 112


def _saying(data: bytes) -> Manner:
    """Hear the ClientHello, say something, and close."""

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.send(data)

    return play


def _saying_and_waiting(data: bytes) -> Manner:
    """Hear the ClientHello, say something, and then nothing more."""

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.send(data)
        opponent.linger()

    return play


def _flooding(data: bytes) -> Manner:
    """Hear the ClientHello, and say the same for ever."""

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.flood(repeat(data))

    return play


def _silent(opponent: Opponent) -> None:
    opponent.hear_hello()
    opponent.linger()


def _drip(opponent: Opponent) -> None:
    opponent.hear_hello()
    hello = raw.message(raw.SERVER_HELLO, raw.server_hello())
    opponent.drip(raw.record(raw.HANDSHAKE, hello + bytes(1000)), every=0.2)


def _reset_at_first_byte(opponent: Opponent) -> None:
    opponent.receive_exactly(1)
    opponent.reset()


def _reset_after_hello(opponent: Opponent) -> None:
    opponent.hear_hello()
    opponent.reset()


def _failing(fault: Fault, says: str = "") -> Seen:
    return Seen(phase=Phase.HANDSHAKE, fault=fault, says=says)


_HELLO = raw.message(raw.SERVER_HELLO, raw.server_hello())


def _record_attack(id_: str, plays: str, manner: Manner, seen: Seen, **bounds: Unpack[Bounds]) -> Attack:
    return Attack(id=id_, layer=Layer.RECORDS, plays=plays, manner=manner, seen=seen, **bounds)


ATTACKS = (
    _record_attack(
        "silence",
        "Takes the ClientHello and says nothing.",
        _silent,
        _failing(Fault.TIMEOUT, "said nothing"),
        timeout=0.5,
    ),
    _record_attack(
        "half-a-record",
        "Sends half a record, and nothing more.",
        _saying_and_waiting(raw.record(raw.HANDSHAKE, _HELLO)[:20]),
        _failing(Fault.TIMEOUT, "did not finish"),
        timeout=0.5,
    ),
    _record_attack(
        "tarpit",
        "Sends its first record byte by byte, with a pause after each.",
        _drip,
        _failing(Fault.TIMEOUT, "did not finish"),
        timeout=1.0,
    ),
    _record_attack(
        "oversized-record",
        "Announces a record of 65,535 bytes.",
        _saying(bytes([22, 3, 3, 0xFF, 0xFF]) + bytes(0xFFFF)),
        _failing(Fault.NOT_TLS),
    ),
    _record_attack(
        "empty-records",
        "Sends empty handshake records for ever.",
        _flooding(raw.record(raw.HANDSHAKE, b"") * 1000),
        _failing(Fault.PEER_MISBEHAVED),
    ),
    _record_attack(
        "unknown-content-type",
        "Sends records of a content type that there is not.",
        _saying(raw.record(99, b"?" * 100)),
        _failing(Fault.NOT_TLS),
    ),
    _record_attack(
        "warning-flood",
        "Sends warning alerts for ever.",
        _flooding(raw.alert(_WARNING, _UNRECOGNIZED_NAME) * 1000),
        _failing(Fault.PEER_MISBEHAVED),
    ),
    _record_attack(
        "reset-at-first-byte",
        "Resets the connection amid the ClientHello.",
        _reset_at_first_byte,
        _failing(Fault.RESET),
    ),
    _record_attack(
        "reset-after-hello", "Resets the connection after the ClientHello.", _reset_after_hello, _failing(Fault.RESET)
    ),
    _record_attack(
        "ssh-banner",
        "Greets as SSH does, with escape sequences in it.",
        _saying(b"SSH-2.0-\x1b]52;c;UExBTlRFRA==\x07\x1b[?47hPLANTED\r\n"),
        _failing(Fault.NOT_TLS, "(SSH)"),
    ),
)
