"""Each candidate certificate of cryptography-vectors is found and read: no field hidden, each problem at its place."""

import pytest

from tests.x509.certificate_vectors import by_name, candidates, unpacked
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, Element
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field

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


def _leaves(elements: tuple[Element, ...]) -> list[Element]:
    return [leaf for element in elements for leaf in (_leaves(element.children) if element.children else [element])]


def _innermost(fields: tuple[Field, ...], element: Element) -> Field | None:
    """The field with the fewest bytes that has the whole element."""
    holding = [
        field
        for field in _flat(fields)
        if field.span and field.span.start <= element.start and element.end <= field.span.end
    ]
    return min(holding, key=lambda field: field.span.end - field.span.start if field.span else 0, default=None)


def _check_nothing_is_hidden(certificate: Certificate, fields: tuple[Field, ...]) -> None:
    """Each primitive element of the signed part lies in a field below the whole, and each extension has its own."""
    signed = read(certificate.der).elements[0].children[0]
    for leaf in _leaves(signed.children):
        assert _innermost(fields, leaf) is not None or leaf.content == b"" or leaf.start < 0, leaf
