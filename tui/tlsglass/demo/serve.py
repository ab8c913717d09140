"""The zoo alone, for openssl, curl and others: `tlsglass demo --serve`."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from tlsglass.demo.folder import folder_of
from tlsglass.demo.zoo import Zoo
from tlsglass.x509.pem import to_pem

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends it; not every system has the last."""

_FILE = "file"
"""Where the line of a server has its address."""

_CA_FILE = "ca.pem"


def serve(out: TextIO, stop: threading.Event | None = None) -> None:
    """Open the zoo, tell where it is, and serve until interrupted.

    Writes a line for each server: id, host, address, port and CA file, separated by tabs; then one for each file: id,
    the name that it is judged by, the word `file`, its path and the CA file. It goes on when nobody reads them any
    more. Ends at SIGINT, SIGTERM and SIGHUP where it runs in the main thread, and leaves nothing behind. The files of
    one that was killed are removed by the next that starts.

    Args:
        out: where the lines go.
        stop: ends it as well.
    """
    stop = stop or threading.Event()
    with _ended_by_signals(stop), Zoo() as zoo, folder_of(_files(zoo)) as folder:
        lines = [
            (exhibit.id, exhibit.host, exhibit.endpoint.address, str(exhibit.endpoint.port))
            for exhibit in zoo.exhibits
            if exhibit.endpoint is not None
        ]
        lines += [(bundle.id, bundle.hostname, _FILE, str(folder / bundle.text)) for bundle in zoo.bundles]
        try:
            out.write("".join("\t".join((*line, str(folder / _CA_FILE))) + "\n" for line in lines))
            out.flush()
        except BrokenPipeError:
            _write_to_nowhere(out)
        stop.wait()


def _files(zoo: Zoo) -> dict[str, bytes]:
    bundles = {bundle.text: bundle.data for bundle in zoo.bundles if bundle.data is not None}
    return {_CA_FILE: "".join(map(to_pem, zoo.roots)).encode(), **bundles}


@contextmanager
def _ended_by_signals(stop: threading.Event) -> Iterator[None]:
    """Have signals set the event, and give them back to whom they belonged."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_to_nowhere(out: TextIO) -> None:
    """Make the flush at the interpreter's end succeed, which would complain about the broken pipe once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, out.fileno())
    os.close(nowhere)
