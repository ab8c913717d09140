"""Where the password of a PKCS #12 file comes from: a file, or whoever sits at the terminal."""

import os
import signal
import sys
import warnings
from pathlib import Path

from tlsglass.errors import Fault, InputError
from tlsglass.limits import LONGEST_PASSWORD
from tlsglass.x509.containers.passwords import Ask

_TERMINAL = "CONIN$" if sys.platform == "win32" else "/dev/tty"


def from_file(path: Path) -> Ask:
    """The first line of a file, offered once.

    Args:
        path: the file; it is read when a password is needed.
    """

    def first_line(attempt: int) -> str | None:
        if attempt:
            return None
        try:
            with path.open("rb") as file:
                line = file.readline(LONGEST_PASSWORD * 4 + 2)
            return line.rstrip(b"\r\n").decode()
        except (OSError, ValueError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "it is no UTF-8 text"
            text = f"The password file {path} can't be read: {reason}."
            raise InputError(Fault.BAD_PASSWORD, text, "Its first line is the password.") from error

    return first_line


def from_terminal(attempt: int) -> str | None:
    """Ask at the terminal, without echo; standard input and output may lead elsewhere.

    Args:
        attempt: how often it was asked for already.

    Returns:
        None where there is no terminal, or nobody wants to answer.
    """
    import getpass  # noqa: PLC0415 - hardly ever needed

    # Ctrl+C at the prompt is an answer to it; elsewhere it asks the look to end, which the prompt would not notice.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Path(_TERMINAL).open("rb"):
            pass  # getpass would fall back to standard input, which may be the file itself
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass("It does not fit. Password: " if attempt else "Password of the PKCS #12 file: ")
    except (OSError, EOFError, KeyboardInterrupt, getpass.GetPassWarning):
        return None
    finally:
        signal.signal(signal.SIGINT, before)
