"""A real sshd on loopback, in which guests land in the kiosk, and guests who log in with a key."""

import getpass
import os
import select
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.terminal import PATIENCE, Terminal

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
AVAILABLE = all(map(shutil.which, (SSHD, "ssh", "ssh-keygen", "tmux")))
"""Whether this machine has what the tests need; CI has."""

KIOSK = f"exec {shlex.quote(sys.executable)} -m tlsglass --kiosk"
"""The command that guests land in."""

_TRIES = 20
"""How often another port is tried: somebody may take it between the choice and sshd's start."""

_CONFIGURATION = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/guest.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
Match User {user}
    ForceCommand {command}
    PermitTTY yes
    PermitUserRC no
    PermitTunnel no
    AllowTcpForwarding no
    AllowStreamLocalForwarding no
    AllowAgentForwarding no
    X11Forwarding no
    AcceptEnv {accepted}
"""
"""What the README tells to write, and what keeps the tests to themselves."""


class Sshd:
    """An sshd with keys and settings of its own, for as long as the block lasts."""

    def __init__(self, folder: Path, command: str, *, accepted: str = "LANG LC_*") -> None:
        """Start it.

        Args:
            folder: an empty one.
            command: what guests land in.
            accepted: which variables of theirs are taken over.
        """
        self._folder = folder
        self.ended = folder / "pid"
        for name in ("host", "guest"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where Debian's has its children look at nothing
        script = folder / "kiosk.sh"
        script.write_text(
            f"echo $$ > {folder}/pid.new && mv {folder}/pid.new {folder}/pid\n{command}\n", encoding="utf-8"
        )
        for _ in range(_TRIES):
            self.port = _free_port()
            self._process = self._started(f"/bin/sh {script}", accepted)
            if self._listens():
                return
            self._process.wait()
        message = (folder / "log").read_text(encoding="utf-8")
        raise RuntimeError(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)

    def guest(
        self,
        words: Sequence[str] = (),
        *,
        options: Sequence[str] = (),
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> Terminal:
        """A guest who logs in.

        Args:
            words: what is asked for instead of the kiosk.
            options: further options of ssh.
            columns: width of the guest's terminal.
            rows: height of it.
            environment: variables of the guest; those that ssh is told to send are sent.
        """
        return Terminal(self.command(words, options), columns=columns, rows=rows, environment=environment)

    def command(self, words: Sequence[str] = (), options: Sequence[str] = ()) -> list[str]:
        """How a guest logs in, with a key and a terminal."""
        folder = self._folder
        settings = [
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={folder}/known",
        ]
        settings += ["LogLevel=ERROR", "EscapeChar=none"]
        told = [word for setting in settings for word in ("-o", setting)]
        login = ["ssh", "-F", "none", "-tt", "-i", str(folder / "guest"), *told, "-p", str(self.port), *options]
        return [*login, f"{getpass.getuser()}@127.0.0.1", *words]

    def process_of_guest(self) -> int:
        """A descriptor of the process that the latest guest has landed in, which can be waited for."""
        return os.pidfd_open(int(self.ended.read_text(encoding="ascii")))

    def _started(self, command: str, accepted: str) -> "subprocess.Popen[bytes]":
        settings = self._folder / "config"
        user = getpass.getuser()
        settings.write_text(
            _CONFIGURATION.format(port=self.port, folder=self._folder, user=user, command=command, accepted=accepted),
            encoding="utf-8",
        )
        with (self._folder / "log").open("wb") as log:
            return subprocess.Popen(
                [SSHD, "-D", "-e", "-f", settings], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _listens(self) -> bool:
        """Wait until it takes connections; False where it has ended."""
        process = os.pidfd_open(self._process.pid)
        try:
            while not select.select([process], [], [], 0.02)[0]:
                with socket.socket() as attempt:
                    if attempt.connect_ex(("127.0.0.1", self.port)) == 0:
                        return True
        finally:
            os.close(process)
        return False


def ends(process: int) -> bool:
    """Whether a process ends in good time; closes its descriptor."""
    try:
        return bool(select.select([process], [], [], PATIENCE)[0])
    finally:
        os.close(process)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port
