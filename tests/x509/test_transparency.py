"""Signed certificate timestamps."""

import json
from base64 import b64decode
from importlib.resources import files

import pytest
from cryptography import x509

from tests.x509.der_writer import OCTET_STRING, certificate, extension, number, tlv
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.ct_logs import log_of
from tlsglass.x509.model import Extension

_OID = "1.3.6.1.4.1.11129.2.4.2"


def _opaque(content: bytes) -> bytes:
    return len(content).to_bytes(2) + content


def _timestamp(
    log_id: bytes = bytes(32), moment: int = 1_792_843_200_123, extensions: bytes = b"", after: bytes = b""
) -> bytes:
    signed = b"\0" + log_id + moment.to_bytes(8) + _opaque(extensions) + b"\4\3" + _opaque(b"signed") + after
    return _opaque(signed)


def _read(content: bytes) -> Extension:
    return parse_certificate(certificate(extension(_OID, tlv(OCTET_STRING, content)))).extensions[0]


def _any_listed_log() -> tuple[bytes, str]:
    text = files("cryptodatahub").joinpath("common", "certificate-transparency-log.json").read_text(encoding="utf-8")
    log = json.loads(text)["AKAMAI_CT_LOG"]
    return b64decode(log["log_id"]), log["description"]


def test_a_list() -> None:
    """Each timestamp names its log, the operator, the time and the algorithm."""
    log_id, name = _any_listed_log()
    found = _read(_opaque(_timestamp(log_id) + _timestamp(b"\1" * 32, extensions=b"\2")))
    assert found.problem is None
    assert found.value == (
        f"{name}, 2026-10-24 12:00:00.123 UTC\nlog {':'.join(['01'] * 32)}, 2026-10-24 12:00:00.123 UTC"
    )
    first, second = found.fields
    assert [(field.label, field.value) for field in first.children] == [
        ("Version", "1"),
        ("Log", name),
        ("Operator", "Akamai Technologies"),
        ("Log id", log_id.hex(":")),
        ("Timestamp", "2026-10-24 12:00:00.123 UTC"),
        ("Signature algorithm", "ECDSA with SHA256"),
        ("Signature", b"signed".hex(":")),
    ]
    assert [field.value for field in second.children[1:3]] == ["not known here"] * 2
    assert (second.children[-1].label, second.children[-1].value) == ("Extensions", "02")
    assert first.span is not None
    assert second.span is not None
    assert first.span.end == second.span.start


def test_agrees_with_cryptography() -> None:
    """Another reader finds the same log, time and algorithm."""
    log_id, _ = _any_listed_log()
    der = certificate(extension(_OID, tlv(OCTET_STRING, _opaque(_timestamp(log_id)))))
    (theirs,) = x509.load_der_x509_certificate(der).extensions[0].value
    ours = parse_certificate(der).extensions[0].fields[0].children
    assert theirs.log_id.hex(":") == ours[3].value
    assert f"{theirs.timestamp:%Y-%m-%d %H:%M:%S}.{theirs.timestamp.microsecond // 1000} UTC" == ours[4].value
    assert f"{theirs.signature_algorithm.name} with {theirs.signature_hash_algorithm.name.upper()}" == ours[5].value


def test_an_impossible_moment_is_a_number() -> None:
    """64 bits of milliseconds reach past any calendar."""
    found = _read(_opaque(_timestamp(moment=2**64 - 1)))
    assert found.value.endswith(", 18446744073709551615 ms after 1970-01-01")


def test_unknown_algorithms_are_numbers() -> None:
    """RFC 5246 §7.4.1.4.1 ends its table, others may go on."""
    content = _timestamp().replace(b"\4\3\0\6", b"\x09\x08\0\6")
    assert _read(_opaque(content)).fields[0].children[5].value == "8 with 9"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The list of timestamps is cut off."),
        (_opaque(b"\0"), "The list of timestamps is cut off."),
        (_opaque(b"\0\5abc"), "The list of timestamps is cut off."),
        (_opaque(_timestamp()[:2] + _timestamp()[2:-1]), "The list of timestamps is cut off."),
        (_opaque(_opaque(b"\0" * 40)), "The list of timestamps is cut off."),
        (_opaque(_timestamp(after=b"!")), "There are bytes after the signature of a timestamp."),
    ],
)
def test_damaged_lists(content: bytes, problem: str) -> None:
    """They are shown as bytes, with the place of the damage."""
    found = _read(content)
    assert found.problem is not None
    assert found.problem.text == problem
    assert found.value == tlv(OCTET_STRING, content).hex()


def test_a_wrong_length_of_the_list() -> None:
    """It is said, and the timestamps are read all the same."""
    found = _read(b"\0\1" + _timestamp())
    assert found.problem is not None
    assert found.problem.text == "The list of timestamps says that it has 1 bytes but has 55."
    assert len(found.fields) == 1


def test_no_list() -> None:
    """A number is none."""
    found = parse_certificate(certificate(extension(_OID, number(1)))).extensions[0]
    assert found.problem is not None
    assert found.problem.text == "OCTET STRING was expected here, not INTEGER."


def test_logs() -> None:
    """Logs have an id, a name and an operator; other ids have none."""
    log_id, name = _any_listed_log()
    log = log_of(log_id)
    assert log is not None
    assert (log.name, log.operator) == (name, "Akamai Technologies")
    assert log_of(bytes(32)) is None
