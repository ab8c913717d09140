"""Each candidate certificate of cryptography-vectors is found and read: no field hidden, each problem at its place."""

import json
from datetime import UTC, datetime

import pytest

from tests.report.schema import errors
from tests.x509.certificate_vectors import by_name, candidates, unpacked
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.json_parts import Json
from tlsglass.report.json_report import to_json, to_line
from tlsglass.target_file import pasted
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import Element
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Field

_EXTENSIONS = "[3]"


def test_there_are_as_many_as_ever() -> None:
    """A later package may have more of them, so that this never passes for want of certificates."""
    assert len(candidates()) >= 500
    assert len(by_name()) >= 530


def test_every_candidate_is_found() -> None:
    """What others take for a certificate is one of ours, alone and among others; trust settings are left out."""
    for name, ders in candidates().items():
        ours = unpacked()[name]
        for der in ders:
            assert any(der.startswith(own) for own in ours), name


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]


def _json(der: bytes) -> Json:
    """The JSON document of a file with one certificate in it."""
    target = pasted(der)
    observation = Observation(target=target, started=datetime(2026, 11, 24, tzinfo=UTC))
    with Stop() as stop:
        for event in load(target, store=None, stop=stop):
            observation = observation.after(event)
    return to_json(observation)


@pytest.mark.parametrize("name", by_name())
def test_nothing_is_hidden_and_every_problem_has_its_place(name: str) -> None:
    """Each extension has a field of its own, each field its line and its bytes, each problem its offset."""
    certificate = parse_certificate(by_name()[name])
    fields = certificate_fields(certificate)
    block = next(field for field in fields if field.id == "extensions")
    assert len(block.children) == len(certificate.extensions)
    assert [field.span for field in block.children] == [extension.span for extension in certificate.extensions]
    for field in _flat(fields):
        if field.span is not None:
            assert 0 <= field.span.start <= field.span.start + field.span.header <= field.span.end
            assert field.span.end <= len(certificate.der)
    for problem in certificate.problems:
        assert problem.offset is not None
        assert 0 <= problem.offset <= len(certificate.der)
        assert problem.text.endswith(".")
    shown = _json(certificate.der)
    assert errors(json.loads(to_line(shown))) == []
    listed = shown["certificates"]
    assert isinstance(listed, list)
    (only,) = listed
    assert only["sha256"] == certificate.sha256
    assert len(only["extensions"]) == len(certificate.extensions)


def _leaves(elements: tuple[Element, ...]) -> list[Element]:
    return [leaf for element in elements for leaf in (_leaves(element.children) if element.children else [element])]


def _holds(field: Field, element: Element) -> bool:
    span = field.span
    return span is not None and span.start <= element.start and element.end + element.trailer <= span.end


@pytest.mark.parametrize("folder", sorted({name.rpartition("/")[0] for name in by_name()}))
def test_no_field_is_hidden(folder: str) -> None:
    """Each value that the bytes have lies in a field, and each extension has one of its own."""
    for name, der in by_name().items():
        if name.rpartition("/")[0] == folder:
            certificate = parse_certificate(der)
            fields = certificate_fields(certificate)
            lines = _flat(fields)
            top = read(der).elements[0]
            for leaf in _leaves(top.children):
                assert any(_holds(field, leaf) for field in lines), (name, leaf)
            spans = {field.span for field in lines if field.id.startswith("extensions.")}
            for block in top.children[0].children:
                if block.tag == _EXTENSIONS:
                    assert [child.span in spans for child in block.children[0].children] == [True] * len(
                        certificate.extensions
                    ), name


@pytest.mark.parametrize(
    ("name", "text", "offset"),
    [
        ("x509/badasn1time.pem", "UTCTime does not name a moment that exists.", 105),
        ("x509/custom/invalid_version.pem", "There is no version 8 of certificates.", 8),
        ("x509/custom/negative_serial.pem", "The serial number is not positive.", 13),
        ("x509/custom/two_basic_constraints.pem", "The extension 2.5.29.19 is there more than once.", 482),
        ("x509/utf8-dnsname.pem", "IA5String holds bytes that it may not hold.", None),
    ],
)
def test_odd_certificates_say_what_is_odd(name: str, text: str, offset: int | None) -> None:
    """At the byte where it is."""
    problems = [problem for problem in parse_certificate(by_name()[name]).problems if problem.text == text]
    assert problems
    assert offset in {None, problems[0].offset}


def test_inherited_parameters_are_told() -> None:
    """A DSA key without p, q and g has no size that could be known."""
    certificate = parse_certificate(by_name()["x509/PKITS_data/certs/DSAParametersInheritedCACert.crt"])
    assert (certificate.public_key.algorithm, certificate.public_key.bits) == ("DSA", None)
    (told,) = (field for field in _flat(certificate_fields(certificate)) if field.id == "public_key.parameters")
    assert told.value == "inherited from the issuer's key"
    assert certificate.problems == ()
