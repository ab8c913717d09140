"""The clipboard of whoever sits before the terminal: the machine's own, or over SSH the one that the terminal reaches.

Locally pyperclip copies. It runs in a process of its own, because the programs that it calls may hang without a
display, write to the terminal and report their errors to nobody. Over SSH, or where it finds no mechanism, the text
goes through the terminal as OSC 52, which no terminal confirms.
"""

import asyncio
import base64
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from textual.app import App
from textual.driver import Driver
from textual.message import Message

from tlsglass.frozen import dataclass
from tlsglass.text import holds_hidden, printable
from tlsglass.ui import content

WARNED_FROM = 1000
"""Bytes from which on a terminal may cut what it is handed by OSC 52."""

SENT_AT_MOST = 74_000
"""Bytes that are sent by OSC 52: xterm takes 100,000 characters of a sequence and base64 makes four of three."""

TIME_LIMIT = 3.0
"""Seconds that a program of the machine has."""

_HOLDS_HIDDEN = "It holds control or invisible characters: mind where you paste it."

_SCREEN_PIECE = 250
"""Characters that GNU screen passes through in one string; it drops longer ones."""

_PYPERCLIP = """\
import sys, pyperclip
copy, _ = pyperclip.determine_clipboard()
if not copy or copy.__name__ == "copy_qt":
    sys.exit(3)
print(copy.__name__.removeprefix("copy_"), flush=True)
copy(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
"""
"""Says the mechanism, then copies. Qt's loses the text with its process, so it counts as none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a copy by a program of the machine."""

    way: str
    """The mechanism as pyperclip calls it; empty where there is none."""

    problem: str
    """Why it failed, from that program; empty where it did not."""


class CopyWanted(Message):
    """Something is to be copied; the app does it."""

    def __init__(self, text: str, what: str, *, in_lines: bool = True) -> None:
        """Make the message.

        Args:
            text: what is copied, exactly.
            what: what it is, for the toast: 'SHA-256 fingerprint'.
            in_lines: whether it may have lines; see `Clipboard.copy`.
        """
        super().__init__()
        self.text = text
        """What is copied, exactly."""

        self.what = what
        """What it is."""

        self.in_lines = in_lines
        """Whether it may have lines."""


Offer = Callable[[str, bytes, str], object]
"""Offers to save something instead: the name of the file, its bytes, and why."""


class Clipboard:
    """Copies text and says what was copied, its size and by which way.

    To be made in the app's `__init__`: only then can it have the app's driver handed to it, which a sequence for tmux
    or screen is written to. (Textual writes the plain OSC 52 itself and has no public way for any other sequence, but
    lets its driver's class be chosen.)
    """

    def __init__(self, app: App[Any], offer: Offer, *, for_guests: bool = False) -> None:
        """Serve an app.

        Args:
            app: the app.
            offer: offers to save what is too large.
            for_guests: whether only the terminal copies: no program is run, and nothing is saved instead.
        """
        self._app = app
        self._offer = offer
        self._for_guests = for_guests
        self._driver: Driver | None = None
        self._listen(app)

    def copy(self, text: str, what: str, *, in_lines: bool = True) -> None:
        """Copy, and say so.

        Args:
            text: what is copied, exactly.
            what: what it is, for the toast: 'SHA-256 fingerprint'.
            in_lines: whether it may have lines; else it is one value, and a line end in it is a control character as
                any other: pasted into a shell it runs what stands before it.
        """
        lines = text.replace("\r\n", "\n").split("\n") if in_lines else (text,)
        remark = _HOLDS_HIDDEN if any(map(holds_hidden, lines)) else ""
        self._app.run_worker(self._copy(text, what, remark), group="clipboard", exclusive=True, exit_on_error=False)

    async def _copy(self, text: str, what: str, remark: str) -> None:
        problem = ""
        if not (self._for_guests or is_remote(os.environ)):
            outcome = await copy_locally(text)
            if outcome.way and not outcome.problem:
                self._say(text, what, f"to the clipboard ({outcome.way})", remark)
                return
            if outcome.problem:
                problem = f"{outcome.way or 'pyperclip'}: {printable(outcome.problem, limit=120)}"
        if len(_encoded(text)) > SENT_AT_MOST:
            self._offer_file(text, what, problem)
            return
        await self._send(text)
        through_terminal = "through the terminal (OSC 52, unconfirmed)"
        self._say(text, what, through_terminal, remark, problem=problem, is_limited=True)

    async def _send(self, text: str) -> None:
        """Hand the text to the terminal, through what stands between it and us."""
        self._app.copy_to_clipboard(text)
        wrapped = wrapped_sequence(text, os.environ)
        if wrapped and self._driver is not None:
            self._driver.write(wrapped)
            self._driver.flush()
        if os.environ.get("TMUX") and not self._for_guests and shutil.which("tmux"):
            # What tmux passes through is off by default since 3.3; its own buffer goes to the terminal by default.
            await _run(["tmux", "load-buffer", "-w", "-"], _encoded(text))

    def _say(  # noqa: PLR0913 - all that there is to say
        self, text: str, what: str, way: str, remark: str, *, problem: str = "", is_limited: bool = False
    ) -> None:
        size = f"{len(text):,} character{'' if len(text) == 1 else 's'}"
        remarks = [f"Copied {printable(what, limit=80)}, {size}, {way}."]
        if is_limited and len(_encoded(text)) > WARNED_FROM:
            instead = "" if self._for_guests else "; s saves to a file instead"
            remarks.append(f"Some terminals cut or drop that much{instead}.")
        if remark:
            remarks.append(remark)
        if problem:
            remarks.append(f"The local clipboard failed. {problem}")
        warns = len(remarks) > 1
        self._app.notify(
            " ".join(remarks), severity="warning" if warns else "information", timeout=8 if warns else 4, markup=False
        )

    def _offer_file(self, text: str, what: str, problem: str) -> None:
        if self._for_guests:
            said = f"{printable(what, limit=80)} is {content.size(len(_encoded(text)))}, more than a terminal takes."
            self._app.notify(said, severity="warning", markup=False)
            return
        from tlsglass.report.files import safe_name  # noqa: PLC0415 - after the first paint

        data = _encoded(text)
        size = content.size(len(data))
        reason = f"{printable(what, limit=80)} is {size}, more than a terminal takes (OSC 52). Save it to a file?"
        self._offer(safe_name(what, ".txt"), data, f"{reason} {problem}".strip())

    def _listen(self, app: App[Any]) -> None:
        """Have the app use a driver that makes itself known here."""
        keep, base = self._keep, app.driver_class

        def make(driver: Driver, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they came
            base.__init__(driver, *args, **options)
            keep(driver)

        app.driver_class = type(base.__name__, (base,), {"__init__": make})

    def _keep(self, driver: Driver) -> None:
        self._driver = driver


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is on another machine than we are."""
    return bool(environment.get("SSH_TTY") or environment.get("SSH_CONNECTION"))


def osc52(text: str) -> str:
    """The sequence that sets a terminal's clipboard (xterm control sequences, OSC 52)."""
    return f"\x1b]52;c;{base64.b64encode(_encoded(text)).decode('ascii')}\a"


def wrapped_sequence(text: str, environment: Mapping[str, str]) -> str:
    """OSC 52 as tmux or GNU screen pass it on to the terminal that they run in; empty where neither is there."""
    sequence = osc52(text)
    if environment.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environment.get("STY"):
        pieces = (sequence[at : at + _SCREEN_PIECE] for at in range(0, len(sequence), _SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return ""


async def copy_locally(text: str) -> Outcome:
    """Copy by pyperclip, in a process of its own that has a time limit.

    Returns:
        The mechanism and what went wrong; no mechanism where there is none.
    """
    status, said, complaint = await _run([sys.executable, "-P", "-W", "ignore", "-c", _PYPERCLIP], _encoded(text))
    way = said.strip()
    if status is None:
        return Outcome(way=way, problem=f"no answer within {TIME_LIMIT:.0f} seconds")
    lines = [line for line in complaint.splitlines() if line.strip()]
    if not way and status != 0:
        return Outcome(way="", problem="" if status == 3 or not lines else lines[-1])  # noqa: PLR2004 - as the program has it
    # pyperclip drops the status of what it calls, but a program that did its work is silent.
    return Outcome(way=way, problem=lines[-1] if lines else "")


async def _run(command: list[str], given: bytes) -> tuple[int | None, str, str]:
    """Run a program with a time limit; its status is None where that was reached.

    What it says goes to files and not to pipes: xclip stays behind to serve the clipboard and would hold them open.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _as_file(given) as stdin:
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=stdin, stdout=out, stderr=err, start_new_session=True
            )
        except OSError as error:
            return 1, "", error.strerror or str(error)
        status: int | None
        try:
            async with asyncio.timeout(TIME_LIMIT):
                status = await process.wait()
        except TimeoutError:
            status = None
        finally:
            if process.returncode is None:
                _end(process.pid)
                await process.wait()
        out.seek(0)
        err.seek(0)
        return status, out.read(4096).decode(errors="replace"), err.read(4096).decode(errors="replace")


@contextlib.contextmanager
def _as_file(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file


def _end(pid: int) -> None:
    """End a program and what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
