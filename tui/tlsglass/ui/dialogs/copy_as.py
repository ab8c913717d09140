"""Copy as…: the forms in which what is selected can be copied."""

import os
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.report.forms import Form
from tlsglass.ui import content
from tlsglass.ui.clipboard import WARNED_FROM, is_remote
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.typing import Line

_WIDEST_LABEL = 30
_PREVIEW = 200
"""Characters up to which a text of one line is its own preview; the list cuts it where it ends."""


class CopyAsScreen(Overlay[Form | None]):
    """A list of forms that typing narrows; gives the one that was chosen, or None."""

    DEFAULT_CSS = """
    CopyAsScreen {
        align: center middle;
        & > #copy-dialog {
            width: 90; max-width: 96%; height: auto; max-height: 96%; padding: 1 1 0 1; background: $surface;
        }
        & #copy-title { height: 1; text-style: bold; padding: 0 1; }
        & #copy-filter { height: 1; margin: 1 0; padding: 0 1; background: $panel; }
        & #copy-forms {
            height: auto; max-height: 16; border: none; padding: 0; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis; overflow-x: hidden;
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted {
                background: $block-cursor-background; color: $block-cursor-foreground;
            }
        }
        & #copy-none { height: 1; padding: 0 1; color: $text-muted; display: none; }
        & > #copy-dialog:ansi { border: round $accent; padding: 0 1; }
        & #copy-keys { height: 1; margin: 1 0; padding: 0 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("up", "move(-1)", "Up", priority=True, show=False),
        Binding("down", "move(1)", "Down", priority=True, show=False),
        Binding("pageup", "move(-8)", "Page up", priority=True, show=False),
        Binding("pagedown", "move(8)", "Page down", priority=True, show=False),
    ]

    def __init__(self, forms: tuple[Form, ...], what: str = "") -> None:
        """Offer forms.

        Args:
            forms: in the order in which they are shown.
            what: what is selected, from outside; stands in the title.
        """
        super().__init__()
        self._forms = forms
        self._what = what

    def compose(self) -> ComposeResult:
        """The title, the filter and the list."""
        with Vertical(id="copy-dialog"):
            title = Content("Copy as …")
            if self._what:
                title = Content.assemble(title, "   ", content.plain(self._what, "$text-muted not bold", limit=60))
            yield Static(title, id="copy-title", markup=False)
            yield Line(placeholder="Type to filter", id="copy-filter", compact=True)
            yield OptionList(id="copy-forms", markup=False, compact=True)
            yield Static("No form is called so.", id="copy-none", markup=False)
            yield Static("↑ ↓ choose   Enter copies   Esc leaves", id="copy-keys", markup=False)

    def on_mount(self) -> None:
        """Show all, ready to be typed into."""
        self.query_one("#copy-filter", Input).focus()
        self._list("")

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - only that it happened matters
        """Fit the columns."""
        self._list(self.query_one("#copy-filter", Input).value)

    @on(Input.Changed)
    def filter_forms(self, event: Input.Changed) -> None:
        """Show what holds each word that was typed."""
        self._list(event.value)

    @on(Input.Submitted)
    def copy_highlighted(self) -> None:
        """Choose the form that is highlighted."""
        forms = self.query_one("#copy-forms", OptionList)
        if forms.highlighted is not None:
            self._choose(forms.get_option_at_index(forms.highlighted).id)

    @on(OptionList.OptionSelected)
    def copy_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the form that was clicked."""
        self._choose(event.option_id)

    def action_move(self, step: int) -> None:
        """Highlight another form while the filter keeps the keys."""
        forms = self.query_one("#copy-forms", OptionList)
        if forms.option_count:
            forms.highlighted = max(0, min((forms.highlighted or 0) + step, forms.option_count - 1))

    def action_leave(self) -> None:
        """Copy nothing."""
        self.dismiss(None)

    def _choose(self, ident: str | None) -> None:
        self.dismiss(next((form for form in self._forms if form.id == ident), None))

    def _list(self, typed: str) -> None:
        words = typed.casefold().split()
        shown = [form for form in self._forms if all(word in form.label.casefold() for word in words)]
        labels = min(_WIDEST_LABEL, max((len(form.label) for form in self._forms), default=0))
        forms = self.query_one("#copy-forms", OptionList)
        forms.clear_options()
        forms.add_options([Option(_line(form, labels), id=form.id) for form in shown])
        forms.highlighted = 0 if shown else None
        forms.display = bool(shown)
        self.query_one("#copy-none").display = not shown


def _line(form: Form, labels: int) -> Content:
    label = content.plain(form.label, limit=_WIDEST_LABEL)
    shown = form.text if len(form.text) <= _PREVIEW and not (form.in_lines and "\n" in form.text) else form.note
    line = Content.assemble(label, " " * (labels - label.cell_length + 3), content.plain(shown, "$text-muted"))
    if is_remote(os.environ) and len(form.text) > WARNED_FROM:
        line = Content.assemble(line, ("   over SSH this may be cut by your terminal; s saves instead", "$text-muted"))
    return line
