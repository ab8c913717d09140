"""The raw response panel, driven as its owner and its reader drive it."""

from collections.abc import Iterator

import pytest
from textual import events
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Input, TextArea

from tests.ui.response_host import HEAD, REQUEST, Host
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.ui.dialogs.request import RequestScreen
from tlsglass.ui.widgets.response.body import ResponseBody


@pytest.fixture
def host() -> Iterator[Host]:
    """An app with a panel and an empty spool."""
    with Spool() as spool:
        yield Host(spool)


async def test_the_answer_stands_there_as_it_came(host: Host) -> None:
    """Status line, headers and body, with tabs expanded and what can't be drawn as escapes."""
    async with host.run_test(size=(100, 12)) as pilot:
        host.answer(HEAD + b"<p>\tgr\xc3\xbc\xc3\x9fe\x1b[31m\n")
        await pilot.pause()
        assert host.rows()[:6] == [
            "HTTP/1.1 200 OK",
            "Content-Type: text/html; charset=utf-8",
            "Server: demo",
            "",
            "<p>     grüße\\x1b[31m",
            "",
        ]
        assert host.text("#response-line") == "GET / · text/html; charset=utf-8 · text · wrap · 90 B"


async def test_status_line_and_header_names_are_told_from_the_rest(host: Host) -> None:
    """The head has styles of its own; the body has none of them."""
    async with host.run_test(size=(100, 12)) as pilot:
        host.answer(HEAD + b"Server: in the body\n")
        await pilot.pause()
        status, header, body = (list(host.body.render_line(y)) for y in (0, 2, 4))
        assert status[0].style is not None
        assert status[0].style.bold
        assert header[0].text == "Server"
        assert header[0].style is not None
        assert body[0].style is not None
        assert header[0].style.color != body[0].style.color
        assert body[0].text.startswith("Server: in the body")


async def test_bytes_are_shown_as_hexadecimal(host: Host) -> None:
    """Sixteen bytes a row where there is room, else eight; the place in the answer stays."""
    async with host.run_test(size=(100, 12)) as pilot:
        host.answer(b"\x16\x03" + bytes(range(32, 64)))
        await pilot.press("x")
        assert host.rows()[0] == "00000000  16 03 20 21 22 23 24 25  26 27 28 29 2a 2b 2c 2d  ·· !\"#$%&'()*+,-"
        assert "hex" in host.panel.facts
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert host.rows()[1] == "00000008  26 27 28 29 2a 2b 2c 2d  &'()*+,-"
        await pilot.press("w")
        assert host.body.wrap


async def test_views_keep_the_place(host: Host) -> None:
    """Who goes from text to bytes and back, or wraps, still sees what was there."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"".join(b"line %05d\n" % number for number in range(20_000)))
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        last = host.rows()
        assert last[-1] == "line 19999"
        await pilot.press("w", "w", "x", "x")
        await pilot.pause()
        assert host.rows()[-1] >= "line 19990"


async def test_a_line_without_end_is_paged_through(host: Host) -> None:
    """Millions of bytes in one line open at once; its end is one key away."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"0123456789" * 500_000 + b"END")
        await pilot.pause()
        assert host.rows()[0].startswith("0123456789")
        await pilot.press("end")
        await pilot.pause()
        assert host.rows()[-1].endswith("END")
        await pilot.press("w", "end")
        await pilot.pause()
        assert host.body.virtual_size.width == 2048
        assert host.body.virtual_size.height < 2500
        await pilot.press("home", "home")
        await pilot.pause()
        assert host.rows()[0].startswith("0123456789")


async def test_unwrapped_rows_are_scrolled_sideways(host: Host) -> None:
    """Without wrapping the arrows go along the lines."""
    async with host.run_test(size=(60, 12)) as pilot:
        host.answer(b"a" * 200 + b"Z\nb\n")
        await pilot.press("w")
        await pilot.pause()
        await pilot.press(*["right"] * 30)
        await pilot.pause()
        assert host.rows()[0].endswith("Z")


async def test_it_stays_at_the_top_while_bytes_arrive(host: Host) -> None:
    """What arrives is there to be scrolled to, and moves nothing."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"first\n")
        for _ in range(50):
            host.spool.append(b"more\n" * 1000)
            host.panel.grew(host.spool.size)
        await pilot.pause()
        assert host.rows()[:2] == ["first", "more"]
        assert host.body.virtual_size.height > 100
        await pilot.press("pagedown", "end")
        await pilot.pause()
        assert host.rows()[-1] == "more"


@pytest.mark.parametrize(
    ("ended_by", "said"),
    [
        (Ending.TIMEOUT, "nothing within the time limit"),
        (Ending.CLOSE_NOTIFY, "nothing and closed"),
        (Ending.EOF, "nothing and closed"),
        (Ending.RESET, "reset the connection"),
        (Ending.ALERT, "TLS alert"),
        (Ending.CANCELLED, "Stopped before"),
    ],
)
async def test_silence_has_words(host: Host, ended_by: Ending, said: str) -> None:
    """Where a server says nothing, that is said in place of the bytes."""
    async with host.run_test(size=(80, 12)) as pilot:
        assert "No answer yet" in host.text("#response-words")
        host.panel.attach(host.spool)
        host.panel.show_request(REQUEST)
        assert host.text("#response-words") == "Asked GET /, no answer yet …"
        host.panel.ended(Response(head=None, size=0, truncated=True, ended_by=ended_by))
        await pilot.pause()
        assert said in host.text("#response-words")
        assert not host.body.display


@pytest.mark.parametrize(
    ("ended_by", "said"),
    [
        (Ending.TIMEOUT, "no more came within the time limit"),
        (Ending.EOF, "before the end"),
        (Ending.LIMIT, "no more of it is kept, and the headline says why"),
        (Ending.CANCELLED, "Stopped by you"),
    ],
)
async def test_an_answer_cut_short_says_why(host: Host, ended_by: Ending, said: str) -> None:
    """The bytes stay as they are; the reason stands above them."""
    head = ResponseHead(status=200, reason="OK", version="1.1", headers=(), length=len(HEAD))
    async with host.run_test(size=(120, 12)) as pilot:
        host.answer(HEAD + b"abc")
        host.panel.ended(Response(head=head, size=host.spool.size, truncated=True, ended_by=ended_by))
        await pilot.pause()
        assert said in host.said
        assert said not in "".join(host.rows())


async def test_what_is_no_http_is_named_so(host: Host) -> None:
    """What such a server said stands there unmixed, and nothing in it counts as a head."""
    async with host.run_test(size=(120, 12)) as pilot:
        host.answer(b"220 mail.test ESMTP\r\n")
        host.panel.ended(Response(head=None, size=host.spool.size, truncated=False, ended_by=Ending.EOF))
        await pilot.pause()
        assert host.said == "This server does not speak HTTP. What it said:"
        assert host.rows()[0] == "220 mail.test ESMTP"


async def test_a_failure_is_told_with_its_hint(host: Host) -> None:
    """In place of the bytes where there are none, above them where there are."""
    failure = Failure(phase=Phase.CONNECT, fault=Fault.REFUSED, message="Refused by [/x].", hint="Try \x1b443.")
    async with host.run_test(size=(120, 12)):
        host.panel.failed(failure)
        assert host.text("#response-words") == "Refused by [/x]. Try \\x1b443."
        host.answer(b"abc")
        host.panel.failed(failure)
        assert host.said == "Refused by [/x]. Try \\x1b443."
        host.panel.clear()
        assert "No answer yet" in host.text("#response-words")
        assert host.panel.facts == ""


async def test_facts_fit_the_width(host: Host) -> None:
    """The least telling facts go first; an unknown charset and an encoding are named."""
    async with host.run_test(size=(130, 12)) as pilot:
        host.answer(HEAD, content_type="text/html; charset=utf-16")
        await pilot.pause()
        assert host.panel.facts == (
            "GET / · text/html; charset=utf-16 · charset not known, read as UTF-8 · text · wrap · 73 B"
        )
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert host.text("#response-line") == "GET / · text · wrap · 73 B"


async def test_an_edited_request_is_asked_for(host: Host) -> None:
    """The key e opens the request, Enter in a field sends it; the default is what was sent unasked."""
    async with host.run_test(size=(80, 24)) as pilot:
        host.answer(b"abc")
        await pilot.press("e")
        screen = host.screen
        assert isinstance(screen, RequestScreen)
        screen.query_one("#request-path", Input).value = "/robots.txt"
        await pilot.press("enter")
        await pilot.pause()
        assert host.asked == [Request(method="GET", path="/robots.txt", headers=(("Host", "a.test"),))]
        host.panel.show_request(host.asked[0])
        await pilot.press("e", "ctrl+r")
        assert host.screen.query_one("#request-path", Input).value == "/"
        await pilot.press("escape")
        assert len(host.asked) == 1


async def test_there_is_no_request_to_edit_before_one_was_sent(host: Host) -> None:
    """The key e then says so."""
    async with host.run_test(size=(80, 24)) as pilot:
        host.panel.action_edit_request()
        await pilot.pause()
        assert not isinstance(host.screen, RequestScreen)


async def test_a_selection_gives_the_true_characters(host: Host) -> None:
    """Not the escapes that stand for them; in the hexadecimal view the bytes."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer("ab\u202ecd\nef\n".encode())
        await pilot.pause()
        host.screen.selections = {host.body: Selection(Offset(1, 0), Offset(1, 1))}
        await pilot.pause()
        assert host.panel.copyable() == ("b\u202ecd\ne", "selection")
        host.screen.clear_selection()
        assert host.panel.copyable() == ("ab\u202ecd\nef\n", "response")
        await pilot.press("x")
        host.screen.selections = {host.body: Selection(Offset(10, 0), Offset(16, 0))}
        assert host.panel.copyable() == ("61 62", "selection")


async def test_the_mouse_selects(host: Host) -> None:
    """A drag over the bytes selects them."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"hello world\nsecond\n")
        await pilot.pause()
        await pilot.mouse_down(ResponseBody, offset=(1, 0))
        await pilot.hover(ResponseBody, offset=(6, 0))
        await pilot.mouse_up(ResponseBody, offset=(6, 0))
        copied = host.panel.copyable()
        assert copied is not None
        assert copied[0].startswith("hello")
        assert copied[1] == "selection"


async def test_the_wheel_scrolls(host: Host) -> None:
    """Everything by mouse, too."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"".join(b"%d\n" % number for number in range(500)))
        await pilot.pause()
        down = events.MouseScrollDown(host.body, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)
        host.body.post_message(down)
        await pilot.pause()
        assert host.body.scroll_offset.y > 0


async def test_the_headers_of_a_request_keep_their_lines(host: Host) -> None:
    """They are shown as they are sent."""
    async with host.run_test(size=(80, 24)) as pilot:
        host.answer(b"abc")
        await pilot.press("e")
        assert host.screen.query_one(TextArea).text == "Host: a.test"


async def test_what_comes_out_of_view_moves_only_the_bar(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is laid out or drawn anew for it, but one can scroll to it; what comes into view is drawn."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"one\ntwo")
        await pilot.pause()
        for more in (b" three\n", b"four\n"):
            host.spool.append(more)
            host.panel.grew(host.spool.size)
            await pilot.pause()
        assert [host.body.render_line(y).text.strip() for y in range(3)] == ["one", "two three", "four"]
        host.spool.append(b"".join(b"%d\n" % number for number in range(100)))
        host.panel.grew(host.spool.size)
        await pilot.pause()
        laid_out: list[bool] = []
        monkeypatch.setattr(host.body, "refresh", lambda *_, layout=False, **__: laid_out.append(layout))
        host.spool.append(b"".join(b"%d\n" % number for number in range(100, 200)))
        host.panel.grew(host.spool.size)
        await pilot.pause()
        assert laid_out == []
        monkeypatch.undo()
        assert host.body.vertical_scrollbar.window_virtual_size == 203
        await pilot.press("end")
        await pilot.pause()
        assert "199" in host.rows()
