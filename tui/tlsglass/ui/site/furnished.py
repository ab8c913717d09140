"""A screen that shows its target bar at once, and the rest when what it takes is loaded."""

import importlib
import sys
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen

from tlsglass.ui.history import History
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.start import Start
from tlsglass.ui.widgets.status_line import StatusLine
from tlsglass.ui.widgets.target_bar import TargetBar

if TYPE_CHECKING:
    from tlsglass.observation import Observation  # noqa: F401 - what the screen gives, which is a string above
    from tlsglass.ui.widgets.body import Body
    from tlsglass.ui.widgets.headline import Headline

_FURNITURE = ("tlsglass.ui.engine", "tlsglass.ui.widgets.headline", "tlsglass.ui.widgets.body")
"""What the screen shows besides its target bar; loaded after the first paint."""

WIDE = 100
"""Columns from which the panes stand side by side."""


class FurnishedScreen(Screen["tuple[Observation, ...]"]):
    """From top to bottom: target, verdict, panes, times, keys."""

    DEFAULT_CSS = """
    FurnishedScreen {
        background: $background;
        #stage { height: 1fr; layers: panes above; }
        Body { layer: panes; }
        Start { layer: above; height: 100%; }
    }
    """

    def __init__(self, history: History, target_text: str | None) -> None:
        """Make the screen.

        Args:
            history: earlier targets.
            target_text: what to look at first; None offers some.
        """
        super().__init__()
        self._history = history
        self._wanted = target_text
        """What is to be looked at once the screen is furnished."""

        self._furniture: tuple[Headline, Body] | None = None

    class _Loaded(Message):
        """What the screen shows besides its target bar can be made."""

    def compose(self) -> ComposeResult:
        """Verdict and panes come once they are loaded."""
        yield TargetBar(self._history, takes_files=not self._examples())
        headline, body = self._furnishings() if _is_loaded() else (None, None)
        if headline is not None:
            yield headline
        with Container(id="stage"):
            if body is not None:
                yield body
            if self._wanted is None:
                yield Start(self._history, self._examples())
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the reader type while the rest is loaded."""
        self.target_bar.input.value = self._wanted or ""
        self.target_bar.input.focus()
        self.call_after_refresh(self._after_first_paint)

    def _examples(self) -> tuple[tuple[str, str], ...]:
        """Targets for guests, and what they are; empty where there are no guests."""
        return ()

    def look_at(self, text: str) -> None:
        """Look at a target, once the screen is furnished."""
        self._wanted = text

    @property
    def is_furnished(self) -> bool:
        """Whether there is more than the target bar."""
        return self._furniture is not None

    @property
    def headline(self) -> "Headline":
        """The headline."""
        return self._furnished[0]

    @property
    def body(self) -> "Body":
        """The panes."""
        return self._furnished[1]

    @property
    def target_bar(self) -> TargetBar:
        """The target bar."""
        return self.query_one(TargetBar)

    @property
    def _furnished(self) -> "tuple[Headline, Body]":
        if self._furniture is None:
            message = "the screen is used before it is furnished"
            raise RuntimeError(message)
        return self._furniture

    def _after_first_paint(self) -> None:
        if self._furniture is None:
            self._load()
        else:
            self._begin()

    @work(thread=True, group="loading", name="loading the screen", exit_on_error=False)
    def _load(self) -> None:
        for module in _FURNITURE:
            importlib.import_module(module)
        self.post_message(self._Loaded())

    @on(_Loaded)
    async def _furnish(self) -> None:
        headline, body = self._furnishings()
        await self.mount(headline, after=self.target_bar)
        await self.query_one("#stage").mount(body)
        self._begin()

    def _furnishings(self) -> "tuple[Headline, Body]":
        from tlsglass.ui.widgets.body import Body  # noqa: PLC0415 - after the first paint
        from tlsglass.ui.widgets.headline import Headline  # noqa: PLC0415 - after the first paint

        self._furniture = Headline(), Body()
        return self._furniture

    def _begin(self) -> None:
        # The panes are laid out behind the examples, so that the first look needs not wait for that.
        self.body.can_focus_children = not self.query(Start)
        self._stack_panes(self.size.width)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.look_at(wanted)

    def on_resize(self, event: Resize) -> None:
        """Stack the panes where they don't fit side by side."""
        self._stack_panes(event.size.width)

    def _stack_panes(self, width: int) -> None:
        narrow = width < WIDE
        self.query_one(StatusLine).narrow = narrow
        if self._furniture is not None and self.body.is_mounted:
            self.body.stack(narrow=narrow)


def _is_loaded() -> bool:
    return all(module in sys.modules for module in _FURNITURE)
