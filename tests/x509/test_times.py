"""Times of certificates."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.x509.der_writer import GENERALIZED_TIME, UTC_TIME, number, tlv
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem
from tlsglass.x509.times import plain, rfc3339, time


def _element(tag: int, content: bytes) -> Element:
    return read(tlv(tag, content)).elements[0]


@pytest.mark.parametrize(
    ("tag", "content", "expected"),
    [
        (UTC_TIME, b"261120120000Z", "2026-11-20T12:00:00Z"),
        (UTC_TIME, b"491231235959Z", "2049-12-31T23:59:59Z"),
        (UTC_TIME, b"500101000000Z", "1950-01-01T00:00:00Z"),
        (GENERALIZED_TIME, b"99991231235959Z", "9999-12-31T23:59:59Z"),
        (GENERALIZED_TIME, b"00010101000000Z", "0001-01-01T00:00:00Z"),
    ],
)
def test_times_as_the_standard_has_them(tag: int, content: bytes, expected: str) -> None:
    """RFC 5280 §4.1.2.5: two digits of a year from 50 on are of the last century."""
    problems: list[Problem] = []
    moment = time(_element(tag, content), problems)
    assert rfc3339(moment) == expected
    assert plain(moment) == expected.replace("T", " ").replace("Z", " UTC")
    assert moment.tzinfo is UTC
    assert problems == []


@pytest.mark.parametrize(
    ("tag", "content", "expected"),
    [
        (UTC_TIME, b"2611201200Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        (UTC_TIME, b"261120120000+0130", datetime(2026, 11, 20, 10, 30, tzinfo=UTC)),
        (UTC_TIME, b"261120120000-0130", datetime(2026, 11, 20, 13, 30, tzinfo=UTC)),
        (GENERALIZED_TIME, b"2026112012", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        (GENERALIZED_TIME, b"20261120120000.25Z", datetime(2026, 11, 20, 12, 0, 0, 250_000, tzinfo=UTC)),
    ],
)
def test_times_that_only_ber_allows(tag: int, content: bytes, expected: datetime) -> None:
    """They are read, and it is said that they are not as they should be."""
    problems: list[Problem] = []
    assert time(_element(tag, content), problems) == expected
    assert [problem.offset for problem in problems] == [0]
    assert problems[0].text.endswith("is not written with whole seconds and a Z at its end.")


@pytest.mark.parametrize(
    ("tag", "content"),
    [
        (UTC_TIME, b""),
        (UTC_TIME, b"261320120000Z"),
        (UTC_TIME, b"260230000000Z"),
        (UTC_TIME, b"261120120060Z"),
        (UTC_TIME, b"26112012000aZ"),
        (UTC_TIME, "\N{FULLWIDTH DIGIT TWO}6112012000Z".encode()),
        (GENERALIZED_TIME, b"00000101000000Z"),
        (GENERALIZED_TIME, b"99991231235959-0100"),
        (GENERALIZED_TIME, b"261120120000Z"),
    ],
)
def test_no_such_moment(tag: int, content: bytes) -> None:
    """What names no moment is refused with its place."""
    with pytest.raises(DecodeError, match="does not name a moment that exists") as caught:
        time(_element(tag, content), [])
    assert caught.value.problem.offset == 0


def test_no_time_at_all() -> None:
    """A number is no time."""
    with pytest.raises(DecodeError, match="UTCTime or GeneralizedTime was expected here, not INTEGER"):
        time(read(number(5)).elements[0], [])


@settings(derandomize=True, max_examples=100, deadline=None, database=None)
@given(st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31)))  # noqa: DTZ001 - hypothesis wants them naive
def test_what_is_written_is_read(moment: datetime) -> None:
    """Any moment of UTCTime's century comes back."""
    element = _element(UTC_TIME, f"{moment:%y%m%d%H%M%S}Z".encode())
    assert time(element, []) == moment.replace(microsecond=0, tzinfo=UTC)
