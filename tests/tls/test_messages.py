"""Handshake messages: what they say is read, and a broken one is a domain error and nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import Fault, HandshakeError
from tlsglass.limits import DEFAULTS, MOST_AUTHORITIES, Limits
from tlsglass.tls import messages
from tlsglass.tls.messages import TLS_1_2, TLS_1_3, Reassembler
from tlsglass.tls.model import CertificateEntry

RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


def vector(width: int, data: bytes) -> bytes:
    """A vector as the wire has it."""
    return len(data).to_bytes(width, "big") + data


def extension(kind: int, data: bytes) -> bytes:
    """An extension as the wire has it."""
    return kind.to_bytes(2, "big") + vector(2, data)


def hello(*extensions: bytes, version: int = TLS_1_2, suite: int = 0x1301, random: bytes = bytes(32)) -> bytes:
    """The body of a ServerHello."""
    head = version.to_bytes(2, "big") + random + vector(1, b"id") + suite.to_bytes(2, "big") + b"\0"
    return head + (vector(2, b"".join(extensions)) if extensions else b"")


def test_server_hello_of_tls_1_3() -> None:
    """RFC 8446 §4.1.3: version and group stand in extensions; others are passed over."""
    read = messages.read_server_hello(
        hello(
            extension(0xFF01, b"\0"),
            extension(43, b"\x03\x04"),
            extension(51, b"\x11\xec" + vector(2, b"share")),
        )
    )
    assert (read.version, read.cipher_suite, read.group, read.alpn, read.retry) == (
        TLS_1_3,
        0x1301,
        0x11EC,
        None,
        False,
    )


def test_server_hello_of_tls_1_2_with_alpn() -> None:
    """RFC 7301 §3.1: before TLS 1.3 the protocol comes in the ServerHello."""
    read = messages.read_server_hello(hello(extension(16, vector(2, vector(1, b"h2"))), suite=0xC02F))
    assert (read.version, read.cipher_suite, read.group, read.alpn) == (TLS_1_2, 0xC02F, None, b"h2")


def test_server_hello_without_extensions() -> None:
    """RFC 5246 §7.4.1.3: an old server leaves them out."""
    assert messages.read_server_hello(hello(version=0x0301)).version == 0x0301


def test_hello_retry_request_is_told_by_its_random() -> None:
    """RFC 8446 §4.1.4: its key share is the group alone."""
    read = messages.read_server_hello(
        hello(extension(43, b"\x03\x04"), extension(51, b"\x00\x19"), random=RETRY_RANDOM)
    )
    assert read.retry
    assert read.group == 0x19


def test_encrypted_extensions() -> None:
    """RFC 8446 §4.3.1."""
    alpn = extension(16, vector(2, vector(1, b"http/1.1")))
    assert messages.read_encrypted_extensions(vector(2, extension(0, b"") + alpn)) == b"http/1.1"
    assert messages.read_encrypted_extensions(vector(2, b"")) is None


def test_certificates_in_both_forms() -> None:
    """RFC 8446 §4.4.2 adds a context and extensions to the list of RFC 5246 §7.4.2."""
    old = vector(3, vector(3, b"leaf") + vector(3, b"issuer"))
    other = extension(77, b"ext")
    new = vector(1, b"") + vector(3, vector(3, b"leaf") + vector(2, other) + vector(3, b"issuer") + vector(2, b""))
    assert messages.read_certificate(old, TLS_1_2) == messages.read_certificate(new, TLS_1_3)
    read = messages.read_certificate(old, 0x0301)
    assert [entry.certificate for entry in read.entries] == [b"leaf", b"issuer"]
    assert read.sent == 2


def test_no_certificate_is_an_empty_list() -> None:
    """An empty list is malformed for a server, but it can be read."""
    assert messages.read_certificate(vector(3, b""), TLS_1_2).entries == ()


def test_certificates_are_bounded_and_counted() -> None:
    """A flood of tiny certificates costs whoever reads them no more than the limit."""
    read = messages.read_certificate(vector(3, vector(3, b"c") * 5000), TLS_1_2)
    assert len(read.entries) == DEFAULTS.certificates
    assert read.sent == 5000


def test_certificate_verify() -> None:
    """RFC 8446 §4.4.3."""
    assert messages.read_certificate_verify(b"\x08\x07" + vector(2, b"signature")) == 0x0807


def test_server_key_exchange_with_a_named_curve() -> None:
    """RFC 8422 §5.4; the scheme is there since TLS 1.2."""
    body = b"\x03\x00\x1d" + vector(1, b"point") + b"\x08\x04" + vector(2, b"signature")
    assert messages.read_server_key_exchange(body, TLS_1_2, "ECDHE") == messages.ServerKeyExchange(
        group=0x1D, signature_scheme=0x0804
    )
    assert messages.read_server_key_exchange(body, 0x0302, "ECDHE").signature_scheme is None


def test_server_key_exchange_with_a_curve_spelled_out() -> None:
    """RFC 4492 §5.4: explicit curves are not followed."""
    assert messages.read_server_key_exchange(b"\x01rest", TLS_1_2, "ECDHE") == messages.ServerKeyExchange(
        group=None, signature_scheme=None
    )


def test_server_key_exchange_with_finite_fields() -> None:
    """RFC 5246 §7.4.3: prime, generator, public value, then the signature."""
    body = vector(2, b"prime") + vector(2, b"\x02") + vector(2, b"public") + b"\x04\x01" + vector(2, b"signature")
    assert messages.read_server_key_exchange(body, TLS_1_2, "DHE") == messages.ServerKeyExchange(
        group=None, signature_scheme=0x0401
    )


def test_server_key_exchange_of_another_kind_is_not_read() -> None:
    """Nothing is guessed about key exchanges that are not offered."""
    assert messages.read_server_key_exchange(b"", TLS_1_2, "PSK").group is None


@pytest.mark.parametrize("version", [0x0301, TLS_1_2, TLS_1_3])
def test_certificate_request(version: int) -> None:
    """RFC 2246 §7.4.4, RFC 5246 §7.4.4 and RFC 8446 §4.3.2 have three forms."""
    authorities = vector(2, vector(2, b"one") + vector(2, b"two"))
    match version:
        case messages.TLS_1_3:
            body = vector(1, b"") + vector(2, extension(13, b"\0\0") + extension(47, authorities))
        case messages.TLS_1_2:
            body = vector(1, b"\x01\x40") + vector(2, b"\x04\x03") + authorities
        case _:
            body = vector(1, b"\x01\x40") + authorities
    request = messages.read_certificate_request(body, version)
    assert (request.authorities, request.named) == ((b"one", b"two"), 2)


def test_authorities_are_bounded() -> None:
    """A flood of names costs whoever reads them no more than the limit, and it is known how many there were."""
    body = vector(1, b"\x01") + vector(2, vector(2, b"") * 2000)
    request = messages.read_certificate_request(body, 0x0301)
    assert (len(request.authorities), request.named) == (MOST_AUTHORITIES, 2000)


def test_alert() -> None:
    """RFC 8446 §6."""
    assert messages.read_alert(b"\x02\x28") == (2, 40)


READERS: tuple[Callable[[bytes], object], ...] = (
    messages.read_server_hello,
    messages.read_encrypted_extensions,
    messages.read_certificate_verify,
    messages.read_alert,
    lambda body: messages.read_certificate(body, TLS_1_2),
    lambda body: messages.read_certificate(body, TLS_1_3),
    lambda body: messages.read_certificate_request(body, 0x0301),
    lambda body: messages.read_certificate_request(body, TLS_1_2),
    lambda body: messages.read_certificate_request(body, TLS_1_3),
    lambda body: messages.read_server_key_exchange(body, TLS_1_2, "ECDHE"),
    lambda body: messages.read_server_key_exchange(body, TLS_1_2, "DHE"),
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(body=st.binary(max_size=120), reader=st.sampled_from(READERS))
def test_garbage_is_read_or_is_a_domain_error(body: bytes, reader: Callable[[bytes], object]) -> None:
    """No other exception comes out of any reader."""
    fault: Fault | None = None
    try:
        reader(body)
    except HandshakeError as error:
        fault = error.fault
    assert fault in {None, Fault.PEER_MISBEHAVED}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(cut=st.integers(min_value=0, max_value=60))
def test_a_cut_message_is_a_domain_error(cut: int) -> None:
    """Each prefix of a ServerHello is too short, except those that end where extensions may be missing."""
    body = hello(extension(43, b"\x03\x04"), extension(51, b"\x11\xec" + vector(2, b"share")))
    prefix = body[: min(cut, len(body) - 1)]
    if len(prefix) == len(hello()):
        assert messages.read_server_hello(prefix).version == TLS_1_2
    else:
        with pytest.raises(HandshakeError, match=r"server_hello message ends \d+ bytes too early"):
            messages.read_server_hello(prefix)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    bodies=st.lists(st.tuples(st.integers(min_value=0, max_value=255), st.binary(max_size=40)), max_size=5),
    size=st.integers(min_value=1, max_value=50),
)
def test_messages_are_put_together_from_any_fragments(bodies: list[tuple[int, bytes]], size: int) -> None:
    """RFC 8446 §5.1: messages may be cut over records, and several may share one."""
    stream = b"".join(bytes([kind]) + vector(3, body) for kind, body in bodies)
    reassembler = Reassembler(Limits(handshake_bytes=100))
    read: list[tuple[int, bytes]] = []
    for at in range(0, len(stream), size):
        read += reassembler.feed(stream[at : at + size])
    assert read == bodies


def test_a_message_over_the_limit_is_refused_by_its_header() -> None:
    """It is not waited for."""
    with pytest.raises(HandshakeError, match="16,777,215 bytes") as caught:
        list(Reassembler(Limits(handshake_bytes=100)).feed(b"\x0b\xff\xff\xff"))
    assert caught.value.fault is Fault.TOO_LARGE


def test_timestamps_of_public_logs() -> None:
    """RFC 6962 §3.3.1: in the ServerHello before TLS 1.3."""
    assert messages.read_server_hello(hello(extension(18, b"list"))).timestamps == b"list"


def came_with(*extensions: bytes) -> list[CertificateEntry]:
    """What is read of a certificate that comes with these extensions, and of the one after it."""
    entries = vector(3, b"a") + vector(2, b"".join(extensions)) + vector(3, b"b") + vector(2, extension(18, b"other"))
    read = messages.read_certificate(vector(1, b"") + vector(3, entries), TLS_1_3).entries
    assert read[1] == CertificateEntry(certificate=b"b", timestamps=b"other")
    return list(read[:1])


def status(response: bytes, *, kind: int = 1, after: bytes = b"") -> bytes:
    """A status_request extension with an OCSP response in it. RFC 8446 §4.4.2.1, RFC 6066 §8."""
    return extension(5, bytes([kind]) + vector(3, response) + after)


def test_what_comes_along_with_each_certificate() -> None:
    """RFC 8446 §4.4.2.1: a staple and timestamps, in any order, among others; of doubled ones the first."""
    both = CertificateEntry(certificate=b"a", ocsp_staple=b"staple", timestamps=b"list")
    assert came_with(status(b"staple"), extension(18, b"list")) == [both]
    assert came_with(extension(18, b"list"), extension(77, b""), status(b"staple")) == [both]
    twice = (status(b"staple"), extension(18, b"list"), status(b"second"), extension(18, b"second"))
    assert came_with(*twice) == [both]
    assert came_with() == [CertificateEntry(certificate=b"a")]


@pytest.mark.parametrize(
    ("extensions", "problem"),
    [
        ((b"!", b"!"), "The extensions that came with it end too early."),
        ((extension(5, b""),), "The status that came with it ends too early."),
        ((extension(5, b"\1\xff\xff\xff" + bytes(100)),), "The status that came with it ends too early."),
        ((status(b""),), "The status that came with it is empty."),
        ((status(b"staple", after=b"more"),), "The status that came with it goes on 4 bytes after its end."),
        ((status(b"staple", kind=2),), "The status that came with it is of type 2, which is not known here."),
    ],
    ids=["block", "no-type", "long", "empty", "more", "type"],
)
def test_what_is_damaged_hides_nothing(extensions: tuple[bytes, ...], problem: str) -> None:
    """The other extensions and certificates are read all the same."""
    (read,) = came_with(extension(18, b"list"), *extensions)
    assert read == CertificateEntry(certificate=b"a", timestamps=b"list", problem=problem)
    (read,) = came_with(status(b"staple"), b"!")
    assert (read.ocsp_staple, read.problem) == (b"staple", "The extensions that came with it end too early.")
