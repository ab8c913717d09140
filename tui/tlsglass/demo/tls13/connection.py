"""One connection as seen by the server: bytes in, bytes out, and no socket. RFC 8446 §2, §A.2."""

import hmac
from enum import Enum, auto

from cryptography.hazmat.primitives.asymmetric import ec

from tlsglass.demo.tls13 import messages
from tlsglass.demo.tls13.alerts import FATAL, WARNING, Alert, AlertError, DismissedError
from tlsglass.demo.tls13.groups import Group, exchanged
from tlsglass.demo.tls13.hello import ClientHello, agree, read_client_hello
from tlsglass.demo.tls13.messages import HEADER_LENGTH, HandshakeType
from tlsglass.demo.tls13.records import Protection, RecordCutter, plain
from tlsglass.demo.tls13.schedule import LENGTH, Schedule, Transcript, next_secret, verify_data
from tlsglass.frozen import dataclass
from tlsglass.tls.records import ContentType, Record

LONGEST_MESSAGE = 1 << 14
"""Bytes of a handshake message that are read. A ClientHello has some hundred, with keys against quantum computers two
thousand."""

_ALERT_LENGTH = 2
_CHANGE_CIPHER_SPEC = b"\1"
_UPDATE_REQUESTED = b"\1"
_UPDATES = (b"\0", _UPDATE_REQUESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the server is."""

    chain: tuple[bytes, ...]
    """DER in the order in which it is sent."""

    key: ec.EllipticCurvePrivateKey
    """That of the first, on P-256."""

    staples: tuple[bytes, ...]
    """The OCSP response to each, in DER, as far as there are some; empty for none."""


class _Awaited(Enum):
    """What the client has to say next."""

    HELLO = auto()
    SECOND_HELLO = auto()
    FINISHED = auto()
    ANYTHING = auto()


class Connection:
    """The server's end of a connection.

    Attributes:
        outgoing: what is to be sent, and is taken from here.
        incoming: application data that came, and is taken from here.
        closed: whether the client has said close_notify.
        group: where the keys of the key exchange are from, once that is agreed.
        server_name: what the client calls the server; None where it does not say, or not yet.
    """

    def __init__(self, identity: Identity) -> None:
        """Wait for a client.

        Args:
            identity: what is presented to it.
        """
        self.outgoing = bytearray()
        self.incoming = bytearray()
        self.closed = False
        self.group: Group | None = None
        self.server_name: bytes | None = None
        self._identity = identity
        self._awaited = _Awaited.HELLO
        self._cutter = RecordCutter()
        self._fragments = bytearray()
        self._transcript = Transcript()
        self._reading: Protection | None = None
        self._writing: Protection | None = None
        self._expected = b""
        self._client_secret = b""
        self._server_secret = b""

    @property
    def established(self) -> bool:
        """Whether the handshake is done."""
        return self._awaited is _Awaited.ANYTHING

    def hear(self, data: bytes) -> None:
        """Take what the client sent, cut anywhere. What it sends after close_notify is ignored. RFC 8446 §6.1.

        Raises:
            AlertError: it can't go on; the alert that says so is in `outgoing`.
            DismissedError: the client says that it can't.
        """
        records = self._cutter.feed(data)
        try:
            while not self.closed and (record := next(records, None)):
                self._take(record)
        except AlertError as error:
            self._put(ContentType.ALERT, bytes((FATAL, error.alert)))
            raise

    def say(self, data: bytes) -> None:
        """Send application data.

        Raises:
            AlertError: the handshake is not done; nothing is sent.
        """
        if not self.established:
            raise AlertError(Alert.INTERNAL_ERROR)
        self._put(ContentType.APPLICATION_DATA, data)

    def close(self) -> None:
        """Say close_notify. RFC 8446 §6.1."""
        self._put(ContentType.ALERT, bytes((WARNING, Alert.CLOSE_NOTIFY)))

    def _put(self, kind: ContentType, content: bytes) -> None:
        self.outgoing += plain(kind, content) if self._writing is None else self._writing.seal(kind, content)

    def _take(self, record: Record) -> None:
        kind, content = record.type, record.payload
        if self._reading is not None and kind == ContentType.APPLICATION_DATA:
            kind, content = self._reading.open(record)
        elif not self._may_be_plain(record):
            raise AlertError(Alert.UNEXPECTED_MESSAGE)
        elif kind == ContentType.CHANGE_CIPHER_SPEC:
            return
        if self._fragments and kind != ContentType.HANDSHAKE:
            raise AlertError(Alert.UNEXPECTED_MESSAGE)
        match kind:
            case ContentType.HANDSHAKE:
                self._take_fragment(content)
            case ContentType.ALERT:
                self._take_alert(content)
            case ContentType.APPLICATION_DATA if self.established:
                self.incoming += content
            case _:
                raise AlertError(Alert.UNEXPECTED_MESSAGE)

    def _may_be_plain(self, record: Record) -> bool:
        """Whether a record may come without protection by now."""
        match record.type:
            case ContentType.CHANGE_CIPHER_SPEC:
                # Where both hellos are over and Finished is not: RFC 8446 §5, §D.4.
                amid = self._awaited in {_Awaited.SECOND_HELLO, _Awaited.FINISHED} and not self._fragments
                return amid and record.payload == _CHANGE_CIPHER_SPEC
            case ContentType.ALERT:
                return not self.established  # a client that can't read the ServerHello has no keys
            case kind:
                return kind == ContentType.HANDSHAKE and self._reading is None

    def _take_alert(self, content: bytes) -> None:
        if len(content) != _ALERT_LENGTH:
            raise AlertError(Alert.DECODE_ERROR)
        match content[1]:
            case Alert.CLOSE_NOTIFY:
                self.closed = True
            case Alert.USER_CANCELED:
                pass  # close_notify follows. RFC 8446 §6.1
            case _:
                raise DismissedError

    def _take_fragment(self, content: bytes) -> None:
        if not content:
            raise AlertError(Alert.UNEXPECTED_MESSAGE)  # RFC 8446 §5.1
        self._fragments += content
        if len(self._fragments) < HEADER_LENGTH:
            return
        length = int.from_bytes(self._fragments[1:HEADER_LENGTH])
        if length > LONGEST_MESSAGE:
            raise AlertError(Alert.DECODE_ERROR)
        missing = HEADER_LENGTH + length - len(self._fragments)
        if missing < 0:
            # The keys change after each message that a client may send, and none may go beyond that. RFC 8446 §5.1
            raise AlertError(Alert.UNEXPECTED_MESSAGE)
        if missing == 0:
            message = bytes(self._fragments)
            self._fragments.clear()
            self._take_message(message)

    def _take_message(self, message: bytes) -> None:
        match self._awaited, message[0]:
            case ((_Awaited.HELLO | _Awaited.SECOND_HELLO), HandshakeType.CLIENT_HELLO):
                self._take_hello(message)
            case _Awaited.FINISHED, HandshakeType.FINISHED:
                self._take_finished(message[HEADER_LENGTH:])
            case _Awaited.ANYTHING, HandshakeType.KEY_UPDATE:
                self._take_key_update(message[HEADER_LENGTH:])
            case _:
                raise AlertError(Alert.UNEXPECTED_MESSAGE)

    def _take_hello(self, message: bytes) -> None:
        hello = read_client_hello(message[HEADER_LENGTH:])
        terms = agree(hello)
        self._transcript.add(message)
        if self._awaited is _Awaited.SECOND_HELLO and (terms.share is None or list(hello.shares) != [self.group]):
            raise AlertError(Alert.ILLEGAL_PARAMETER)  # RFC 8446 §4.1.2: it has the one key that was asked for
        self.group = terms.group
        if terms.share is None:
            self._transcript.begin_again()
            self._put_hello(hello, messages.hello_retry_request(hello.session_id, terms.group))
            self._awaited = _Awaited.SECOND_HELLO
        else:
            self.server_name = hello.server_name
            self._put_flight(hello, terms.group, terms.share)
            self._awaited = _Awaited.FINISHED

    def _put_hello(self, hello: ClientHello, answer: bytes) -> None:
        self._transcript.add(answer)
        self._put(ContentType.HANDSHAKE, answer)
        if hello.session_id and self._awaited is _Awaited.HELLO:
            self._put(ContentType.CHANGE_CIPHER_SPEC, _CHANGE_CIPHER_SPEC)  # RFC 8446 §D.4: once

    def _put_flight(self, hello: ClientHello, group: Group, share: bytes) -> None:
        """All that the server says in the handshake."""
        own, shared = exchanged(group, share)
        self._put_hello(hello, messages.server_hello(hello.session_id, group, own))
        schedule = Schedule(shared, self._transcript.digest)
        self._reading = Protection(schedule.client_handshake)
        self._writing = Protection(schedule.server_handshake)
        said = messages.encrypted_extensions(hello.protocols)
        said += messages.certificate(self._identity.chain, self._identity.staples if hello.wants_staples else ())
        self._transcript.add(said)
        verify = messages.certificate_verify(self._identity.key, self._transcript.digest)
        self._transcript.add(verify)
        finished = messages.finished(verify_data(schedule.server_handshake, self._transcript.digest))
        self._transcript.add(finished)
        self._put(ContentType.HANDSHAKE, said + verify + finished)
        self._expected = verify_data(schedule.client_handshake, self._transcript.digest)
        self._client_secret, self._server_secret = schedule.application(self._transcript.digest)
        self._writing = Protection(self._server_secret)

    def _take_finished(self, said: bytes) -> None:
        if len(said) != LENGTH:
            raise AlertError(Alert.DECODE_ERROR)
        if not hmac.compare_digest(said, self._expected):
            raise AlertError(Alert.DECRYPT_ERROR)
        self._reading = Protection(self._client_secret)
        self._awaited = _Awaited.ANYTHING

    def _take_key_update(self, body: bytes) -> None:
        """Change the client's keys, and ours where that is asked for. RFC 8446 §4.6.3."""
        if len(body) != 1:
            raise AlertError(Alert.DECODE_ERROR)
        if body not in _UPDATES:
            raise AlertError(Alert.ILLEGAL_PARAMETER)
        self._client_secret = next_secret(self._client_secret)
        self._reading = Protection(self._client_secret)
        if body == _UPDATE_REQUESTED:
            self._put(ContentType.HANDSHAKE, messages.key_update())
            self._server_secret = next_secret(self._server_secret)
            self._writing = Protection(self._server_secret)
