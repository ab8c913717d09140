"""`tlsglass show` that is interrupted, or whose output goes away."""

import io
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.cli.scripted import ANSWER, SEEN, Play, documents_of, show
from tlsglass import events
from tlsglass.cli.show import Look, write_reports
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.spool import Spool
from tlsglass.net.stop import Stop
from tlsglass.target import Target


def test_an_interrupt_stops_the_look_and_writes_what_was_seen(play: Play) -> None:
    """130, and the targets that follow are left alone."""

    def script(_target: Target, _spool: Spool, stop: Stop) -> Iterator[events.Event]:
        yield from SEEN
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        cancelled = Failure(phase=Phase.EXCHANGE, fault=Fault.CANCELLED, message="Cancelled.", hint="")
        yield events.Failed(at=1, failure=cancelled)
        yield events.Finished(at=1)

    asked = play(script)
    before = signal.getsignal(signal.SIGINT)
    status, out, err = show("a.test", "b.test")
    assert status == 130
    assert "Subject       CN=www.example.test\n" in out
    assert err == "tlsglass: a.test: exchange: Cancelled.\n"
    assert len(asked) == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_is_final(play: Play) -> None:
    """Should a look ever not heed the first."""

    def script(_target: Target, _spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        yield from ANSWER

    play(script)
    # A shell has what it starts in the background ignore interrupts, and this may be run from one.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            show("a.test")
    finally:
        signal.signal(signal.SIGINT, before)


class _Gone(io.StringIO):
    """Standard output that can't be written, over a descriptor that can."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error
        self._descriptor = os.open(os.devnull, os.O_WRONLY)

    def write(self, _text: str) -> int:
        """Fail."""
        raise self._error

    def fileno(self) -> int:
        """A descriptor of its own."""
        return self._descriptor


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (BrokenPipeError(), 141, ""),
        (OSError(28, "No space left on device"), 3, "tlsglass: standard output: No space left on device\n"),
    ],
)
def test_output_that_goes_away_ends_it(play: Play, error: OSError, status: int, sentence: str) -> None:
    """The targets that follow would be looked at for nobody."""
    asked = play([*SEEN, *ANSWER])
    out = _Gone(error)
    err = io.StringIO()
    assert write_reports(["a.test", "b.test"], Look(), as_json=True, out=out, err=err) == status
    os.close(out.fileno())
    assert err.getvalue() == sentence
    assert len(asked) == 1


_COMMAND = [sys.executable, "-m", "tlsglass", "show"]


def test_a_pipe_without_a_reader() -> None:
    """No trace, no complaint at the interpreter's end."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*_COMMAND, "--json", "a b"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_ctrl_c_on_a_silent_server() -> None:
    """The wait ends at once; what was seen until then is written."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        port = server.getsockname()[1]
        with subprocess.Popen(
            [*_COMMAND, f"127.0.0.1:{port}", "--json", "--timeout", "600"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(1) == b"\x16"
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    (document,) = documents_of(out)
    assert (document["error"]["code"], document["endpoint"]) == ("cancelled", f"127.0.0.1:{port}")
    assert err.startswith(f"tlsglass: 127.0.0.1:{port}: handshake: ")
    assert "Traceback" not in err
