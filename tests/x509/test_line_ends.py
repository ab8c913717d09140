"""A line end in what a certificate or another document says begins no line of ours, wherever it stands."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.x509.saying import certificate_saying, harmless, list_saying, request_saying, response_saying
from tlsglass.text import LINE_ENDS
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.documents.ocsp_responses import parse_ocsp_response
from tlsglass.x509.documents.requests import parse_request
from tlsglass.x509.documents.revocation_lists import parse_revocation_list
from tlsglass.x509.extensions.decode import DECODERS
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Extension, Field

BITING = st.text(st.sampled_from(LINE_ENDS + "ab:é日\x1b"), min_size=1, max_size=6)

_READERS: dict[str, Callable[[str], Sequence[Field]]] = {
    "certificate": lambda text: certificate_fields(parse_certificate(certificate_saying(text))),
    "request": lambda text: parse_request(request_saying(text)).fields,
    "list": lambda text: parse_revocation_list(list_saying(text)).fields,
    "response": lambda text: parse_ocsp_response(response_saying(text)).fields,
}


def _all(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _all(field.children)


def _extensions(text: str) -> tuple[Extension, ...]:
    return parse_certificate(certificate_saying(text)).extensions


@pytest.mark.parametrize("kind", _READERS)
@given(text=BITING)
@settings(derandomize=True, max_examples=40, deadline=None, database=None)
def test_each_field_has_as_many_lines_as_without_line_ends(kind: str, text: str) -> None:
    """A list has a line for each of its values; what is one value stays true, and is one line."""
    read = _READERS[kind]
    biting, calm = tuple(_all(read(text))), tuple(_all(read(harmless(text))))
    assert [field.id for field in biting] == [field.id for field in calm]
    for field, like in zip(biting, calm, strict=True):
        assert (field.in_lines, len(field.lines)) == (like.in_lines, len(like.lines)), field.id
        assert not field.in_lines or len(field.value.splitlines()) == len(like.value.splitlines()), field.id
    assert any(text in field.value for field in biting)


@given(text=BITING)
@settings(derandomize=True, max_examples=40, deadline=None, database=None)
def test_each_extension_has_as_many_lines_as_without_line_ends(text: str) -> None:
    """Its value is lines of ours; the parts below it have the true values."""
    biting, calm = _extensions(text), _extensions(harmless(text))
    for extension, like in zip(biting, calm, strict=True):
        assert len(extension.value.splitlines()) == len(like.value.splitlines()), extension.name
        assert len(extension.value.split("\n")) == len(like.value.split("\n")), extension.name


def test_all_extensions_that_hold_text_are_tried() -> None:
    """Those that can't be are numbers, identifiers, bits, octets and moments."""
    tried = {extension.oid for extension in _extensions("a")}
    without_text = {
        *(f"2.5.29.{arc}" for arc in (14, 15, 16, 19, 20, 21, 24, 27, 33, 36, 37, 54, 56)),
        *(f"1.3.6.1.5.5.7.1.{arc}" for arc in (14, 24, 31)),
        *(f"1.3.6.1.5.5.7.48.1.{arc}" for arc in (2, 5, 6, 9)),
        *(f"1.3.6.1.4.1.11129.2.4.{arc}" for arc in (2, 3, 5)),
        *(f"1.3.6.1.4.1.311.21.{arc}" for arc in (1, 2, 4, 7, 10)),
        "1.3.6.1.4.1.44363.44",
        "0.4.0.194121.2.1",
        "2.16.840.1.113730.1.1",
    }
    as_another_one = {
        "2.5.29.28": "2.5.29.31",  # points, tried in a list too
        "2.5.29.29": "2.5.29.17",
        "2.5.29.46": "2.5.29.31",
        "1.3.6.1.4.1.311.21.14": "2.5.29.31",
        "1.3.6.1.5.5.7.1.11": "1.3.6.1.5.5.7.1.1",
        **{f"2.16.840.1.113730.1.{number}": "2.16.840.1.113730.1.13" for number in (2, 3, 4, 7, 8, 12)},
    }
    assert set(as_another_one.values()) <= tried
    assert set(DECODERS) - without_text - set(as_another_one) <= tried
