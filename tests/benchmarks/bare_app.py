"""The reference for the first paint: an app with a tree, tabs and a table, and nothing behind them."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Input, TabbedContent, TabPane, Tree


class BareApp(App[None]):
    """What Textual itself costs."""

    def compose(self) -> ComposeResult:
        """An input, a tree, two tabs with a table."""
        yield Input(placeholder="ready")
        yield Tree("root")
        with TabbedContent():
            with TabPane("one"):
                yield DataTable()
            with TabPane("two"):
                yield DataTable()
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
