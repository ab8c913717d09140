"""`python -m tests.cli.interrupted MOMENT SIGNAL WORD...`: tlsglass, sent a signal at a moment of its start.

A moment is a module that is about to be loaded, or a function that is about to be called, as `module:name.name`; with
`!` before it the signal comes from where Python ignores exceptions.
"""

import contextlib
import functools
import importlib
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from tlsglass.cli import main


class Strike:
    """Sends the signal, once."""

    def __init__(self, number: int, *, unheard: bool) -> None:
        self._number = number
        self._unheard = unheard
        self._sent = False

    def __del__(self) -> None:
        """Send it where an exception has nowhere to go."""
        if self._unheard and self._sent:
            signal.raise_signal(self._number)

    def __call__(self) -> None:
        """Send it, unless it was sent."""
        if self._sent:
            return
        self._sent = True
        if self._unheard:
            Strike(self._number, unheard=True)._sent = True
            self._unheard = False
        else:
            signal.raise_signal(self._number)


class Finder:
    """Strikes when a module is looked for, and finds nothing."""

    def __init__(self, name: str, strike: Callable[[], None]) -> None:
        self._name = name
        self._strike = strike

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Strike where it is the one."""
        del path, target
        if name == self._name:
            self._strike()
        return None


def strike_before(module: str, function: str, strike: Callable[[], None]) -> None:
    """Have a function strike before it does what it does."""
    *owners, name = function.split(".")
    owner = importlib.import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    does = getattr(owner, name)

    @functools.wraps(does)
    def struck(*arguments: object, **options: object) -> object:
        strike()
        return does(*arguments, **options)

    setattr(owner, name, struck)


if __name__ == "__main__":
    _, moment, sent, *words = sys.argv
    strike = Strike(signal.Signals[sent], unheard=moment.startswith("!"))
    module, _, function = moment.removeprefix("!").partition(":")
    if function:
        strike_before(module, function, strike)
    else:
        for loaded in [name for name in sys.modules if name == module or name.startswith(f"{module}.")]:
            del sys.modules[loaded]
        sys.meta_path.insert(0, Finder(module, strike))
    sys.argv = ["tlsglass", *words]
    with contextlib.suppress(SystemExit):
        main()
