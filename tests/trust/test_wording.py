"""The words that findings share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.trust.authority import Authority
from tlsglass.trust.wording import listed, moment, named, span


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=-5), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(minutes=2), "2 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=729), "729 days"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_a_span_is_told_in_one_unit(length: timedelta, words: str) -> None:
    """Always a plural but for the one second."""
    assert span(length) == words


def test_a_moment_has_four_digits_of_year() -> None:
    """Also before the year 1000."""
    assert moment(datetime(1, 2, 3, 4, 5, tzinfo=UTC)) == "0001-02-03 04:05 UTC"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a"] * 7, "a, a, a, a, a and 2 more"),
    ],
)
def test_a_list_has_an_end(values: list[str], words: str) -> None:
    """Five at most, and the others counted."""
    assert listed(values) == words


def test_a_long_label_is_cut() -> None:
    """A sentence must stay one."""
    certificate = Authority.root("x" * 64).parsed
    assert named(certificate) == f"'{'x' * 64}'"
    long = replace(certificate.subject, rdns=((replace(certificate.subject.rdns[0][0], value="y" * 5000),),))
    assert named(replace(certificate, subject=long)) == f"'{'y' * 63}…'"
