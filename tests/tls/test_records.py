"""Record framing: any cut gives the same records, and anything else than records is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.limits import LONGEST_OPENING
from tlsglass.tls.records import PAYLOAD_LIMIT, ContentType, RecordReader


def record(kind: int, payload: bytes, version: int = 0x0303) -> bytes:
    """A record as it passes."""
    return bytes([kind]) + version.to_bytes(2, "big") + len(payload).to_bytes(2, "big") + payload


RECORDS = st.lists(st.tuples(st.sampled_from(list(ContentType)), st.binary(max_size=60)), max_size=6)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(records=RECORDS, cuts=st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=20))
def test_any_cut_gives_the_same_records(records: list[tuple[ContentType, bytes]], cuts: list[int]) -> None:
    """RFC 8446 §5.1: records are a layer of their own, whatever the transport makes of them."""
    stream = b"".join(record(kind, payload) for kind, payload in records)
    reader = RecordReader()
    read = []
    at = step = 0
    while at < len(stream):
        size = cuts[step % len(cuts)]
        read += reader.feed(stream[at : at + size])
        at, step = at + size, step + 1
    assert [(r.type, r.payload) for r in read] == records
    assert reader.count == len(records)
    assert not reader.broken
    assert reader.opening == stream[:LONGEST_OPENING]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_nothing_raises(data: bytes) -> None:
    """Whatever comes, the reader stands, and what it made of it adds up to what came."""
    reader = RecordReader()
    records = reader.feed(data)
    assert sum(5 + len(r.payload) for r in records) <= len(data)
    assert reader.not_tls == (reader.broken and not records)


def test_version_of_the_header_is_told() -> None:
    """RFC 8446 §5.1: the header carries a version, for what it is worth."""
    (read,) = RecordReader().feed(record(22, b"x", version=0x0301))
    assert read.version == 0x0301
    assert read.header == b"\x16\x03\x01\x00\x01"


@pytest.mark.parametrize(
    "opening",
    [b"H", b"HTTP/1.1 400 Bad Request\r\n", b"220 mail", b"\x16\x02", b"\x15\x03\x03\xff\xff", b"\x80\x2e\x01"],
)
def test_what_is_not_tls_is_told_at_once(opening: bytes) -> None:
    """The first bytes tell, and stay at hand."""
    reader = RecordReader()
    assert reader.feed(opening) == []
    assert reader.not_tls
    assert reader.feed(b" and more") == []
    assert reader.opening == opening + b" and more"


def test_a_stream_that_turns_bad_is_broken_but_was_tls() -> None:
    """Garbage after a record is no plain-text protocol."""
    reader = RecordReader()
    assert [r.payload for r in reader.feed(record(22, b"one") + b"garbage")] == [b"one"]
    assert reader.broken
    assert not reader.not_tls


def test_longest_payload_is_read_and_a_longer_one_is_not() -> None:
    """RFC 5246 §6.2.3: 2^14 + 2048 bytes."""
    assert RecordReader().feed(record(23, bytes(PAYLOAD_LIMIT)))[0].payload == bytes(PAYLOAD_LIMIT)
    reader = RecordReader()
    assert reader.feed(record(23, bytes(PAYLOAD_LIMIT + 1))) == []
    assert reader.broken


def test_opening_is_bounded() -> None:
    """A server that talks on does not fill the memory."""
    reader = RecordReader()
    for _ in range(3):
        reader.feed(b"x" * 700)
    assert reader.opening == b"x" * LONGEST_OPENING
