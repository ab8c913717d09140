"""The life of a certificate, counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import LEAF, NOW
from tlsglass.report.lifetime import Lifetime, Stage, duration, lifetime

_DAY = timedelta(days=1)


def _life(at: datetime) -> Lifetime:
    life = lifetime(LEAF, at)
    assert life is not None
    return life


@pytest.mark.parametrize(
    ("at", "stage", "summary", "bar"),
    [
        (NOW - 33 * _DAY, Stage.NOT_YET_VALID, "valid in 3 days, for 90 days", 0),
        (NOW - 30 * _DAY, Stage.VALID, "89 days left, 0 % of 90 days spent", 0),
        (NOW, Stage.VALID, "59 days left, 33 % of 90 days spent", 3),
        (NOW + 60 * _DAY - timedelta(seconds=1), Stage.VALID, "0 seconds left, 99 % of 90 days spent", 9),
        (NOW + 60 * _DAY, Stage.EXPIRED, "expired 1 second ago", 10),
        (NOW + 63 * _DAY, Stage.EXPIRED, "expired 3 days ago", 10),
    ],
)
def test_a_life_of_90_days(at: datetime, stage: Stage, summary: str, bar: int) -> None:
    """Both ends belong to the life; a bar is full only when it is over. RFC 5280 §4.1.2.5."""
    life = _life(at)
    assert (life.stage, life.summary, life.bar(10)) == (stage, summary, bar)
    assert life.total == 90 * _DAY


def test_dates_that_cannot_be_read_are_no_life() -> None:
    """There is nothing to count without both dates."""
    assert lifetime(replace(LEAF, not_before=None), NOW) is None
    assert lifetime(replace(LEAF, not_after=None), NOW) is None


def test_dates_the_wrong_way_round() -> None:
    """A life that ends before it begins has no share to be spent: it is all over, or none of it."""
    crossed = replace(LEAF, not_before=NOW + 10 * _DAY, not_after=NOW)
    after, before = lifetime(crossed, NOW + 5 * _DAY), lifetime(crossed, NOW - 5 * _DAY)
    assert after is not None
    assert before is not None
    assert (after.stage, after.spent, after.total) == (Stage.EXPIRED, 1.0, timedelta(0))
    assert (before.stage, before.spent) == (Stage.NOT_YET_VALID, 0.0)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=398), "398 days"),
        (timedelta(days=5000), "13 years"),
    ],
)
def test_durations_in_words(span: timedelta, words: str) -> None:
    """The largest unit of which there are two, or exactly one."""
    assert duration(span) == words


_EPOCH = datetime(1, 1, 2, tzinfo=UTC)
_MOMENTS = st.integers(0, 9998 * 365 * 86400).map(lambda seconds: _EPOCH + timedelta(seconds=seconds))


@settings(derandomize=True, max_examples=200)
@given(_MOMENTS, _MOMENTS, _MOMENTS)
def test_any_dates_give_a_share_between_nothing_and_all(first: datetime, last: datetime, at: datetime) -> None:
    """Whatever a certificate says, its bar can be drawn and its line read."""
    life = lifetime(replace(LEAF, not_before=first, not_after=last), at)
    assert life is not None
    assert 0.0 <= life.spent <= 1.0
    assert 0 <= life.bar(40) <= 40
    assert life.summary
