"""Decryption of TLS 1.3 handshake records, by the example traces of RFC 8448 and by each cipher suite."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import aead
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import Fault, HandshakeError
from tlsglass.tls.decryption import SUITES, Decryptor, expand_label
from tlsglass.tls.records import Record, RecordReader

# RFC 8448 §3, "Simple 1-RTT Handshake".
SERVER_SECRET = bytes.fromhex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38")
CLIENT_SECRET = bytes.fromhex("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21")
CLIENT_FINISHED = bytes.fromhex(
    "17030300 3575ec4d c238cce6 0b298044 a71e219c 56cc77b0 517fe9b9 3c7a4bfc 44d87f38"
    "f80338ac 98fc46de b384bd1c aeacab68 67d726c4 0546"
)
SERVER_HELLO = bytes.fromhex(
    "160303005a020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100"
    "002e00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304"
)
SERVER_FLIGHT = bytes.fromhex(
    "17030302a2d1ff334a56f5bff6594a07cc87b580233f500f45e489e7f33af35edf7869fcf40aa40aa2b8ea73f848a7ca07612ef9f945cb96"
    "0b4068905123ea78b111b429ba9191cd05d2a389280f526134aadc7fc78c4b729df828b5ecf7b13bd9aefb0e57f271585b8ea9bb355c7c79"
    "020716cfb9b1183ef3ab20e37d57a6b9d7477609aee6e122a4cf51427325250c7d0e509289444c9b3a648f1d71035d2ed65b0e3cdd0cbae8"
    "bf2d0b227812cbb360987255cc744110c453baa4fcd610928d809810e4b7ed1a8fd991f06aa6248204797e36a6a73b70a2559c09ead68694"
    "5ba246ab66e5edd8044b4c6de3fcf2a89441ac66272fd8fb330ef8190579b3684596c960bd596eea520a56a8d650f563aad27409960dca63"
    "d3e688611ea5e22f4415cf9538d51a200c27034272968a264ed6540c84838d89f72c24461aad6d26f59ecaba9acbbb317b66d902f4f292a3"
    "6ac1b639c637ce343117b659622245317b49eeda0c6258f100d7d961ffb138647e92ea330faeea6dfa31c7a84dc3bd7e1b7a6c7178af3687"
    "9018e3f252107f243d243dc7339d5684c8b0378bf30244da8c87c843f5e56eb4c5e8280a2b48052cf93b16499a66db7cca71e4599426f7d4"
    "61e66f99882bd89fc50800becca62d6c74116dbd2972fda1fa80f85df881edbe5a37668936b335583b599186dc5c6918a396fa48a181d6b6"
    "fa4f9d62d513afbb992f2b992f67f8afe67f76913fa388cb5630c8ca01e0c65d11c66a1e2ac4c85977b7c7a6999bbf10dc35ae69f5515614"
    "636c0b9b68c19ed2e31c0b3b66763038ebba42f3b38edc0399f3a9f23faa63978c317fc9fa66a73f60f0504de93b5b845e275592c12335ee"
    "340bbc4fddd502784016e4b3be7ef04dda49f4b440a30cb5d2af939828fd4ae3794e44f94df5a631ede42c1719bfdabf0253fe5175be898e"
    "750edc53370d2b"
)


def one(data: bytes) -> Record:
    """The one record of some bytes."""
    (record,) = RecordReader().feed(data)
    return record


def test_keys_of_rfc_8448() -> None:
    """RFC 8448 §3: the server's handshake write key and IV."""
    assert expand_label(SERVER_SECRET, b"key", 16, hashes.SHA256()).hex() == "3fce516009c21727d0f2e4e86ee403bc"
    assert expand_label(SERVER_SECRET, b"iv", 12, hashes.SHA256()).hex() == "5d313eb2671276ee13000b30"


def test_server_flight_of_rfc_8448() -> None:
    """RFC 8448 §3: EncryptedExtensions to Finished, 657 bytes in one record."""
    kind, content = Decryptor(SERVER_SECRET, 0x1301).decrypt(one(SERVER_FLIGHT))
    assert kind == 22
    assert len(content) == 657
    assert content.startswith(bytes.fromhex("080000240022000a00140012001d"))
    assert content.endswith(bytes.fromhex("140000209b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718"))


def test_client_finished_of_rfc_8448() -> None:
    """RFC 8448 §3: the client's Finished."""
    kind, content = Decryptor(CLIENT_SECRET, 0x1301).decrypt(one(CLIENT_FINISHED))
    assert kind == 22
    assert content.hex() == "14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61"


def seal(secret: bytes, suite: int, sequence: int, inner: bytes) -> bytes:
    """Encrypt as RFC 8446 §5.2 says, written apart from the code under test."""
    algorithm = hashes.SHA384() if suite == 0x1302 else hashes.SHA256()
    key = expand_label(secret, b"key", {0x1302: 32, 0x1303: 32}.get(suite, 16), algorithm)
    iv = expand_label(secret, b"iv", 12, algorithm)
    nonce = bytes(a ^ b for a, b in zip(iv, sequence.to_bytes(12, "big"), strict=True))
    cipher: aead.AESGCM | aead.ChaCha20Poly1305 | aead.AESCCM
    match suite:
        case 0x1303:
            cipher = aead.ChaCha20Poly1305(key)
        case 0x1304 | 0x1305:
            cipher = aead.AESCCM(key, tag_length=8 if suite == 0x1305 else 16)
        case _:
            cipher = aead.AESGCM(key)
    header = b"\x17\x03\x03" + (len(inner) + (8 if suite == 0x1305 else 16)).to_bytes(2, "big")
    return header + cipher.encrypt(nonce, inner, header)


@pytest.mark.parametrize("suite", sorted(SUITES))
def test_each_suite_decrypts_records_in_order(suite: int) -> None:
    """RFC 8446 §5.3: the nonce counts records, padding falls away."""
    secret = bytes(48 if suite == 0x1302 else 32)
    decryptor = Decryptor(secret, suite)
    assert decryptor.decrypt(one(seal(secret, suite, 0, b"first\x16"))) == (22, b"first")
    assert decryptor.decrypt(one(seal(secret, suite, 1, b"second\x15\0\0\0"))) == (21, b"second")


@pytest.mark.parametrize("suite", sorted(SUITES))
@settings(derandomize=True, max_examples=20, deadline=None)
@given(payload=st.binary(max_size=60))
def test_garbage_is_a_domain_error(suite: int, payload: bytes) -> None:
    """Whatever its length, a record that nobody sealed is refused."""
    header = b"\x17\x03\x03" + len(payload).to_bytes(2, "big")
    with pytest.raises(HandshakeError, match="damaged") as caught:
        Decryptor(bytes(48), suite).decrypt(Record(type=23, header=header, payload=payload))
    assert caught.value.fault is Fault.PEER_MISBEHAVED


def test_a_record_of_padding_alone_is_a_domain_error() -> None:
    """RFC 8446 §5.4: a record must have a content type."""
    with pytest.raises(HandshakeError, match="no content type"):
        Decryptor(SERVER_SECRET, 0x1301).decrypt(one(seal(SERVER_SECRET, 0x1301, 0, b"\0\0\0")))


@pytest.mark.parametrize("suite", [None, 0xC02F, 0x00C6])
def test_a_suite_that_is_not_known_is_a_domain_error(suite: int | None) -> None:
    """There is nothing to derive keys for."""
    with pytest.raises(HandshakeError, match="not known here") as caught:
        Decryptor(SERVER_SECRET, suite)
    assert caught.value.fault is Fault.PEER_INCOMPATIBLE
