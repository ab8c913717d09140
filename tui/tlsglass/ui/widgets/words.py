"""Words that are said again and again, and drawn only where they are others than before.

Textual's own `Static.update` has all of the screen laid out, whatever it is given and even where its size is fixed.
"""

from textual.content import Content
from textual.widgets import Static

_NOTHING = Content("")


class Words(Static):
    """Shows what is said."""

    def __init__(
        self,
        said: Content = _NOTHING,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        """Say something, or nothing yet.

        Args:
            said: what is shown from the beginning, made by `ui.content`.
            id: its id in the DOM.
            classes: its classes, with spaces between them.
        """
        super().__init__(said, markup=False, id=id, classes=classes)
        self._said = said

    def say(self, said: Content) -> None:
        """Show something else.

        Args:
            said: what, made by `ui.content`.
        """
        if not said.is_same(self._said):
            self._said = said
            self.update(said, layout=self.styles.auto_dimensions)
