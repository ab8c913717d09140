"""OCSP requests, as others read them."""

import hashlib
from base64 import b64decode
from dataclasses import replace
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority
from tlsglass.trust.revocation.questions import LONGEST_GET, get_url, ocsp_request
from tlsglass.x509 import encoding

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")


def test_a_request_is_the_one_that_cryptography_makes() -> None:
    """Byte by byte, with and without a nonce."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        LEAF.certificate,
        ROOT.certificate,
        hashes.SHA1(),  # noqa: S303 - what OCSP names certificates by
    )
    assert ocsp_request(LEAF.parsed, ROOT.parsed) == builder.build().public_bytes(Encoding.DER)
    nonce = bytes(range(32))
    with_nonce = builder.add_extension(x509.OCSPNonce(nonce), critical=False).build()
    assert ocsp_request(LEAF.parsed, ROOT.parsed, nonce) == with_nonce.public_bytes(Encoding.DER)


def test_the_issuer_is_named_as_the_certificate_writes_it() -> None:
    """RFC 6960 §4.1.1; the issuer may write its own name with other types of strings."""
    named = replace(LEAF.parsed, issuer=replace(LEAF.parsed.issuer, der=b"0\0"))
    request = ocsp.load_der_ocsp_request(ocsp_request(named, ROOT.parsed))
    assert request.issuer_name_hash == hashlib.sha1(b"0\0", usedforsecurity=False).digest()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(-(2**170), 2**170))
def test_any_serial_number_can_be_asked_for(serial: int) -> None:
    """Also those that no certificate should have."""
    request = ocsp_request(replace(LEAF.parsed, serial=serial), ROOT.parsed)
    octets = serial.to_bytes((serial.bit_length() + 8) // 8, signed=True)
    assert request.endswith(bytes([2, len(octets)]) + octets)


def test_what_cannot_be_asked() -> None:
    """Without a serial number or the issuer's key there is no question."""
    with pytest.raises(ValueError, match="serial number can't be read"):
        ocsp_request(replace(LEAF.parsed, serial=None), ROOT.parsed)
    keyless = replace(ROOT.parsed, public_key=replace(ROOT.parsed.public_key, der=b""))
    with pytest.raises(ValueError, match="cut off"):
        ocsp_request(LEAF.parsed, keyless)


@pytest.mark.parametrize("url", ["http://o.test", "http://o.test/", "http://o.test/ocsp"])
def test_short_questions_fit_an_address(url: str) -> None:
    """RFC 6960 Appendix A.1."""
    request = ocsp_request(LEAF.parsed, ROOT.parsed)
    asked = get_url(url, request)
    assert asked is not None
    start, _, question = asked.rpartition("/")
    assert start == url.removesuffix("/")
    assert b64decode(unquote(question), validate=True) == request


def test_long_questions_don_t() -> None:
    """RFC 9919 §6; nor does one fit behind a query."""
    request = ocsp_request(LEAF.parsed, ROOT.parsed)
    shortest = get_url("http://o.test", request)
    assert shortest is not None
    filling = "x" * (LONGEST_GET - len(shortest) - 1)
    assert get_url(f"http://o.test/{filling}", request)
    assert get_url(f"http://o.test/{filling}x", request) is None
    assert get_url("http://o.test?a", request) is None
    assert get_url("http://o.test#a", request) is None


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(0, 70_000))
def test_elements_of_any_length_are_read_back(length: int) -> None:
    """The lengths of DER, short and long. X.690 §8.1.3."""
    inner = encoding.joined(0x04, bytes(length))
    assert encoding.signed_part(encoding.joined(0x30, inner)) == inner
    assert inner.endswith(bytes(length))
