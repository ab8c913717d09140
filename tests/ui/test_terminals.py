"""The app on real terminal devices: small ones, old ones, slow ones, and ones that go away."""

import os
import random
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tlsglass.ui.driving import AT_ONCE, LINE_SPEED, REFILL

DEMO = (sys.executable, "-m", "tlsglass", "demo")
FIRST = "visited"
VERDICT = "NOT TRUSTED"
DOWN = "\x1b[B"
PAGE_DOWN = "\x1b[6~"


def demo(environment: dict[str, str | None], *, columns: int = 80, rows: int = 24) -> Terminal:
    """The demo on a terminal with nothing else around that would say what it can."""
    nothing = dict.fromkeys(("COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR"))
    return Terminal(DEMO, columns=columns, rows=rows, environment={**nothing, **environment})


def visit_expired(terminal: Terminal) -> str:
    """Look at an expired certificate, which stands second to none in the list but for a few; gives the screen."""
    terminal.until(FIRST)
    terminal.type("\x0c")
    terminal.until("type its name above")
    terminal.type("expired.demo.test\r")
    return terminal.until(lambda text: VERDICT in text and "total" in text)


def look_at_silence(terminal: Terminal) -> None:
    """Be in the midst of a look, which the server does not end."""
    terminal.type("\x0c")
    terminal.until("type its name above")
    terminal.type("silent.demo.test\r")
    terminal.until("handshake")


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "screen", "screen-256color", "tmux", "tmux-256color"])
def test_terminals_that_people_have(term: str) -> None:
    """At 80 by 24: the verdict, the tree, the keys; and no more colours than the terminal has."""
    with demo({"TERM": term}) as terminal:
        screen = visit_expired(terminal)
        assert "expired.demo.test" in screen
        assert re.search(r"✗ .*expired", screen)
        assert "? Help" in screen
        assert (b"38;5;" in terminal.written) is term.endswith("256color")
        assert b"38;2;" not in terminal.written
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert b"\x1b[?1049l" in terminal.written


def test_without_colours() -> None:
    """NO_COLOR: words and marks are left, and attributes."""
    with demo({"TERM": "xterm-256color", "NO_COLOR": "1"}) as terminal:
        assert "✗ NOT TRUSTED" in visit_expired(terminal)
        coloured = [
            found for found in re.findall(rb"\x1b\[([\d;]*)m", terminal.written) if re.search(rb"[349]\d", found)
        ]
        assert coloured == []


@pytest.mark.parametrize(
    "locale", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LC_CTYPE": "de_DE.ISO-8859-1", "LANG": "C.UTF-8"}]
)
def test_without_utf8(locale: dict[str, str | None]) -> None:
    """Marks, lines and bars are ASCII, and so is all else."""
    with demo({"TERM": "xterm", **locale}) as terminal:
        screen = visit_expired(terminal)
        assert "x NOT TRUSTED" in screen
        assert re.search(r"v [x+!.] ", screen)
        assert terminal.written.isascii()


def test_a_report_without_utf8() -> None:
    """`show` says it in ASCII too."""
    command = (sys.executable, "-m", "tlsglass", "show", "127.0.0.1:1", "./tests/nothing.pem")
    with Terminal(command, environment={"LC_ALL": "C"}) as terminal:
        assert terminal.wait_for_end() == 3
        assert terminal.written.isascii()


def held(terminal: Terminal, key: str) -> int:
    """Bytes that are written while a key is held, beyond what the line carries in that time."""
    before, began = len(terminal.written), time.perf_counter()
    for _ in range(40):
        terminal.type(key)
        terminal.read_until(time.perf_counter() + 1 / 40)
    return len(terminal.written) - before - AT_ONCE - round((time.perf_counter() - began) * REFILL)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
def test_a_slow_line_carries_it(size: tuple[int, int]) -> None:
    """What is written for a look, and for a key that is held wherever one can be, over SSH.

    However fast the machine is, the bytes are few enough for the time that they took; see test_driving.
    """
    environment: dict[str, str | None] = {"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/9"}
    with demo(environment, columns=size[0], rows=size[1]) as terminal:
        terminal.until(FIRST)
        terminal.wait_until_idle()
        assert held(terminal, DOWN) <= 0
        assert held(terminal, PAGE_DOWN) <= 0
        terminal.type("\x1b[H\x1b[B")
        terminal.wait_until_idle()
        start = len(terminal.written)
        terminal.type("\r")
        terminal.until("total")
        terminal.wait_until_idle()
        assert size == (120, 40) or len(terminal.written) - start < LINE_SPEED
        for panel in ("", "1", "x", "2", "3", "?", "\x1b\x10"):
            terminal.type(panel)
            terminal.wait_until_idle()
            assert held(terminal, DOWN) <= 0, panel
            assert held(terminal, PAGE_DOWN) <= 0, panel


def test_waiting_costs_little() -> None:
    """While a server is silent only the clock is drawn, ten times a second."""
    with demo({"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/9"}) as terminal:
        terminal.until(FIRST)
        terminal.type("\x0c")
        terminal.until("type its name above")
        terminal.type("silent.demo.test\r")
        waited = waited_for(terminal, 1.0)
        before = len(terminal.written)
        waited = waited_for(terminal, waited + 1) - waited
        assert len(terminal.written) - before < 1000 * waited


def waited_for(terminal: Terminal, seconds: float) -> float:
    """Wait until the clock shows so many seconds or more; gives what it shows."""
    clock = re.compile(r"handshake… (\d+\.\d) s")

    def shown(text: str) -> float:
        found = clock.search(text)
        return float(found[1]) if found else 0.0

    return shown(terminal.until(lambda text: shown(text) >= seconds))


def test_wild_resizing() -> None:
    """To a single cell and back, hundreds of times; in the end all stands where it should."""
    sizes = random.Random(5)  # noqa: S311 - no secret
    with demo({"TERM": "xterm-256color"}) as terminal:
        visit_expired(terminal)
        for _ in range(300):
            terminal.resize(sizes.choice([1, 2, 5, 20, 80, 99, 100, 200]), sizes.choice([1, 2, 3, 10, 24, 60]))
        terminal.resize(1, 1)
        terminal.resize(80, 24)
        terminal.until(lambda text: VERDICT in text and "total" in text and "? Help" in text)
        terminal.wait_until_idle()
        resized = terminal.text
        for _ in range(3):  # another theme has every cell drawn anew
            terminal.type("t")
            terminal.wait_until_idle()
        assert terminal.text == resized
        terminal.type("q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("ending", ["closed", "closed while looking", "closed, and the signal ignored"])
def test_a_terminal_that_is_closed(ending: str, tmp_path: Path) -> None:
    """The process ends, and leaves neither processes nor files behind."""
    command = ["sh", "-c", f"trap '' HUP; {' '.join(DEMO)}; exit 9"] if "ignored" in ending else DEMO
    with Terminal(command, columns=80, rows=24, environment={"TERM": "xterm", "TMPDIR": str(tmp_path)}) as terminal:
        terminal.until(FIRST)
        if "looking" in ending:
            look_at_silence(terminal)
        else:
            terminal.type(f"{DOWN}\r")
            terminal.until("total")
        terminal.hang_up()
        assert terminal.wait_for_end() == (9 if "ignored" in ending else 128 + signal.SIGHUP)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["while its servers start", "while it looks"])
def test_a_process_that_is_killed(moment: str, tmp_path: Path) -> None:
    """It can't put anything in order, and needs not: no file of it has a name."""
    with demo({"TERM": "xterm", "TMPDIR": str(tmp_path)}) as terminal:
        terminal.until(FIRST)
        if moment == "while it looks":
            look_at_silence(terminal)
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.wait_for_end() == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_signal_to_end() -> None:
    """The terminal is given back as it was."""
    with demo({"TERM": "xterm"}) as terminal:
        terminal.until(FIRST)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_for_end() == 128 + signal.SIGTERM
        assert b"\x1b[?1049l" in terminal.written


@pytest.mark.parametrize(
    ("remote", "words", "level"),
    [(True, [], "none"), (False, [], "full"), (True, ["--animation"], "full"), (False, ["--no-animation"], "none")],
)
def test_nothing_is_animated_over_ssh(remote: bool, words: list[str], level: str) -> None:  # noqa: FBT001 - a case
    """Unless that is asked for."""
    script = (
        "import sys\n"
        "from tlsglass.cli.front import run\n"
        "from tlsglass.ui.app import TlsglassApp\n"
        "async def tell(app):\n"
        "    print('animates:', app.animation_level)\n"
        "TlsglassApp.run_async = tell\n"
        "run(sys.argv[1:])\n"
    )
    environment: dict[str, str | None] = {"SSH_TTY": "/dev/pts/9" if remote else None, "TEXTUAL_ANIMATIONS": None}
    with Terminal([sys.executable, "-c", script, "demo", *words], environment=environment) as terminal:
        terminal.wait_for_end()
        assert f"animates: {level}" in terminal.text
