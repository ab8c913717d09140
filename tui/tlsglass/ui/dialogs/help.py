"""The help: what the keys do, and how the screen reads."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tlsglass import __version__
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.key_bar import KeyBar

_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Site",
        (
            ("Ctrl+L", "type a site: host, host:port, [IPv6]:port or a URL; or a file"),
            ("Enter", "look at it; Up and Down recall earlier ones, Right completes"),
            ("o", "open a file; or type its path, or paste certificates anywhere"),
            ("r", "look at the same site again"),
            ("Esc", "stop at once; else back"),
        ),
    ),
    (
        "Certificates",
        (
            ("Up, Down", "move; the detail shows the line in full, with its bytes"),
            ("Left, Right", "close and open; Enter or Space does either"),
            ("a", "the certificate's ASN.1 elements, and back to its fields"),
            ("b", "to the bytes of the field; the tree follows the cursor there"),
            ("/, n, N", "find text, an OID or bytes as 0d 0a; the next, the one before"),
            ("Tab", "to the next pane, Shift+Tab to the one before"),
        ),
    ),
    (
        "Trust",
        (
            ("f", "what mends the finding under the cursor, or the main one: who, how, the lines to copy"),
            ("p", "the next of several paths, with what the rules say of it"),
            ("A", "fetch issuers that were not sent, and look again"),
            ("R", "ask responders and lists about revocation, and look again"),
            ("i", "what if: another time, name, chain or store, judged at once without a connection"),
            ("d, D", "what if this certificate were not sent, not in the store; again: as it was"),
            ("I", "back from what is supposed to what is so"),
        ),
    ),
    (
        "Panels",
        (
            ("1", "Response: x text or hex, w wrap, / find, n N next, e edit request"),
            ("2", "Checks: Enter goes to the field, Space in full, z unfolds, e w n p u show one kind"),
            ("3", "Handshake: what was agreed, and the messages"),
            ("0", "Detail, where the screen is narrow"),
        ),
    ),
    (
        "Copy and save",
        (
            ("c", "copy the selected value"),
            ("C", "copy in another form: PEM, fingerprint, pin, JSON, a command …"),
            ("s", "save a certificate, the chain or the answer"),
        ),
    ),
    (
        "Everywhere",
        (
            ("Ctrl+P", "find any action by its name"),
            ("t", "theme: dark, light, the terminal's own colours"),
            ("?, F1", "this page"),
            ("!, F9", "a report to copy or save, where tlsglass itself has failed"),
            ("q, Ctrl+Q", "quit; q not while typing"),
        ),
    ),
)
_MARKS = (
    ("✗", "$text-error", "error"),
    ("!", "$text-warning", "warning"),
    ("·", "$text-muted", "notice"),
    ("✓", "$text-success", "nothing found"),
    ("\N{EN DASH}", "$text-muted", "not checked"),
)
_KEY_CELLS = 14


_GUESTS_KEYS = {
    "Ctrl+L": "type a site: host, host:port, [IPv6]:port or a URL, if it is open to guests",
    "o": "",
    "s": "",
}
"""What is said to guests of keys that do something else for them; empty of those that do nothing."""


def help_text(width: int, *, for_guests: bool = False) -> Content:
    """All of the help.

    Args:
        width: cells of a line.
        for_guests: whether the keys that touch files are left out.
    """
    shown: list[Content] = []
    for title, keys in _KEYS:
        shown.append(Content.styled(title, "bold $text-accent"))
        for key, said in keys:
            says = _GUESTS_KEYS.get(key, said) if for_guests else said
            if not says:
                continue
            first, *rest = content.indented(Content(says), width, _KEY_CELLS + 2)
            shown += [Content.assemble((f"  {key:<{_KEY_CELLS}}", "bold"), first[_KEY_CELLS + 2 :]), *rest]
        shown.append(Content(""))
    shown.append(Content.styled("Marks", "bold $text-accent"))
    marks = [Content.assemble((f"{mark} ", style), says) for mark, style, says in _MARKS]
    shown += content.indented(Content("   ").join(marks), width, 2)
    return content.stack(shown)


class HelpScreen(Overlay[None]):
    """Shows the help over whatever is there."""

    BINDINGS = [
        Binding(
            "escape,question_mark,f1,q", "dismiss(None)", "Close", key_display="Esc", id="help.close", tooltip="Close"
        ),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        #help-box { width: 92; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 0 0 0; }
        #help-title { padding: 0 3; text-style: bold; height: 1; }
        #help-scroll {
            height: auto;
            max-height: 100%;
            padding: 1 3;
            background: $surface;
            scrollbar-size-vertical: 1;
            scrollbar-gutter: stable;
        }
        #help-text { height: auto; }
    }
    """

    def __init__(self, *, for_guests: bool = False) -> None:
        """Make it.

        Args:
            for_guests: whether the keys that touch files are left out.
        """
        super().__init__()
        self._for_guests = for_guests
        self._width = 0
        """Cells of a line as they are drawn."""

    def compose(self) -> ComposeResult:
        """A title, the text, the keys."""
        with Vertical(id="help-box"):
            yield Static(f"tlsglass {__version__}: a looking glass for TLS", id="help-title", markup=False)
            with VerticalScroll(id="help-scroll"):
                width = self._width = _text_width(self.app.size.width)
                yield Static(help_text(width, for_guests=self._for_guests), id="help-text", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Begin at the top, however far one has read before."""
        self.query_one("#help-scroll").scroll_home(animate=False, immediate=True)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        width = max(30, self.query_one("#help-scroll").scrollable_content_region.width)
        if width != self._width:
            self._width = width
            self.query_one("#help-text", Static).update(help_text(width, for_guests=self._for_guests))


def _text_width(columns: int) -> int:
    """Cells of a line of the text on a terminal so wide, as the style gives them: right at once, mostly."""
    return max(30, min(92, columns * 96 // 100) - 2 * 3 - 1)
