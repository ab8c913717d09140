"""The request is edited in three fields and leaves only if it can be sent."""

import pytest
from textual.app import App
from textual.widgets import Button, Input, Static, TextArea

from tlsglass.errors import InputError
from tlsglass.exchange.model import Request
from tlsglass.ui.dialogs.request import RequestScreen, header_lines, headers_of

DEFAULT = Request(method="GET", path="/", headers=(("Host", "a.test"), ("Accept", "*/*")))


class Host(App[None]):
    """Opens a request at once and keeps what came of it."""

    def __init__(self, request: Request = DEFAULT) -> None:
        super().__init__()
        self.request = request
        self.results: list[Request | None] = []

    def on_mount(self) -> None:
        """Open it."""
        self.push_screen(RequestScreen(self.request, DEFAULT), self.results.append)


@pytest.mark.parametrize("key", ["f5", "ctrl+s", "enter"])
async def test_one_key_sends(key: str) -> None:
    """From any field; Enter from those of one line."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.screen.query_one("#request-method", Input).value = "HEAD"
        host.screen.query_one(TextArea).text = "Host: a.test\n\nX-One:  two: three \n"
        await pilot.press(key)
        await pilot.pause()
        headers = (("Host", "a.test"), ("X-One", "two: three"))
        assert host.results == [Request(method="HEAD", path="/", headers=headers)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("#request-method", "GE T", "is not a method"),
        ("#request-path", "no-slash", "is not a path"),
        ("#request-path", "/a b", "is not a path"),
    ],
)
async def test_what_cannot_be_sent_is_told(field: str, value: str, said: str) -> None:
    """The dialog stays open with a sentence."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.screen.query_one(field, Input).value = value
        await pilot.press("f5")
        await pilot.pause()
        error = host.screen.query_one("#request-error", Static)
        assert said in str(error.content)
        assert error.display
        assert host.results == []


@pytest.mark.parametrize(
    ("headers", "said"),
    [("no colon", "has no colon"), ("Bad name: x", "not the name of a header"), ("Content-Length: 5", "body")],
)
async def test_bad_headers_are_told(headers: str, said: str) -> None:
    """A header that would be read as something else isn't sent."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.screen.query_one(TextArea).text = headers
        await pilot.press("f5")
        await pilot.pause()
        assert said in str(host.screen.query_one("#request-error", Static).content)
        assert host.results == []


async def test_reset_goes_back_to_what_is_sent_unasked() -> None:
    """By key and by button; an error goes too."""
    host = Host(Request(method="POST", path="/x", headers=()))
    async with host.run_test(size=(80, 24)) as pilot:
        host.screen.query_one("#request-path", Input).value = "bad"
        await pilot.press("f5")
        await pilot.click("#request-reset")
        assert not host.screen.query_one("#request-error").display
        await pilot.click("#request-send")
        await pilot.pause()
        assert host.results == [DEFAULT]


async def test_leaving_sends_nothing() -> None:
    """Escape and the button leave."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        host.push_screen(RequestScreen(DEFAULT, DEFAULT), host.results.append)
        await pilot.pause()
        assert host.screen.query_one("#request-leave", Button).region.bottom <= 24
        await pilot.click("#request-leave")
        await pilot.pause()
        assert host.results == [None, None]


def test_headers_survive_editing() -> None:
    """What is not touched stays as it was."""
    assert headers_of(header_lines(DEFAULT.headers)) == DEFAULT.headers
    with pytest.raises(InputError):
        headers_of("x")
