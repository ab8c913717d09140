"""The kiosk's options, and the process that it runs in: an environment in which nothing of a guest's is left.

sshd hands a guest's words and variables on, as far as its settings have it. The words are ignored. The variables could
have the interpreter, OpenSSL, Textual or a library read or write files, or load what somebody chose, some of it before
the first line of ours runs. So the program starts itself once more with the few variables that say what the terminal
is, and with an interpreter that reads none that are its own.
"""

import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tlsglass.limits import LONGEST_GUEST_LIST

if TYPE_CHECKING:
    from tlsglass.ui.settings import Kiosk

CommandT = TypeVar("CommandT", bound=Callable[..., object])

LEFT = frozenset(
    {
        "COLORTERM",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "NO_COLOR",
        "SSH_CONNECTION",
        "SSH_TTY",
        "STY",
        "TERM",
        "TMUX",
    }
)
"""Variables that stay: what the terminal is and how it is reached."""

_PLAIN = re.compile(r"[ -~]{0,400}")
"""What the value of one of them may be."""


def _count(_context: click.Context, _parameter: click.Parameter, value: int | None) -> int | None:
    if value is not None and value < 1:
        message = f"{value} is fewer than one."
        raise click.BadParameter(message)
    return value


_OPTIONS = (
    click.option(
        "--kiosk",
        is_flag=True,
        help="For guests, as over SSH: no files, no saving, only the demo and what --kiosk-allow names.",
    ),
    click.option(
        "--kiosk-allow",
        metavar="PATTERN",
        multiple=True,
        help="Open to guests: a.example, *.a.example, 192.0.2.0/24; with :PORT or :* behind it. Repeatable.",
    ),
    click.option(
        "--kiosk-allow-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The same from a file, one pattern a line.",
    ),
    click.option(
        "--kiosk-rate", metavar="N", type=int, callback=_count, help="Looks a minute of a guest. Default: 30."
    ),
    click.option(
        "--kiosk-idle",
        metavar="SECONDS",
        type=int,
        callback=_count,
        help="Without a key for so long, the app ends. Default: 300.",
    ),
)


def kiosk_options(command: CommandT) -> CommandT:
    """Give a command the options of the kiosk."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_kiosk(options: dict[str, Any]) -> "Kiosk | None":
    """Take the kiosk's options out of a command's, as rules for guests; None where there are none.

    Raises:
        click.UsageError: they can't be used.
    """
    is_kiosk = options.pop("kiosk")
    patterns: tuple[str, ...] = options.pop("kiosk_allow")
    file: Path | None = options.pop("kiosk_allow_file")
    rate: int | None = options.pop("kiosk_rate")
    idle: int | None = options.pop("kiosk_idle")
    if not is_kiosk:
        if patterns or file or rate or idle:
            message = "The options that begin with --kiosk- are for --kiosk only."
            raise click.UsageError(message)
        return None
    from tlsglass.net.admission import HostPattern  # noqa: PLC0415 - few run a kiosk
    from tlsglass.ui.settings import Kiosk  # noqa: PLC0415 - as above

    try:
        allowed = tuple(HostPattern.parse(text) for text in (*patterns, *(_listed(file) if file else ())))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    usual = Kiosk()
    return Kiosk(allowed=allowed, per_minute=rate or usual.per_minute, idle=float(idle or usual.idle))


def _listed(file: Path) -> list[str]:
    """The patterns of a file; what follows # is for people."""
    try:
        with file.open(encoding="utf-8") as stream:
            text = stream.read(LONGEST_GUEST_LIST + 1)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} can't be read: {error}"
        raise click.UsageError(message) from error
    if len(text) > LONGEST_GUEST_LIST:
        # Cut anywhere, its last pattern could allow more than it does as a whole: * of *.a.example.
        message = f"{file} is longer than {LONGEST_GUEST_LIST:,} characters."
        raise click.UsageError(message)
    return [pattern for line in text.splitlines() if (pattern := line.partition("#")[0].strip())]


def enclose(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start the program once more where a guest's variables could reach it; return where they can't.

    Args:
        words: the words of the command line.
        environment: the variables that are around.
    """
    _refuse_signals()
    left = {name: value for name, value in environment.items() if name in LEFT and _PLAIN.fullmatch(value)}
    if left.keys() == environment.keys() and sys.flags.ignore_environment and sys.flags.safe_path:
        return
    os.execve(sys.executable, [sys.executable, "-E", "-P", "-m", "tlsglass", *words], left)  # noqa: S606 - ourselves


def _refuse_signals() -> None:
    """Take away what the keys of a terminal do before it is ours: stopping the program and having its core written."""
    for name in ("SIGTSTP", "SIGQUIT"):
        with suppress(AttributeError):  # not every system has them
            signal.signal(getattr(signal, name), signal.SIG_IGN)
