"""TLS records and handshake messages written by hand, right or wrong. RFC 8446 §5.1 and §4, RFC 5246 §7.4."""

import secrets

ALERT, HANDSHAKE, CHANGE_CIPHER_SPEC, APPLICATION_DATA = 21, 22, 20, 23
HELLO_REQUEST, SERVER_HELLO, CERTIFICATE, SERVER_HELLO_DONE = 0, 2, 11, 14

TLS_1_2 = 0x0303
TLS_1_3 = 0x0304

RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a ServerHello that is a HelloRetryRequest. RFC 8446 §4.1.3."""

DOWNGRADE = b"DOWNGRD\x01"
"""The end of the random of a server that could speak more than TLS 1.2. RFC 8446 §4.1.3."""

_SESSION_ID_AT = 4 + 2 + 32


def record(kind: int, payload: bytes, *, version: int = TLS_1_2) -> bytes:
    """One record."""
    return bytes([kind]) + version.to_bytes(2) + len(payload).to_bytes(2) + payload


def message(kind: int, body: bytes, *, length: int | None = None) -> bytes:
    """One handshake message, whose header may lie about its length."""
    return bytes([kind]) + (len(body) if length is None else length).to_bytes(3) + body


def vector(width: int, content: bytes) -> bytes:
    """Content behind its length in so many bytes. RFC 8446 §3.4."""
    return len(content).to_bytes(width) + content


def extension(kind: int, content: bytes) -> bytes:
    """One extension of a hello."""
    return kind.to_bytes(2) + vector(2, content)


def alert(level: int, code: int) -> bytes:
    """A record with an alert."""
    return record(ALERT, bytes([level, code]))


def session_id(client_hello: bytes) -> bytes:
    """The session id of a ClientHello, which the server repeats in TLS 1.3. RFC 8446 §4.1.3."""
    length = client_hello[_SESSION_ID_AT]
    return client_hello[_SESSION_ID_AT + 1 : _SESSION_ID_AT + 1 + length]


def server_hello(
    *,
    version: int = TLS_1_2,
    random: bytes | None = None,
    session: bytes = b"",
    suite: int = 0xC02B,
    extensions: bytes = b"",
) -> bytes:
    """The body of a ServerHello; its suite is ECDHE-ECDSA with AES-128-GCM unless it says otherwise."""
    head = version.to_bytes(2) + (random or secrets.token_bytes(32)) + vector(1, session) + suite.to_bytes(2) + b"\0"
    return head + vector(2, extensions)


def retry(client_hello: bytes) -> bytes:
    """A record with a HelloRetryRequest that asks for P-256."""
    wanted = extension(43, TLS_1_3.to_bytes(2)) + extension(51, (23).to_bytes(2))
    body = server_hello(random=RETRY, session=session_id(client_hello), suite=0x1301, extensions=wanted)
    return record(HANDSHAKE, message(SERVER_HELLO, body))


def certificate_message(*certificates: bytes) -> bytes:
    """A Certificate message as before TLS 1.3. RFC 5246 §7.4.2."""
    return message(CERTIFICATE, vector(3, b"".join(vector(3, each) for each in certificates)))


def in_records(content: bytes, kind: int = HANDSHAKE, size: int = 1 << 14) -> bytes:
    """Content in as many records as it takes."""
    return b"".join(record(kind, content[at : at + size]) for at in range(0, len(content), size))
