"""Copying reaches the clipboard of whoever sits before the terminal, and says by which way."""

import base64
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Static

from tests.ui.waiting import until
from tlsglass.ui import clipboard
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.clipboard import Clipboard, CopyWanted, copy_locally, osc52, wrapped_sequence
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.settings import Settings


class Host(App[None]):
    """An app that copies."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[tuple[str, bytes, str]] = []
        self.copier = Clipboard(self, lambda *offered: self.offered.append(offered))

    async def copied(self, text: str, what: str = "SHA-256 fingerprint") -> str:
        """Copy, and what the toast says."""
        self.copier.copy(text, what)
        await self.workers.wait_for_complete()
        return [notification.message for notification in self._notifications][-1]


def program(folder: Path, name: str, script: str) -> None:
    """Put a program on the path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(stat.S_IRWXU)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that comes first on the path, on a machine that has a display as far as one can see."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


@pytest.fixture
def nothing_local(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a display."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


async def test_locally_pyperclip_copies(programs: Path, tmp_path: Path) -> None:
    """Through the program that it finds, byte by byte."""
    program(programs, "xclip", f'cat > "{tmp_path}/copied"; (exec sleep 30 </dev/null) & echo $! > "{tmp_path}/pid"')
    host = Host()
    text = "Grüße\n日本\x1b"
    async with host.run_test():
        said = await host.copied(text, "Value [/x]")
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    assert (tmp_path / "copied").read_text(encoding="utf-8") == text
    assert said.startswith("Copied Value [/x], 9 characters, to the clipboard (xclip).")
    assert "control or invisible" in said


async def test_a_failing_program_is_noticed(programs: Path) -> None:
    """Its module drops the failure; the text then goes through the terminal, and the toast says why."""
    program(programs, "xclip", 'echo "Error: Can\'t open display: :99" >&2; exit 1')
    host = Host()
    async with host.run_test():
        said = await host.copied("abc")
        assert host.clipboard == "abc"
    assert said.startswith("Copied SHA-256 fingerprint, 3 characters, through the terminal (OSC 52, unconfirmed).")
    assert "Can't open display" in said


def _ends(pid: int) -> bool:
    """Whether a process ends in good time, or has ended; who reaps it doesn't matter."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([process], [], [], 30)
    os.close(process)
    return bool(ended)


async def test_a_hanging_program_is_ended(programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the screen nor the copy waits for it beyond its time."""
    monkeypatch.setattr(clipboard, "TIME_LIMIT", 0.5)
    program(programs, "xclip", f'echo $$ > "{tmp_path}/pid"; exec sleep 600')
    outcome = await copy_locally("abc")
    assert outcome.problem.startswith("no answer within")
    pid = tmp_path / "pid"
    if pid.exists():  # else it was ended before it had begun
        assert _ends(int(pid.read_text()))


@pytest.mark.usefixtures("nothing_local")
async def test_a_line_end_within_a_value_is_told() -> None:
    """Pasted into a shell it runs what stands before it; lines of ours are no surprise."""
    host = Host()
    async with host.run_test():
        host.copier.copy("a\nb", "Chain", in_lines=True)
        await host.workers.wait_for_complete()
        host.copier.copy("a\nb", "Value", in_lines=False)
        await host.workers.wait_for_complete()
        lines, value = [notification.message for notification in host._notifications]
        assert host.clipboard == "a\nb"
    assert "control or invisible" not in lines
    assert "control or invisible" in value


@pytest.mark.usefixtures("nothing_local")
async def test_without_a_mechanism_the_terminal_copies() -> None:
    """No display is no failure, so the toast names none."""
    host = Host()
    async with host.run_test():
        said = await host.copied("a" * 95)
        assert host.clipboard == "a" * 95
    assert said == "Copied SHA-256 fingerprint, 95 characters, through the terminal (OSC 52, unconfirmed)."


async def test_over_ssh_the_local_clipboard_is_the_wrong_one(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A display that is there is another machine's."""
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    program(programs, "xclip", f'cat > "{tmp_path}/copied"')
    host = Host()
    async with host.run_test():
        said = await host.copied("a")
    assert said == "Copied SHA-256 fingerprint, 1 character, through the terminal (OSC 52, unconfirmed)."
    assert not (tmp_path / "copied").exists()


@pytest.mark.usefixtures("nothing_local")
async def test_much_for_a_terminal_is_warned_of() -> None:
    """Above a kilobyte terminals begin to cut."""
    host = Host()
    async with host.run_test():
        assert "s saves to a file instead" in await host.copied("a" * 1001)
        assert "s saves" not in await host.copied("a" * 1000)


@pytest.mark.usefixtures("nothing_local")
async def test_too_much_for_a_terminal_is_offered_to_a_file(tmp_path: Path) -> None:
    """Above 74 kB nothing is sent; the dialog says why and has the text."""
    host = Host()
    async with host.run_test():
        host.copier.copy("a" * 74_001, "Whole chain, PEM")
        await host.workers.wait_for_complete()
        assert host.clipboard == ""
    [(file_name, data, reason)] = host.offered
    assert file_name == "Whole_chain_PEM.txt"
    assert data == b"a" * 74_001
    assert reason == "Whole chain, PEM is 74.0 kB, more than a terminal takes (OSC 52). Save it to a file?"
    app = TlsglassApp(settings=Settings(history_file=tmp_path / "history"))
    async with app.run_test() as pilot:
        app.post_message(CopyWanted("a" * 74_001, "Whole chain, PEM"))
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        assert reason in str(app.screen.query_one("#save-reason", Static).content)


def test_tmux_passes_on_what_is_wrapped() -> None:
    """Each escape inside is doubled."""
    sequence = wrapped_sequence("abc", {"TMUX": "/tmp/tmux-0/default,1,0"})  # noqa: S108 - the form of the value
    assert sequence == "\x1bPtmux;\x1b\x1b]52;c;YWJj\a\x1b\\"
    assert wrapped_sequence("abc", {}) == ""


def test_screen_gets_short_strings() -> None:
    """It drops strings that are longer than its buffer; together they are the sequence."""
    sequence = wrapped_sequence("x" * 3000, {"STY": "1.pts"})
    pieces = re.findall("\x1bP(.*?)\x1b\\\\", sequence, re.DOTALL)
    assert len(pieces) > 10
    assert max(map(len, pieces)) <= 250
    assert "".join(pieces) == osc52("x" * 3000)


APP = """
import sys
from textual.app import App
from textual.widgets import Static
from tlsglass.ui.clipboard import Clipboard

class Copying(App):
    def __init__(self):
        super().__init__()
        self.copier = Clipboard(self, print)

    def on_ready(self):
        self.copier.copy("Grüße " * 50, "Value")

    async def on_worker_state_changed(self, event):
        if event.worker.group == "clipboard" and event.worker.is_finished:
            self.exit()

Copying().run()
"""


def on_a_terminal(environment: dict[str, str]) -> bytes:
    """What the app writes to a real terminal device while it copies."""
    leader, follower = pty.openpty()
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-c", APP],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**plain, "TERM": "xterm-256color", **environment},
        start_new_session=True,
    )
    os.close(follower)
    written = b""
    try:
        while select.select([leader], [], [], 30)[0]:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            written += part
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    return written


def test_the_terminal_is_handed_the_text() -> None:
    """On a real terminal device, plain."""
    sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", on_a_terminal({"SSH_TTY": "/dev/pts/9"}))
    assert [base64.b64decode(each).decode() for each in sent] == ["Grüße " * 50]


def test_the_terminal_under_tmux_is_handed_the_text() -> None:
    """The wrapped sequence goes out too, in one piece."""
    written = on_a_terminal({"SSH_TTY": "/dev/pts/9", "TMUX": "/nonexistent,1,0", "PATH": "/nonexistent"})
    wrapped = re.findall(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]+)\x07\x1b\\", written)
    assert [base64.b64decode(each).decode() for each in wrapped] == ["Grüße " * 50]
