"""Words that are said again and again, and drawn only where they are others than before.

Textual's own `Static.update` has all of the screen laid out, whatever it is given and even where its size is fixed.
"""

from textual.content import Content
from textual.widgets import Static


class Words(Static):
    """Shows what is said."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Say nothing yet.

        Args:
            id: its id in the DOM.
            classes: its classes, with spaces between them.
        """
        super().__init__(markup=False, id=id, classes=classes)
        self._said = Content("")

    def say(self, said: Content) -> None:
        """Show something else.

        Args:
            said: what, made by `ui.content`.
        """
        if not said.is_same(self._said):
            self._said = said
            self.update(said, layout=self.styles.auto_dimensions)
