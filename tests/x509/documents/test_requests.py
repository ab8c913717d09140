"""Certification requests: what others say of them, and what is damaged."""

import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.x509.der_writer import (
    ALGORITHM,
    NAME,
    SET,
    SPKI,
    UTF8,
    bit_string,
    extension,
    number,
    oid,
    seq,
    tlv,
)
from tests.x509.vectors import vector, vector_der, vectors
from tlsglass.limits import MOST_ATTRIBUTES
from tlsglass.x509.documents.model import CertificateRequest
from tlsglass.x509.documents.requests import parse_request
from tlsglass.x509.model import Field

_EXTENSIONS = "1.2.840.113549.1.9.14"


def _attribute(dotted: str, *values: bytes) -> bytes:
    return seq(oid(dotted), tlv(SET, *values))


def _request(*attributes: bytes, version: bytes = number(0), subject: bytes = NAME) -> bytes:
    return seq(seq(version, subject, SPKI, tlv(0xA0, *attributes)), ALGORITHM, bit_string(b"signed"))


def _field(request: CertificateRequest, field_id: str) -> Field:
    return next(field for field in request.fields if field.id == field_id)


@pytest.mark.parametrize("name", vectors("x509/requests/*"))
def test_others_agree(name: str) -> None:
    """Subject, key, signature and extensions are those that cryptography finds, where it does."""
    ours = parse_request(vector_der(name))
    assert ours.fields[0].id == "subject"
    data = vector(name)
    try:
        theirs = x509.load_pem_x509_csr(data) if b"-----BEGIN" in data else x509.load_der_x509_csr(data)
        key = theirs.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, x509.InvalidVersion):
        assert ours.problems
        return
    assert ours.subject.der == theirs.subject.public_bytes()
    assert ours.public_key.der == key
    assert ours.signature == theirs.signature
    assert ours.signature_algorithm.oid == theirs.signature_algorithm_oid.dotted_string
    try:
        extensions = [found.oid.dotted_string for found in theirs.extensions]
    except (ValueError, x509.DuplicateExtension):
        return
    assert [found.oid for found in ours.extensions] == extensions


def test_one_made_by_openssl(tmp_path: Path) -> None:
    """Names that are asked for are found, and each field has its bytes."""
    words = "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -outform DER -out r.der"
    words += " -subj /O=Example/CN=a.example -addext subjectAltName=DNS:a.example,IP:192.0.2.1"
    subprocess.run(words.split(), cwd=tmp_path, check=True, capture_output=True)
    request = parse_request(tmp_path.joinpath("r.der").read_bytes())
    assert (request.label, request.version, request.problems) == ("a.example", 1, ())
    assert [str(name) for name in request.san] == ["DNS:a.example", "IP:192.0.2.1"]
    assert (request.public_key.algorithm, request.public_key.curve) == ("EC", "P-256")
    subject = _field(request, "subject")
    assert subject.span is not None
    assert request.der[subject.span.start : subject.span.end] == request.subject.der
    assert _field(request, "extensions").children[0].id == "extensions.2.5.29.17"
    assert _field(request, "fingerprints").children[1].value == request.spki_sha256


def test_attributes_are_shown() -> None:
    """The challenge password by its name, others by their OID with what they consist of."""
    request = parse_request(
        _request(
            _attribute("1.2.840.113549.1.9.7", tlv(UTF8, b"beauty")),
            _attribute("1.2.3", seq(number(5))),
        )
    )
    assert request.problems == ()
    challenge, other = _field(request, "attribute_1.2.840.113549.1.9.7"), _field(request, "attribute_1.2.3")
    assert (challenge.label, challenge.value) == ("Challenge password", "beauty")
    assert other.children[0].children[0].value == "5"
    assert _field(request, "extensions").summary == "none"
    assert _field(request, "names").summary == "none"


def test_attributes_may_have_several_values() -> None:
    """RFC 2985 §5.2.2: unstructured names; nor is one value asked for where the attribute is not known."""
    values = tlv(UTF8, b"a"), tlv(UTF8, b"b")
    request = parse_request(_request(_attribute("1.2.840.113549.1.9.2", *values), _attribute("1.2.3", *values)))
    assert request.problems == ()
    assert _field(request, "attribute_1.2.840.113549.1.9.2").value == "a\nb"


@pytest.mark.parametrize(
    ("der", "problem"),
    [
        (b"", None),
        (b"\x30", "The element is cut off before its length."),
        (_request(version=number(1)), "There is no version 2 of requests."),
        (_request(version=tlv(2)), "An INTEGER is empty."),
        (_request(_attribute("1.2.3")), "The attribute 1.2.3 has no value."),
        (
            _request(_attribute("1.2.840.113549.1.9.7", tlv(UTF8, b"a"), tlv(UTF8, b"b"))),
            "The attribute 1.2.840.113549.1.9.7 should have one value but has 2.",
        ),
        (_request(number(1)), "SEQUENCE was expected here, not INTEGER."),
        (
            _request(*[_attribute("1.2.3", number(1))] * (MOST_ATTRIBUTES + 1)),
            f"There are {MOST_ATTRIBUTES + 1} attributes; only {MOST_ATTRIBUTES} are read.",
        ),
        (_request(_attribute(_EXTENSIONS, number(1))), "SEQUENCE was expected here, not INTEGER."),
        (_request() + b"\5\0", None),
        (seq(seq(number(0), NAME, SPKI)), "The signature is missing."),
        (seq(), "The request info is missing."),
    ],
)
def test_what_is_damaged_hides_nothing_else(der: bytes, problem: str | None) -> None:
    """Each problem has its place, and the rest stands."""
    request = parse_request(der)
    texts = [found.text for found in request.problems]
    assert problem is None or problem in texts
    assert request.fields[0].id == "subject"
    if b"a.example" in der:
        assert request.label == "a.example"


def test_a_request_without_a_subject_is_called_by_its_first_name() -> None:
    """As certificates are."""
    names = extension("2.5.29.17", seq(tlv(0x82, b"b.example")))
    request = parse_request(_request(_attribute(_EXTENSIONS, seq(names)), subject=seq()))
    assert request.label == "b.example"
