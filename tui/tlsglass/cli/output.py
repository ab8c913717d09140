"""Standard output as a place that may go away: a pipe whose reader has had enough, a disk that is full."""

import io
import os
from typing import TextIO


class OutputGoneError(Exception):
    """What is written reaches nobody any more."""

    def __init__(self, status: int, message: str) -> None:
        """Make one.

        Args:
            status: the exit status that tells a shell so.
            message: one sentence; empty where nobody wants to hear of it.
        """
        super().__init__(message)
        self.status = status
        self.message = message


BROKEN_PIPE = 141
"""As shells number a program that SIGPIPE ended: 128 and the number of the signal."""

UNWRITABLE = 3


class Output:
    """A text stream that is flushed with every report and never raises what the interpreter would print a trace of."""

    def __init__(self, stream: TextIO) -> None:
        """Make one over a stream.

        Args:
            stream: characters that its encoding lacks are written as escapes.
        """
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

    @property
    def is_terminal(self) -> bool:
        """Whether a person sees it as it is written."""
        return self._stream.isatty()

    def write(self, text: str) -> None:
        """Write a report and hand it on at once.

        Raises:
            OutputGoneError: it reaches nobody.
        """
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError as error:
            self._forget()
            raise OutputGoneError(BROKEN_PIPE, "") from error
        except OSError as error:
            self._forget()
            raise OutputGoneError(UNWRITABLE, f"standard output: {error.strerror}") from error

    def _forget(self) -> None:
        """Lead what is still buffered nowhere, or the interpreter complains of it at its end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
