"""`tlsglass show` in a process that looks at one attack after the other."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_PATIENCE = 60.0
"""Seconds after which a test gives up; every look ends by itself long before."""


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

    def __init__(self, ca_file: Path) -> None:
        """Start it.

        Args:
            ca_file: the one anchor that it trusts.
        """
        self._trusting = ("--ca-store", "none", "--ca-file", str(ca_file))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.launched"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._read = bytearray()
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def begin(self, *words: str) -> None:
        """Begin to look, as `tlsglass show --json` does with these words."""
        self._say(["show", "--json", *self._trusting, *words])

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        os.kill(self.pid, signal.SIGINT)

    def end(self) -> Shown:
        """Wait for the report."""
        deadline = time.monotonic() + _PATIENCE
        assert self._process.stdout is not None
        while not self._read.rpartition(b"\n")[0].rpartition(b"\n")[2].startswith(b'{"exit_status"'):
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"no end of {bytes(self._read[-2000:])!r}"
            data = os.read(self._process.stdout.fileno(), 1 << 16)
            assert data, f"the process ended after {bytes(self._read[-2000:])!r}"
            self._read += data
        output, _, last = (
            bytes(self._read).rstrip(b"\n").rpartition(b"\n")
            if self._read.count(b"\n") > 1
            else (b"", b"", bytes(self._read))
        )
        self._read.clear()
        return Shown(output=output, status=json.loads(last)["exit_status"])

    def look(self, *words: str) -> Shown:
        """Look from beginning to end."""
        self.begin(*words)
        return self.end()

    def text(self, *words: str) -> Shown:
        """The report as text."""
        self._say(["show", *self._trusting, *words])
        return self.end()

    def _say(self, words: Sequence[str]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(list(words)).encode() + b"\n")
        self._process.stdin.flush()
