"""Moments as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.trust.supposition.moment import WAYS, parse_moment

NOW = datetime(2026, 11, 24, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-01-31", datetime(2027, 1, 31, tzinfo=UTC)),
        (" 2027-01-31 12:00 ", datetime(2027, 1, 31, 12, tzinfo=UTC)),
        ("2027-01-31T12:00:01.5Z", datetime(2027, 1, 31, 12, 0, 1, tzinfo=UTC)),
        ("2027-01-31T12:00+02:00", datetime(2027, 1, 31, 10, tzinfo=UTC)),
        ("+30d", datetime(2026, 12, 24, 12, 30, 15, tzinfo=UTC)),
        ("-12H", datetime(2026, 11, 24, 0, 30, 15, tzinfo=UTC)),
        ("+2w", datetime(2026, 12, 8, 12, 30, 15, tzinfo=UTC)),
        ("+1y", datetime(2027, 11, 24, 12, 30, 15, tzinfo=UTC)),
        ("Now", datetime(2026, 11, 24, 12, 30, 15, tzinfo=UTC)),
    ],
)
def test_what_is_a_moment(typed: str, meant: datetime) -> None:
    """In UTC, and without fractions of a second."""
    assert parse_moment(typed, NOW) == meant


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "+30", "30d", "+9999999y", "-9999y", "0001-01-01T00:00+14:00", "2027-02-30", "+\u0663d"]
)
def test_what_is_none(typed: str) -> None:
    """It is said how to type one."""
    with pytest.raises(ValueError, match="is no moment") as caught:
        parse_moment(typed, NOW)
    assert WAYS in str(caught.value)


@given(st.text(max_size=200))
def test_whatever_is_typed(typed: str) -> None:
    """A moment in UTC or a short sentence."""
    try:
        moment = parse_moment(typed, NOW)
    except ValueError as error:
        moment, said = NOW, str(error)
    else:
        said = ""
    assert moment.utcoffset() == timedelta(0)
    assert len(said) < 1000


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(9998, 1, 1)))  # noqa: DTZ001 - a zone is added
def test_every_moment_can_be_typed(moment: datetime) -> None:
    """As the screen shows it."""
    whole = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_moment(f"{whole:%Y-%m-%dT%H:%M:%SZ}", NOW) == whole
