"""`dataclass` for frozen, slotted values, which writes no method before one is first called.

The standard library's compiles six methods for each class as it is made: for the engine's classes that takes longer
than loading all else, and most of them are never made in one look. Here all classes share what needs no text of their
own, and `__init__` is made with the first value, of code that all classes with as many fields share. Whatever reads
fields (`replace`, `fields`, `match`) finds what it finds in the standard library's, and type checkers take the one for
the other. Standard library only.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

__all__ = ["dataclass"]

_T = TypeVar("_T")


def _dataclass(
    *,
    frozen: Literal[True],
    slots: Literal[True],
    kw_only: bool = False,
    repr: bool = True,  # noqa: A002 - as the standard library calls it
    eq: bool = True,
) -> Callable[[type[_T]], type[_T]]:
    """Make a class a frozen, slotted dataclass. It has a field that is compared, no default factory, and is not copied.

    Args:
        frozen: said at each class, for whoever reads it.
        slots: as above.
        kw_only: whether a value is made by keywords alone.
        repr: whether a value tells its fields.
        eq: whether values with the same fields are the same.
    """
    del frozen

    def decorate(written: type[_T]) -> type[_T]:
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(written)
        methods: list[Callable[..., Any]] = [_first_init(made), _set, _delete]
        if repr:
            methods.append(_tell)
        if eq:
            methods += _comparing(made)
        for method in methods:
            if written.__dict__.get(method.__name__) is None:  # what a class says itself stays
                setattr(made, method.__name__, method)
        return made

    return decorate


def _first_init(made: type[Any]) -> Callable[..., None]:
    """An `__init__` that gives way to the real one at its first call."""

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807 - it becomes one
        made.__init__ = _init(made)
        made.__init__(self, *given, **named)

    return __init__


def _init(made: type[Any]) -> Callable[..., None]:
    """The `__init__` with an argument for each field, which puts each past `__setattr__` into its slot."""
    by_place = [field for field in fields(made) if not field.kw_only]
    by_name = [field for field in fields(made) if field.kw_only]
    names = tuple(field.name for field in (*by_place, *by_name))
    code = _code(len(names), checks=hasattr(made, "__post_init__")).replace(
        co_argcount=1 + len(by_place), co_kwonlyargcount=len(by_name), co_varnames=("self", *names)
    )
    slots = {f"_put_{at}": getattr(made, name).__set__ for at, name in enumerate(names)}
    defaults = tuple(field.default for field in by_place if field.default is not MISSING)
    init = FunctionType(code, slots, "__init__", defaults)
    init.__kwdefaults__ = {field.name: field.default for field in by_name if field.default is not MISSING}
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


@cache
def _code(count: int, *, checks: bool) -> CodeType:
    """What an `__init__` does with so many arguments, whatever they are called: classes share what is compiled."""
    arguments = "".join(f", _{at}" for at in range(count))
    lines = [f"def __init__(self{arguments}):", *(f"_put_{at}(self, _{at})" for at in range(count))]
    if checks:
        lines.append("self.__post_init__()")
    known: dict[str, Any] = {}
    exec("\n ".join(lines), known)  # noqa: S102 - as the standard library does it
    code: CodeType = known["__init__"].__code__
    return code


def _comparing(made: type[Any]) -> list[Callable[..., Any]]:
    """`__eq__` and `__hash__` by the fields that count."""
    compared = attrgetter(*(field.name for field in fields(made) if field.compare))
    hashed = attrgetter(
        *(field.name for field in fields(made) if (field.compare if field.hash is None else field.hash))
    )

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes one
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(compared(self) == compared(other))

    def __hash__(self: object) -> int:  # noqa: N807 - it becomes one
        return hash(hashed(self))

    return [__eq__, __hash__]


def _tell(self: Any) -> str:  # noqa: ANN401 - any dataclass
    told = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(told)})"


def _set(_self: object, name: str, _value: object) -> NoReturn:
    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _delete(_self: object, name: str) -> NoReturn:
    message = f"cannot delete field {name!r}"
    raise FrozenInstanceError(message)


_tell.__name__, _set.__name__, _delete.__name__ = "__repr__", "__setattr__", "__delattr__"

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
