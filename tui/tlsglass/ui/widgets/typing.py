"""Where the reader types: Textual's own widgets, with a cursor that stays and nothing that steers the terminal.

A cursor that blinks sends bytes to the terminal for as long as nobody does anything, which over a slow line delays what
somebody does; and nothing on the screen moves that is no news. What is pasted, recalled or completed may hold control
characters, which the widgets would hand to the terminal as they are.
"""

from textual.events import Paste
from textual.reactive import reactive
from textual.widgets import Input, TextArea

from tlsglass.text import typed


class Line(Input):
    """One line to type in."""

    cursor_blink = reactive(default=False, init=False)
    """Whether the cursor blinks."""

    def validate_value(self, value: str) -> str:
        """Whoever sets the text, what would steer the terminal stands in it as escapes; a password is never drawn."""
        return value if self.password else typed(value)

    def _on_paste(self, event: Paste) -> None:
        # Before the base class sees it, so that the cursor ends up behind the escapes.
        event.text = self.validate_value(event.text)


class Lines(TextArea):
    """Several lines to type in."""

    cursor_blink = reactive(default=False, init=False)
    """Whether the cursor blinks."""

    async def _on_paste(self, event: Paste) -> None:
        event.text = typed(event.text)
