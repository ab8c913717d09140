"""The zoo alone, as `tlsglass demo --serve` runs it."""

import io
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from tlsglass.demo.exhibits import BUNDLES, ENTRIES, EXHIBITS
from tlsglass.demo.serve import serve

SERVE = "import sys; from tlsglass.demo.serve import serve; serve(sys.stdout)"


class Told(io.StringIO):
    """A stream that tells when something was flushed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed = threading.Event()

    def flush(self) -> None:
        """Tell."""
        self.flushed.set()


class Signalling(io.StringIO):
    """A stream that raises a signal when it is flushed."""

    def flush(self) -> None:
        """Raise it."""
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serves_until_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    """A line for each server, which then answers, and each file; after the signal nothing is left and all is well."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip("\n").split("\t") for _ in EXHIBITS]
        assert [line[:3] for line in lines] == [[e.id, e.host, "127.0.0.1"] for e in EXHIBITS]
        files = [process.stdout.readline().rstrip("\n").split("\t") for _ in BUNDLES]
        assert [line[:3] for line in files] == [[b.id, b.hostname, "file"] for b in BUNDLES]
        assert all(Path(line[3]).read_text().startswith("-----BEGIN CERTIFICATE-----") for line in files)
        (ca_file,) = {line[4] for line in (*lines, *files)}
        context = ssl.create_default_context(cafile=ca_file)
        with socket.create_connection(("127.0.0.1", int(lines[0][3])), 20) as connection:
            context.wrap_socket(connection, server_hostname=lines[0][1]).close()
        process.send_signal(number)
        out, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, out, errors) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    """It can't remove its files itself; those of one that still serves stay."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with ExitStack() as stack:
        folders = []
        for _ in range(3):
            process = stack.enter_context(
                subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True, env=environment)
            )
            stack.callback(process.kill)
            assert process.stdout is not None
            folders.append(Path(process.stdout.readline().split("\t")[4]).parent)
            if len(folders) == 1:
                process.kill()
                process.wait()
        assert set(tmp_path.iterdir()) == set(folders[1:])


def test_signal_ends_it_and_is_given_back() -> None:
    """The handlers are those from before, afterwards."""
    before = signal.getsignal(signal.SIGTERM)
    out = Signalling()
    serve(out)
    assert out.getvalue().count("\n") == len(ENTRIES)
    assert signal.getsignal(signal.SIGTERM) == before


def test_event_ends_it_in_any_thread() -> None:
    """Only the main thread may handle signals; another one is ended by the event."""
    out, stop = Told(), threading.Event()
    thread = threading.Thread(target=serve, args=(out, stop))
    thread.start()
    assert out.flushed.wait(20)
    ca_file = Path(out.getvalue().split()[4])
    assert ca_file.exists()
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert not ca_file.exists()


def test_reader_that_leaves_early_is_no_error() -> None:
    """It goes on to serve, and does not complain at its end either."""
    reader, writer = os.pipe()
    os.close(reader)
    stop = threading.Event()
    stop.set()
    with os.fdopen(writer, "w") as out:
        serve(out, stop)
        out.write("to nowhere")
