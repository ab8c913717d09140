"""An owner of a response panel, for tests that drive it."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from tlsglass.exchange.model import Request, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.ui.dialogs.request import RequestScreen
from tlsglass.ui.widgets.response import ResponsePanel
from tlsglass.ui.widgets.response.body import ResponseBody

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: demo\r\n\r\n"
REQUEST = Request(method="GET", path="/", headers=(("Host", "a.test"),))


class Host(App[None]):
    """An owner of a panel."""

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self.spool = spool
        self.asked: list[Request] = []

    def compose(self) -> ComposeResult:
        """Nothing but the panel."""
        yield ResponsePanel()

    @property
    def panel(self) -> ResponsePanel:
        """The panel."""
        return self.query_one(ResponsePanel)

    @property
    def body(self) -> ResponseBody:
        """Its bytes."""
        return self.query_one(ResponseBody)

    def on_response_panel_edit_wanted(self, message: ResponsePanel.EditWanted) -> None:
        """Let the request be edited, and keep what is to be sent."""

        def keep(request: Request | None) -> None:
            if request is not None:
                self.panel.expect(request)
                self.asked.append(request)

        self.push_screen(RequestScreen(message.request, message.default), keep)

    def answer(self, data: bytes, content_type: str = "text/html; charset=utf-8") -> None:
        """Have an answer arrive, as the engine tells of it."""
        self.panel.show_request(REQUEST)
        self.panel.attach(self.spool)
        self.spool.append(data)
        if data.startswith(b"HTTP/"):
            length = data.index(b"\r\n\r\n") + 4
            headers = (("Content-Type", content_type),)
            self.panel.head_received(
                ResponseHead(status=200, reason="OK", version="1.1", headers=headers, length=length)
            )
        self.panel.grew(self.spool.size)
        self.panel.focus_body()

    def text(self, selector: str) -> str:
        """What a line around the bytes says."""
        return str(self.query_one(selector, Static).content).strip()

    @property
    def said(self) -> str:
        """What is said above the bytes, beside the facts."""
        return self.text("#response-line").removesuffix(self.panel.facts).strip()

    @property
    def found(self) -> str:
        """How the search stands: the first of the facts."""
        return self.panel.facts.split(" · ")[0]

    def rows(self) -> list[str]:
        """The rows in view."""
        return list(self.body.visible_rows())
