"""`tlsglass show` in a process that looks at one attack after the other, in each form that its reports have."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_PATIENCE = 60.0
"""Seconds after which a test gives up; every look ends by itself long before."""

COLUMNS = 100
"""Width of the terminal."""

_LAST = b'{"exit_status"'
_SETTINGS = ("NO_COLOR", "COLUMNS", "LINES", "LC_ALL", "LC_CTYPE")
"""Variables that change how a report looks; none of those that stand around counts."""


class Form(Enum):
    """How reports are written, and to what."""

    JSON = "json"
    PIPE = "pipe"
    """Text, to a pipe."""

    TERMINAL = "terminal"
    """Text in colours, to a terminal, as are the sentences of standard error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one look wrote."""

    output: bytes
    """All of it, both streams."""

    status: int
    """The exit status."""

    @property
    def report(self) -> dict[str, Any]:
        """The JSON document."""
        (line,) = (line for line in self.output.splitlines() if line.startswith(b"{"))
        document: dict[str, Any] = json.loads(line)
        return document


class Show:
    """The process."""

    def __init__(self, ca_file: Path, form: Form) -> None:
        """Start it.

        Args:
            ca_file: the one anchor that it trusts.
            form: how it reports.
        """
        self.form = form
        as_json = ("--json",) if form is Form.JSON else ()
        self._words = ("show", *as_json, "--ca-store", "none", "--ca-file", str(ca_file))
        ours, theirs = pty.openpty() if form is Form.TERMINAL else os.pipe()
        if form is Form.TERMINAL:
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
        around = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.launched"],
            stdin=subprocess.PIPE,
            stdout=theirs,
            env=around | {"TERM": "xterm-256color", "LANG": "C.UTF-8"},
        )
        os.close(theirs)
        self._ours = ours
        self._read = bytearray()
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        os.close(self._ours)

    def begin(self, *words: str) -> None:
        """Begin to look, as `tlsglass show` does with these words."""
        self._say([*self._words, *words])

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        os.kill(self.pid, signal.SIGINT)

    def end(self) -> Shown:
        """Wait for the report."""
        deadline = time.monotonic() + _PATIENCE
        while not self._read.rpartition(b"\n")[0].rpartition(b"\n")[2].startswith(_LAST):
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"no end of {bytes(self._read[-2000:])!r}"
            data = os.read(self._ours, 1 << 16)
            assert data, f"the process ended after {bytes(self._read[-2000:])!r}"
            self._read += data
        output, _, last = bytes(self._read).rpartition(_LAST)
        self._read.clear()
        return Shown(output=output, status=json.loads(_LAST + last)["exit_status"])

    def look(self, *words: str) -> Shown:
        """Look from beginning to end."""
        self.begin(*words)
        return self.end()

    def _say(self, words: Sequence[str]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(list(words)).encode() + b"\n")
        self._process.stdin.flush()
