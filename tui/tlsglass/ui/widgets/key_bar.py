"""The footer: the keys that work here and now, each also to be clicked."""

from textual import events
from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tlsglass.ui import content

_ESSENTIAL = (
    "app.help",
    "app.help-typing",
    "site.truth",
    "site.target",
    "site.copy",
    "site.save",
    "site.again",
    "site.fix",
    "site.find",
)
"""What is shown before all others where there is not room for all, after what is of the very widget that is in use."""

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
        """As many keys as there is room for, by how much they matter, in the order in which they are bound."""
        width = self.content_size.width
        hints = self._hints()
        shown: list[tuple[int, Content]] = []
        for at, hint in sorted(enumerate(hints), key=lambda placed: _rank(placed[1])):
            key = self.app.get_key_display(hint.binding)
            action = Style.from_meta({"key": hint.binding.key})
            words = Content.assemble((key, "bold $footer-key-foreground"), " ", hint.binding.description)
            if sum(other.cell_length + 2 for _, other in shown) + words.cell_length > width:
                break
            shown.append((at, words.stylize(action)))
        shown.sort(key=lambda placed: placed[0])
        return content.cut(Content("  ").join(words for _, words in shown), max(1, width))

    def on_click(self, event: events.Click) -> None:
        """Do as if the key was pressed."""
        key = event.style.meta.get("key")
        if isinstance(key, str):
            event.stop()
            self.app.simulate_key(key)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _hints(self) -> list[ActiveBinding]:
        active = [entry for entry in self.screen.active_bindings.values() if entry.enabled]
        working = [entry for entry in active if entry.binding.show and self._works(entry.binding)]
        # An action with several keys is shown once, with the first of them that works.
        return list({entry.binding.action: entry for entry in reversed(working)}.values())[::-1]

    def _works(self, binding: Binding) -> bool:
        """Whether the key reaches its action: while typing, letters are text."""
        focused = self.screen.focused
        character = _CHARACTERS.get(binding.key, binding.key if len(binding.key) == 1 else None)
        return focused is None or not focused.check_consume_key(binding.key, character)


def _rank(hint: ActiveBinding) -> int:
    """How much a hint matters; the less, the more."""
    if hint.binding.key == "escape":
        return 0
    if not isinstance(hint.node, Screen | App):
        return 1
    return 2 + _ESSENTIAL.index(hint.binding.id) if hint.binding.id in _ESSENTIAL else 2 + len(_ESSENTIAL)
