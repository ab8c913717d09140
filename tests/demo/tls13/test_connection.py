"""The connection with OpenSSL's client, and with clients that break the rules at every step."""

import contextlib
import ssl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL

from tests.demo.tls13.client import APPLICATION_SECRET, HANDSHAKE_SECRET, Client, identity, presented, root_pem
from tests.demo.tls13.test_hello import GROUPS, SCHEMES, SHARES, USUAL, VERSIONS, body
from tests.tls.test_decryption import seal
from tests.tls.test_messages import extension, vector
from tlsglass.demo.tls13 import messages
from tlsglass.demo.tls13.alerts import Alert, AlertError, DismissedError
from tlsglass.demo.tls13.connection import LONGEST_MESSAGE, Connection
from tlsglass.demo.tls13.groups import Group
from tlsglass.demo.tls13.records import LONGEST, Protection, plain
from tlsglass.tls.messages import read_server_hello
from tlsglass.tls.records import ContentType, RecordReader

HELLO = b"\1" + vector(3, body(*USUAL))
CLOSE_NOTIFY = b"\1\0"
UPDATE = messages.key_update()
UPDATE_BOTH = UPDATE[:-1] + b"\1"


def kinds(data: bytes) -> list[int]:
    """The content types of records, as they are seen from outside."""
    return [record.type for record in RecordReader().feed(data)]


def refused(server: Connection, data: bytes) -> Alert:
    """The alert that something deserves, which must be in what is sent."""
    with pytest.raises(AlertError) as caught:
        server.hear(data)
    return caught.value.alert


def refused_plainly(data: bytes) -> Alert:
    """The same of a client that begins so, and the alert can be read."""
    server = Connection(identity())
    alert = refused(server, data)
    assert bytes(server.outgoing) == bytes((21, 3, 3, 0, 2, 2, alert))
    return alert


class TestOpenSSL:
    """A client that keeps to the rules."""

    @pytest.mark.parametrize("groups", ["X25519", "P-256", "P-384:P-256", "P-521:X25519"])
    def test_handshake_and_data(self, groups: str) -> None:
        """With each group, also where a second hello is needed. RFC 8446 §4.1.4."""
        client = Client(groups=groups).shake()
        assert client.openssl.get_cipher_name() == "TLS_AES_128_GCM_SHA256"
        assert client.openssl.get_alpn_proto_negotiated() == b"http/1.1"
        assert client.server.server_name == b"good.demo.test"
        assert client.server.group is (Group.X25519 if "X25519" in groups else Group.SECP256R1)
        data = bytes(range(256)) * 300
        client.openssl.send(data[:5])
        client.server.hear(client.openssl.bio_read(100))
        assert client.server.incoming == data[:5]
        client.server.say(data)
        assert set(kinds(client.hears())) == {23}
        received = b""
        while len(received) < len(data):
            received += client.openssl.recv(1 << 20)
        assert received == data
        client.server.close()
        client.hears()
        with pytest.raises(SSL.ZeroReturnError):
            client.openssl.recv(1)
        client.openssl.shutdown()
        client.server.hear(client.openssl.bio_read(100))
        assert client.server.closed

    @pytest.mark.parametrize("groups", ["X25519", "P-384:P-256"])
    def test_dummies_for_middleboxes(self, groups: str) -> None:
        """RFC 8446 §D.4: one change_cipher_spec after our first message, where the client has a session id."""
        client = Client(groups=groups)
        client.server.hear(client.says())
        first = client.hears()
        assert kinds(first)[:2] == [22, 20]
        if groups != "X25519":
            assert kinds(first) == [22, 20]
            assert read_server_hello(RecordReader().feed(first)[0].payload[4:]).retry
            client.server.hear(client.says())
            assert set(kinds(client.hears())) == {22, 23}
        server = Connection(identity())
        server.hear(plain(ContentType.HANDSHAKE, HELLO))
        assert 20 not in kinds(bytes(server.outgoing))

    def test_staples_only_for_those_who_ask(self) -> None:
        """RFC 8446 §4.4.2.1; OpenSSL reads that of the first."""
        assert Client().shake().staple == presented().staples[0]
        assert Client(status=False).shake().staple == b""
        sent = messages.certificate(identity().chain, identity().staples)
        silent = messages.certificate(identity().chain, ())
        assert all(staple in sent and staple not in silent for staple in presented().staples)
        assert len(sent) == len(silent) + sum(8 + len(staple) for staple in presented().staples)

    def test_standard_library_verifies_it(self) -> None:
        """Certificates, signature and Finished; the hello may come cut anywhere, and a byte at a time."""
        context = ssl.create_default_context(cadata=root_pem().decode())
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = context.wrap_bio(incoming, outgoing, server_hostname="good.demo.test")
        server = Connection(identity())
        while not server.established:
            with contextlib.suppress(ssl.SSLWantReadError):
                client.do_handshake()
            for byte in outgoing.read():
                server.hear(bytes((byte,)))
            incoming.write(bytes(server.outgoing))
            server.outgoing.clear()
        assert client.version() == "TLSv1.3"

    def test_older_versions_are_told_so(self) -> None:
        """By protocol_version, which the client understands."""
        client = Client(version=SSL.TLS1_2_VERSION)
        assert refused(client.server, client.says()) is Alert.PROTOCOL_VERSION
        client.hears()
        with pytest.raises(SSL.Error, match="protocol version"):
            client.openssl.do_handshake()

    def test_keys_are_updated_in_both_directions(self) -> None:
        """RFC 8446 §4.6.3: by a client that asks for it, and the answer is the last under the old keys."""
        client = Client().shake()
        client.server.hear(client.forge(ContentType.HANDSHAKE, UPDATE_BOTH))
        before = client.secrets["SERVER_TRAFFIC_SECRET_0"]
        (answer,) = RecordReader().feed(bytes(client.server.outgoing))
        assert Protection(before).open(answer) == (ContentType.HANDSHAKE, UPDATE)
        client.server.say(b"after")
        client.hears()
        assert client.openssl.recv(100) == b"after"
        after = Client().shake()
        after.server.hear(after.forge(ContentType.HANDSHAKE, UPDATE))
        assert not after.server.outgoing
        assert refused(after.server, after.forge(ContentType.APPLICATION_DATA, b"under the old keys")) is (
            Alert.BAD_RECORD_MAC
        )

    def test_data_may_come_along_with_finished(self) -> None:
        """In one go."""
        client = Client().shake_halfway()
        last = client.says()
        client.openssl.send(b"GET /")
        client.server.hear(last + client.openssl.bio_read(100))
        assert client.server.incoming == b"GET /"


class TestBeforeTheHello:
    """What comes is not what begins a handshake."""

    @pytest.mark.parametrize(
        ("data", "alert"),
        [
            (b"GET / HTTP/1.1\r\n", Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.APPLICATION_DATA, b"data"), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.CHANGE_CIPHER_SPEC, b"\1"), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.HANDSHAKE, b""), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.HANDSHAKE, HELLO + b"\1"), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.HANDSHAKE, messages.finished(bytes(32))), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.HANDSHAKE, HELLO[:9]) + plain(ContentType.ALERT, b"\2\0"), Alert.UNEXPECTED_MESSAGE),
            (plain(ContentType.ALERT, b"\2"), Alert.DECODE_ERROR),
            (plain(ContentType.HANDSHAKE, b"\1" + (LONGEST_MESSAGE + 1).to_bytes(3)), Alert.DECODE_ERROR),
            (b"\x16\x03\x01" + (LONGEST + 1).to_bytes(2), Alert.RECORD_OVERFLOW),
            (b"\x17\x03\x03" + (LONGEST + 257).to_bytes(2), Alert.RECORD_OVERFLOW),
        ],
        ids=[
            *("http", "data", "ccs", "empty", "more-in-record", "finished", "alert-amid", "half-an-alert"),
            *("long-message", "long-record", "long-protected"),
        ],
    )
    def test_it_is_refused(self, data: bytes, alert: Alert) -> None:
        """By the alert that RFC 8446 has for it, in a record that can be read without keys."""
        assert refused_plainly(data) is alert

    def test_what_the_hello_lacks_is_refused_by_its_own_alert(self) -> None:
        """See the tests of the hello."""
        assert refused_plainly(plain(ContentType.HANDSHAKE, b"\1" + vector(3, body()))) is Alert.PROTOCOL_VERSION
        wrong = extension(51, vector(2, b"\x00\x1d" + vector(2, b"short")))
        hello = b"\1" + vector(3, body(VERSIONS, GROUPS, SCHEMES, wrong))
        assert refused_plainly(plain(ContentType.HANDSHAKE, hello)) is Alert.ILLEGAL_PARAMETER

    def test_nothing_can_be_said(self) -> None:
        """No keys, no data."""
        server = Connection(identity())
        with pytest.raises(AlertError):
            server.say(b"too early")
        assert not server.outgoing

    def test_it_may_be_cancelled(self) -> None:
        """Which alone ends nothing: close_notify follows. RFC 8446 §6.1."""
        server = Connection(identity())
        server.hear(plain(ContentType.ALERT, bytes((1, Alert.USER_CANCELED))))
        assert not server.closed

    def test_it_may_leave(self) -> None:
        """With close_notify, and what comes after that is not heard; or with an alert, to which nothing is said."""
        server = Connection(identity())
        server.hear(plain(ContentType.ALERT, CLOSE_NOTIFY) + b"GET /" + plain(ContentType.HANDSHAKE, b""))
        server.hear(b"GET /")
        assert server.closed
        assert not server.outgoing
        with pytest.raises(DismissedError):
            Connection(identity()).hear(plain(ContentType.ALERT, bytes((2, Alert.HANDSHAKE_FAILURE))))


class TestSecondHello:
    """After a HelloRetryRequest. RFC 8446 §4.1.4."""

    FIRST = body(VERSIONS, GROUPS, SCHEMES, extension(51, vector(2, b"")))

    @pytest.mark.parametrize(
        "second",
        [
            FIRST,
            body(VERSIONS, GROUPS, SCHEMES, extension(51, vector(2, b"\x00\x17" + vector(2, b"key")))),
            body(*USUAL[:3], extension(51, vector(2, SHARES[6:] + b"\x00\x18" + vector(2, b"key")))),
        ],
        ids=["again", "other-group", "two-keys"],
    )
    def test_it_has_the_one_key_that_was_asked_for(self, second: bytes) -> None:
        """Otherwise illegal_parameter, and never a third hello."""
        server = Connection(identity())
        server.hear(plain(ContentType.HANDSHAKE, b"\1" + vector(3, self.FIRST)))
        server.outgoing.clear()
        assert refused(server, plain(ContentType.HANDSHAKE, b"\1" + vector(3, second))) is Alert.ILLEGAL_PARAMETER
        assert kinds(bytes(server.outgoing)) == [21]

    def test_a_dummy_may_come_before_it(self) -> None:
        """As the client may do as soon as it has said hello."""
        server = Connection(identity())
        server.hear(plain(ContentType.HANDSHAKE, b"\1" + vector(3, self.FIRST)))
        server.hear(plain(ContentType.CHANGE_CIPHER_SPEC, b"\1"))
        assert refused(server, plain(ContentType.CHANGE_CIPHER_SPEC, b"\2")) is Alert.UNEXPECTED_MESSAGE


class TestBeforeFinished:
    """The server has said all, and its alerts are under the keys of the application."""

    @pytest.mark.parametrize(
        ("kind", "content", "alert"),
        [
            (22, messages.finished(bytes(32)), Alert.DECRYPT_ERROR),
            (22, messages.finished(bytes(31)), Alert.DECODE_ERROR),
            (22, HELLO, Alert.UNEXPECTED_MESSAGE),
            (22, UPDATE, Alert.UNEXPECTED_MESSAGE),
            (22, b"", Alert.UNEXPECTED_MESSAGE),
            (23, b"data", Alert.UNEXPECTED_MESSAGE),
            (20, b"\1", Alert.UNEXPECTED_MESSAGE),
            (24, b"\1", Alert.UNEXPECTED_MESSAGE),
            (0, b"", Alert.UNEXPECTED_MESSAGE),
            (22, bytes(LONGEST + 1), Alert.RECORD_OVERFLOW),
        ],
        ids=["wrong", "short", "hello", "update", "empty", "data", "ccs", "heartbeat", "no-type", "long"],
    )
    def test_it_is_refused(self, kind: int, content: bytes, alert: Alert) -> None:
        """By the alert that RFC 8446 has for it, which the client can decrypt."""
        client = Client().shake_halfway()
        assert refused(client.server, client.forge(kind, content, secret=HANDSHAKE_SECRET)) is alert
        (record,) = RecordReader().feed(bytes(client.server.outgoing))
        said = Protection(client.secrets["SERVER_TRAFFIC_SECRET_0"]).open(record)
        assert said == (ContentType.ALERT, bytes((2, alert)))

    def test_what_does_not_decrypt(self) -> None:
        """Under other keys, damaged, or too short to be anything."""
        for record in (
            seal(bytes(32), 0x1301, 0, b"\x14"),
            plain(ContentType.APPLICATION_DATA, b""),
            plain(ContentType.APPLICATION_DATA, bytes(100)),
        ):
            assert refused(Client().shake_halfway().server, record) is Alert.BAD_RECORD_MAC

    def test_without_protection_only_alerts_and_dummies(self) -> None:
        """A client that could not read our hello has no keys to say so."""
        client = Client().shake_halfway()
        client.server.hear(plain(ContentType.CHANGE_CIPHER_SPEC, b"\1"))
        assert refused(client.server, plain(ContentType.HANDSHAKE, HELLO)) is Alert.UNEXPECTED_MESSAGE
        with pytest.raises(DismissedError):
            Client().shake_halfway().server.hear(plain(ContentType.ALERT, b"\2\x2f"))

    def test_no_dummy_amid_a_message(self) -> None:
        """RFC 8446 §5.1: messages are not interleaved with other records."""
        client = Client().shake_halfway()
        client.server.hear(client.forge(22, messages.finished(bytes(32))[:3], secret=HANDSHAKE_SECRET))
        assert refused(client.server, plain(ContentType.CHANGE_CIPHER_SPEC, b"\1")) is Alert.UNEXPECTED_MESSAGE


class TestAfterwards:
    """Once the handshake is done."""

    @pytest.mark.parametrize(
        ("kind", "content", "alert"),
        [
            (22, HELLO, Alert.UNEXPECTED_MESSAGE),
            (22, messages.finished(bytes(32)), Alert.UNEXPECTED_MESSAGE),
            (22, UPDATE * 2, Alert.UNEXPECTED_MESSAGE),
            (22, b"\x18" + vector(3, b""), Alert.DECODE_ERROR),
            (22, b"\x18" + vector(3, b"\2"), Alert.ILLEGAL_PARAMETER),
            (20, b"\1", Alert.UNEXPECTED_MESSAGE),
            (21, b"\1", Alert.DECODE_ERROR),
        ],
        ids=["hello", "finished", "updates", "update-of-nothing", "update-of-two", "ccs", "half-an-alert"],
    )
    def test_it_is_refused(self, kind: int, content: bytes, alert: Alert) -> None:
        """By the alert that RFC 8446 has for it."""
        client = Client().shake()
        assert refused(client.server, client.forge(kind, content)) is alert

    @pytest.mark.parametrize("kind", [ContentType.CHANGE_CIPHER_SPEC, ContentType.ALERT, ContentType.HANDSHAKE])
    def test_nothing_without_protection(self, kind: ContentType) -> None:
        """RFC 8446 §5, §6."""
        assert refused(Client().shake().server, plain(kind, b"\1\0")) is Alert.UNEXPECTED_MESSAGE

    def test_padding_and_nothing(self) -> None:
        """RFC 8446 §5.1, §5.4: data may be padded, and may be empty."""
        client = Client().shake()
        sealed = seal(client.secrets[APPLICATION_SECRET], 0x1301, 0, b"data\x17" + bytes(1000))
        client.server.hear(sealed + seal(client.secrets[APPLICATION_SECRET], 0x1301, 1, b"\x17"))
        assert client.server.incoming == b"data"

    def test_leaving(self) -> None:
        """By close_notify or by an alert."""
        client = Client().shake()
        client.server.hear(client.forge(ContentType.ALERT, CLOSE_NOTIFY))
        assert client.server.closed
        client = Client().shake()
        with pytest.raises(DismissedError):
            client.server.hear(client.forge(ContentType.ALERT, b"\2\x30"))


RECORDS = st.one_of(
    st.binary(max_size=200),
    st.builds(plain, st.sampled_from(ContentType), st.binary(max_size=200)),
    st.binary(max_size=100).map(lambda data: plain(ContentType.HANDSHAKE, b"\1" + vector(3, data))),
    st.binary(max_size=100).map(lambda data: plain(ContentType.HANDSHAKE, b"\1" + vector(3, body(*USUAL, data)))),
    st.just(plain(ContentType.HANDSHAKE, HELLO)),
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_whatever_comes_is_taken_or_refused(said: list[bytes]) -> None:
    """No error but the server's own."""
    server = Connection(identity())
    try:
        server.hear(b"".join(said))
    except (AlertError, DismissedError):
        assert not server.established


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.integers(0, 255), st.binary(max_size=60))
def test_whatever_is_sealed_is_taken_or_refused(kind: int, content: bytes) -> None:
    """The same behind the handshake, where only a client with the keys can speak."""
    client = Client().shake()
    try:
        client.server.hear(client.forge(kind, content))
    except (AlertError, DismissedError):
        assert not client.server.incoming
