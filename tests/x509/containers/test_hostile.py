"""Whatever a file is, reading it ends and raises nothing but a sentence."""

from collections.abc import Iterable
from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.x509.containers import files_of_others as others
from tests.x509.vectors import vector_der
from tlsglass.errors import InputError
from tlsglass.x509.containers.model import Item, Kind, document
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.documents.bare_keys import parse_bare_key
from tlsglass.x509.documents.model import Document
from tlsglass.x509.documents.ocsp_responses import parse_ocsp_response
from tlsglass.x509.documents.requests import parse_request
from tlsglass.x509.documents.revocation_lists import entries, parse_revocation_list
from tlsglass.x509.documents.timestamp_lists import parse_timestamp_list
from tlsglass.x509.model import Field

_BOUNDED = settings(
    derandomize=True, max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
_NAMES = ("a.p7b", "withcrl.p7b", "plain.p12", "ocsp.resp", "csr.der", "crl.der", "pub.der", "a.der", "g.pem", "g.crl")


@cache
def _real() -> tuple[bytes, ...]:
    return (
        *(others.read(name) for name in _NAMES),
        vector_der("x509/ocsp/resp-revoked-reason.der"),
        vector_der("x509/custom/crl_all_reasons.pem"),
        vector_der("x509/requests/challenge-unstructured.pem"),
    )


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A real file with a few bytes changed, left out or put in."""
    data = bytearray(draw(st.sampled_from(_real())))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.integers(0, 3)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                del data[at : at + draw(st.integers(1, 40))]
            case 2:
                data[at:at] = draw(st.binary(max_size=5))
            case _:
                del data[at:]
    return bytes(data)


def _check_fields(fields: Iterable[Field], size: int) -> None:
    for field in fields:
        assert field.label
        if field.span is not None:
            assert 0 <= field.span.start <= field.span.end <= size
        _check_fields(field.children, size)


def _check_document(read: Document) -> None:
    assert read.label
    for problem in read.problems:
        assert problem.text.endswith(".")
        assert problem.offset is None or 0 <= problem.offset <= len(read.der)
    _check_fields(read.fields, len(read.der))
    ids = [field.id for field in read.fields]
    assert len(ids) == len(set(ids))


def _check_file(data: bytes) -> tuple[Item, ...]:
    try:
        contents = unpack(data)
    except InputError as error:
        assert error.message.endswith(".")  # noqa: PT017 - either outcome is right
        assert error.hint.endswith(".")  # noqa: PT017 - as above
        return ()
    assert contents.items
    for found in contents.items:
        assert (found.kind is Kind.PRIVATE_KEY) == (not found.der and not found.sha256) or not found.der
        read = document(found)
        if read is not None:
            _check_document(read)
    assert all(found.sha256 for found in contents.certificates())
    return contents.items


@_BOUNDED
@given(st.binary(max_size=300))
@example(b"")
@example(b"\x30\x80" * 50)
@example(b"\x24\x80" * 500)
@example(b"-----BEGIN CERTIFICATE-----" * 20)
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    """As they are, as base64 and in a block."""
    _check_file(data)
    _check_file(b"\x30" + data)
    _check_file(b"-----BEGIN X509 CRL-----\n" + data + b"\n-----END X509 CRL-----\n")


@_BOUNDED
@given(_mutated())
def test_damaged_files_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    """All kinds of files."""
    _check_file(data)


@_BOUNDED
@given(st.one_of(st.binary(max_size=200), _mutated()))
def test_any_bytes_are_read_as_any_kind(data: bytes) -> None:
    """Also as what they are not."""
    for parse in (parse_request, parse_revocation_list, parse_ocsp_response, parse_bare_key, parse_timestamp_list):
        _check_document(parse(data))
    revoked = parse_revocation_list(data)
    assert len(list(entries(revoked))) == revoked.count


def test_floods_end() -> None:
    """Deep nesting, and many small things."""
    assert _check_file(b"\x30\x80" * 100_000) == ()
    assert _check_file(b"-----BEGIN A-----\n" * 100_000) == ()
    many = b"\x30\x03\x0a\x01\x06" * 60_000
    assert len(unpack(many).items) == 50_000
