"""The app for guests: it ends where nobody is there any more, and has no way to a file or a program."""

import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.timer import Timer

from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.settings import Kiosk

WARNING = 30.0
"""Seconds before the end at which the app says that it is near; a short time is halved instead."""

_BARRED = frozenset({"open_file", "save", "screenshot", "suspend_process", "change_theme", "show_help_panel"})
"""Actions that are none for guests: ours that touch files, and those that Textual brings along."""

_SIGNS_OF_LIFE = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class KioskApp(TlsglassApp):
    """The app on the demo, for somebody whom its owner does not know."""

    clock: Callable[[], float] = staticmethod(time.monotonic)
    """The time in seconds, by which idleness is measured."""

    farewell = ""
    """What to say once the terminal is given back; empty where the guest has left by himself."""

    _alive_at = 0.0
    _warned = False
    _watch: Timer | None = None

    @property
    def rules(self) -> Kiosk:
        """What guests may do."""
        return self.means.settings.kiosk or Kiosk()

    def on_mount(self) -> None:
        """Begin to wait for signs of life."""
        self._alive_at = self.clock()
        self._wait()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if isinstance(event, _SIGNS_OF_LIFE):
            self._alive_at = self.clock()
            if self._warned:
                self._warned = False
                self.clear_notifications()
        await super().on_event(event)

    def watch_idleness(self) -> None:
        """Warn, or end the app, where nobody has given a sign of life for so long; else wait on."""
        left = self._alive_at + self.rules.idle - self.clock()
        if left <= 0:
            minutes, seconds = divmod(round(self.rules.idle), 60)
            waited = f"{minutes} min" if not seconds else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
            self.farewell = f"tlsglass: no key was pressed for {waited}, so this session has ended. Come again."
            self.exit()
            return
        if left <= self._warning and not self._warned:
            self._warned = True
            self.notify(f"Nobody there? This ends in {round(left)} s; any key goes on.", timeout=left, markup=False)
        self._wait()

    @property
    def _warning(self) -> float:
        return min(WARNING, self.rules.idle / 2)

    def _wait(self) -> None:
        left = self._alive_at + self.rules.idle - self.clock()
        wait = left if self._warned or left <= self._warning else left - self._warning
        self._watch = self.set_timer(max(0.01, wait), self.watch_idleness, name="idle")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing that leads out."""
        return action not in _BARRED and super().check_action(action, parameters)

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - Textual's has three overloads
        """Show a screen, unless it is one that chooses, reads or writes files, whoever asks for it."""
        if getattr(screen, "TOUCHES_FILES", False):
            self.notify("Guests open and save no files here.", severity="warning", markup=False)
            return AwaitComplete()
        return super().push_screen(screen, *args, **options)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: a browser would be one of this machine."""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Do nothing: pictures are files of this machine."""
