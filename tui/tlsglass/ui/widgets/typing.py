"""Where the reader types: Textual's own widgets, with a cursor that stays.

A cursor that blinks sends bytes to the terminal for as long as nobody does anything, which over a slow line delays what
somebody does; and nothing on the screen moves that is no news.
"""

from textual.reactive import reactive
from textual.widgets import Input, TextArea


class Line(Input):
    """One line to type in."""

    cursor_blink = reactive(default=False, init=False)
    """Whether the cursor blinks."""


class Lines(TextArea):
    """Several lines to type in."""

    cursor_blink = reactive(default=False, init=False)
    """Whether the cursor blinks."""
