"""PEM files as people have them."""

import pytest

from tests.x509.der_writer import certificate
from tlsglass.limits import LARGEST_PEM
from tlsglass.x509.pem import certificates_in_pem, to_pem

_DER = certificate()
_PEM = to_pem(_DER).encode()


def test_other_blocks_and_text_are_passed_over() -> None:
    """A file with the key, a remark and the chain gives the chain."""
    key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    trusted = _PEM.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE")
    data = b"subject=a\n" + key + _PEM + b"\r\n  text -----BEGIN nothing\n" + trusted + _PEM
    assert certificates_in_pem(data) == (_DER, _DER)


@pytest.mark.parametrize(
    "data",
    [
        _PEM.replace(b"CERTIFICATE", b"X509 CERTIFICATE"),
        _PEM.replace(b"\n", b"\r\n"),
        _PEM.replace(b"\n", b" \n \t"),
        _PEM.rstrip(),
        b"\xef\xbb\xbftext\n" + _PEM,
    ],
)
def test_forms_in_the_wild(data: bytes) -> None:
    """RFC 7468 §2: parsers are lenient about white space and old labels."""
    assert certificates_in_pem(data) == (_DER,)


def _block(label: bytes) -> bytes:
    return b"-----BEGIN %b-----\nAAAA\n-----END %b-----\n" % (label, label)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "there is no line -----BEGIN CERTIFICATE-----"),
        (_DER, "may be a certificate in DER"),
        (_block(b"PRIVATE KEY"), "a private key and no certificate"),
        (_block(b"EC PARAMETERS") + _block(b"EC PRIVATE KEY"), "a private key and no certificate"),
        (_block(b"TRUSTED CERTIFICATE"), "TRUSTED CERTIFICATE block, which only OpenSSL reads"),
        (_block(b"CERTIFICATE REQUEST"), "a certificate request and no certificate"),
        (_block(b"SONG\xff"), "a block named SONG\ufffd and no certificate"),
        (_PEM[:200], "Certificate 1 in the file has a BEGIN line but no END line"),
        (_PEM + _PEM[:-30] + _PEM, "Certificate 2 in the file has a BEGIN line but no END line"),
        (_PEM + _block(b"CERTIFICATE").replace(b"AAAA", b"AA?A"), "Certificate 2 in the file is garbled"),
        (_block(b"CERTIFICATE").replace(b"AAAA", b"AAA"), "Certificate 1 in the file is garbled"),
        (_block(b"CERTIFICATE").replace(b"AAAA", b""), "Certificate 1 in the file is garbled"),
    ],
)
def test_files_that_are_refused(data: bytes, message: str) -> None:
    """Each with a sentence that says what is in the file."""
    with pytest.raises(ValueError, match=message):
        certificates_in_pem(data)


def test_a_huge_file() -> None:
    """It is not looked at."""
    with pytest.raises(ValueError, match="16,777,217 bytes"):
        certificates_in_pem(bytes(LARGEST_PEM + 1))


def test_other_labels() -> None:
    """A public key is written in the same form."""
    assert to_pem(b"\0" * 49, "PUBLIC KEY") == (
        f"-----BEGIN PUBLIC KEY-----\n{'A' * 64}\nAA==\n-----END PUBLIC KEY-----\n"
    )
