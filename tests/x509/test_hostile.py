"""Whatever the bytes are, reading ends and raises nothing."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.counting import counted
from tests.x509.damage import damaged, nested
from tests.x509.der_writer import SAN_OID, certificate, extension, seq, tlv
from tlsglass.limits import DEFAULTS, MOST_ELEMENTS, MOST_PROBLEMS, Limits
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import UNREADABLE, Element
from tlsglass.x509.extensions.decode import DECODERS
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field
from tlsglass.x509.pem import certificates_in_pem, to_pem

_BOUNDED = settings(
    derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def _tiles(elements: tuple[Element, ...], start: int, end: int, depth: int) -> None:
    """Each byte from start to end belongs to exactly one of the elements, and so on inside each."""
    position = start
    for element in elements:
        assert element.start == position
        assert element.depth == depth
        assert element.start + element.header <= element.end
        position = element.end + element.trailer
        if element.tag == UNREADABLE:
            assert (element.header, element.trailer, element.children) == (0, 0, ())
        elif element.constructed and depth < DEFAULTS.depth:
            _tiles(element.children, element.start + element.header, element.end, depth + 1)
        else:
            assert element.children == ()
    assert position == end


def _check_certificate(der: bytes) -> Certificate:
    """All that must hold of whatever was read of any bytes."""
    certificate = parse_certificate(der)
    assert certificate.der == der
    assert len(certificate.problems) <= MOST_PROBLEMS + 1
    offsets = [problem.offset for problem in certificate.problems]
    assert all(offset is not None and 0 <= offset <= len(der) for offset in offsets)
    assert offsets == sorted(offsets, key=lambda offset: offset or 0)
    certificate.label.encode()
    certificate.subject.rfc4514.encode()
    ids = [field.id for field in _flat(certificate_fields(certificate))]
    assert len(ids) == len(set(ids))
    for field in _flat(certificate_fields(certificate)):
        field.value.encode()
        assert field.meaning
        assert field.reference
        assert field.span is None or 0 <= field.span.start <= field.span.end <= len(der)
    return certificate


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]


@_BOUNDED
@given(st.binary(max_size=200) | nested | damaged())
@example(b"")
@example(b"\x30\x80\x30\x80\x02\x01\x05\x00\x00\x00\x00\x04")
@example(b"\x30\x80" * (DEFAULTS.depth + 3))
def test_reader_covers_every_byte_once(data: bytes) -> None:
    """At each level the elements follow each other without a gap and without an overlap."""
    _tiles(read(data).elements, 0, len(data), 0)


@_BOUNDED
@given(st.binary(max_size=60), st.binary(max_size=20), st.binary(max_size=20))
def test_reader_stays_in_its_part(data: bytes, before: bytes, after: bytes) -> None:
    """Offsets count from the start of the bytes, and nothing outside of the part is looked at."""
    part = read(before + data + after, len(before), len(before) + len(data))
    whole = read(data)
    _tiles(part.elements, len(before), len(before) + len(data), 0)
    assert [element.content for element in part.elements] == [element.content for element in whole.elements]
    assert [problem.text for problem in part.problems] == [problem.text for problem in whole.problems]


@_BOUNDED
@given(st.binary(max_size=200) | nested)
def test_any_bytes_give_a_certificate(data: bytes) -> None:
    """Bytes that are no certificate give one that says so."""
    assert _check_certificate(data).problems


@_BOUNDED
@given(damaged())
def test_damaged_certificates_are_read(data: bytes) -> None:
    """Damage to a real certificate is survived anywhere."""
    _check_certificate(data)


@_BOUNDED
@given(st.sampled_from([*sorted(DECODERS), "1.2.3"]), st.binary(max_size=60) | nested)
def test_any_extension_value_is_read(oid: str, value: bytes) -> None:
    """An extension whose value is anything hides neither itself nor the next one."""
    read_back = _check_certificate(
        certificate(extension(oid, value), extension("2.5.29.19", bytes.fromhex("30030101ff")))
    )
    assert [found.oid for found in read_back.extensions] == [oid, "2.5.29.19"]
    assert read_back.extensions[0].der == value
    assert read_back.extensions[1].value == "CA: yes"
    if oid == "1.2.3":
        assert read_back.extensions[0].value == value.hex()


@_BOUNDED
@given(st.sampled_from(sorted(DECODERS)), st.data())
def test_likely_extension_values_are_read(oid: str, data: st.DataObject) -> None:
    """The same, for values that are nearly right."""
    leaves = st.builds(
        tlv,
        st.sampled_from([1, 2, 3, 4, 5, 6, 12, 19, 22, 24, 0x80, 0x81, 0x82, 0x86, 0x87, 0x88]),
        st.sampled_from([b"", b"\x05", b"\0\x01", b"\x2b\x06\x01", b"\x7f\0\0\1", b"a.example", b"20260101000000Z"]),
    )
    inner = st.recursive(
        leaves,
        lambda parts: st.builds(
            lambda tag, found: tlv(tag, *found), st.sampled_from([0x30, 0xA0, 0xA1, 0xA4]), st.lists(parts, max_size=3)
        ),
        max_leaves=8,
    )
    _check_certificate(certificate(extension(oid, seq(*data.draw(st.lists(inner, max_size=3))))))


@_BOUNDED
@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused_with_a_sentence(data: bytes) -> None:
    """A file is either read or refused with a sentence that a person can read."""
    framed = b"-----BEGIN CERTIFICATE-----\n" + data + b"\n-----END CERTIFICATE-----\n"
    for content in (data, framed):
        try:
            found = certificates_in_pem(content)
        except ValueError as error:
            assert str(error).endswith((".", "it."))  # noqa: PT017 - either outcome is right
        else:
            assert all(found)


@_BOUNDED
@given(st.lists(st.binary(min_size=1, max_size=100), min_size=1, max_size=4))
def test_pem_comes_back(blocks: list[bytes]) -> None:
    """What was written is what is read, with text around it and either kind of line ends."""
    text = "".join(f"a remark\n{to_pem(block)}\n" for block in blocks)
    assert certificates_in_pem(text.encode()) == tuple(blocks)
    assert certificates_in_pem(text.replace("\n", "\r\n").encode()) == tuple(blocks)


_SIZE = 10_000_000
_HOSTILE = {
    "nested without an end": b"\x30\x80" * (_SIZE // 2),
    "nested, all too long": b"\x30" * _SIZE,
    "tiny elements": b"\x05\x00" * (_SIZE // 2),
    "tiny elements in one": seq(b"\x02\x01\x05" * (_SIZE // 3)),
    "one giant": tlv(0x04, bytes(_SIZE)),
    "a giant in one": seq(seq(tlv(0x02, bytes(_SIZE)))),
    "a giant extension": certificate(extension("1.2.3", tlv(0x04, bytes(_SIZE)))),
    "a giant extension of elements": certificate(extension(SAN_OID, seq(b"\x82\x01a" * (_SIZE // 3)))),
    "a giant object identifier": seq(tlv(0x06, b"\x81" * _SIZE)),
    "nothing but ones": b"\xff" * _SIZE,
    "nothing but ends": bytes(_SIZE),
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_ten_megabytes_cost_no_more_than_the_elements_that_are_read(kind: str) -> None:
    """Every byte is covered, and what is done is bounded by the most elements, not by the size."""
    data = _HOSTILE[kind]
    _tiles(read(data).elements, 0, len(data), 0)
    assert counted(lambda: read(data))[1] < 12 * MOST_ELEMENTS
    assert counted(lambda: certificate_fields(parse_certificate(data)))[1] < 60 * MOST_ELEMENTS


@pytest.mark.parametrize("unit", [b"\x30\x80", b"\x30\x03\x02\x01\x05", b"\x30\x10", b"\x05\x00", b"\xff"])
def test_reading_is_linear(unit: bytes) -> None:
    """Twice as much takes twice as many steps, as long as it is read at all."""
    some = counted(lambda: read(unit * 1000))[1]
    assert counted(lambda: read(unit * 2000))[1] <= 2 * some + 20


def test_floods_are_bounded() -> None:
    """Too many elements, too many problems and too deep a nesting each end in a word about it."""
    many = read(b"\x05\x00" * (MOST_ELEMENTS + 5))
    assert len(many.elements) == MOST_ELEMENTS + 1
    assert many.elements[-1].tag == UNREADABLE
    assert "more than 20,000 elements" in many.problems[0].text
    wrong = read(b"\x05\x81\x00" * (MOST_PROBLEMS + 20))
    assert len(wrong.problems) == MOST_PROBLEMS + 1
    assert wrong.problems[-1].text == "20 more problems are not listed."
    deep = b"\x05\x00"
    for _ in range(DEFAULTS.depth + 5):
        deep = seq(deep)
    assert [problem.text for problem in read(deep).problems] == [
        f"Elements are nested more than {DEFAULTS.depth} deep; the rest is not read (limit depth)."
    ]


def test_a_certificate_of_floods_is_read() -> None:
    """Hundreds of extensions and thousands of names and attributes that are all wrong are survived."""
    extensions = [extension("2.5.29.17", seq(tlv(0x89, b""))) for _ in range(300)]
    names = extension("2.5.29.17", seq(*(tlv(0x82, b"\xff") for _ in range(3000))))
    attribute = tlv(0x31, seq(b"\x06\x03\x55\x04\x03", tlv(0x13, b"*")))
    read_back = _check_certificate(certificate(names, *extensions, subject=seq(*[attribute] * 3000)))
    assert len(read_back.extensions) == DEFAULTS.extensions
    assert len(read_back.san) == 3000


def test_names_are_bounded_as_one_likes() -> None:
    """Those that are left out are counted as a problem of the extension, in the facts and in the fields alike."""
    names = extension("2.5.29.17", seq(*(tlv(0x82, b"%d.test" % number) for number in range(30))))
    few = parse_certificate(certificate(names), Limits(names=3, extensions=1, depth=20))
    assert [name.value for name in few.san] == ["0.test", "1.test", "2.test"]
    assert few.extensions[0].problem is not None
    assert (
        "There are 30 names; only 3 are read (limit names; --limit names=6 raises it)" in few.extensions[0].problem.text
    )
    flat = parse_certificate(certificate(names), Limits(depth=3))
    assert any("nested more than 3 deep" in problem.text for problem in flat.problems)


def test_extensions_are_bounded() -> None:
    """Those after the last one that is read are counted."""
    read_back = _check_certificate(certificate(*(extension(f"1.2.3.{number}", b"") for number in range(300))))
    assert [problem.text for problem in read_back.problems] == [
        "There are 300 extensions; only 256 are read (limit extensions; --limit extensions=512 raises it)."
    ]
    assert read_back.extensions[-1].oid == "1.2.3.255"
