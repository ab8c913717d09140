"""What mends a finding: who can, the chain as it should be sent, and the lines to be typed; each to be copied."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tlsglass.trust.model import Finding
from tlsglass.trust.remedies.remedy import Remedy
from tlsglass.trust.remedies.repair import Change, Repair
from tlsglass.ui import content
from tlsglass.ui.clipboard import CopyWanted
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.judgements import MARKS
from tlsglass.x509.pem import to_pem

_CHANGES = {
    Change.KEPT: ("  ", ""),
    Change.MOVED: ("~ ", "$text-warning"),
    Change.ADDED: ("+ ", "$text-success"),
    Change.REMOVED: ("\N{MINUS SIGN} ", "$text-error"),
}
"""The mark of what becomes of a certificate, and its colour."""

_LABEL_CELLS = 14
_FOLDER = "/etc/ssl"
"""Where a server's certificates often lie; the lines name it until the file is saved elsewhere."""

Make = Callable[[str], Remedy]
"""Makes the remedy for a file that holds the repaired chain."""


def bundle_lines(mended: Repair, width: int) -> Iterator[Content]:
    """The repaired chain, a line a certificate, and what should not be sent.

    Args:
        mended: the repair.
        width: cells of a line.
    """
    labels = [content.cut(content.plain(entry.certificate.label, limit=80), 34) for entry in mended.entries]
    column = max(label.cell_length for label in labels)
    for label, entry in zip(labels, mended.entries, strict=True):
        sign, style = _CHANGES[entry.change]
        place = f"#{entry.place}" if entry.place is not None else "  "
        called = label.stylize("strike" if entry.change is Change.REMOVED else "bold")
        called = called.pad_right(column - called.cell_length)
        words = entry.change.value if entry.change is not Change.KEPT else "stays"
        why = content.plain(f"{words}: {entry.why}" if entry.why else words, "$text-muted", limit=200)
        yield content.cut(Content.assemble((sign, style), f"{place:<3} ", called, "  ", why), width)


def remedy_text(finding: Finding, made: Remedy, width: int, *, may_fetch: bool) -> Content:
    """What mends a finding, wrapped; the commands stand apart.

    Args:
        finding: the finding.
        made: what can be done about it.
        width: cells of a line.
        may_fetch: whether an issuer may be fetched.
    """
    symbol, style = MARKS[finding.severity]
    title = Content.assemble(
        (f"{symbol} ", style), content.plain(finding.code.value, "bold"), "   ", content.plain(finding.title)
    )
    shown = content.indented(title, width, 0, hang=content.HANG)
    shown += [Content(""), *Content.assemble(("Who can act   ", "$text-muted"), made.actor.value).wrap(width)]
    for step in made.steps:
        shown += [Content(""), *content.indented(content.plain(step), width, 0, hang=content.HANG)]
    facts = list(made.facts)
    if made.fetch_from is not None:
        facts.append(("Can be had at", f"{made.fetch_from}{' (A fetches it)' if may_fetch else ''}"))
    if facts:
        shown.append(Content(""))
    for label, value in facts:
        first, *rest = content.indented(content.plain(value), width, _LABEL_CELLS + 2)
        shown += [Content.assemble((f"{label:<{_LABEL_CELLS + 2}}", "$text-muted"), first[_LABEL_CELLS + 2 :]), *rest]
    if made.repair is not None:
        shown += [Content(""), *bundle_lines(made.repair, width)]
    return content.stack(shown)


class FixScreen(Overlay[Literal["fetch"] | None]):
    """Shows what mends a finding; gives whether the missing issuer is to be fetched."""

    BINDINGS = [
        Binding("escape,q,f", "dismiss(None)", "Close", key_display="Esc", id="fix.close", tooltip="Close"),
        Binding("c", "copy", "Copy", id="fix.copy", tooltip="Copy the line or the chain"),
        Binding("s", "save", "Save", id="fix.save", tooltip="Save the repaired chain"),
        Binding("A", "fetch", "Fetch", key_display="A", id="fix.fetch", tooltip="Fetch the issuer that was not sent"),
        Binding("pageup", "scroll_text(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "scroll_text(1)", "Down", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FixScreen {
        align: center middle;
        & > #fix-dialog { width: 100; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
        & > #fix-dialog:ansi { border: round $accent; }
        & #fix-scroll { height: auto; max-height: 55vh; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
        & #fix-text { height: auto; }
        & #fix-lines {
            height: auto; max-height: 30vh; border: none; margin: 1 0 0 0; padding: 0 1; background: $surface;
            scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: $foreground 0%; }
            & > .option-list--option { padding: 0 1; }
        }
        & #fix-keys { height: 1; padding: 0 2; margin: 1 0; color: $text-muted; }
    }
    """

    def __init__(self, finding: Finding, make: Make, *, file_name: str, may_save: bool, may_fetch: bool) -> None:
        """Show what mends a finding.

        Args:
            finding: the finding.
            make: makes the remedy for a file that holds the repaired chain.
            file_name: what such a file is called.
            may_save: whether files may be written.
            may_fetch: whether an issuer may be fetched.
        """
        super().__init__()
        self._finding = finding
        self._make = make
        self._file_name = file_name
        self._may_save = may_save
        self._may_fetch = may_fetch
        self._made = make(f"{_FOLDER}/{file_name}")

    def compose(self) -> ComposeResult:
        """What to do, the lines, the keys."""
        with Vertical(id="fix-dialog"):
            with VerticalScroll(id="fix-scroll", can_focus=False):
                yield Static("", id="fix-text", markup=False)
            yield OptionList(id="fix-lines", markup=False, compact=True)
            yield Static(self._keys(), id="fix-keys", markup=False)

    def on_mount(self) -> None:
        """Point at what is to be copied first."""
        lines = self.query_one(OptionList)
        lines.display = bool(self._copyable)
        (lines if self._copyable else self.query_one("#fix-scroll")).focus()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done here."""
        match action:
            case "copy":
                return bool(self._copyable)
            case "save":
                return self._may_save and self._pem != ""
            case "fetch":
                return self._may_fetch and self._made.fetch_from is not None
            case _:
                return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def action_copy(self) -> None:
        """Copy what is highlighted."""
        what, text = self._copyable[self.query_one(OptionList).highlighted or 0]
        self.post_message(CopyWanted(text, what))

    def action_save(self) -> None:
        """Save the repaired chain; the lines then name the file."""
        self.app.push_screen(SaveScreen(self._file_name, self._pem.encode()), self._name_file)

    def action_fetch(self) -> None:
        """Have the issuer fetched that was not sent."""
        self.dismiss("fetch")

    def action_scroll_text(self, by: int) -> None:
        """Scroll what stands above the lines."""
        scroll = self.query_one("#fix-scroll", VerticalScroll)
        scroll.scroll_page_down(animate=False) if by > 0 else scroll.scroll_page_up(animate=False)

    def _name_file(self, path: Path | None) -> None:
        if path is not None:
            self._made = self._make(str(path))
            self._draw()

    @property
    def _pem(self) -> str:
        return "".join(to_pem(each.der) for each in self._made.repair.chain) if self._made.repair else ""

    @property
    def _copyable(self) -> list[tuple[str, str]]:
        """What can be copied: what it is, and the text."""
        chain = [("repaired chain, PEM", self._pem)] if self._pem else []
        return [*chain, *((command.what, command.text) for command in self._made.commands)]

    def _keys(self) -> str:
        known = (("copy", "c copies"), ("save", "s saves the chain"), ("fetch", "A fetches the issuer"))
        return "   ".join([*(says for action, says in known if self.check_action(action, ())), "Esc closes"])

    def _draw(self) -> None:
        width = max(30, self.query_one("#fix-scroll").scrollable_content_region.width)
        self.query_one("#fix-text", Static).update(
            remedy_text(self._finding, self._made, width, may_fetch=self._may_fetch)
        )
        lines = self.query_one(OptionList)
        kept = lines.highlighted or 0
        lines.set_options(Option(_option(what, text, width)) for what, text in self._copyable)
        if self._copyable:
            lines.highlighted = kept


def _option(what: str, text: str, width: int) -> Content:
    """Something to be copied: what it is, and under that the text; of a chain only how much it is."""
    if text.startswith("-----BEGIN"):
        count = text.count("-----BEGIN")
        said = f"{count} certificate{'s' * (count > 1)}, {content.size(len(text))}"
        return Content.assemble((what[0].upper() + what[1:], "bold"), "  ", (said, "$text-muted"))
    shown = [Content.styled(what, "bold")]
    for line in text.split("\n"):
        shown += content.indented(content.plain(line), width, 2, hang=content.HANG)
    return content.stack(shown)
