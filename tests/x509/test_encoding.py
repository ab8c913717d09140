"""The places of a certificate that the path needs: found where they are, and refused where they aren't."""

from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority, rsa_key
from tlsglass.x509 import encoding

_ROOT = Authority.root()
_QUICK = settings(max_examples=150, derandomize=True, deadline=None)


def _tlv(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content


def _name(*attributes: tuple[int, bytes]) -> bytes:
    common_name = bytes.fromhex("0603550403")
    return _tlv(0x30, b"".join(_tlv(0x31, _tlv(0x30, common_name + _tlv(tag, text))) for tag, text in attributes))


def test_the_signed_part_and_the_subject_are_those_that_cryptography_finds() -> None:
    """What is cut out agrees with the library, byte by byte."""
    leaf = _ROOT.issues("a.test", common_name="A")
    assert encoding.signed_part(leaf.der) == leaf.certificate.tbs_certificate_bytes
    assert encoding.subject_of(leaf.der) == leaf.certificate.subject.public_bytes()


def test_a_version_1_certificate_has_its_subject_one_place_earlier() -> None:
    """RFC 5280 §4.1: version is left out when it is 1."""
    numbers = _tlv(2, b"\1")
    parts = numbers + _tlv(0x30, b"") + _name((12, b"issuer")) + _tlv(0x30, b"") + _name((12, b"me"))
    der = _tlv(0x30, _tlv(0x30, parts))
    assert encoding.subject_of(der) == _name((12, b"me"))


def test_parameters_follow_the_algorithm() -> None:
    """RSA has NULL, ECDSA has none."""
    assert encoding.signature_parameters(Authority.root(key=rsa_key()).der) == b"\5\0"
    assert encoding.signature_parameters(_ROOT.der) == b""


def test_the_bits_of_a_key_are_what_is_hashed_for_ocsp() -> None:
    """The subject key identifier of RFC 5280 §4.2.1.2 (1) is a hash over the same bits."""
    public = _ROOT.key.public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert encoding.key_bits(spki) == public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x00",
        b"\x02\x01\x01",
        b"\x30\x80\x00\x00",
        b"\x30\x85\x01\x01\x01\x01\x01",
        b"\x30\x05\x02\x01\x01",
        b"\x30\x02\x30\x00",
        _tlv(0x30, _tlv(0x30, _tlv(2, b"\1"))),
        _tlv(0x30, _tlv(0x30, _tlv(2, b"\1") * 5)),
    ],
)
def test_what_is_no_certificate_is_refused(der: bytes) -> None:
    """A ValueError and nothing else, whatever is cut off or in the wrong place."""
    with pytest.raises(ValueError, match=r"[Aa]n? |The "):
        encoding.subject_of(der)


def test_a_certificate_without_algorithm_or_key_without_bits_is_refused() -> None:
    """Only the first of two parts is there."""
    with pytest.raises(ValueError, match="no signature algorithm"):
        encoding.signature_parameters(_tlv(0x30, _tlv(0x30, b"\5\0")))
    with pytest.raises(ValueError, match="no bits"):
        encoding.key_bits(_tlv(0x30, _tlv(0x30, b"\5\0")))


def test_names_match_over_string_types_case_and_spaces() -> None:
    """RFC 5280 §7.1, and as OpenSSL does it."""
    key = encoding.matching_key(_name((12, b"Test CA")))
    assert encoding.matching_key(_name((19, b"test  ca "))) == key
    assert encoding.matching_key(_name((30, "TEST CA".encode("utf-16-be")))) == key
    assert encoding.matching_key(_name((28, "Test\tCA".encode("utf-32-be")))) == key
    assert encoding.matching_key(_name((12, b"Test C"))) != key
    assert encoding.matching_key(_name((12, b"Test CA"), (12, b"Test CA"))) != key


def test_values_that_are_no_text_match_only_themselves() -> None:
    """Bits are compared as bits; garbled text and garbled names stand for themselves."""
    assert encoding.matching_key(_name((3, b"\0A"))) != encoding.matching_key(_name((3, b"\0a")))
    garbled = _name((12, b"\xff"))
    assert encoding.matching_key(garbled) == garbled
    assert encoding.matching_key(b"\x30\x05") == b"\x30\x05"


@_QUICK
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No exception but ValueError comes out of bytes from outside."""
    for read in (encoding.subject_of, encoding.signed_part, encoding.signature_parameters, encoding.key_bits):
        with suppress(ValueError):
            assert read(data) in data
    assert isinstance(encoding.matching_key(data), bytes)


@_QUICK
@given(st.integers(0, len(_ROOT.der) - 1), st.integers(0, 255))
def test_a_certificate_with_one_wrong_byte_is_read_or_refused(at: int, octet: int) -> None:
    """One byte may change what is found but never how errors are told."""
    der = _ROOT.der[:at] + bytes([octet]) + _ROOT.der[at + 1 :]
    with suppress(ValueError):
        assert encoding.subject_of(der) in der


def test_the_name_of_a_real_certificate_matches_itself_only() -> None:
    """An empty name matches the empty name, which is how it is compared."""
    empty = x509.Name([]).public_bytes()
    assert encoding.matching_key(_ROOT.parsed.subject.der) != encoding.matching_key(empty)
    assert encoding.matching_key(empty) == encoding.matching_key(b"\x30\x00")
