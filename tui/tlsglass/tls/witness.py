"""The onlooker: hears every byte of a handshake in both directions and writes down what it showed.

OpenSSL conducts the handshake and judges it; this module only looks on, so nothing that it can't read stops anything
by itself. What a server may make it remember is bounded, and past its Finished it stops listening to a side.
"""

from collections import deque

from tlsglass.errors import Fault, HandshakeError
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.tls import messages, names
from tlsglass.tls.alerts import FATAL, alert, level_name
from tlsglass.tls.decryption import Decryptor
from tlsglass.tls.facts import Facts
from tlsglass.tls.messages import TLS_1_3, HandshakeType, Reassembler
from tlsglass.tls.model import Direction, HandshakeMessage
from tlsglass.tls.records import ContentType, Record, RecordReader

_FINISHED_LENGTH = 12
"""Bytes of a Finished before TLS 1.3, in all suites that are offered. RFC 5246 §7.4.9."""

_SECRETS = {
    b"CLIENT_HANDSHAKE_TRAFFIC_SECRET": Direction.SENT,
    b"SERVER_HANDSHAKE_TRAFFIC_SECRET": Direction.RECEIVED,
}


class _Side:
    """One direction of the conversation."""

    def __init__(self, direction: Direction, limits: Limits) -> None:
        self.direction = direction
        self._limits = limits
        self.records = RecordReader()
        self.reassembler = Reassembler(limits)
        self.waiting: deque[Record] = deque()
        self.secret: bytes | None = None
        self.decryptor: Decryptor | None = None
        self.bytes_heard = 0
        self.messages_heard = 0
        self.ciphers_changed = False
        self.listening = True

    def refuse_excess(self) -> None:
        """Make sure that it is no more than is looked at.

        Raises:
            HandshakeError: it is (TOO_LARGE).
        """
        limits = self._limits
        for name, count, unit in (
            ("handshake_bytes", self.bytes_heard, "bytes"),
            ("handshake_records", self.records.count, "records"),
            ("handshake_messages", self.messages_heard, "messages"),
        ):
            most: int = getattr(limits, name)
            if count > most:
                message = f"The server's handshake is larger than is read here: over {most:,} {unit}."
                raise HandshakeError(Fault.TOO_LARGE, message, limits.hint(name))


class Witness:
    """Looks on while one handshake happens. Only `excess` and `not_tls` are its own to say; it never raises."""

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        """Look on from now.

        Args:
            limits: how much of the server's half is read.
        """
        self.facts = Facts(limits)
        self._messages: list[HandshakeMessage] = []
        self._sides = {direction: _Side(direction, limits) for direction in Direction}
        self._excess: HandshakeError | None = None

    @property
    def messages(self) -> tuple[HandshakeMessage, ...]:
        """The messages in the order in which they passed."""
        return tuple(self._messages)

    @property
    def excess(self) -> HandshakeError | None:
        """Why the server's half is more than is looked at (TOO_LARGE); None while it is not."""
        return self._excess

    @property
    def not_tls(self) -> bool:
        """Whether the server's first bytes were no TLS."""
        return self._sides[Direction.RECEIVED].records.not_tls

    @property
    def opening(self) -> bytes:
        """The server's first bytes."""
        return self._sides[Direction.RECEIVED].records.opening

    @property
    def last_received(self) -> HandshakeMessage | None:
        """The server's last message; None while it said nothing."""
        return next((m for m in reversed(self._messages) if m.direction is Direction.RECEIVED), None)

    @property
    def alert_sent(self) -> bool:
        """Whether it was our side that ended the handshake by an alert."""
        return any(m.direction is Direction.SENT and m.name == "alert" for m in self._messages)

    def keylog(self, line: bytes) -> None:
        """Take a line of the key log, as NSS writes them, and keep the secret if it is one of the handshake's."""
        label, _, values = line.partition(b" ")
        direction = _SECRETS.get(label)
        if direction is None:
            return
        try:
            self._sides[direction].secret = bytes.fromhex(values.rpartition(b" ")[2].decode("ascii"))
        except ValueError:
            return

    def hear(self, direction: Direction, data: bytes) -> None:
        """Take bytes as they passed, cut anywhere."""
        side = self._sides[direction]
        if side.listening:
            side.bytes_heard += len(data)
            side.waiting.extend(side.records.feed(data))
            self.catch_up(direction)

    def catch_up(self, direction: Direction) -> None:
        """Read the records that were heard, and those that waited for their secret if it has come."""
        side = self._sides[direction]
        try:
            side.refuse_excess()
            while side.waiting and side.listening and self._read_next(side):
                pass
        except HandshakeError as error:
            # What can't be read ends the looking on; whether it ends the handshake is OpenSSL's to say.
            side.listening = False
            if error.fault is Fault.TOO_LARGE:
                self._excess = error
        if not side.listening:
            side.waiting.clear()

    def _read_next(self, side: _Side) -> bool:
        """Read the next record; false where its secret is not here yet."""
        record = side.waiting[0]
        if record.type == ContentType.APPLICATION_DATA:
            if side.decryptor is None:
                if side.secret is None:
                    return False
                side.decryptor = Decryptor(side.secret, self.facts.cipher_suite)
            kind, content = side.decryptor.decrypt(record)
            self._read(side, kind, content, encrypted=True)
        elif side.ciphers_changed and self.facts.version != TLS_1_3:
            self._note_encrypted(side, record)
        else:
            self._read(side, record.type, record.payload, encrypted=False)
        side.waiting.popleft()
        return True

    def _read(self, side: _Side, kind: int, content: bytes, *, encrypted: bool) -> None:
        match kind:
            case ContentType.HANDSHAKE:
                self._read_handshake(side, content, encrypted=encrypted)
            case ContentType.ALERT:
                self._read_alert(side, content, encrypted=encrypted)
            case ContentType.CHANGE_CIPHER_SPEC:
                side.ciphers_changed = True
                self._note(side, "change_cipher_spec", len(content), encrypted=encrypted)
            case _:
                pass

    def _read_handshake(self, side: _Side, fragment: bytes, *, encrypted: bool) -> None:
        for kind, body in side.reassembler.feed(fragment):
            name, detail = names.handshake_type_name(kind), ""
            if side.direction is Direction.RECEIVED:
                try:
                    name, detail = self.facts.take(kind, body)
                except HandshakeError:
                    self._note(side, name, len(body), encrypted=encrypted, detail="malformed")
                    raise
            self._note(side, name, len(body), encrypted=encrypted, detail=detail)
            if kind == HandshakeType.FINISHED:
                side.listening = False
                return

    def _read_alert(self, side: _Side, payload: bytes, *, encrypted: bool) -> None:
        level, code = messages.read_alert(payload)
        if side.direction is Direction.RECEIVED and level == FATAL:
            self.facts.fatal_alert = code
        self._note(side, "alert", len(payload), encrypted=encrypted, detail=f"{level_name(level)} {alert(code).name}")

    def _note_encrypted(self, side: _Side, record: Record) -> None:
        """Note what can't be decrypted: before TLS 1.3, all that follows change_cipher_spec."""
        if record.type == ContentType.HANDSHAKE:
            # Nothing else may follow there, and OpenSSL verifies it. RFC 5246 §7.1.
            self._note(side, "finished", _FINISHED_LENGTH, encrypted=True)
            side.listening = False
        elif record.type == ContentType.ALERT:
            self._note(side, "alert", len(record.payload), encrypted=True, detail="not decrypted")

    def _note(self, side: _Side, name: str, length: int, *, encrypted: bool, detail: str = "") -> None:
        side.messages_heard += 1
        side.refuse_excess()
        self._messages.append(
            HandshakeMessage(direction=side.direction, name=name, length=length, encrypted=encrypted, detail=detail)
        )
