"""The parsers of TLS: records, messages, and what the onlooker makes of them."""

from collections.abc import Callable
from functools import cache
from itertools import takewhile
from typing import Any

from tests.fuzz import checks
from tests.fuzz.parser import Form, Parser
from tests.fuzz.recording import recorded
from tests.tls.test_decryption import seal
from tlsglass.errors import HandshakeError
from tlsglass.limits import DEFAULTS
from tlsglass.tls import messages, names, plaintext
from tlsglass.tls.alerts import alert, level_name
from tlsglass.tls.decryption import Decryptor
from tlsglass.tls.facts import Facts
from tlsglass.tls.messages import HandshakeType, Reassembler
from tlsglass.tls.model import Direction, HandshakeMessage
from tlsglass.tls.records import Record, RecordReader
from tlsglass.tls.wire import Cursor
from tlsglass.tls.witness import Witness

_HEAD = 4
_SECRET = bytes(range(32))
SUITE = 0x1301
_KEYLOG = b"SERVER_HANDSHAKE_TRAFFIC_SECRET " + bytes(32).hex().encode() + b" " + _SECRET.hex().encode()
HANDSHAKE = 22
_LONGEST_CONTENT = 1 << 14

# ── Records and messages. ─────────────────────────────────────────────────────────────────────────────────────────────


def _records(data: bytes) -> tuple[list[Record], list[Record], RecordReader]:
    """At once, and byte by byte."""
    whole, bit_by_bit = RecordReader(), RecordReader()
    found = whole.feed(data)
    pieces = (
        [one for at in range(len(data)) for one in bit_by_bit.feed(data[at : at + 1])] if len(data) < 2_000 else found
    )
    if len(data) < 2_000:
        assert (whole.broken, whole.count, whole.opening) == (bit_by_bit.broken, bit_by_bit.count, bit_by_bit.opening)
    return found, pieces, whole


def _check_records(data: bytes, result: tuple[list[Record], list[Record], RecordReader]) -> None:
    found, pieces, reader = result
    assert found == pieces
    assert b"".join(one.header + one.payload for one in found) == data[: sum(5 + len(one.payload) for one in found)]
    assert reader.count == len(found)
    assert data.startswith(reader.opening)
    assert all(0 <= one.version < 1 << 16 for one in found)


def _messages(data: bytes) -> list[tuple[int, bytes]]:
    return list(Reassembler().feed(data))


def _check_messages(data: bytes, found: list[tuple[int, bytes]]) -> None:
    again = b"".join(bytes([kind]) + len(body).to_bytes(3) + body for kind, body in found)
    assert data.startswith(again)


def _facts(data: bytes) -> tuple[Facts, list[tuple[str, str]]]:
    """All messages of a side, as the onlooker takes them."""
    facts = Facts()
    return facts, [facts.take(kind, body) for kind, body in Reassembler().feed(data)]


def _check_facts(data: bytes, result: tuple[Facts, list[tuple[str, str]]]) -> None:
    facts, said = result
    for name, detail in said:
        assert name
        assert len(name) + len(detail.encode()) <= 1_500 + 4 * len(data)
    assert sum(map(len, facts.certificates or ())) <= len(data)
    assert sum(map(len, facts.authorities)) <= len(data)


def _alert(data: bytes) -> str:
    level, code = messages.read_alert(data)
    found = alert(code)
    return f"{level_name(level)} {found.name} {found.meaning} {found.hint}"


def _codes(data: bytes) -> list[str]:
    """What numbers are called."""
    found = []
    cursor = Cursor(data, "numbers")
    while cursor.remaining >= 2:
        code = cursor.number(2)
        found += [names.cipher_suite(code).name, names.group_name(code), names.signature_scheme_name(code)]
        found += [names.version_name(code), names.handshake_type_name(code & 0xFF)]
    text = data.decode("latin-1")
    return [*found, names.cipher_suite_name(text), names.group_name_from_openssl(text)]


def _check_codes(data: bytes, found: list[str]) -> None:
    assert all(len(one) <= 200 + len(data) for one in found)


def _check_not_tls(_data: bytes, error: HandshakeError) -> None:
    assert len(error.message.encode()) <= 600
    checks.drawable(error.hint)


# ── The onlooker. ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sealed(content: bytes, secret: bytes, suite: int) -> bytes:
    """Handshake messages in encrypted records."""
    pieces = [content[at : at + _LONGEST_CONTENT] for at in range(0, len(content), _LONGEST_CONTENT)]
    return b"".join(seal(secret, suite, number, piece + bytes([HANDSHAKE])) for number, piece in enumerate(pieces))


def _witness(data: bytes) -> Witness:
    """Bytes as they come over the wire."""
    witness = Witness()
    witness.keylog(_KEYLOG)
    for at in range(0, len(data), 700):
        witness.hear(Direction.RECEIVED, data[at : at + 700])
    witness.catch_up(Direction.RECEIVED)
    return witness


def _recorded_witness(data: bytes) -> Witness:
    """Messages that a server of TLS 1.3 encrypts."""
    return _witness(_server_hello() + sealed(data, _SECRET, SUITE))


@cache
def _server_hello() -> bytes:
    body = b"\x03\x03" + bytes(32) + b"\0" + b"\x13\x01" + b"\0" + bytes.fromhex("000c002b00020304003300020017")
    message = b"\x02" + len(body).to_bytes(3) + body
    return b"\x16\x03\x03" + len(message).to_bytes(2) + message


def _check_witness(data: bytes, witness: Witness) -> None:
    for one in witness.messages:
        check_message(one)
    assert len(witness.messages) <= DEFAULTS.handshake_messages
    assert sum(map(len, witness.facts.certificates or ())) <= len(data)
    if witness.excess is not None:
        checks.sentence(witness.excess.message)


def check_message(one: HandshakeMessage) -> None:
    """A message that was noted has a name and not too many words."""
    assert one.name
    assert one.length >= 0
    assert len(one.detail.encode()) <= 1_500


def flights() -> tuple[bytes, ...]:
    """What the zoo's servers sent in their handshakes."""
    return tuple(session.flight for session in recorded().values() if session.flight)


@cache
def contents() -> tuple[bytes, ...]:
    """What the zoo's servers said under encryption: messages from EncryptedExtensions to Finished."""
    found = []
    for session in recorded().values():
        secret = bytes.fromhex(session.keylog.decode().rpartition(" ")[2])
        content, suite = b"", None
        decryptor = None
        for one in RecordReader().feed(session.flight):
            if one.type == HANDSHAKE:
                suite = messages.read_server_hello(one.payload[_HEAD:]).cipher_suite if secret else None
            elif one.type == 23 and suite is not None:
                decryptor = decryptor or Decryptor(secret, suite)
                content += decryptor.decrypt(one)[1]
        if content:
            found.append(content)
    return tuple(found)


@cache
def _sides() -> tuple[bytes, ...]:
    """All handshake messages of a server, the ServerHello first."""
    found = []
    for session in recorded().values():
        clear = takewhile(lambda one: one.type == HANDSHAKE, RecordReader().feed(session.flight))
        found.append(b"".join(one.payload for one in clear))
    hello = _server_hello()[5:]
    return (*filter(None, found), *(hello + content for content in contents()))


def _openings() -> tuple[bytes, ...]:
    said = (
        b"220 mail.example ESMTP\r\n",
        b"* OK IMAP\r\n",
        b"SSH-2.0-x\r\n",
        b"+OK POP3\r\n",
        b"HTTP/1.1 400 Bad\r\n\r\n",
    )
    return (*said, b"<?xml version='1.0'?>", b"220 ftp\r\n", b"\xe4\xb8\xad\r\n", b"\x1b[2J\r\n")


def _of_kind(kind: HandshakeType) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(body for side in _sides() for found, body in Reassembler().feed(side) if found == kind)


def _key_exchanges(body: bytes) -> list[messages.ServerKeyExchange | str]:
    """As each version and way has it."""
    found: list[messages.ServerKeyExchange | str] = []
    for version in (0x0301, 0x0303):
        for way in ("ECDHE", "DHE", None):
            try:
                found.append(messages.read_server_key_exchange(body, version, way))
            except HandshakeError as error:
                found.append(error.message)
    return found


def _check_list(data: bytes, found: messages.CertificateList) -> None:
    parts = (part for each in found.entries for part in (each.certificate, each.ocsp_staple, each.timestamps))
    assert sum(len(part) for part in parts if part) <= len(data)
    assert found.sent >= len(found.entries)


_BODIES: tuple[tuple[str, HandshakeType, Callable[[bytes], Any]], ...] = (
    ("server-hello", HandshakeType.SERVER_HELLO, messages.read_server_hello),
    ("encrypted-extensions", HandshakeType.ENCRYPTED_EXTENSIONS, messages.read_encrypted_extensions),
    ("certificate-verify", HandshakeType.CERTIFICATE_VERIFY, messages.read_certificate_verify),
    (
        "server-key-exchange",
        HandshakeType.SERVER_KEY_EXCHANGE,
        _key_exchanges,
    ),
    (
        "certificate-request",
        HandshakeType.CERTIFICATE_REQUEST,
        lambda body: messages.read_certificate_request(body, messages.TLS_1_3),
    ),
    (
        "certificate-request-1.2",
        HandshakeType.CERTIFICATE_REQUEST,
        lambda body: messages.read_certificate_request(body, messages.TLS_1_2),
    ),
)

PARSERS: tuple[Parser, ...] = (
    Parser(
        name="records",
        covers=("tls.records",),
        read=_records,
        seeds=flights,
        check=_check_records,
        form=Form.RECORDS,
    ),
    Parser(
        name="messages",
        covers=("tls.messages",),
        read=_messages,
        seeds=_sides,
        refuses=(HandshakeError,),
        check=_check_messages,
        form=Form.RECORDS,
    ),
    *(
        Parser(
            name=name,
            covers=("tls.messages", "tls.wire"),
            read=read,
            seeds=_of_kind(kind),
            refuses=(HandshakeError,),
            check=checks.nothing,
            form=Form.RECORDS,
        )
        for name, kind, read in _BODIES
    ),
    *(
        Parser(
            name=f"certificate-message-{version:#06x}",
            covers=("tls.messages", "tls.wire"),
            read=lambda body, version=version: messages.read_certificate(body, version),  # type: ignore[misc]  # bound in the loop
            seeds=_of_kind(HandshakeType.CERTIFICATE),
            refuses=(HandshakeError,),
            check=_check_list,
            form=Form.RECORDS,
        )
        for version in (messages.TLS_1_2, messages.TLS_1_3)
    ),
    Parser(
        name="facts",
        covers=("tls.facts", "tls.messages", "tls.names"),
        read=_facts,
        seeds=_sides,
        refuses=(HandshakeError,),
        check=_check_facts,
        form=Form.RECORDS,
    ),
    Parser(
        name="alert",
        covers=("tls.alerts", "tls.messages"),
        read=_alert,
        seeds=lambda: (b"\x02\x28", b"\x01\x00", b"\x02\xff"),
        refuses=(HandshakeError,),
        check=lambda _, text: checks.drawable(text),
        form=Form.BYTES,
        inputs=100,
    ),
    Parser(
        name="codes",
        covers=("tls.names",),
        read=_codes,
        seeds=lambda: (bytes.fromhex("1301c02f001d040313021303"), b"ECDHE-RSA-AES128-GCM-SHA256", b"X25519MLKEM768"),
        check=_check_codes,
        form=Form.RECORDS,
    ),
    Parser(
        name="not-tls",
        covers=("tls.plaintext",),
        read=plaintext.not_tls,
        seeds=_openings,
        check=_check_not_tls,
        form=Form.LINES,
    ),
    Parser(
        name="witness",
        covers=("tls.witness", "tls.records"),
        read=_witness,
        seeds=flights,
        check=_check_witness,
        form=Form.RECORDS,
        inputs=500,
    ),
    Parser(
        name="witness-encrypted",
        covers=("tls.witness", "tls.decryption", "tls.facts"),
        read=_recorded_witness,
        seeds=contents,
        check=_check_witness,
        form=Form.RECORDS,
        inputs=500,
    ),
)
