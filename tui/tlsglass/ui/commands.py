"""The command palette: every action that a key has, under its name."""

from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from tlsglass.ui import themes

_THEME_NAMES = {themes.DARK.name: "dark", themes.LIGHT.name: "light", themes.ANSI.name: "the terminal's own colours"}


def commands(app: App[None], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be done on a screen: its bindings and those of what has the focus, then the themes.

    Args:
        app: the app.
        screen: the screen from which the palette was called.
    """
    seen = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        # Bindings with an id are ours; those without are the cursor keys of Textual's widgets.
        if not active.enabled or binding.id is None or binding.id in seen or binding.id == "app.palette":
            continue
        seen.add(binding.id)
        key = app.get_key_display(binding)
        run = partial(app.run_action, binding.action, active.node)
        yield SystemCommand(f"{binding.tooltip or binding.description}", f"Key: {key}", _later(app, run))
    for name, says in _THEME_NAMES.items():
        if name != app.theme:
            yield SystemCommand(f"Theme: {says}", "Key: t goes to the next", partial(setattr, app, "theme", name))


def _later(app: App[None], run: Callable[[], Coroutine[None, None, bool]]) -> Callable[[], None]:
    """An action that runs once the palette is closed and the screen below it is in front again."""

    def call() -> None:
        app.call_later(run)

    return call
