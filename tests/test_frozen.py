"""Values are what the standard library's frozen dataclasses are, and cost no compilation before one is made."""

import builtins
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from tlsglass import frozen
from tlsglass.frozen import dataclass

Decorator = Callable[..., Callable[[type[Any]], type[Any]]]


def made_by(decorator: Decorator, **options: bool) -> type[Any]:
    """A class with a bit of everything, decorated."""

    @decorator(frozen=True, slots=True, kw_only=True, **options)
    class Point:
        """Where something is."""

        x: int
        y: int = 0
        note: str = field(default="", compare=False)
        hidden: str = field(default="", repr=False)
        parts: Sequence[int] = field(default=(), hash=False)

    return Point


def placed_by(decorator: Decorator) -> type[Any]:
    """A class whose values are made by place, decorated."""

    @decorator(frozen=True, slots=True)
    class Pair:
        """Two things."""

        first: int
        second: int = 2

    return Pair


OURS, THEIRS = made_by(dataclass), made_by(dataclasses.dataclass)
CALLS: list[Callable[[type[Any]], object]] = [
    lambda point: repr(point(x=1)),
    lambda point: repr(point(x=1, y=2, note="n", hidden="h")),
    lambda point: point(x=1) == point(x=1, y=0, note="other"),
    lambda point: point(x=1) == point(x=1, y=1),
    lambda point: point(x=1) == point(x=1, hidden="h"),
    lambda point: point(x=1) == (1, 0, "", ""),
    lambda point: point(x=1) != point(x=1),
    lambda point: hash(point(x=1)) == hash(point(x=1, note="other")),
    lambda point: hash(point(x=1)) == hash(point(x=2)),
    lambda point: hash(point(x=1)) == hash(point(x=1, parts=[1])),
    lambda point: point(x=1) == point(x=1, parts=[1]),
    lambda point: len({point(x=1), point(x=1), point(x=2)}),
    lambda point: repr(replace(point(x=1, hidden="h"), y=5)),
    lambda point: [(each.name, each.default, each.compare, each.repr, each.kw_only) for each in fields(point)],
    lambda point: (point.__match_args__, point.__slots__, point.__doc__, point.__init__.__qualname__),
    lambda point: hasattr(point(x=1), "__dict__"),
]


@pytest.mark.parametrize("call", CALLS, ids=map(str, range(len(CALLS))))
def test_a_value_is_what_the_standard_library_makes_of_it(call: Callable[[type[Any]], object]) -> None:
    """Text, equality, hash, fields and what `replace` gives are the same."""
    assert call(OURS) == call(THEIRS)


@pytest.mark.parametrize("point", [OURS, THEIRS, made_by(dataclass)], ids=["ours", "theirs", "ours, at once"])
@pytest.mark.parametrize("given", [{}, {"y": 1}, {"x": 1, "z": 1}], ids=["nothing", "too little", "too much"])
def test_a_value_needs_its_fields_and_takes_no_others(point: type[Any], given: dict[str, int]) -> None:
    """What is missing or unknown is a mistake from the first call on, and so are arguments without their names."""
    with pytest.raises(TypeError):
        point(**given)
    with pytest.raises(TypeError):
        point(*given.values(), 1)


@pytest.mark.parametrize("point", [OURS, THEIRS], ids=["ours", "theirs"])
def test_a_value_is_frozen(point: type[Any]) -> None:
    """Nothing is changed or taken away, and it is said which field was to be."""
    value = point(x=1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        value.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del value.x
    assert value.x == 1


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "theirs"])
def test_a_class_may_go_without(decorator: Decorator) -> None:
    """Without `repr` or `eq` a value is as every object is."""
    plain = made_by(decorator, repr=False, eq=False)
    assert repr(plain(x=1)).startswith("<")
    assert plain(x=1) != plain(x=1)


def outspoken_by(decorator: Decorator) -> type[Any]:
    """A class that compares and tells its values itself, decorated."""

    @decorator(frozen=True, slots=True, kw_only=True)
    class Outspoken:  # noqa: PLW1641 - the decorator gives it a hash
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Outspoken) and self.name.lower() == other.name.lower()

        def __repr__(self) -> str:
            return "myself"

    return Outspoken


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "theirs"])
def test_what_a_class_says_itself_stays(decorator: Decorator) -> None:
    """Its own equality and text count; a hash it has all the same."""
    outspoken = outspoken_by(decorator)
    assert repr(outspoken(name="a")) == "myself"
    assert outspoken(name="a") == outspoken(name="A")
    assert hash(outspoken(name="a")) == hash(outspoken(name="a"))


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "theirs"])
def test_a_value_is_made_by_place_where_it_may_be(decorator: Decorator) -> None:
    """A class that does not ask for keywords takes either, and matches by place."""
    pair = placed_by(decorator)
    assert pair(1) == pair(first=1, second=2) == pair(1, second=2)
    match pair(3, 4):
        case pair(first, second):
            assert (first, second) == (3, 4)
    with pytest.raises(TypeError):
        pair(1, 2, 3)


def extended_by(decorator: Decorator) -> tuple[type[Any], type[Any]]:
    """A class and one that extends it, both decorated."""

    @decorator(frozen=True, slots=True, kw_only=True)
    class Labelled:
        label: str

    @decorator(frozen=True, slots=True, kw_only=True)
    class Thing(Labelled):
        size: int

    return Labelled, Thing


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "theirs"])
def test_a_class_extends_another(decorator: Decorator) -> None:
    """The fields of both are there, in order, and a value of one is none of the other."""
    labelled, thing = extended_by(decorator)
    one = thing(label="a", size=1)
    assert repr(one).endswith("Thing(label='a', size=1)")
    assert one == thing(size=1, label="a") != thing(label="b", size=1)
    assert labelled(label="a") != one


def checked_by(decorator: Decorator, made: list[int]) -> type[Any]:
    """A class that notes its values, decorated."""

    @decorator(frozen=True, slots=True, kw_only=True)
    class Checked:
        size: int

        def __post_init__(self) -> None:
            made.append(self.size)

    return Checked


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "theirs"])
def test_a_class_looks_at_its_values(decorator: Decorator) -> None:
    """`__post_init__` is called each time, when all fields are there."""
    made: list[int] = []
    checked = checked_by(decorator, made)
    assert [checked(size=1).size, checked(size=2).size] == made == [1, 2]


def test_nothing_is_compiled_before_a_value_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the classes of a room that a look does not enter costs next to nothing."""
    compiled: list[str] = []
    run = builtins.exec

    def noted(source: str, *scopes: dict[str, Any]) -> None:
        if "__init__" in source:  # the standard library of later versions compiles an empty function by itself
            compiled.append(source)
        run(source, *scopes)

    monkeypatch.setattr(builtins, "exec", noted)
    frozen._code.cache_clear()
    point = made_by(dataclass)
    assert not compiled
    point(x=1)
    point(x=2)
    assert len(compiled) == 1


def test_classes_with_as_many_fields_share_what_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each still has arguments and defaults of its own."""

    @dataclass(frozen=True, slots=True)
    class Couple:
        left: str = "a"
        right: str = "b"

    pair = placed_by(dataclass)
    assert repr(pair(1)).endswith("Pair(first=1, second=2)")
    monkeypatch.setattr(builtins, "exec", None)
    assert repr(Couple(right="c")).endswith("Couple(left='a', right='c')")
