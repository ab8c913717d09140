"""`tlsglass show`: reports, sentences and exit statuses."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report.samples import FAILURE, HEAD, LEAF, MIDDLE, RESPONSE, TRUST, TRUSTED, finding, judged
from tests.report.schema import errors
from tlsglass import events
from tlsglass.cli.show import Look, exit_status, write_reports
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.model import Ending
from tlsglass.exchange.spool import Spool
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.trust.model import Severity, Verdict
from tlsglass.trust.stores import Store

_ENDPOINT = Endpoint(address="127.0.0.1", port=443)
_SEEN: tuple[events.Event, ...] = (
    events.PhaseStarted(at=0, phase=Phase.CONNECT),
    events.Connected(at=0.01, endpoint=_ENDPOINT),
    events.CertificatesReceived(at=0.02, certificates=(LEAF, MIDDLE)),
    events.TrustJudged(at=0.02, report=TRUST),
)
_ANSWER: tuple[events.Event, ...] = (
    events.ResponseHeadReceived(at=0.03, head=HEAD),
    events.ResponseReceived(at=0.04, response=RESPONSE),
    events.Finished(at=0.05),
)
_FAILED: tuple[events.Event, ...] = (events.Failed(at=0.05, failure=FAILURE), events.Finished(at=0.06))


class _Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


Script = Callable[[Target, Spool, Stop], Iterator[events.Event]]
Play = Callable[[Sequence[events.Event] | Script], list[tuple[Target, Store, float]]]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Have probes give the events of a script instead of connecting; gives what they were asked for."""
    monkeypatch.setattr("tlsglass.cli.show.as_started", dict)  # the test's environment counts, not that of all tests

    def install(script: Sequence[events.Event] | Script) -> list[tuple[Target, Store, float]]:
        asked: list[tuple[Target, Store, float]] = []

        def probe(
            target: Target, *, store: Store, spool: Spool, stop: Stop, timeout: float, **_: object
        ) -> Iterator[events.Event]:
            asked.append((target, store, timeout))
            yield from script(target, spool, stop) if callable(script) else script

        monkeypatch.setattr("tlsglass.probe.probe", probe)
        return asked

    return install


def _show(
    *targets: str, as_json: bool = False, look: Look | None = None, out: io.StringIO | None = None
) -> tuple[int, str, str]:
    out, err = out or io.StringIO(), io.StringIO()
    status = write_reports(targets, look or Look(), as_json=as_json, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def _documents(text: str) -> list[Any]:
    documents = [json.loads(line) for line in text.splitlines()]
    assert [error for document in documents for error in errors(document)] == []
    return documents


@pytest.mark.parametrize(("locale", "ascii_only"), [("C.UTF-8", False), ("C", True)])
def test_a_report_is_drawn_in_what_the_locale_has(
    play: Play, monkeypatch: pytest.MonkeyPatch, locale: str, *, ascii_only: bool
) -> None:
    """What the report draws with; what others said is escaped in any case."""
    play([*_SEEN, *_ANSWER])
    monkeypatch.setattr("tlsglass.cli.show.as_started", lambda _: {"LC_ALL": locale})
    status, out, _ = _show("a.test", look=Look(ca_store=("none",)))
    assert status == 0
    assert out.isascii() is ascii_only


def test_a_report_on_each_target_in_turn(play: Play) -> None:
    """One store for all, a blank line between texts, no colour where no terminal is."""
    asked = play([*_SEEN, *_ANSWER])
    status, out, err = _show("a.test", "b.test:8443", look=Look(timeout=2.5, ca_store=("none",)))
    assert (status, err) == (0, "")
    first, second = out.split("\n\nb.test:8443  127.0.0.1:443\n")
    assert first.startswith("a.test:443  127.0.0.1:443\n✓ TRUSTED\n")
    assert second.startswith("✓ TRUSTED\n")
    assert "\x1b" not in out
    assert [(target.host, timeout) for target, _, timeout in asked] == [("a.test", 2.5), ("b.test", 2.5)]
    assert asked[0][1] is asked[1][1]


def test_json_is_one_line_a_target(play: Play) -> None:
    """Whatever the terminal."""
    play([*_SEEN, *_ANSWER])
    status, out, err = _show("a.test", "b.test", as_json=True, out=_Terminal())
    assert (status, err) == (0, "")
    assert [document["target"]["host"] for document in _documents(out)] == ["a.test", "b.test"]


def test_how_to_look_is_in_the_target(play: Play) -> None:
    """Name, address and name to judge by go into each."""
    asked = play([*_SEEN, *_ANSWER])
    _show("a.test", look=Look(sni="s.test", address="127.0.0.9", hostname="h.test"))
    target = asked[0][0]
    assert (target.sni, target.address, target.hostname) == ("s.test", "127.0.0.9", "h.test")


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_only_on_a_terminal_that_wants_it(
    play: Play, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, colored: bool
) -> None:
    """https://no-color.org: set and not empty."""
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    play([*_SEEN, *_ANSWER])
    assert ("\x1b[32m✓ TRUSTED" in _show("a.test", out=_Terminal())[1]) is colored


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("300", 100)])
def test_lines_fill_the_terminal_up_to_what_reads_well(
    play: Play, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    """A narrow one is not overrun."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    long = replace(TRUST, findings=(replace(finding(), detail="word " * 100),))
    play([*_SEEN, events.TrustJudged(at=1, report=long), *_ANSWER])
    lines = _show("a.test", out=_Terminal())[1].splitlines()
    assert widest - 6 < max(len(line) for line in lines if "word" in line) <= widest


def test_a_target_that_makes_no_sense_is_2_and_the_others_go_on(play: Play) -> None:
    """Nothing is sent for it; its sentence has the phase and a way out."""
    asked = play([*_SEEN, *_ANSWER])
    status, out, err = _show("a b", "c.test", as_json=True)
    assert status == 2
    bad, good = _documents(out)
    assert (bad["target"]["text"], bad["error"]["phase"], bad["error"]["code"]) == ("a b", "input", "bad-target")
    assert good["error"] is None
    assert err.startswith("tlsglass: a b: input: ")
    assert err.count("\n") == 1
    assert len(asked) == 1
    assert _show("a b")[:2] == (2, "")


def test_a_terminal_does_not_break_a_sentence_where_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds of others would else stand at the start of a line."""
    monkeypatch.setenv("COLUMNS", "60")
    err = _Terminal()
    assert write_reports(["a b"], Look(), as_json=False, out=io.StringIO(), err=err) == 2
    first, *rest = err.getvalue().splitlines()
    assert first.startswith("tlsglass: a b: input: ")
    assert rest
    assert all(line.startswith("  ") and len(line) <= 60 for line in rest)


def test_a_ca_file_that_is_none_is_3(play: Play, tmp_path: Path) -> None:
    """A document a target tells of it, and nothing is sent."""
    asked = play([*_SEEN, *_ANSWER])
    file = tmp_path / "ca.pem"
    file.write_text("no\n")
    status, out, err = _show("a.test", "b.test", as_json=True, look=Look(ca_file=(file,)))
    assert status == 3
    assert [document["error"]["code"] for document in _documents(out)] == ["bad-ca-file"] * 2
    assert err.startswith("tlsglass: a.test: input: ")
    assert asked == []
    assert _show("a.test", look=Look(ca_file=(tmp_path / "absent.pem",)))[:2] == (3, "")
    _, out, _ = _show("a.test", as_json=True, look=Look(ct_log_list=file))
    assert _documents(out)[0]["error"]["code"] == "bad-log-list"


def test_what_could_not_be_reached_is_3(play: Play) -> None:
    """Without anything seen there is only the sentence; the JSON has the error in any case."""
    play(_FAILED)
    status, out, err = _show("a.test")
    assert (status, out) == (3, "")
    assert err == "tlsglass: a.test: connect: 192.0.2.1:443 refused. Is the server running?\n"
    status, out, err = _show("a.test", as_json=True)
    assert _documents(out)[0]["error"]["code"] == "refused"
    assert (status, err.count("\n")) == (3, 1)


def test_all_that_was_seen_before_an_error_is_kept(play: Play) -> None:
    """The report comes as far as it goes."""
    play([*_SEEN, *_FAILED])
    status, out, err = _show("a.test")
    assert status == 3
    assert "✗ NO ANSWER  connect: 192.0.2.1:443 refused.\n" in out
    assert "Subject       CN=www.example.test\n" in out
    assert err.startswith("tlsglass: a.test: connect: ")


def test_what_a_server_says_that_is_no_http(play: Play) -> None:
    """Its first bytes are shown."""

    def script(_target: Target, spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        spool.append(b"220 mail\x1b[31m ready\r\n")
        yield from _SEEN
        response = replace(RESPONSE, head=None, size=20, ended_by=Ending.TIMEOUT)
        yield events.ResponseReceived(at=1, response=response)
        yield events.Finished(at=1)

    play(script)
    assert "no HTTP: 220 mail\\x1b[31m ready\\x0d\\x0a\n" in _show("a.test")[1]


def test_sentences_hold_nothing_that_a_terminal_acts_on(play: Play) -> None:
    """Not even those that quote a server."""
    failure = replace(FAILURE, message="It said \x1b[2J\u202e.", hint="")
    play([events.Failed(at=0, failure=failure), events.Finished(at=0)])
    assert _show("a.test")[2] == "tlsglass: a.test: connect: It said \\x1b[2J\\u202e.\n"


@pytest.mark.parametrize(
    ("observation", "status"),
    [
        (TRUSTED, 0),
        (judged(findings=(finding(severity=Severity.WARNING),)), 0),
        (judged(findings=(finding(),)), 1),
        (judged(verdict=Verdict.UNTRUSTED), 1),
        (judged(verdict=Verdict.UNKNOWN), 1),
        (replace(TRUSTED, trust=None), 1),
        (replace(TRUSTED, failure=FAILURE), 3),
    ],
)
def test_exit_statuses(observation: Observation, status: int) -> None:
    """0 is said of a trusted chain only. design.md, 'Exit status of show'."""
    assert exit_status(observation) == status


def test_the_highest_status_of_all_counts(play: Play) -> None:
    """Whichever comes last."""

    def script(target: Target, _spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        yield from _SEEN
        if target.host == "bad.test":
            yield events.TrustJudged(at=1, report=replace(TRUST, verdict=Verdict.UNTRUSTED))
        yield from _FAILED if target.host == "dead.test" else _ANSWER

    play(script)
    assert _show("good.test", "bad.test", "good.test")[0] == 1
    assert _show("dead.test", "bad.test", "a b")[0] == 3


def test_an_interrupt_stops_the_look_and_writes_what_was_seen(play: Play) -> None:
    """130, and the targets that follow are left alone."""

    def script(_target: Target, _spool: Spool, stop: Stop) -> Iterator[events.Event]:
        yield from _SEEN
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        cancelled = Failure(phase=Phase.EXCHANGE, fault=Fault.CANCELLED, message="Cancelled.", hint="")
        yield events.Failed(at=1, failure=cancelled)
        yield events.Finished(at=1)

    asked = play(script)
    before = signal.getsignal(signal.SIGINT)
    status, out, err = _show("a.test", "b.test")
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
        yield from _ANSWER

    play(script)
    # A shell has what it starts in the background ignore interrupts, and this may be run from one.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            _show("a.test")
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
    asked = play([*_SEEN, *_ANSWER])
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
    (document,) = _documents(out)
    assert (document["error"]["code"], document["endpoint"]) == ("cancelled", f"127.0.0.1:{port}")
    assert err.startswith(f"tlsglass: 127.0.0.1:{port}: handshake: ")
    assert "Traceback" not in err


def test_a_fault_of_our_own_keeps_no_other_target_from_being_seen(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said without a value, has an exit status of its own, and a document that the schema allows."""
    monkeypatch.delenv("TLSGLASS_REPORT_FAULTS", raising=False)

    def script(target: Target, _spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        if target.host == "a.test":
            message = "of-nobody.example"
            raise RuntimeError(message)
        yield from [*_SEEN, *_ANSWER]

    play(script)
    status, out, err = _show("a.test", "b.test", as_json=True)
    assert status == 70
    broken, whole = _documents(out)
    assert broken["error"]["code"] == "internal"
    assert broken["error"]["message"].startswith("RuntimeError in ")
    assert whole["error"] is None
    assert err.startswith("tlsglass: this is a bug in tlsglass: RuntimeError in ")
    assert "of-nobody" not in out + err
    status, out, err = _show("a.test", "b.test")
    assert (status, out.startswith("b.test:443")) == (70, True)
