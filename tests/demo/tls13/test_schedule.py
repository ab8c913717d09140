"""The key schedule by the example trace of RFC 8448 §3, 'Simple 1-RTT Handshake'."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tests.tls.test_decryption import CLIENT_FINISHED, CLIENT_SECRET, SERVER_FLIGHT, SERVER_HELLO, SERVER_SECRET
from tlsglass.demo.tls13.groups import Group
from tlsglass.demo.tls13.hello import agree, read_client_hello
from tlsglass.demo.tls13.records import Protection, RecordCutter
from tlsglass.demo.tls13.schedule import Schedule, Transcript, next_secret, verify_data
from tlsglass.tls.decryption import Decryptor
from tlsglass.tls.records import ContentType, RecordReader

CLIENT_HELLO = bytes.fromhex(
    "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000910000000b00"
    "09000006736572766572ff01000100000a00140012001d0017001800190100010101020103010400230000003300260024001d002099381d"
    "e560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e0403050306030203080408050806"
    "04010501060102010402050206020202002d00020101001c00024001"
)
SERVER_KEY = X25519PrivateKey.from_private_bytes(
    bytes.fromhex("b1580eeadf6dd589b8ef4f2d5652578cc810e9980191ec8d058308cea216a21e")
)
CLIENT_APPLICATION = bytes.fromhex("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5")
SERVER_APPLICATION = bytes.fromhex("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643")
SUITE = 0x1301


def test_the_trace_from_end_to_end() -> None:
    """From the keys of both sides to the application secrets and what both say in Finished."""
    hello = read_client_hello(CLIENT_HELLO[4:])
    terms = agree(hello)
    assert (terms.group, hello.server_name, hello.wants_staples) == (Group.X25519, b"server", False)
    shared = SERVER_KEY.exchange(X25519PublicKey.from_public_bytes(terms.share or b""))
    transcript = Transcript()
    transcript.add(CLIENT_HELLO)
    transcript.add(SERVER_HELLO[5:])
    schedule = Schedule(shared, transcript.digest)
    assert (schedule.client_handshake, schedule.server_handshake) == (CLIENT_SECRET, SERVER_SECRET)

    (flight,) = RecordReader().feed(SERVER_FLIGHT)
    kind, content = Protection(schedule.server_handshake).open(flight)
    assert (kind, content) == Decryptor(SERVER_SECRET, SUITE).decrypt(flight)
    assert kind == ContentType.HANDSHAKE
    transcript.add(content[:-36])
    assert content[-32:] == verify_data(schedule.server_handshake, transcript.digest)
    assert Protection(schedule.server_handshake).seal(ContentType.HANDSHAKE, content) == SERVER_FLIGHT
    transcript.add(content[-36:])
    assert schedule.application(transcript.digest) == (CLIENT_APPLICATION, SERVER_APPLICATION)

    (last,) = RecordCutter().feed(CLIENT_FINISHED)
    kind, content = Protection(schedule.client_handshake).open(last)
    assert content[4:] == verify_data(schedule.client_handshake, transcript.digest)


def test_a_first_hello_is_kept_as_its_hash() -> None:
    """RFC 8446 §4.4.1: message_hash, the length of the hash, and the hash."""
    transcript = Transcript()
    transcript.add(b"hello")
    transcript.begin_again()
    transcript.add(b"retry")
    expected = hashlib.sha256(b"\xfe\0\0\x20" + hashlib.sha256(b"hello").digest() + b"retry").digest()
    assert transcript.digest == expected


def test_the_secret_after_an_update_is_another() -> None:
    """RFC 8446 §7.2. That OpenSSL has the same is tested with the connection."""
    assert next_secret(CLIENT_APPLICATION) != CLIENT_APPLICATION
