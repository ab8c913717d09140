"""The bytes of a certificate as ASN.1 elements, checked against `openssl asn1parse`."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import LEAF, MIDDLE
from tests.x509.der_writer import bit_string, oid, seq, tlv
from tlsglass.report.asn1 import asn1_key, asn1_outline, span_of
from tlsglass.report.lines import Node
from tlsglass.report.lookup import line_at, trail
from tlsglass.trust.model import Severity
from tlsglass.x509.containers.model import Kind, item
from tlsglass.x509.model import Field, Span

_PARSED = re.compile(r"\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+) (prim|cons): ([^:]*?)\s*(?::.*)?$")


def octets(*contents: bytes) -> bytes:
    """An OCTET STRING."""
    return tlv(4, *contents)


def _line(der: bytes) -> Node:
    return Node(key="ab", label="x", summary="", item=item(Kind.REQUEST, der, ""))


def _all(lines: Sequence[Node]) -> Iterator[Node]:
    for line in lines:
        yield line
        yield from _all(line.children)


def _spans(lines: Sequence[Node]) -> list[tuple[int, int, int]]:
    spans = [line.field.span for line in _all(lines) if line.field is not None]
    return [(span.start, span.header, span.end) for span in spans if span is not None]


def test_it_agrees_with_openssl(tmp_path: Path) -> None:
    """Every element that asn1parse names is there, with its offset, its header and its length."""
    file = tmp_path / "a.der"
    for certificate in (LEAF, MIDDLE):
        file.write_bytes(certificate.der)
        out = subprocess.run(
            ["openssl", "asn1parse", "-inform", "DER", "-in", file], check=True, capture_output=True, text=True
        )
        theirs = [match.groups() for match in map(_PARSED.match, out.stdout.splitlines()) if match]
        shown = asn1_outline(Node(key=certificate.sha256, label="", summary="", certificate=certificate))
        ours = _spans(shown)
        assert theirs
        for offset, _, header, length, _, _ in theirs:
            start = int(offset)
            assert (start, int(header), start + int(header) + int(length)) in ours


def test_values_of_extensions_and_keys_are_opened() -> None:
    """A string of octets after an identifier, or one that holds something constructed; a string of bits alike."""
    short = seq(oid("2.5.29.14"), octets(octets(b"abc")))
    key = bit_string(seq(oid("1.2.3")))
    loose = octets(octets(b"abc"))
    broken = octets(seq(oid("1.2.3"))[:-1])
    padded = b"\x03\x03\x01\x30\x00"
    lines = asn1_outline(_line(seq(short, key, loose, broken, padded)))
    (top,) = lines
    first, second, third, fourth, fifth = top.children
    assert [child.label.split(" ", 1)[1] for child in first.children] == ["OBJECT IDENTIFIER", "OCTET STRING"]
    assert first.children[0].summary == "2.5.29.14 subjectKeyIdentifier"
    assert first.children[1].summary == "holds one element, 5 bytes"
    assert first.children[1].children[0].label.endswith("OCTET STRING")
    assert second.children[0].children[0].summary == "1.2.3"
    assert not third.children
    assert not fourth.children
    assert not fifth.children


def test_what_breaks_the_rules_is_marked() -> None:
    """The element itself has the problem, and all above it the mark."""
    lines = asn1_outline(_line(bytes.fromhex("3006 3004 0281 0101")))
    (top,) = lines
    (inner,) = top.children
    (number,) = inner.children
    assert [line.mark for line in (top, inner, number)] == [Severity.WARNING] * 3
    assert [len(line.field.problems) if line.field else None for line in (top, inner, number)] == [0, 0, 1]
    (cut,) = asn1_outline(_line(b"\x30"))
    assert cut.field is not None
    assert "no element" in cut.field.meaning
    assert cut.mark is Severity.WARNING
    (clean,) = asn1_outline(_line(seq()))
    assert clean.mark is None


def test_a_long_value_is_whole_in_the_field_and_cut_in_the_line() -> None:
    """Like everywhere."""
    (line,) = asn1_outline(_line(octets(bytes(500))))
    assert line.field is not None
    assert len(line.field.value) == 1000
    assert line.summary.endswith("…, 500 bytes")


def test_a_line_without_bytes_has_no_elements() -> None:
    """Such as one about the chain."""
    bare = Node(key="missing", label="", summary="")
    assert list(asn1_outline(bare)) == []
    assert span_of(bare) == Span(start=0, header=0, end=0, tag="")


def test_spans() -> None:
    """A field's own, none where it is derived, and everything for the certificate."""
    whole = Node(key="k", label="", summary="", certificate=LEAF)
    assert span_of(whole) == Span(start=0, header=4, end=len(LEAF.der), tag="SEQUENCE")
    derived = Node(key="k/f", label="", summary="", certificate=LEAF, field=Field(id="f", label="", value=""))
    assert span_of(derived) is None


def test_lines_are_found_by_offset() -> None:
    """The key of any byte leads to the element that holds it."""
    line = Node(key=LEAF.sha256, label="", summary="", certificate=LEAF)
    lines = asn1_outline(line)
    for found in _all(lines):
        assert trail(lines, found.key)[-1] is found
    assert trail(lines, asn1_key(LEAF.sha256, len(LEAF.der) + 5)) == ()
    assert trail(lines, f"{LEAF.sha256}/subject") == ()


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.integers(0, len(LEAF.der) - 1).map(lambda cut: LEAF.der[:cut]))
def test_any_bytes(der: bytes) -> None:
    """All bytes are covered, each element's children lie in it, and every byte has a line."""
    line = _line(der)
    lines = asn1_outline(line)
    spans = [found.field.span for found in lines if found.field is not None]
    assert sum(span.end - span.start for span in spans if span) <= len(der)
    root = Node(key="ab", label="", summary="", item=line.item, children=lines)
    for offset in range(0, len(der), 7):
        span = span_of(line_at(root, offset))
        assert span is not None
        assert span.start <= offset


@pytest.mark.parametrize("key", ["ab/asn1.x", "ab/asn1.", "ab"])
def test_other_keys_lead_nowhere(key: str) -> None:
    """Nothing raises."""
    assert trail(asn1_outline(_line(seq())), key) == ()
