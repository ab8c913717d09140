"""The footer: the keys that work here and now, each also to be clicked."""

from collections.abc import Iterator

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tlsglass.ui import content

_ESSENTIAL = (
    "site.truth",
    "site.target",
    "site.again",
    "site.fix",
    "site.copy",
    "site.save",
    "site.find",
    "app.help",
)
"""What a narrow screen shows, in this order: those that matter where they work, and the one that tells the rest."""

_CHARACTERS = {"slash": "/", "question_mark": "?"}


class KeyBar(Widget):
    """One line of keys with what they do."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-description-foreground;
        text-wrap: nowrap;
    }
    """

    def on_mount(self) -> None:
        """Follow what has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def render(self) -> Content:
        """As many keys as there is room for; those that come first matter most."""
        width = self.content_size.width
        shown = Content("")
        for binding in self._hints():
            key = self.app.get_key_display(binding)
            action = Style.from_meta({"key": binding.key})
            hint = Content.assemble((key, "bold $footer-key-foreground"), " ", binding.description).stylize(action)
            if shown.cell_length + hint.cell_length + 2 > width:
                break
            shown = Content.assemble(shown, "  " if shown else "", hint)
        return content.cut(shown, max(1, width))

    def on_click(self, event: events.Click) -> None:
        """Do as if the key was pressed."""
        key = event.style.meta.get("key")
        if isinstance(key, str):
            event.stop()
            self.app.simulate_key(key)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _hints(self) -> Iterator[Binding]:
        active = [entry.binding for entry in self.screen.active_bindings.values() if entry.enabled]
        working = (binding for binding in active if binding.show and self._works(binding))
        # An action with several keys is shown once, with the first of them that works.
        shown = list({binding.action: binding for binding in reversed(list(working))}.values())[::-1]
        if self.app.size.width < 100:  # noqa: PLR2004 - below it the panes are stacked, see SiteScreen
            essential = [binding for name in _ESSENTIAL for binding in shown if binding.id == name]
            if len(essential) > 1:
                shown = [*(binding for binding in shown if binding.key == "escape"), *essential]
        yield from shown

    def _works(self, binding: Binding) -> bool:
        """Whether the key reaches its action: while typing, letters are text."""
        focused = self.screen.focused
        character = _CHARACTERS.get(binding.key, binding.key if len(binding.key) == 1 else None)
        return focused is None or not focused.check_consume_key(binding.key, character)
