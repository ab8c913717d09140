"""Bare public keys and timestamp lists."""

import base64
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from tests.x509.der_writer import SPKI, number, seq
from tests.x509.vectors import vector
from tlsglass.x509.ct_logs import log_of
from tlsglass.x509.documents.bare_keys import parse_bare_key
from tlsglass.x509.documents.timestamp_lists import parse_timestamp_list

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _timestamps() -> bytes:
    """The timestamps of a certificate of cryptography's vectors, as TLS encodes them."""
    certificate = x509.load_pem_x509_certificate(vector("x509/badssl-sct.pem"))
    value = certificate.extensions.get_extension_for_class(x509.PrecertificateSignedCertificateTimestamps).value
    octets = value.public_bytes()
    return octets[2 + (octets[1] & 0x7F if octets[1] & 0x80 else 0) :]


@pytest.mark.parametrize(
    ("options", "label"),
    [
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "RSA 2048 bits"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "EC P-384"),
        ("-algorithm ED25519", "ED25519 256 bits"),
        ("-algorithm X448", "X448 448 bits"),
    ],
)
def test_a_key_made_by_openssl(tmp_path: Path, options: str, label: str) -> None:
    """Kind, size and pin are those that openssl has."""
    subprocess.run(f"openssl genpkey {options} -out k.pem".split(), cwd=tmp_path, check=True, capture_output=True)
    words = ["openssl", "pkey", "-in", "k.pem", "-pubout", "-outform", "DER", "-out", "p.der"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    digest = subprocess.run(
        ["openssl", "dgst", "-sha256", "-binary", "p.der"], cwd=tmp_path, check=True, capture_output=True
    )
    key = parse_bare_key(tmp_path.joinpath("p.der").read_bytes())
    assert (key.label, key.problems) == (label, ())
    assert key.spki_sha256 == base64.b64encode(digest.stdout).decode()
    read_back = load_der_public_key(key.der).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert read_back == key.public_key.der
    assert [field.id for field in key.fields] == ["public_key", "fingerprints"]


@pytest.mark.parametrize("der", [b"", b"\5\0", seq(number(1)), b"\x30\x80"])
def test_what_is_no_key_says_so(der: bytes) -> None:
    """With an empty pin where there is nothing to be pinned."""
    key = parse_bare_key(der)
    assert key.label == "unreadable"
    assert key.problems or not der


def test_what_follows_a_key_is_told() -> None:
    """And the key is read."""
    key = parse_bare_key(SPKI + b"\5\0")
    assert [problem.text for problem in key.problems] == ["2 bytes follow the end of the key."]
    assert key.label == "EC P-256"


def test_timestamps_of_a_certificate() -> None:
    """Log, time and signature, as cryptography finds them."""
    certificate = x509.load_pem_x509_certificate(vector("x509/badssl-sct.pem"))
    theirs = certificate.extensions.get_extension_for_class(x509.PrecertificateSignedCertificateTimestamps).value
    ours = parse_timestamp_list(_timestamps())
    assert ours.problems == ()
    assert (len(list(theirs)), ours.label) == (1, "1 signed certificate timestamp")
    for mine, other in zip(ours.timestamps, theirs, strict=True):
        assert mine.version == 1
        assert mine.log_id == other.log_id
        assert mine.signature == other.signature
        assert mine.milliseconds == (other.timestamp.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)
        log = log_of(other.log_id)
        assert mine.log == (log.name if log else None)
    assert ours.fields[-1].id == "fingerprints"


@pytest.mark.parametrize("data", [b"", b"\0\5\0\3a", _timestamps()[:-1], b"\0\1"])
def test_a_damaged_list_says_so(data: bytes) -> None:
    """And nothing raises."""
    found = parse_timestamp_list(data)
    assert found.problems
    assert found.label == "0 signed certificate timestamps"
