"""The app: themes, screens and quitting."""

import gc
import os
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tlsglass.ui import themes
from tlsglass.ui.clipboard import Clipboard, CopyWanted, is_remote
from tlsglass.ui.driving import thrifty, up_to_date
from tlsglass.ui.faults import TellsFaults, announce
from tlsglass.ui.hangup import end_with_terminal
from tlsglass.ui.history import History, default_file
from tlsglass.ui.idleness import Idleness
from tlsglass.ui.means import Means
from tlsglass.ui.settings import Settings
from tlsglass.ui.turn_taking import Followed, Turns, leads_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tlsglass.demo.zoo import Zoo

_HELP = "help"
"""The name of the help among the screens that are kept."""


class TlsglassApp(TellsFaults):
    """Look at sites until one has seen enough."""

    TITLE = "tlsglass"
    CSS_PATH = "tlsglass.tcss"
    BINDINGS = [
        Binding("ctrl+p", "command_palette", "Palette", id="app.palette", tooltip="Everything that can be done here"),
        Binding("question_mark", "help", "Help", key_display="?", id="app.help", tooltip="What the keys do"),
        Binding(
            "f1", "help", "Help", key_display="F1", id="app.help-typing", tooltip="What the keys do, while typing too"
        ),
        Binding("t", "next_theme", "Theme", show=False, id="app.theme", tooltip="Dark, light, the terminal's colours"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Leave tlsglass"),
        Binding(
            "exclamation_mark,f9",
            "show_fault",
            "Fault",
            key_display="!",
            show=False,
            id="app.fault",
            tooltip="The report of what failed in tlsglass itself",
        ),
    ]

    def __init__(
        self,
        target_text: str | None = None,
        settings: Settings | None = None,
        zoo: "Zoo | Callable[[], Zoo] | None" = None,
        also: "Sequence[str]" = (),
    ) -> None:
        """Make the app.

        Args:
            target_text: what to look at first; None waits for the reader.
            settings: the options of the command line.
            zoo: the demo's servers, or what opens them; with them the app begins with their list.
            also: more files, which are looked at together with the first.
        """
        super().__init__()
        chosen = settings or Settings()
        self.means = Means(chosen, zoo)
        """What all looks share."""

        if not (chosen.animation if chosen.animation is not None else not is_remote(os.environ)):
            self.animation_level = "none"
        self._canvas = thrifty(self, is_remote=is_remote(os.environ))
        self.copier = Clipboard(self, self._offer_to_save, for_guests=chosen.kiosk is not None)
        """Copies and says so."""

        self._idleness = Idleness()
        self._turns = Turns()
        self.history = History(None if chosen.kiosk is not None else chosen.history_file or default_file())
        """Earlier targets."""

        self._target_text = target_text
        self._also = also
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """The list of the demo, or a site."""
        if self.means.is_demo and self._target_text is None:
            from tlsglass.ui.demo.screen import DemoScreen  # noqa: PLC0415 - only the demo needs it

            return DemoScreen(self.means, self.history)
        from tlsglass.ui.site.screen import SiteScreen  # noqa: PLC0415 - the demo begins without it

        return SiteScreen(self.means, self.history, self._target_text, self._also)

    @property
    def _takes_turns(self) -> bool:
        """Whether keys wait for each other; those who press them for a test wait by themselves."""
        return not self.is_headless

    def on_mount(self) -> None:
        """Load what the first look needs, once the screen is there to be seen."""
        if not self.is_headless:
            end_with_terminal()
        few = self.console.color_system in ("standard", "windows") or os.environ.get("NO_COLOR")
        if few and not self.is_headless:
            # Sixteen colours: ours would be torn to the nearest of them, the terminal's own fit each other. Without
            # any, that theme tells by reverse and bold what others tell by colours.
            self.theme = themes.ANSI.name
        self.watch_threads()
        self.call_after_refresh(self._warm_up)

    async def on_event(self, event: events.Event) -> None:
        """Let what is done while nobody waits wait for the end of keys, and keys for each other; ask for sizes anew."""
        if isinstance(event, events.InputEvent):
            self._idleness.interrupt()
        if isinstance(event, events.Resize) and not self.is_headless:
            event = up_to_date(event)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and self._takes_turns:
            if not self._turns.hold(event):
                await self._take(event)
        else:
            await super().on_event(event)

    async def _take(self, typed: events.Key | events.Paste) -> bool:
        """Hand on what is typed; whether what comes next has to wait for it."""
        used, waits = self.focused or self.screen, leads_on(typed, self.focused)
        number = self._turns.begin(self) if waits else 0
        await super().on_event(typed)
        if waits and not used.post_message(Followed(number)):
            self.post_message(Followed(number))
        return waits

    def on_followed(self, message: Followed) -> None:
        """Let what was typed next have its turn, once what the key before has asked for is done."""
        self.call_later(self._take_next, message.number)

    async def _take_next(self, number: int) -> None:
        typed = self._turns.end(number)
        while typed is not None and not await self._take(typed):
            typed = self._turns.next()

    def on_resize(self) -> None:
        """Take nothing for granted that stands on a terminal of another size."""
        self._canvas.forget()

    def on_unmount(self) -> None:
        """Let whatever still loads end early."""
        self._idleness.end()
        self._turns.forget()
        self.leave_threads()
        self.means.leave()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when loading has failed; what is loaded then is not looked through for garbage any more."""
        announce(self, event)
        if event.worker.name == "loading" and event.state is WorkerState.SUCCESS and not self.is_headless:
            gc.freeze()

    def action_help(self) -> None:
        """Show what the keys do."""
        from tlsglass.ui.dialogs.help import HelpScreen  # noqa: PLC0415 - first needed here

        if isinstance(self.screen, HelpScreen):
            return
        if not self.is_screen_installed(_HELP):  # kept, as it takes longer to be made than to be shown
            self.install_screen(HelpScreen(for_guests=self.means.is_kiosk), _HELP)
        self.push_screen(_HELP)

    def action_show_fault(self) -> None:
        """Show the report of the latest fault."""
        from tlsglass.ui.dialogs.fault import FaultScreen  # noqa: PLC0415 - hardly ever needed

        if not self.fault:
            self.notify("Nothing has failed.", markup=False)
        elif not isinstance(self.screen, FaultScreen):
            self.push_screen(FaultScreen(self.fault, may_save=not self.means.is_kiosk))

    def on_copy_wanted(self, message: CopyWanted) -> None:
        """Copy, and say so."""
        self.copier.copy(message.text, message.what, in_lines=message.in_lines)

    def _offer_to_save(self, file_name: str, data: bytes, reason: str) -> None:
        from tlsglass.ui.dialogs.save import SaveScreen  # noqa: PLC0415 - rarely needed

        self.push_screen(SaveScreen(file_name, data, reason=reason))

    def action_command_palette(self) -> None:
        """Offer every action by its name."""
        from tlsglass.ui.dialogs.palette import Palette  # noqa: PLC0415 - first needed here

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_next_theme(self) -> None:
        """Go from dark to light to the terminal's own colours."""
        names = [theme.name for theme in themes.THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":
        """Everything that can be done here, for the palette."""
        from tlsglass.ui.commands import commands  # noqa: PLC0415 - first needed here

        yield from commands(self, screen)

    def _warm_up(self) -> None:
        self.run_worker(self.means.warm_up, name="loading", group="loading", thread=True, exit_on_error=False)
