"""What is between Textual and the terminal: pictures at the pace of a slow line."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from tlsglass.ui import driving
from tlsglass.ui.driving import AT_ONCE, LINE_SPEED, REFILL, Thrifty, thrifty, up_to_date


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

    def __init__(self, *, is_remote: bool, rows: int = 24) -> None:
        self.now = 100.0
        app = App[None](driver_class=Recorder)
        app.console.size = (80, rows)
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

    def fill(self) -> None:
        """Have so much written that the line takes nothing more for now."""
        self.driver._room = 0.0
        self.driver._counted_at = self.now

    def is_waited_for(self) -> bool:
        """Whether something is to be painted later."""
        return self.driver._waiting is not None

    def draw(self, text: str) -> None:
        """Write it at the top left."""
        self.driver.write(f"\x1b[1;1H{text}")


async def test_what_a_key_does_is_seen_at_once() -> None:
    """Several pictures also, as long as they are small; then the line is waited for."""
    line = Line(is_remote=True)
    for text in ("a" * 80, "b" * 80):
        line.draw(text)
    assert line.kept == [f"\x1b[1H{'a' * 80}", f"\x1b[1H{'b' * 80}"]
    assert not line.is_waited_for()


async def test_a_picture_waits_until_the_line_carries_it() -> None:
    """What comes meanwhile is one picture, of what is wanted last."""
    line = Line(is_remote=True)
    line.fill()
    line.draw("b" * 80)
    line.draw("b" * 79 + "c")
    assert line.kept == []
    assert line.is_waited_for()
    size = len("\x1b[1H") + 80
    line.now += (size - 1) / REFILL
    line.driver._paint_in_time()
    assert line.kept == []
    line.now += 1.5 / REFILL
    line.driver._paint_in_time()
    assert line.kept == [f"\x1b[1H{'b' * 79}c"]
    assert not line.is_waited_for()


async def test_the_loop_paints_what_waits() -> None:
    """Also where nothing more is written."""
    line = Line(is_remote=True)
    painted = asyncio.Event()
    line.fill()
    line.keep(Telling(painted))
    line.draw("b")
    line.now += 1
    async with asyncio.timeout(30):
        await painted.wait()
    assert line.kept == ["\x1b[1Hb"]


async def test_what_was_drawn_for_a_larger_terminal_is_cut() -> None:
    """Its last lines would all come into the last one that there is."""
    line = Line(is_remote=False, rows=2)
    line.driver.write(f"\x1b[1;1H{'x' * 90}\x1b[3;1Hlost\x1b[2;1Hkept")
    assert line.kept == [f"\x1b[1H{'x' * 80}\x1b[2Hkept"]


def test_the_size_is_asked_for_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two signals the news may come in any order; what the terminal tells by itself is in order."""
    monkeypatch.setattr("shutil.get_terminal_size", lambda: (80, 24))
    old = Size(100, 30)
    assert up_to_date(Resize(old, old)).size == Size(80, 24)
    told = Resize.from_dimensions((100, 30), (1000, 600))
    assert up_to_date(told) is told


async def test_a_large_picture_comes_in_parts() -> None:
    """From top to bottom, of whole lines, with what is wanted by then."""
    line = Line(is_remote=True, rows=60)
    rows = [f"\x1b[{row};1H{'x' * 80}" for row in range(1, 61)]
    line.driver.write("".join(rows))
    (first,) = line.kept
    assert AT_ONCE - 110 < len(first) <= AT_ONCE
    line.driver.write("\x1b[60;1Hy")
    for _ in range(3):
        line.now += AT_ONCE / REFILL
        line.driver._paint_in_time()
    assert "".join(line.kept).count("x") == 60 * 80 - 1
    assert all(len(part) <= AT_ONCE for part in line.kept)
    assert not line.is_waited_for()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 80), st.integers(0, 60)), min_size=1, max_size=150))
def test_no_second_has_more_than_the_line_carries(drawn: list[tuple[int, int, int]]) -> None:
    """Whatever is drawn whenever."""

    async def draw() -> list[tuple[float, int]]:
        line = Line(is_remote=True)
        written: list[tuple[float, int]] = []
        for number, (row, width, pause) in enumerate(drawn):
            line.driver.write("".join(f"\x1b[{at + 1};1H{chr(97 + number % 26) * width}" for at in range(row + 1)))
            line.now += pause / 1000
            if line.is_waited_for():
                line.driver._paint_in_time()
            written += [(line.now, len(part)) for part in line.kept]
            line.kept.clear()
        line.driver.close()
        return written

    written = asyncio.run(draw())
    for start, _ in written:
        assert sum(size for at, size in written if start <= at < start + 1) <= LINE_SPEED


async def test_what_is_no_picture_waits_for_nothing() -> None:
    """But it comes after what was drawn before it."""
    line = Line(is_remote=True)
    line.fill()
    line.draw("b")
    line.driver.write("\x1b[?1049l")
    assert line.kept == ["\x1b[1Hb", "\x1b[?1049l"]
    assert not line.is_waited_for()


async def test_a_terminal_at_hand_needs_no_pace() -> None:
    """Each picture is drawn at once."""
    line = Line(is_remote=False)
    line.draw("a")
    line.draw("b")
    assert line.kept == ["\x1b[1Ha", "\x1b[1Hb"]


async def test_nothing_is_painted_after_the_end() -> None:
    """The terminal is somebody else's then."""
    line = Line(is_remote=True)
    line.fill()
    line.draw("b")
    assert line.is_waited_for()
    line.driver.close()
    assert not line.is_waited_for()
    assert line.kept == []


async def test_a_terminal_without_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it gets is ASCII."""
    monkeypatch.setattr(driving, "as_started", lambda _environment: {"LC_ALL": "C"})
    line = Line(is_remote=False)
    line.draw("✓ b\u00fcr")
    assert line.kept == ["\x1b[1H+ b?r"]


async def test_pictures_are_shown_at_once_where_the_terminal_can() -> None:
    """Where they begin and end is told with each, however many writes are in it."""
    line = Line(is_remote=True)
    line.draw("z")
    line.fill()
    for text in "bca":
        line.driver.write("\x1b[?2026h")
        line.draw(text)
        line.driver.write("\x1b[?2026l")
    for text in "ad":
        line.now += 1
        line.driver._paint_in_time()
        line.draw(text)
    line.kept.pop(0)
    assert line.kept == ["\x1b[?2026h\x1b[1Ha\x1b[?2026l", "\x1b[?2026h\x1b[1Hd\x1b[?2026l"]
