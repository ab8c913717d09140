"""What is between Textual and the terminal: pictures at the pace of a slow line."""

import asyncio

import pytest
from textual.app import App
from textual.driver import Driver

from tlsglass.ui import driving
from tlsglass.ui.driving import LINE_SPEED, LONGEST_PAUSE, Thrifty, thrifty


class Recorder(Driver):
    """A driver that keeps what it is handed."""

    kept: list[str]
    closed = False

    def write(self, data: str) -> None:
        """Keep it."""
        self.kept.append(data)

    def close(self) -> None:
        """Note it."""
        self.closed = True

    def start_application_mode(self) -> None:
        """Do nothing."""

    def disable_input(self) -> None:
        """Do nothing."""

    def stop_application_mode(self) -> None:
        """Do nothing."""


class Telling(list[str]):
    """A list that tells when something is added."""

    def __init__(self, told: asyncio.Event) -> None:
        super().__init__()
        self._told = told

    def append(self, item: str) -> None:
        """Add it."""
        super().append(item)
        self._told.set()


class Line:
    """A driver that has been made for an app, and the time."""

    def __init__(self, *, is_remote: bool) -> None:
        self.now = 100.0
        app = App[None](driver_class=Recorder)
        self.canvas = thrifty(app, is_remote=is_remote)
        driver = app.driver_class(app)
        assert isinstance(driver, Thrifty)
        assert isinstance(driver, Recorder)
        driver.clock = lambda: self.now
        self.driver: Thrifty = driver
        self.keep([])

    def keep(self, kept: list[str]) -> None:
        """Keep what is written there from now on."""
        self.kept = kept
        setattr(self.driver, "kept", kept)  # noqa: B010 - the recorder's, behind the other class

    def draw(self, text: str) -> None:
        """Write it at the top left."""
        self.driver.write(f"\x1b[1;1H{text}")


async def test_a_picture_waits_for_the_one_before() -> None:
    """For as long as the line needs; what comes meanwhile is one picture, of what is wanted last."""
    line = Line(is_remote=True)
    line.draw("a" * 80)
    assert line.kept == [f"\x1b[1;1H{'a' * 80}"]
    line.draw("b" * 80)
    line.draw("a" * 79 + "c")
    assert len(line.kept) == 1
    assert line.driver._free_at - line.now == pytest.approx(len(line.kept[0]) / LINE_SPEED)
    line.now = line.driver._free_at
    line.driver._paint()
    assert line.kept[1:] == ["\x1b[1;80Hc"]
    assert line.driver._waiting is None
    line.now += 1
    line.draw("d")
    assert line.kept[2:] == ["\x1b[1;1Hd"]


async def test_the_loop_paints_what_waits() -> None:
    """Also where nothing more is written."""
    line = Line(is_remote=True)
    painted = asyncio.Event()
    line.draw("a")
    line.keep(Telling(painted))
    line.draw("b")
    async with asyncio.timeout(30):
        await painted.wait()
    assert line.kept == ["\x1b[1;1Hb"]


async def test_no_pause_is_long() -> None:
    """A large picture over a fast line must not hold up the next."""
    line = Line(is_remote=True)
    line.draw("a" * 10 * LINE_SPEED)
    assert line.driver._free_at - line.now == pytest.approx(LONGEST_PAUSE)


async def test_what_is_no_picture_waits_for_nothing() -> None:
    """But it comes after what was drawn before it."""
    line = Line(is_remote=True)
    line.draw("a")
    line.draw("b")
    line.driver.write("\x1b[?1049l")
    assert line.kept == ["\x1b[1;1Ha", "\x1b[1;1Hb", "\x1b[?1049l"]


async def test_a_terminal_at_hand_needs_no_pace() -> None:
    """Each picture is drawn at once."""
    line = Line(is_remote=False)
    line.draw("a")
    line.draw("b")
    assert line.kept == ["\x1b[1;1Ha", "\x1b[1;1Hb"]


async def test_nothing_is_painted_after_the_end() -> None:
    """The terminal is somebody else's then."""
    line = Line(is_remote=True)
    line.draw("a")
    line.draw("b")
    line.driver.close()
    assert line.driver._waiting is None
    assert line.kept == ["\x1b[1;1Ha"]


async def test_a_terminal_without_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it gets is ASCII."""
    monkeypatch.setattr(driving, "as_started", lambda _environment: {"LC_ALL": "C"})
    line = Line(is_remote=False)
    line.draw("✓ b\u00fcr")
    assert line.kept == ["\x1b[1;1H+ b?r"]


async def test_pictures_are_shown_at_once_where_the_terminal_can() -> None:
    """Where they begin and end is told with each, however many writes are in it."""
    line = Line(is_remote=True)
    for text in "abc":
        line.driver.write("\x1b[?2026h")
        line.draw(text)
        line.driver.write("\x1b[?2026l")
    line.now += 1
    line.draw("d")
    assert line.kept == ["\x1b[?2026h\x1b[1;1Ha\x1b[?2026l", "\x1b[?2026h\x1b[1;1Hd\x1b[?2026l"]
