"""The kiosk's options, and the process that it runs in."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar, NoReturn

import pytest

from tlsglass.cli import kiosk
from tlsglass.cli.front import run
from tlsglass.cli.kiosk import enclose
from tlsglass.limits import LONGEST_GUEST_LIST
from tlsglass.net.admission import HostPattern
from tlsglass.ui.precedence import Precedence
from tlsglass.ui.settings import Kiosk, Settings


class _Kiosk:
    """Stands in for the app: keeps what it was made with."""

    made: ClassVar[list[tuple[str | None, Settings]]] = []
    farewell = ""
    return_code: int | None = None

    def __init__(self, *, target_text: str | None, settings: Settings, zoo: object) -> None:
        self.made.append((target_text, settings))
        self.means = SimpleNamespace(precedence=Precedence())
        assert callable(zoo)

    async def run_async(self) -> None:
        """Do nothing."""


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, Settings]]:
    """What the app's stand-in is made with; there is a terminal, and the process is enclosed."""
    monkeypatch.setattr("tlsglass.ui.kiosk.KioskApp", _Kiosk)
    monkeypatch.setattr(_Kiosk, "made", [])
    monkeypatch.setattr("tlsglass.cli.front._need_a_terminal", lambda _instead: None)
    monkeypatch.setattr("tlsglass.cli.front.enclose", lambda _words, _environment: None)
    return _Kiosk.made


def _patterns(*texts: str) -> tuple[HostPattern, ...]:
    return tuple(map(HostPattern.parse, texts))


def test_the_kiosk_opens_the_demo(app: list[tuple[str | None, Settings]]) -> None:
    """With rules that are strict unless told otherwise."""
    assert run(["--kiosk"]) == 0
    assert app == [(None, Settings(kiosk=Kiosk()))]
    assert Kiosk() == Kiosk(allowed=(), per_minute=30, idle=300.0)


def test_what_is_open_to_guests(app: list[tuple[str | None, Settings]], tmp_path: Path) -> None:
    """From the words and from a file, in which people may write remarks."""
    listed = tmp_path / "hosts"
    listed.write_text("# ours\n\n10.1.0.0/16:*  # the lab\nb.test\n", encoding="utf-8")
    words = ["--kiosk", "--kiosk-allow", "*.a.test", "--kiosk-allow-file", str(listed), "--kiosk-rate", "5"]
    assert run([*words, "--kiosk-idle", "60", "--ca-store", "none", "x.a.test"]) == 0
    rules = Kiosk(allowed=_patterns("*.a.test", "10.1.0.0/16:*", "b.test"), per_minute=5, idle=60.0)
    assert app == [("x.a.test", Settings(kiosk=rules, ca_store=("none",)))]


def test_a_list_of_hosts_is_read_whole_or_not_at_all(
    app: list[tuple[str | None, Settings]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cut anywhere, `*.a.test` would become `*`, which allows everything."""
    listed = tmp_path / "hosts"
    last = "\n*.a.test"
    listed.write_text("#" * (LONGEST_GUEST_LIST - len(last)) + last, encoding="ascii")
    assert run(["--kiosk", "--kiosk-allow-file", str(listed)]) == 0
    assert app[0][1].kiosk == Kiosk(allowed=_patterns("*.a.test"))
    listed.write_text("#" * (LONGEST_GUEST_LIST - 2) + last, encoding="ascii")
    assert run(["--kiosk", "--kiosk-allow-file", str(listed)]) == 2
    assert "is longer than 1,048,576 characters" in " ".join(capsys.readouterr().err.split())
    assert len(app) == 1


def test_a_farewell_is_said_once_the_terminal_is_given_back(
    app: list[tuple[str | None, Settings]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the app's status is ours."""
    monkeypatch.setattr(_Kiosk, "farewell", "Come again.")
    monkeypatch.setattr(_Kiosk, "return_code", 4)
    assert run(["--kiosk"]) == 4
    assert capsys.readouterr().out == "Come again.\n"
    assert len(app) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--kiosk-allow", "a.test"], "are for --kiosk only"),
        (["--kiosk-rate", "5"], "are for --kiosk only"),
        (["--kiosk", "--kiosk-allow", "a..test"], "'a..test' is no pattern of hosts."),
        (["--kiosk", "--kiosk-allow-file", "/nonexistent"], "/nonexistent can't be read"),
        (["--kiosk", "--kiosk-rate", "0"], "0 is fewer than one"),
        (["--kiosk", "--kiosk-idle", "-1"], "-1 is fewer than one"),
        (["--kiosk", "a.test", "b.test"], "opens one site"),
        (["show", "--kiosk", "a.test"], "No such option"),
        (["demo", "--kiosk"], "No such option"),
    ],
)
def test_a_wrong_command_line_opens_nothing(
    app: list[tuple[str | None, Settings]], capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    """A mistake in the list least of all."""
    assert run(words) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert app == []


def test_a_kiosk_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What sshd gives without one is a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "tlsglass", "--kiosk"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert "the app needs a terminal" in done.stderr
    assert capsys.readouterr().err == ""


class _StartedError(Exception):
    """Stands in for the program that takes this one's place."""


@pytest.fixture
def signals() -> Iterator[None]:
    """Give the signals back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGQUIT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[str], dict[str, str]]]:
    """What would take this program's place."""
    calls: list[tuple[str, Sequence[str], dict[str, str]]] = []

    def execve(path: str, words: Sequence[str], environment: dict[str, str]) -> NoReturn:
        calls.append((path, words, environment))
        raise _StartedError

    monkeypatch.setattr(os, "execve", execve)
    return calls


@pytest.mark.usefixtures("signals")
def test_a_guests_variables_are_left_behind(started: list[tuple[str, Sequence[str], dict[str, str]]]) -> None:
    """All but those that say what the terminal is; an odd value of one of these goes too."""
    guest = {
        "SSH_ORIGINAL_COMMAND": "sh",
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_LOG": "/tmp/x",  # noqa: S108 - nothing is written there
        "TEXTUAL": "devtools",
        "PYTHONINSPECT": "1",
        "PYTHONPATH": "/tmp",  # noqa: S108 - as above
        "SSLKEYLOGFILE": "/tmp/y",  # noqa: S108 - as above
        "OPENSSL_CONF": "/tmp/z",  # noqa: S108 - as above
        "SSL_CERT_FILE": "/etc/passwd",
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "EDITOR": "vi",
        "BROWSER": "sh",
        "XDG_STATE_HOME": "/tmp",  # noqa: S108 - as above
        "TMPDIR": "/",
        "LC_CTYPE": "C\x1b]0;x\a",
    }
    terminal = {"TERM": "xterm", "LANG": "C.UTF-8", "SSH_TTY": "/dev/pts/1", "NO_COLOR": "1"}
    with pytest.raises(_StartedError):
        enclose(["--kiosk", "a.test"], {**guest, **terminal})
    command = [sys.executable, "-E", "-P", "-m", "tlsglass", "--kiosk", "a.test"]
    assert started == [(sys.executable, command, terminal)]
    assert signal.getsignal(signal.SIGTSTP) == signal.getsignal(signal.SIGQUIT) == signal.SIG_IGN


@pytest.mark.usefixtures("signals")
def test_enclosed_is_enclosed(
    started: list[tuple[str, Sequence[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that was started anew goes on; one whose interpreter listens to variables does not."""

    class Flags:
        ignore_environment = 1
        safe_path = True

    monkeypatch.setattr(kiosk, "sys", type("Sys", (), {"flags": Flags, "executable": "python"}))
    enclose(["--kiosk"], {"TERM": "xterm"})
    assert started == []
    Flags.ignore_environment = 0
    with pytest.raises(_StartedError):
        enclose(["--kiosk"], {"TERM": "xterm"})
    Flags.ignore_environment, Flags.safe_path = 1, False
    with pytest.raises(_StartedError):
        enclose(["--kiosk"], {"TERM": "xterm"})


def test_a_system_without_those_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """There nothing is to be refused."""
    monkeypatch.setattr(kiosk, "signal", type("Signal", (), {}))
    kiosk._refuse_signals()
