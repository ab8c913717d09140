"""Ctrl+C at each moment of the start ends the program, and leaves the terminal as it was."""

import signal
import sys
import termios
from collections.abc import Iterator

import pytest

from tests.terminal import Terminal
from tlsglass.cli import interrupts, main

_LOADED = ("click", "tlsglass.cli.running", "textual.app", "!textual.app", "tlsglass.ui.settings")
_CALLED = (
    "tlsglass.cli.front:_need_a_terminal",
    "!tlsglass.cli.front:_need_a_terminal",
    "asyncio:Runner.run",
    "textual.app:App.run_async",
    "textual.app:App._process_messages",
    "textual.app:App._build_driver",
    "textual.drivers.linux_driver:LinuxDriver.start_application_mode",
    "textual.drivers.linux_driver:LinuxDriver._request_terminal_sync_mode_support",
    "textual.app:App._ready",
    "tlsglass.ui.site.furnished:FurnishedScreen.compose",
    "tlsglass.ui.site.furnished:FurnishedScreen.on_mount",
    "tlsglass.ui.site.furnished:FurnishedScreen._after_first_paint",
)
_OURS = termios.ECHO | termios.ICANON | termios.ISIG


@pytest.fixture(autouse=True)
def _handled_as_before() -> Iterator[None]:
    """What this process does on Ctrl+C is as it was."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_it_is_an_exception_again_once_there_is_something_to_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then it ends the process, whatever is on the stack."""
    ended: list[int] = []
    monkeypatch.setattr("os._exit", ended.append)
    monkeypatch.setattr("tlsglass.cli.front.main", lambda: signal.raise_signal(signal.SIGINT))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
    assert ended == [128 + signal.SIGINT]
    interrupts.raise_again()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_who_has_a_handler_keeps_it() -> None:
    """Neither the start nor what comes after it takes it away."""
    told: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: told.append(number))
    interrupts.end_at_once()
    interrupts.raise_again()
    signal.raise_signal(signal.SIGINT)
    assert told == [signal.SIGINT]


@pytest.mark.parametrize("moment", [*_LOADED, *_CALLED])
def test_it_ends_whenever_ctrl_c_comes(moment: str) -> None:
    """With the status that shells know it by, and no word of Python's."""
    with Terminal([sys.executable, "-m", "tests.cli.interrupted", moment, "SIGINT"]) as terminal:
        before = terminal.modes() & _OURS
        assert terminal.wait_for_end() == 128 + signal.SIGINT
        assert terminal.modes() & _OURS == before == _OURS
    assert b"Traceback" not in terminal.written
    assert terminal.written.count(b"\x1b[?1049h") == terminal.written.count(b"\x1b[?1049l")


def test_it_ends_as_orderly_when_it_is_told_to() -> None:
    """By SIGTERM, as soon as the terminal is the app's."""
    moment = "textual.drivers.linux_driver:LinuxDriver._request_terminal_sync_mode_support"
    with Terminal([sys.executable, "-m", "tests.cli.interrupted", moment, "SIGTERM"]) as terminal:
        assert terminal.wait_for_end() == 128 + signal.SIGTERM
        assert terminal.modes() & _OURS == _OURS


@pytest.mark.parametrize("words", [[], ["show", "127.0.0.1:1"]], ids=["app", "show"])
def test_it_is_left_alone_where_it_is_to_be(words: list[str]) -> None:
    """A program that is started so that Ctrl+C is ignored goes on."""
    code = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    moment = "tlsglass.cli.front:run"
    command = [sys.executable, "-m", "tests.cli.interrupted", moment, "SIGINT", *words]
    with Terminal([sys.executable, "-c", code, *command[1:]]) as terminal:
        if words:
            assert terminal.wait_for_end() == 3
        else:
            terminal.until("host, host:port, URL or file")
            terminal.type("\x11")
            assert terminal.wait_for_end() == 0
