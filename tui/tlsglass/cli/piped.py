"""What was piped into the program, read before the terminal takes the place of standard input."""

import os
import sys

import click

from tlsglass.limits import DEFAULTS

_TERMINAL = "/dev/tty"
_CHUNK = 1024 * 1024


def take_standard_input(largest: int = DEFAULTS.file) -> bytes:
    """Read all of standard input, and let the terminal be standard input from then on.

    Args:
        largest: bytes of the largest file that is looked at.

    Returns:
        The bytes, at most one more than these.

    Raises:
        click.UsageError: there is no terminal to take its place.
    """
    chunks: list[bytes] = []
    left = largest + 1
    descriptor = sys.stdin.fileno()
    while left > 0 and (chunk := os.read(descriptor, min(left, _CHUNK))):
        chunks.append(chunk)
        left -= len(chunk)
    try:
        terminal = os.open(_TERMINAL, os.O_RDWR)
    except OSError as error:
        message = f"the app needs a terminal ({error.strerror}); tlsglass show - writes a report without one"
        raise click.UsageError(message) from error
    os.dup2(terminal, descriptor)
    os.close(terminal)
    return b"".join(chunks)
