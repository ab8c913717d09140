"""What is read of a ClientHello, and what is agreed or refused by it."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo.tls13.test_schedule import CLIENT_HELLO
from tests.tls.test_messages import extension, vector
from tlsglass.demo.tls13.alerts import Alert, AlertError
from tlsglass.demo.tls13.groups import Group, exchanged
from tlsglass.demo.tls13.hello import Terms, agree, read_client_hello

VERSIONS = extension(43, vector(1, b"\x03\x04"))
GROUPS = extension(10, vector(2, b"\x00\x1d\x00\x17"))
SCHEMES = extension(13, vector(2, b"\x04\x03"))
KEY = b"\x09" + bytes(31)
SHARE = b"\x00\x1d" + vector(2, KEY)
SHARES = extension(51, vector(2, SHARE))
USUAL = (VERSIONS, GROUPS, SCHEMES, SHARES)


def body(
    *extensions: bytes, suites: bytes = b"\x13\x01", compressions: bytes = b"\0", session_id: bytes = b""
) -> bytes:
    """A ClientHello without its header."""
    start = b"\x03\x03" + bytes(32) + vector(1, session_id) + vector(2, suites) + vector(1, compressions)
    return start + vector(2, b"".join(extensions))


def refused(data: bytes) -> Alert:
    """The alert that a hello deserves."""
    with pytest.raises(AlertError) as caught:
        agree(read_client_hello(data))
    return caught.value.alert


def test_all_that_is_read() -> None:
    """Names of other kinds and extensions that nobody knows are passed over."""
    others = (
        extension(16, vector(2, vector(1, b"h2") + vector(1, b"http/1.1"))),
        extension(0, vector(2, b"\1" + vector(2, b"other") + b"\0" + vector(2, b"a.test"))),
        extension(5, b"\1\0\0\0\0"),
        extension(0x0A0A, b""),
    )
    hello = read_client_hello(body(*USUAL, *others, session_id=b"id"))
    assert (hello.session_id, hello.cipher_suites, hello.versions) == (b"id", (0x1301,), (0x0304,))
    assert (hello.groups, hello.schemes, hello.shares) == ((0x1D, 0x17), (0x0403,), {0x1D: KEY})
    assert (hello.protocols, hello.server_name, hello.wants_staples) == ((b"h2", b"http/1.1"), b"a.test", True)
    assert agree(hello) == Terms(group=Group.X25519, share=KEY)


def test_a_share_that_is_there_comes_before_a_preference() -> None:
    """A second hello is saved by it; without any, the preferred group is asked for."""
    of_the_other = extension(51, vector(2, b"\x00\x17" + vector(2, b"key")))
    assert agree(read_client_hello(body(*USUAL[:3], of_the_other))) == Terms(group=Group.SECP256R1, share=b"key")
    none = extension(51, vector(2, b""))
    assert agree(read_client_hello(body(*USUAL[:3], none))) == Terms(group=Group.X25519, share=None)


@pytest.mark.parametrize(
    ("data", "alert"),
    [
        (b"", Alert.DECODE_ERROR),
        (CLIENT_HELLO[4:-1], Alert.DECODE_ERROR),
        (CLIENT_HELLO[4:] + b"x", Alert.DECODE_ERROR),
        (body(*USUAL, session_id=bytes(33)), Alert.DECODE_ERROR),
        (body(*USUAL[1:], extension(43, vector(1, b"\x03\x04") + b"x")), Alert.DECODE_ERROR),
        (body(*USUAL[1:], extension(43, vector(1, b"\x03\x04\x03"))), Alert.DECODE_ERROR),
        (body(*USUAL, extension(5, b"")), Alert.DECODE_ERROR),
        (body(*USUAL, VERSIONS), Alert.ILLEGAL_PARAMETER),
        (body(extension(41, b""), *USUAL), Alert.ILLEGAL_PARAMETER),
        (body(*USUAL[:3], extension(51, vector(2, SHARE * 2))), Alert.ILLEGAL_PARAMETER),
        (body(*USUAL, compressions=b"\0\1"), Alert.ILLEGAL_PARAMETER),
        (body(*USUAL)[: -len(b"".join(USUAL)) - 2], Alert.PROTOCOL_VERSION),
        (body(*USUAL[1:], extension(43, vector(1, b"\x03\x03"))), Alert.PROTOCOL_VERSION),
        (body(VERSIONS, SCHEMES, SHARES), Alert.MISSING_EXTENSION),
        (body(VERSIONS, GROUPS, SHARES), Alert.MISSING_EXTENSION),
        (body(VERSIONS, GROUPS, SCHEMES), Alert.MISSING_EXTENSION),
        (body(*USUAL, suites=b"\x13\x02"), Alert.HANDSHAKE_FAILURE),
        (body(VERSIONS, SCHEMES, SHARES, extension(10, vector(2, b"\x00\x18"))), Alert.HANDSHAKE_FAILURE),
        (body(VERSIONS, GROUPS, SHARES, extension(13, vector(2, b"\x08\x04"))), Alert.HANDSHAKE_FAILURE),
    ],
    ids=[
        *("empty", "short", "long", "session-id", "more-in-extension", "half-a-number", "no-status-type"),
        *("extension-twice", "psk-not-last", "share-twice", "compression"),
        *("no-extensions", "only-1.2", "no-groups", "no-schemes", "no-shares"),
        *("suites", "groups", "schemes"),
    ],
)
def test_what_is_refused(data: bytes, alert: Alert) -> None:
    """By the alert that RFC 8446 has for it."""
    assert refused(data) is alert


@pytest.mark.parametrize(
    ("group", "share"),
    [
        (Group.X25519, bytes(31)),
        (Group.X25519, bytes(32)),
        (Group.SECP256R1, b"\2" + bytes(32)),
        (Group.SECP256R1, b"\4" + bytes(64)),
    ],
    ids=["short", "zero", "compressed", "off-the-curve"],
)
def test_keys_that_are_none(group: Group, share: bytes) -> None:
    """RFC 8446 §4.2.8.2, RFC 7748 §6.1: also one that makes a secret of nothing but zeros."""
    with pytest.raises(AlertError) as caught:
        exchanged(group, share)
    assert caught.value.alert is Alert.ILLEGAL_PARAMETER


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject) -> None:
    """Nothing but the server's own error, however a hello is damaged."""
    whole = bytearray(data.draw(st.sampled_from([CLIENT_HELLO[4:], body(*USUAL)])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(AlertError):
        agree(read_client_hello(bytes(whole)))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    """From the first byte on, or as extensions."""
    for each in (data, body(data), body(*USUAL, extension(0, data))):
        with contextlib.suppress(AlertError):
            read_client_hello(each)
