"""The limits can be named, read, set and raised, and each says what it bounds."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.limits import DEFAULTS, Limits


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("response=200MB", "response", 200_000_000),
        ("response=1GiB", "response", 1 << 30),
        ("response=1.5k", "response", 1_500),
        (" header-bytes = 65,536 ", "header_bytes", 65_536),
        ("header_bytes=64KiB", "header_bytes", 65_536),
        ("total-time=5m", "total_time", 300),
        ("TOTAL-TIME=90", "total_time", 90),
        ("answer-time=1h", "answer_time", 3_600),
        ("certificates=2k", "certificates", 2_000),
        ("names=1_000", "names", 1_000),
    ],
)
def test_a_limit_is_set_as_it_is_typed(typed: str, name: str, value: int) -> None:
    """Names in either spelling and any case, values with the units that people use."""
    changed = DEFAULTS.with_typed(typed)
    assert getattr(changed, name) == value
    assert [each.name for each in fields(Limits) if getattr(changed, each.name) != getattr(DEFAULTS, each.name)] in (
        [name],
        [],
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nonsense=1", "there is no limit 'nonsense'; the limits are total-time, answer-time"),
        ("response", "'response' is not NAME=VALUE"),
        ("response=", "'' is no number for the limit response; it may end in b, k, kb"),
        ("response=1 parsec", "is no number for the limit response"),
        ("response=-1", "is no number"),
        ("certificates=1GiB", "it may end in k, m"),
        ("total-time=0", "The limit total-time goes from 1s to 86400s"),
        ("depth=65", "The limit depth goes from 1 to 64"),
        ("depth=999999999999999", "goes from 1 to 64"),
        ("response=\x1b]0;x\x07", "is no number"),
    ],
)
def test_what_is_no_limit_is_explained(typed: str, words: str) -> None:
    """The sentence says which there are, or what the value may be."""
    with pytest.raises(ValueError, match=r"\.$") as caught:
        DEFAULTS.with_typed(typed)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_explained(typed: str) -> None:
    """Nothing that is typed raises anything else."""
    for name in ("response", "total-time", "headers"):
        try:
            DEFAULTS.with_typed(f"{name}={typed}")
        except ValueError as error:
            assert str(error)[-1] == "."  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize("name", [each.name for each in fields(Limits)])
def test_every_limit_says_what_it_is_and_how_to_raise_it(name: str) -> None:
    """The line of the help can be typed as it stands, and so can the advice of the hint."""
    line, what = DEFAULTS.lines()[[each.name for each in fields(Limits)].index(name)]
    assert DEFAULTS.with_typed(line) == DEFAULTS
    assert len(what) > 20
    hint = DEFAULTS.hint(name)
    advised = hint.partition("--limit ")[2].partition(" raises it.")[0]
    raised = DEFAULTS.with_typed(advised)
    assert getattr(raised, name) > getattr(DEFAULTS, name)
    assert advised in DEFAULTS.short(name)


def test_values_are_advised_in_the_unit_that_they_were_given_in() -> None:
    """As far as it leaves no fraction."""
    assert "--limit response=40MB raises it" in DEFAULTS.with_typed("response=20MB").hint("response")
    assert "--limit response=40MiB raises it" in DEFAULTS.with_typed("response=20MiB").hint("response")
    assert "--limit response=2kB raises it" in DEFAULTS.with_typed("response=1k").hint("response")


def test_the_highest_value_is_not_said_to_be_raised() -> None:
    """Advice that would be refused is none."""
    highest = DEFAULTS.with_typed("depth=64")
    assert highest.hint("depth") == "That is the limit depth (64)."
    assert highest.short("depth") == "(limit depth)"


def test_the_names_are_those_that_are_typed() -> None:
    """With hyphens, in the order of the help."""
    assert Limits.names_of_all()[:2] == ("total-time", "answer-time")
    assert [line.partition("=")[0] for line, _ in DEFAULTS.lines()] == list(Limits.names_of_all())
