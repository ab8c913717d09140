"""The request, to be edited and sent again: method, path and headers."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static, TextArea

from tlsglass.errors import Fault, InputError
from tlsglass.exchange.model import Request
from tlsglass.target import DEFAULT_PORT, Target
from tlsglass.ui import content
from tlsglass.ui.dialogs.overlay import Overlay
from tlsglass.ui.widgets.typing import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

_STAND_IN = Target(
    text="",
    host="host.invalid",
    display="host.invalid",
    port=DEFAULT_PORT,
    path="/",
    is_address=False,
    sni=None,
    address=None,
    hostname="host.invalid",
)
"""Whom a request is checked for; only the host header that we would add is different for the true target."""


class RequestScreen(Overlay[Request | None]):
    """A request as three fields; gives the edited one, or None."""

    DEFAULT_CSS = """
    RequestScreen {
        align: center middle;
        & > #request-dialog {
            width: 78; max-width: 96%; height: auto; max-height: 96%; padding: 1 2; background: $surface;
        }
        & > #request-dialog:ansi { border: round $accent; padding: 0 2; }
        & #request-first Input:ansi, & #request-headers:ansi { text-style: underline; }
        & .request-title { text-style: bold; height: 1; margin-bottom: 1; }
        & .request-label { color: $text-muted; height: 1; }
        & #request-first { height: 2; }
        & #request-method-part { width: 14; height: 2; margin-right: 2; }
        & #request-path-part { width: 1fr; height: 2; }
        & #request-headers { height: 9; margin-bottom: 1; border: none; padding: 0 1; background: $panel; }
        & #request-first Input { background: $panel; padding: 0 1; }
        & #request-first { margin-bottom: 1; }
        & #request-error { height: auto; max-height: 3; color: $text-error; display: none; margin-bottom: 1; }
        & #request-error.-shown { display: block; }
        & #request-buttons { height: 1; }
        & #request-buttons Button { margin-right: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "send", "Send", key_display="F5", tooltip="Send it and look again", priority=True),
        Binding("ctrl+r", "reset", "Reset", tooltip="Back to what is sent unasked", priority=True),
        Binding("escape", "leave", "Leave", tooltip="Send nothing"),
    ]

    def __init__(self, request: Request, default: Request) -> None:
        """Open a request.

        Args:
            request: what is there to be edited.
            default: what reset goes back to.
        """
        super().__init__()
        self._request = request
        self._default = default

    def compose(self) -> ComposeResult:
        """The fields, what is wrong with them, and what can be done."""
        with Vertical(id="request-dialog"):
            yield Static("Request", classes="request-title", markup=False)
            with Horizontal(id="request-first"):
                with Vertical(id="request-method-part"):
                    yield Static("Method", classes="request-label", markup=False)
                    yield Line(self._request.method, id="request-method", compact=True)
                with Vertical(id="request-path-part"):
                    yield Static("Path", classes="request-label", markup=False)
                    yield Line(self._request.path, id="request-path", compact=True)
            yield Static("Headers, one a line", classes="request-label", markup=False)
            yield Lines(header_lines(self._request.headers), id="request-headers", tab_behavior="focus")
            yield Static(id="request-error", markup=False)
            with Horizontal(id="request-buttons"):
                yield Button("Send  F5", id="request-send", variant="primary", compact=True)
                yield Button("Reset  ^r", id="request-reset", compact=True)
                yield Button("Leave  Esc", id="request-leave", compact=True)

    def on_mount(self) -> None:
        """Begin with what is changed most often."""
        self.query_one("#request-path", Input).focus()

    @on(Button.Pressed, "#request-send")
    @on(Input.Submitted)
    def action_send(self) -> None:
        """Give the request away, or say what keeps it from being sent."""
        try:
            request = self._edited()
        except InputError as error:
            said = self.query_one("#request-error", Static)
            said.update(content.plain(f"{error.message} {error.hint}".strip(), limit=400))
            said.add_class("-shown")
            return
        self.dismiss(request)

    @on(Button.Pressed, "#request-reset")
    def action_reset(self) -> None:
        """Go back to the request that is sent unasked."""
        self.query_one("#request-method", Input).value = self._default.method
        self.query_one("#request-path", Input).value = self._default.path
        self.query_one("#request-headers", TextArea).text = header_lines(self._default.headers)
        self.query_one("#request-error").remove_class("-shown")

    @on(Button.Pressed, "#request-leave")
    def action_leave(self) -> None:
        """Send nothing."""
        self.dismiss(None)

    def _edited(self) -> Request:
        from tlsglass.exchange.http import encode_request  # noqa: PLC0415 - the app paints before it is needed

        request = Request(
            method=self.query_one("#request-method", Input).value.strip(),
            path=self.query_one("#request-path", Input).value.strip() or "/",
            headers=headers_of(self.query_one("#request-headers", TextArea).text),
        )
        encode_request(request, _STAND_IN)
        return request


def header_lines(headers: "Iterable[tuple[str, str]]") -> str:
    """Headers as they are edited, one a line."""
    return "\n".join(f"{name}: {value}" for name, value in headers)


def headers_of(text: str) -> tuple[tuple[str, str], ...]:
    """Edited lines as headers; empty lines are left out.

    Raises:
        InputError: a line has no colon.
    """
    headers = []
    for line in text.splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon:
            message = f"The header line {line[:40]!r} has no colon."
            raise InputError(Fault.BAD_REQUEST, message, "Write each as 'Name: value'.")
        headers.append((name.strip(), value.strip()))
    return tuple(headers)
