"""How keys come from the terminal: Escape as soon as others, and nothing taken apart that belongs together."""

import os
import threading
from collections.abc import Iterator

import pytest
from textual import constants, events
from textual.app import App
from textual.message import Message

from tests.ui.test_driving import Recorder
from tlsglass.ui import listening
from tlsglass.ui.driving import thrifty
from tlsglass.ui.listening import ESCAPE_DELAY, Listening, hasten_escape


class Ears(Listening, Recorder):
    """A driver that listens to a pipe until it has heard so many keys."""

    def __init__(self, most: int) -> None:
        super().__init__(App[None](driver_class=Recorder))
        self.fileno, self.mouth = os.pipe()
        self.exit_event = threading.Event()
        self.keys: list[str] = []
        self.then: list[bytes] = []
        """What is typed after each key that was heard."""

        self._most = most

    def process_message(self, message: Message) -> None:
        """Keep keys."""
        if isinstance(message, events.Key):
            self.keys.append(message.key)
            if self.then:
                os.write(self.mouth, self.then.pop(0))
            if len(self.keys) == self._most:
                self.exit_event.set()

    def hear(self, *typed: bytes) -> list[str]:
        """Listen to what is typed, in parts that come together."""
        for part in typed:
            os.write(self.mouth, part)
        try:
            self.run_input_thread()
        finally:
            os.close(self.mouth)
            os.close(self.fileno)
        return self.keys


class Deaf(Recorder):
    """A driver that listens to nothing, in a thread."""

    def run_input_thread(self) -> None:
        """Do nothing."""


@pytest.fixture(autouse=True)
def _delay_as_before() -> Iterator[None]:
    """Textual's delay is as it was."""
    before = constants.ESCAPE_DELAY
    yield
    setattr(constants, "ESCAPE_DELAY", before)  # noqa: B010 - as in the code under test


async def test_escape_is_heard_though_nothing_follows() -> None:
    """It is known for itself once a while has passed."""
    assert Ears(1).hear(b"\x1b") == ["escape"]


async def test_what_belongs_together_is_one_key() -> None:
    """Arrows, keys with Alt, and letters of several bytes."""
    assert Ears(4).hear(b"\x1b[A\x1bOP\xc3\xa9x") == ["up", "f1", "é", "x"]


async def test_escape_and_what_is_typed_after_it_are_two_keys() -> None:
    """As soon as the one was heard."""
    ears = Ears(2)
    ears.then = [b"a"]
    assert ears.hear(b"\x1b") == ["escape", "a"]


async def test_a_letter_may_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made of its first byte."""
    monkeypatch.setattr(listening, "_MOST", 1)
    assert Ears(1).hear(b"\xe2\x82\xac") == ["euro_sign"]


async def test_it_ends_without_a_key() -> None:
    """Once the app has ended."""
    ears = Ears(1)
    ears.exit_event.set()
    assert ears.hear(b"a") == []


@pytest.mark.parametrize(("said", "expected"), [(None, ESCAPE_DELAY), ("300", 0.3)])
def test_the_reader_may_say_how_long(monkeypatch: pytest.MonkeyPatch, said: str | None, expected: float) -> None:
    """By the variable that other programs know too."""
    setattr(constants, "ESCAPE_DELAY", 0.3)  # noqa: B010 - as Textual reads it from the variable
    monkeypatch.delenv("ESCDELAY", raising=False)
    if said is not None:
        monkeypatch.setenv("ESCDELAY", said)
    hasten_escape()
    assert expected == constants.ESCAPE_DELAY


async def test_only_drivers_that_listen_in_a_thread_listen_our_way() -> None:
    """Others have no terminal, or another way."""
    app = App[None](driver_class=Recorder)
    thrifty(app, is_remote=False)
    assert not issubclass(app.driver_class, Listening)
    app = App[None](driver_class=Deaf)
    thrifty(app, is_remote=False)
    assert issubclass(app.driver_class, Listening)
