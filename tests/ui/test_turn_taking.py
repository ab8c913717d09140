"""What is typed ahead: it goes where the key before has led to."""

import asyncio
import sys

import pytest
from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tests.terminal import Terminal
from tlsglass.ui import turn_taking
from tlsglass.ui.turn_taking import Followed, Turns, leads_on

DEMO = (sys.executable, "-m", "tlsglass", "demo")
DOWN = "\x1b[B"


def key(name: str) -> events.Key:
    """A key that was pressed."""
    return events.Key(name, name if len(name) == 1 else None)


class Hearing(MessagePump):
    """An app that hears of keys that are done."""

    def __init__(self, heard: "asyncio.Future[int]") -> None:
        super().__init__()
        self._heard = heard

    def post_message(self, message: Message) -> bool:
        """Keep the number of the key."""
        if isinstance(message, Followed):
            self._heard.set_result(message.number)
        return True


def test_what_is_typed_in_one_go_is_done_one_after_the_other() -> None:
    """A key that opens a line to type in, and what belongs there: none of it is done as a key of its own."""
    with Terminal(DEMO, columns=80, rows=24) as terminal:
        terminal.until("visited")
        terminal.type(f"{DOWN}\r")
        terminal.until("total")
        terminal.type("1/char\r")
        shown = terminal.until("1 of 2")
        assert "Copied" not in shown
        assert "ASN.1" not in shown.splitlines()[2]
        terminal.type(f"{DOWN}{DOWN}\x0c\x15b.test")
        terminal.until(lambda text: text.splitlines()[0].split()[:2] == ["tlsglass", "b.test"])
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(
    ("typed", "used", "expected"),
    [
        (key("a"), None, True),
        (key("a"), Input(), False),
        (key("enter"), Input(), True),
        (key("down"), OptionList(), False),
        (key("tab"), OptionList(), True),
        (events.Paste("a"), Input(), True),
    ],
)
def test_what_leads_nowhere_holds_up_nothing(
    typed: events.Key | events.Paste, used: Widget | None, *, expected: bool
) -> None:
    """Text that is typed into a line, and keys that move something, which are often held."""
    assert leads_on(typed, used) is expected


async def test_keys_have_their_turns() -> None:
    """In the order in which they were typed, each once the one before is done."""
    turns = Turns()
    app = Hearing(asyncio.get_running_loop().create_future())
    assert not turns.hold(key("a"))
    first = turns.begin(app)
    b, c = key("b"), key("c")
    assert turns.hold(b)
    assert turns.hold(c)
    assert turns.end(first) is b
    second = turns.begin(app)
    assert turns.end(first) is None  # it was done before
    assert turns.end(second) is c
    third = turns.begin(app)
    assert turns.end(third) is None
    assert turns.end(third) is None
    assert not turns.hold(key("d"))


async def test_a_key_that_is_lost_holds_up_none_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with the widget that it was handed to."""
    monkeypatch.setattr(turn_taking, "_LONGEST", 0.0)
    heard: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    turns = Turns()
    number = turns.begin(Hearing(heard))
    async with asyncio.timeout(30):
        assert await heard == number
    after = key("a")
    assert turns.hold(after)
    assert turns.end(number) is after
