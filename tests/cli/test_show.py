"""`tlsglass show`: reports, sentences and exit statuses."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.scripted import ANSWER, FAILED, SEEN, Play, documents_of, show
from tests.report.samples import FAILURE, RESPONSE, TRUST, TRUSTED, finding, judged
from tlsglass import events
from tlsglass.cli.show import Look, exit_status, write_reports
from tlsglass.exchange.model import Ending
from tlsglass.exchange.spool import Spool
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.trust.model import Severity, Verdict


class _Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize(("locale", "ascii_only"), [("C.UTF-8", False), ("C", True)])
def test_a_report_is_drawn_in_what_the_locale_has(
    play: Play, monkeypatch: pytest.MonkeyPatch, locale: str, *, ascii_only: bool
) -> None:
    """What the report draws with; what others said is escaped in any case."""
    play([*SEEN, *ANSWER])
    monkeypatch.setattr("tlsglass.cli.show.as_started", lambda _: {"LC_ALL": locale})
    status, out, _ = show("a.test", look=Look(ca_store=("none",)))
    assert status == 0
    assert out.isascii() is ascii_only


def test_a_report_on_each_target_in_turn(play: Play) -> None:
    """One store for all, a blank line between texts, no colour where no terminal is."""
    asked = play([*SEEN, *ANSWER])
    status, out, err = show("a.test", "b.test:8443", look=Look(timeout=2.5, ca_store=("none",)))
    assert (status, err) == (0, "")
    first, second = out.split("\n\nb.test:8443  127.0.0.1:443\n")
    assert first.startswith("a.test:443  127.0.0.1:443\n✓ TRUSTED\n")
    assert second.startswith("✓ TRUSTED\n")
    assert "\x1b" not in out
    assert [(target.host, timeout) for target, _, timeout in asked] == [("a.test", 2.5), ("b.test", 2.5)]
    assert asked[0][1] is asked[1][1]


def test_json_is_one_line_a_target(play: Play) -> None:
    """Whatever the terminal."""
    play([*SEEN, *ANSWER])
    status, out, err = show("a.test", "b.test", as_json=True, out=_Terminal())
    assert (status, err) == (0, "")
    assert [document["target"]["host"] for document in documents_of(out)] == ["a.test", "b.test"]


def test_how_to_look_is_in_the_target(play: Play) -> None:
    """Name, address and name to judge by go into each."""
    asked = play([*SEEN, *ANSWER])
    show("a.test", look=Look(sni="s.test", address="127.0.0.9", hostname="h.test"))
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
    play([*SEEN, *ANSWER])
    assert ("\x1b[32m✓ TRUSTED" in show("a.test", out=_Terminal())[1]) is colored


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("300", 100)])
def test_lines_fill_the_terminal_up_to_what_reads_well(
    play: Play, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    """A narrow one is not overrun."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    long = replace(TRUST, findings=(replace(finding(), detail="word " * 100),))
    play([*SEEN, events.TrustJudged(at=1, report=long), *ANSWER])
    lines = show("a.test", out=_Terminal())[1].splitlines()
    assert widest - 6 < max(len(line) for line in lines if "word" in line) <= widest


def test_a_target_that_makes_no_sense_is_2_and_the_others_go_on(play: Play) -> None:
    """Nothing is sent for it; its sentence has the phase and a way out."""
    asked = play([*SEEN, *ANSWER])
    status, out, err = show("a b", "c.test", as_json=True)
    assert status == 2
    bad, good = documents_of(out)
    assert (bad["target"]["text"], bad["error"]["phase"], bad["error"]["code"]) == ("a b", "input", "bad-target")
    assert good["error"] is None
    assert err.startswith("tlsglass: a b: input: ")
    assert err.count("\n") == 1
    assert len(asked) == 1
    assert show("a b")[:2] == (2, "")


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
    asked = play([*SEEN, *ANSWER])
    file = tmp_path / "ca.pem"
    file.write_text("no\n")
    status, out, err = show("a.test", "b.test", as_json=True, look=Look(ca_file=(file,)))
    assert status == 3
    assert [document["error"]["code"] for document in documents_of(out)] == ["bad-ca-file"] * 2
    assert err.startswith("tlsglass: a.test: input: ")
    assert asked == []
    assert show("a.test", look=Look(ca_file=(tmp_path / "absent.pem",)))[:2] == (3, "")
    _, out, _ = show("a.test", as_json=True, look=Look(ct_log_list=file))
    assert documents_of(out)[0]["error"]["code"] == "bad-log-list"


def test_what_could_not_be_reached_is_3(play: Play) -> None:
    """Without anything seen there is only the sentence; the JSON has the error in any case."""
    play(FAILED)
    status, out, err = show("a.test")
    assert (status, out) == (3, "")
    assert err == "tlsglass: a.test: connect: 192.0.2.1:443 refused. Is the server running?\n"
    status, out, err = show("a.test", as_json=True)
    assert documents_of(out)[0]["error"]["code"] == "refused"
    assert (status, err.count("\n")) == (3, 1)


def test_all_that_was_seen_before_an_error_is_kept(play: Play) -> None:
    """The report comes as far as it goes."""
    play([*SEEN, *FAILED])
    status, out, err = show("a.test")
    assert status == 3
    assert "✗ NO ANSWER  connect: 192.0.2.1:443 refused.\n" in out
    assert "Subject       CN=www.example.test\n" in out
    assert err.startswith("tlsglass: a.test: connect: ")


def test_what_a_server_says_that_is_no_http(play: Play) -> None:
    """Its first bytes are shown."""

    def script(_target: Target, spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        spool.append(b"220 mail\x1b[31m ready\r\n")
        yield from SEEN
        response = replace(RESPONSE, head=None, size=20, ended_by=Ending.TIMEOUT)
        yield events.ResponseReceived(at=1, response=response)
        yield events.Finished(at=1)

    play(script)
    assert "no HTTP: 220 mail\\x1b[31m ready\\x0d\\x0a\n" in show("a.test")[1]


def test_sentences_hold_nothing_that_a_terminal_acts_on(play: Play) -> None:
    """Not even those that quote a server."""
    failure = replace(FAILURE, message="It said \x1b[2J\u202e.", hint="")
    play([events.Failed(at=0, failure=failure), events.Finished(at=0)])
    assert show("a.test")[2] == "tlsglass: a.test: connect: It said \\x1b[2J\\u202e.\n"


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
        yield from SEEN
        if target.host == "bad.test":
            yield events.TrustJudged(at=1, report=replace(TRUST, verdict=Verdict.UNTRUSTED))
        yield from FAILED if target.host == "dead.test" else ANSWER

    play(script)
    assert show("good.test", "bad.test", "good.test")[0] == 1
    assert show("dead.test", "bad.test", "a b")[0] == 3


def test_a_fault_of_our_own_keeps_no_other_target_from_being_seen(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said without a value, has an exit status of its own, and a document that the schema allows."""
    monkeypatch.delenv("TLSGLASS_REPORT_FAULTS", raising=False)

    def script(target: Target, _spool: Spool, _stop: Stop) -> Iterator[events.Event]:
        if target.host == "a.test":
            message = "of-nobody.example"
            raise RuntimeError(message)
        yield from [*SEEN, *ANSWER]

    play(script)
    status, out, err = show("a.test", "b.test", as_json=True)
    assert status == 70
    broken, whole = documents_of(out)
    assert broken["error"]["code"] == "internal"
    assert broken["error"]["message"].startswith("RuntimeError in ")
    assert whole["error"] is None
    assert err.startswith("tlsglass: this is a bug in tlsglass: RuntimeError in ")
    assert "of-nobody" not in out + err
    status, out, err = show("a.test", "b.test")
    assert (status, out.startswith("b.test:443")) == (70, True)
