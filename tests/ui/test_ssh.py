"""Guests of a real sshd, on real terminals: they look, copy, resize, leave, and don't get out."""

import contextlib
import os
import re
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installed import ALL
from tests.ssh import AVAILABLE, KIOSK, Sshd, ends
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(not AVAILABLE and not ALL, reason="needs sshd, ssh and tmux")

LIST = "visited"
ANSWERED = "total"


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """An sshd whose guests land in the kiosk, with one host open to them that is this machine by another name."""
    with Sshd(tmp_path_factory.mktemp("sshd"), f"{KIOSK} --kiosk-allow localhost:*", accepted="*") as started:
        yield started


def look_at(guest: Terminal, text: str) -> None:
    """Type a target, wherever the guest is."""
    if "⏎ Look" in guest.text:  # what was typed before stands there still
        guest.type("\x1b")
        guest.until(lambda screen: "⏎ Look" not in screen)
    guest.type("\x0c")
    guest.until("⏎ Look")
    guest.type(f"{text}\r")


def at_the_expired(sshd: Sshd, *, columns: int = 80, rows: int = 24) -> Terminal:
    """A guest who looks at an expired certificate."""
    guest = sshd.guest(columns=columns, rows=rows)
    guest.until(LIST)
    look_at(guest, "expired.demo.test")
    guest.until(lambda text: "NOT TRUSTED" in text and ANSWERED in text)
    return guest


def test_a_guest_types_and_looks(sshd: Sshd) -> None:
    """And leaves by a key: the session ends with the app."""
    with at_the_expired(sshd) as guest:
        process = sshd.process_of_guest()
        guest.type("q")
        assert guest.wait_for_end() == 0
        assert ends(process)
        assert guest.copied == []


def test_what_a_guest_copies_reaches_the_guests_terminal(sshd: Sshd) -> None:
    """As OSC 52 over the connection, and it says by which way."""
    with at_the_expired(sshd) as guest:
        guest.type("c")
        guest.until("unconfirmed")
        (copied,) = guest.copied
        assert copied
        guest.type("C")
        guest.until("Copy as")
        guest.type("sha-256")
        guest.until("SHA-256")
        guest.type("\r")
        guest.until(lambda _: len(guest.copied) > 1)
        assert re.fullmatch(r"(?:[0-9a-f]{2}:?){32}", guest.copied[1], re.IGNORECASE)


def test_a_guest_resizes_the_terminal(sshd: Sshd) -> None:
    """The size goes over the connection, and the panes stand side by side where there is room."""
    with at_the_expired(sshd) as guest:
        assert "0 Detail" in guest.text
        guest.resize(120, 40)
        guest.until(lambda text: "0 Detail" not in text and "1 Response" in text and "127.0.0.1:" in text)
        guest.resize(80, 24)
        guest.until("0 Detail")


def test_a_connection_that_drops_ends_the_process(sshd: Sshd) -> None:
    """Whatever it is doing."""
    with at_the_expired(sshd) as guest:
        process = sshd.process_of_guest()
        os.kill(guest.pid, signal.SIGKILL)
        assert ends(process)


def test_a_connection_that_drops_while_the_kiosk_starts_ends_it(sshd: Sshd) -> None:
    """Before the app has the terminal."""
    sshd.ended.unlink(missing_ok=True)
    with sshd.guest() as guest:
        while not sshd.ended.exists():
            select.select([], [], [], 0.01)
        process = sshd.process_of_guest()
        os.kill(guest.pid, signal.SIGKILL)
        assert ends(process)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("!sh", "not one of a host name"),
        (":sh", "There is no host in it"),
        ("/etc/passwd", "There is no host in it"),
        ("~/.ssh/id_rsa", "not one of a host name"),
        ("../../etc/shadow", "has an empty label"),
        ("file:///etc/passwd", "'file' is not known here"),
        ("-", "not one of a host name"),
        ("-- show", "has a space in it"),
        ("--ca-file=/etc/passwd", "not one of a host name"),
        ("$(id)", "not one of a host name"),
        ("127.0.0.1:22", "Guests may not look at 127.0.0.1:22"),
        ("[::1]:22", "Guests may not look at [::1]:22"),
        ("10.0.0.1", "Guests may not look at 10.0.0.1:443"),
        ("192.168.1.1", "Guests may not look at 192.168.1.1:443"),
        ("169.254.169.254", "Guests may not look at 169.254.169.254:443"),
        ("example.org", "Guests may not look at example.org:443"),
    ],
)
def test_a_guest_does_not_get_out_by_a_target(sshd: Sshd, out: Terminal, typed: str, said: str) -> None:
    """Neither to files, nor to programs, nor to this machine and its network."""
    del sshd
    look_at(out, typed)
    out.until(lambda text: said in " ".join(text.split()))


@pytest.fixture(scope="module")
def out(sshd: Sshd) -> Iterator[Terminal]:
    """A guest who tries one thing after the other."""
    with at_the_expired(sshd, columns=120, rows=40) as guest:
        yield guest


def test_a_name_that_resolves_to_this_machine_leads_nowhere(sshd: Sshd) -> None:
    """Though it is open by name, its address is not; nobody is connected to."""
    with socket.create_server(("127.0.0.1", 0)) as listener, at_the_expired(sshd, columns=120, rows=40) as guest:
        listener.settimeout(0)
        look_at(guest, f"localhost:{listener.getsockname()[1]}")
        guest.until(lambda text: "guests may not go" in " ".join(text.split()))
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_guest_does_not_get_out_by_keys(sshd: Sshd) -> None:
    """Keys that save, open, suspend or quit hard do nothing or end the session; the palette has nothing of the kind."""
    with at_the_expired(sshd, columns=120, rows=40) as guest:
        process = sshd.process_of_guest()
        guest.type("so\x1a\x1c:\x03")
        guest.type("?")
        guest.until("a looking glass for TLS")
        assert "Save" not in guest.text
        guest.type("\x1b")
        guest.until(lambda text: "a looking glass for TLS" not in text)
        guest.type("\x10")
        guest.until("Search for commands")
        guest.type("screenshot")
        guest.until(lambda text: "Screenshot" not in text and "screenshot" in text)
        guest.type("\x1b")
        guest.until(lambda text: "screenshot" not in text)
        guest.type("\x11")
        assert guest.wait_for_end() == 0
        assert ends(process)


@pytest.mark.parametrize("words", [["sh"], ["tlsglass", "show", "/etc/passwd"], ["--", "show"], ["--", "-c", "id"]])
def test_a_guests_words_are_not_heard(sshd: Sshd, words: list[str]) -> None:
    """What is asked for instead of the kiosk leads to the kiosk."""
    with sshd.guest(words) as guest:
        guest.until(LIST)


def test_a_guests_variables_are_not_heard(sshd: Sshd, tmp_path: Path) -> None:
    """Though sshd hands them all on here: no file is written, no driver, interpreter or program is another."""
    hostile = {
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_LOG": f"{tmp_path}/textual.log",
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_PRESS": "q",
        "PYTHONINSPECT": "1",
        "PYTHONSTARTUP": "/etc/passwd",
        "SSLKEYLOGFILE": f"{tmp_path}/keys",
        "SSL_CERT_FILE": "/etc/passwd",
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "EDITOR": "sh",
        "BROWSER": "sh",
        "XDG_STATE_HOME": str(tmp_path),
        "COLUMNS": "1000000",
    }
    sent = [word for name in hostile for word in ("-o", f"SendEnv={name}")]
    with sshd.guest(options=sent, environment=hostile) as guest:
        guest.until(LIST)
        around = Path(f"/proc/{sshd.ended.read_text(encoding='ascii').strip()}/environ").read_bytes()
        assert not [name for name in hostile if f"{name}=".encode() in around]
        assert b"SSH_TTY=" in around
        guest.type("q")
        assert guest.wait_for_end() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_guest_without_a_terminal_gets_a_sentence(sshd: Sshd) -> None:
    """And no shell."""
    command = [word for word in sshd.command(["id"]) if word != "-tt"]
    done = subprocess.run(
        [*command[:1], "-T", *command[1:]], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    assert "the app needs a terminal" in done.stderr
    assert done.stdout == ""


def test_a_guest_gets_no_tunnel(sshd: Sshd) -> None:
    """The settings that the README tells of leave no way to this machine's ports."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        command = [word for word in sshd.command() if word != "-tt"]
        inward = [*command[:1], "-W", f"127.0.0.1:{listener.getsockname()[1]}", *command[1:]]
        done = subprocess.run(inward, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode != 0
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_nobody_there_over_ssh(tmp_path: Path) -> None:
    """The session ends with a farewell on the guest's terminal."""
    with Sshd(tmp_path, f"{KIOSK} --kiosk-idle 1") as sshd, sshd.guest() as guest:
        guest.until("no key was pressed for 1 s")
        assert guest.wait_for_end() == 0


_TMUX = """\
set -g prefix None
set -g prefix2 None
unbind -a
unbind -a -T root
set -g status off
set -g destroy-unattached on
set -g exit-empty on
set -s set-clipboard on
set -s escape-time 10
set -as terminal-features ',*:clipboard'
"""
"""Settings that leave tmux no keys of its own, and end what runs in it with the connection."""


def test_the_kiosk_in_tmux(tmp_path: Path) -> None:
    """A tmux without keys stands between: the guest copies through it, has no way into it, and it ends with him."""
    (tmp_path / "tmux.conf").write_text(_TMUX, encoding="utf-8")
    inner = tmp_path / "inner.sh"
    inner.write_text(
        f"echo $$ > {tmp_path}/inner.new && mv {tmp_path}/inner.new {tmp_path}/inner\n{KIOSK}\n", encoding="utf-8"
    )
    tmux = f"{shutil.which('tmux')} -S {tmp_path}/socket -f {tmp_path}/tmux.conf"
    command = f"exec {tmux} new-session {shlex.quote(f'/bin/sh {inner}')}"
    with (
        Sshd(tmp_path, command) as sshd,
        sshd.guest(environment={"LC_ALL": "C.UTF-8"}, options=["-o", "SendEnv=LC_ALL"]) as guest,
    ):
        guest.until(LIST)
        process = os.pidfd_open(int((tmp_path / "inner").read_text(encoding="ascii")))
        guest.type("\x02:\x02c\x02!")  # tmux's own keys
        guest.until(LIST)
        look_at(guest, "expired.demo.test")
        guest.until(lambda text: "NOT TRUSTED" in text and ANSWERED in text)
        guest.type("c")
        guest.until("unconfirmed")
        guest.until(lambda _: guest.copied)
        assert guest.copied[0]
        os.kill(guest.pid, signal.SIGKILL)
        assert ends(process)
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(["tmux", "-S", tmp_path / "socket", "kill-server"], capture_output=True, check=False, timeout=10)


def test_the_interpreter_is_the_one_of_the_tests() -> None:
    """Else another tlsglass would be looked at."""
    assert sys.executable in KIOSK
