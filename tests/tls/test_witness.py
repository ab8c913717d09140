"""The onlooker: what it notes, and that nothing a server says disturbs it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tls.test_decryption import CLIENT_FINISHED, CLIENT_SECRET, SERVER_FLIGHT, SERVER_HELLO, SERVER_SECRET, seal
from tests.tls.test_messages import RETRY_RANDOM, extension, hello, vector
from tests.tls.test_records import record
from tlsglass.errors import Fault
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.tls.facts import Facts
from tlsglass.tls.model import Direction
from tlsglass.tls.witness import Witness

RECEIVED = Direction.RECEIVED


def message(kind: int, body: bytes) -> bytes:
    """A handshake message in a record of its own."""
    return record(22, bytes([kind]) + vector(3, body))


def noted(witness: Witness) -> list[tuple[str, bool, str]]:
    """What was noted, shortened."""
    return [(m.name, m.encrypted, m.detail) for m in witness.messages]


def keylog(label: str, secret: bytes) -> bytes:
    """A line as NSS and OpenSSL write it."""
    return f"{label} {bytes(32).hex()} {secret.hex()}".encode()


def test_handshake_of_rfc_8448() -> None:
    """RFC 8448 §3, seen from outside with the two handshake secrets."""
    witness = Witness()
    witness.hear(RECEIVED, SERVER_HELLO + SERVER_FLIGHT)
    assert [m.name for m in witness.messages] == ["server_hello"]
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    witness.keylog(keylog("CLIENT_HANDSHAKE_TRAFFIC_SECRET", CLIENT_SECRET))
    witness.catch_up(RECEIVED)
    witness.hear(Direction.SENT, CLIENT_FINISHED)
    assert noted(witness) == [
        ("server_hello", False, "TLSv1.3 TLS_AES_128_GCM_SHA256 x25519"),
        ("encrypted_extensions", True, ""),
        ("certificate", True, "1 certificate"),
        ("certificate_verify", True, "rsa_pss_rsae_sha256"),
        ("finished", True, ""),
        ("finished", True, ""),
    ]
    assert witness.messages[-1].direction is Direction.SENT
    certificates = witness.facts.certificates
    assert certificates is not None
    assert certificates[0].startswith(b"\x30\x82\x01\xac")
    assert witness.facts.group == 0x1D


def test_nothing_is_heard_after_finished() -> None:
    """What comes then is encrypted with other keys and is none of its business."""
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    witness.hear(RECEIVED, SERVER_HELLO + SERVER_FLIGHT + seal(SERVER_SECRET, 0x1301, 1, b"\x04\0\0\0\x16"))
    count = len(witness.messages)
    witness.hear(RECEIVED, record(21, b"\x02\x28"))
    assert witness.messages[-1].name == "finished"
    assert len(witness.messages) == count


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"garbage",
        b"SERVER_TRAFFIC_SECRET_0 00 11",
        b"SERVER_HANDSHAKE_TRAFFIC_SECRET",
        b"SERVER_HANDSHAKE_TRAFFIC_SECRET 00 xyz",
        b"SERVER_HANDSHAKE_TRAFFIC_SECRET 00 \xff",
    ],
)
def test_other_lines_of_the_key_log_are_passed_over(line: bytes) -> None:
    """A callback of OpenSSL must not raise, and application secrets are not kept."""
    witness = Witness()
    witness.keylog(line)
    witness.hear(RECEIVED, SERVER_HELLO + SERVER_FLIGHT)
    witness.catch_up(RECEIVED)
    assert witness.facts.certificates is None
    assert witness.excess is None


def test_a_wrong_secret_ends_the_looking_on_and_nothing_else() -> None:
    """Whether the handshake goes on is OpenSSL's to say."""
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", CLIENT_SECRET))
    witness.hear(RECEIVED, SERVER_HELLO + SERVER_FLIGHT)
    assert noted(witness) == [("server_hello", False, "TLSv1.3 TLS_AES_128_GCM_SHA256 x25519")]
    assert witness.excess is None


def test_alerts_under_encryption_are_read_in_tls_1_3() -> None:
    """RFC 8446 §6: after ServerHello alerts are encrypted like handshake messages; the rest is passed over."""
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    other = seal(SERVER_SECRET, 0x1301, 0, b"data\x17")
    witness.hear(RECEIVED, SERVER_HELLO + other + seal(SERVER_SECRET, 0x1301, 1, b"\x02\x28\x15"))
    assert noted(witness)[1:] == [("alert", True, "fatal handshake_failure")]
    assert witness.facts.fatal_alert == 40


def test_after_a_change_of_cipher_nothing_can_be_read_before_tls_1_3() -> None:
    """RFC 5246 §7.1: Finished follows it, under encryption."""
    witness = Witness()
    witness.hear(RECEIVED, message(2, hello(suite=0xC02F)) + record(20, b"\1"))
    witness.hear(RECEIVED, record(24, b"?") + record(21, b"????????") + record(22, b"?" * 40))
    assert noted(witness)[1:] == [
        ("change_cipher_spec", False, ""),
        ("alert", True, "not decrypted"),
        ("finished", True, ""),
    ]
    assert witness.messages[-1].length == 12


def test_a_change_of_cipher_means_nothing_in_tls_1_3() -> None:
    """RFC 8446 §D.4: it is there for middleboxes."""
    witness = Witness()
    retry = hello(extension(43, b"\x03\x04"), extension(51, b"\x00\x17"), random=RETRY_RANDOM)
    witness.hear(RECEIVED, message(2, retry) + record(20, b"\1") + SERVER_HELLO)
    assert [m.name for m in witness.messages] == ["hello_retry_request", "change_cipher_spec", "server_hello"]


def test_messages_before_tls_1_3() -> None:
    """RFC 5246 §7.3: all of them are in the clear."""
    witness = Witness()
    alpn = extension(16, vector(2, vector(1, b"h2")))
    witness.hear(
        RECEIVED,
        message(2, hello(alpn, suite=0xC02F))
        + message(11, vector(3, vector(3, b"one") + vector(3, b"two")))
        + message(12, b"\x03\x00\x17" + vector(1, b"point") + b"\x04\x01")
        + message(13, vector(1, b"\x01") + vector(2, b"\x04\x01") + vector(2, vector(2, b"0\0")))
        + message(14, b"")
        + record(24, b"heartbeat"),
    )
    assert noted(witness) == [
        ("server_hello", False, "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ALPN h2"),
        ("certificate", False, "2 certificates"),
        ("server_key_exchange", False, "secp256r1 rsa_pkcs1_sha256"),
        ("certificate_request", False, ""),
        ("server_hello_done", False, ""),
    ]
    assert witness.facts.certificates == (b"one", b"two")
    assert witness.facts.certificate_requested
    assert witness.facts.authorities == (b"0\0",)
    last = witness.last_received
    assert last is not None
    assert last.name == "server_hello_done"


def test_certificates_that_are_left_out_are_told() -> None:
    """With the limit's name; those before stay."""
    witness = Witness(Limits(certificates=1))
    two = vector(3, vector(3, b"one") + vector(3, b"two"))
    witness.hear(RECEIVED, message(2, hello(suite=0xC02F)) + message(11, two))
    kept = "2 certificates, only 1 are kept (limit certificates; --limit certificates=2 raises it)"
    assert noted(witness)[-1] == ("certificate", False, kept)
    assert witness.facts.certificates == (b"one",)
    assert witness.facts.certificates_left_out == f"The server sent {kept.replace(', ', '; ')}."


def test_what_came_along_is_counted_and_damage_is_told() -> None:
    """RFC 8446 §4.4.2.1: with any of the certificates."""
    staple = extension(5, b"\1" + vector(3, b"staple"))
    came = [vector(3, b"c") + vector(2, along) for along in (staple, b"!", b"")]
    details = []
    for count in (1, 2, 3):
        facts = Facts()
        facts.version = 0x0304
        details.append(facts.take(11, vector(1, b"") + vector(3, b"".join(came[:1] * count if count < 3 else came)))[1])
    assert details == [
        "1 certificate, 1 OCSP staple",
        "2 certificates, 2 OCSP staples",
        "3 certificates, 1 OCSP staple, extensions of 1 damaged",
    ]


def test_encrypted_extensions_tell_the_application_protocol() -> None:
    """RFC 7301 §3.1."""
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    extensions = vector(2, extension(16, vector(2, vector(1, b"h2"))))
    witness.hear(RECEIVED, SERVER_HELLO)
    witness.hear(RECEIVED, seal(SERVER_SECRET, 0x1301, 0, b"\x08" + vector(3, extensions) + b"\x16"))
    assert noted(witness)[1:] == [("encrypted_extensions", True, "ALPN h2")]


def test_key_exchanges_that_say_little() -> None:
    """A key exchange without a curve, or before TLS 1.2, has less to tell; without a hello nothing."""
    old = Witness()
    old.hear(RECEIVED, message(2, hello(suite=0xC013, version=0x0301)) + message(12, b"\x03\x00\x17\x00"))
    assert noted(old)[1:] == [("server_key_exchange", False, "secp256r1")]
    finite = Witness()
    body = vector(2, b"p") + vector(2, b"g") + vector(2, b"y") + b"\x04\x01"
    finite.hear(RECEIVED, message(2, hello(suite=0x0033)) + message(12, body))
    assert noted(finite)[1:] == [("server_key_exchange", False, "rsa_pkcs1_sha256")]
    none = Witness()
    none.hear(RECEIVED, message(12, b""))
    assert noted(none) == [("server_key_exchange", False, "")]


def test_a_malformed_message_is_named_and_ends_the_looking_on() -> None:
    """It is OpenSSL that refuses it."""
    witness = Witness()
    witness.hear(RECEIVED, message(2, b"short") + message(14, b""))
    assert noted(witness) == [("server_hello", False, "malformed")]
    assert witness.excess is None


def test_our_own_messages_are_noted_and_not_interpreted() -> None:
    """What we say is no fact about the server."""
    witness = Witness()
    witness.hear(Direction.SENT, message(11, b"") + record(21, b"\x02\x30"))
    assert noted(witness) == [("certificate", False, ""), ("alert", False, "fatal unknown_ca")]
    assert witness.facts.fatal_alert is None
    assert witness.last_received is None


def test_warnings_do_not_end_a_handshake() -> None:
    """RFC 6066 §3: unrecognized_name often comes as a warning."""
    witness = Witness()
    witness.hear(RECEIVED, record(21, b"\x01\x70"))
    assert noted(witness) == [("alert", False, "warning unrecognized_name")]
    assert witness.facts.fatal_alert is None


@pytest.mark.parametrize(
    "flood",
    [
        record(22, b"\0\0\0\0" * 300),
        record(22, b"") * (DEFAULTS.handshake_records + 1),
        record(23, bytes(1 << 14)) * 65,
        message(2, hello()) + record(22, b"\x0b\xff\xff\xff"),
    ],
    ids=["messages", "records", "bytes", "announced"],
)
def test_a_flood_is_refused(flood: bytes) -> None:
    """A server can't fill the memory: what is too much is said, and no more is kept."""
    witness = Witness()
    witness.hear(RECEIVED, flood)
    excess = witness.excess
    assert excess is not None
    assert excess.fault is Fault.TOO_LARGE
    assert len(witness.messages) <= DEFAULTS.handshake_messages
    assert not witness._sides[RECEIVED].waiting


@settings(derandomize=True, max_examples=100, deadline=None)
@given(data=st.lists(st.tuples(st.sampled_from([20, 21, 22, 23, 24]), st.binary(max_size=80)), max_size=8))
def test_records_of_garbage_never_disturb_it(data: list[tuple[int, bytes]]) -> None:
    """It never raises."""
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    for kind, payload in data:
        witness.hear(RECEIVED, record(kind, payload))
    witness.catch_up(RECEIVED)
    assert not witness.not_tls or not data
    assert len(witness.messages) <= DEFAULTS.handshake_messages


@settings(derandomize=True, max_examples=100, deadline=None)
@given(at=st.integers(min_value=0, max_value=len(SERVER_HELLO) - 1), bit=st.integers(min_value=0, max_value=7))
def test_a_changed_bit_never_disturbs_it(at: int, bit: int) -> None:
    """Each ServerHello with one bit flipped is read, or ends the looking on."""
    changed = bytearray(SERVER_HELLO)
    changed[at] ^= 1 << bit
    witness = Witness()
    witness.keylog(keylog("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_SECRET))
    witness.hear(RECEIVED, bytes(changed) + SERVER_FLIGHT)
    assert witness.opening.startswith(bytes(changed))
    assert [m.name for m in witness.messages if m.name == "finished"] in ([], ["finished"])
