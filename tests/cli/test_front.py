"""Words after `tlsglass`: which command they are, what it is handed, and what is loaded for it."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar, NoReturn, TextIO

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from tlsglass import __version__
from tlsglass.cli import front
from tlsglass.cli.front import main, run
from tlsglass.cli.passwords import from_terminal
from tlsglass.cli.show import Look
from tlsglass.limits import Limits
from tlsglass.trust.profile import Profile
from tlsglass.ui.precedence import Precedence
from tlsglass.ui.settings import Settings


class _App:
    """Stands in for the app: keeps what it was made with."""

    made: ClassVar[list[tuple[str | None, Settings, object]]] = []
    also: ClassVar[list[Sequence[str]]] = []
    return_code: int | None = None

    def __init__(
        self, *, target_text: str | None, settings: Settings, zoo: object = None, also: Sequence[str] = ()
    ) -> None:
        self.made.append((target_text, settings, zoo))
        self.also.append(also)
        self.means = SimpleNamespace(precedence=Precedence())

    async def run_async(self) -> None:
        """Do nothing."""


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[_App]:
    """The app's stand-in, and a terminal to run it on."""
    monkeypatch.setattr("tlsglass.ui.app.TlsglassApp", _App)
    monkeypatch.setattr(_App, "made", [])
    monkeypatch.setattr(_App, "also", [])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    return _App


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ([], None),
        (["example.test"], "example.test"),
        (["https://example.test:8443/x"], "https://example.test:8443/x"),
        (["--", "show"], "show"),
        (["show:443"], "show:443"),
        (["demo:443"], "demo:443"),
        (["open"], "open"),
        (["--timeout", "10", "show"], "show"),
    ],
)
def test_what_is_no_command_is_for_the_app(app: type[_App], words: list[str], target: str | None) -> None:
    """Only the first word can be a command, and `--` takes that from it."""
    assert run(words) == 0
    assert app.made == [(target, Settings(), None)]


def test_limits_reach_the_app(app: type[_App]) -> None:
    """As often as they are given, each with its name."""
    assert run(["--limit", "response=200MB", "x.test", "--limit", "headers=7"]) == 0
    assert app.made[0][1].limits == Limits(response=200_000_000, headers=7)


def test_a_fault_of_our_own_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Python's traceback would quote what was typed; the exit status is one of its own."""

    def fail(*_words: object, **_options: object) -> NoReturn:
        message = "user:password@of-nobody.example"
        raise RuntimeError(message)

    monkeypatch.setattr("tlsglass.cli.show.write_reports", fail)
    monkeypatch.delenv("TLSGLASS_REPORT_FAULTS", raising=False)
    assert run(["show", "x.test"]) == 70
    said = capsys.readouterr().err
    assert said.startswith("tlsglass: this is a bug in tlsglass: RuntimeError in ")
    assert said.count("\n") == 1
    assert "of-nobody" not in said


def test_what_was_typed_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Not even by way of a usage error."""
    assert run(["show", "x.test", "--timeout", "\x1b]0;title\x07"]) == 2
    assert run(["show", "--\x1b[2J\u202e"]) == 2
    said = capsys.readouterr().err
    assert "\\x1b[2J\\u202e" in said
    assert "\x1b" not in said
    assert "Usage: " in said


def test_limits_are_listed_and_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """`help` is no name of one, and what is none is a wrong command line."""
    assert run(["show", "--limit", "help"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in Limits.names_of_all())
    assert run(["show", "x.test", "--limit", "depth=1000"]) == 2
    assert "goes from 1 to 64" in capsys.readouterr().err


def test_options_reach_the_app(app: type[_App]) -> None:
    """Before the target or after it."""
    words = "--sni a.test x.test --address ::1 --hostname b.test --timeout 2.5 --ca-store none --ca-file ca.pem"
    assert run([*words.split(), "--profile", "rfc5280"]) == 0
    settings = Settings(
        sni="a.test",
        address="::1",
        hostname="b.test",
        profile=Profile.RFC5280,
        timeout=2.5,
        ca_store=("none",),
        ca_file=(Path("ca.pem"),),
    )
    assert app.made == [("x.test", settings, None)]


def test_several_stores_reach_the_app(app: type[_App]) -> None:
    """By name and by path, in their order, and files beside them."""
    words = "--ca-store mozilla --ca-store /etc/ssl/certs --ca-file a.pem --ca-file b.der x.test"
    assert run(words.split()) == 0
    chosen = app.made[0][1]
    assert chosen.ca_store == ("mozilla", "/etc/ssl/certs")
    assert chosen.ca_file == (Path("a.pem"), Path("b.der"))


def test_several_files_are_one_look(app: type[_App]) -> None:
    """But several sites are not."""
    assert run(["./a.pem", "b.der", "c.crt"]) == 0
    assert app.made == [("./a.pem", Settings(), None)]
    assert app.also == [("b.der", "c.crt")]


def test_several_sites_are_refused(app: type[_App], monkeypatch: pytest.MonkeyPatch) -> None:
    """One screen shows one."""
    said = io.StringIO()
    monkeypatch.setattr(said, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", said)
    assert run(["./a.pem", "b.test"]) == 2
    assert "'b.test' is no file" in said.getvalue()
    assert app.made == []


def test_what_is_piped_in_reaches_the_app(app: type[_App], monkeypatch: pytest.MonkeyPatch) -> None:
    """Read before the terminal takes its place; a terminal itself is not read."""
    assert run(["-"]) == 0
    monkeypatch.setattr("tlsglass.cli.piped.take_standard_input", lambda _largest: b"certificate")
    asked = iter([False, True])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: next(asked))
    assert run(["-"]) == 0
    assert [settings.standard_input for _, settings, _ in app.made] == [None, b"certificate"]


def test_the_apps_exit_status_is_ours(app: type[_App], monkeypatch: pytest.MonkeyPatch) -> None:
    """An app that fell over says so to the shell."""
    monkeypatch.setattr(app, "return_code", 4)
    assert run(["x.test"]) == 4


def test_the_demo_is_the_app_on_the_zoo(app: type[_App], monkeypatch: pytest.MonkeyPatch) -> None:
    """The app is handed what opens the zoo: it paints before keys are made."""
    opened: list[str] = []
    monkeypatch.setattr("tlsglass.demo.zoo.Zoo", lambda: opened.append("zoo"))
    assert run(["demo"]) == 0
    ((target, settings, zoo),) = app.made
    assert (target, settings, opened) == (None, Settings(), [])
    assert callable(zoo)
    zoo()
    assert opened == ["zoo"]


def test_the_zoo_alone_is_told_on_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """`demo --serve` needs no terminal."""
    outs: list[TextIO] = []
    monkeypatch.setattr("tlsglass.demo.serve.serve", outs.append)
    assert run(["demo", "--serve"]) == 0
    assert outs == [sys.stdout]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("missing", ["stdin", "stderr"])
def test_the_app_needs_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    """Without one it says what does not."""
    monkeypatch.setattr(getattr(sys, missing), "isatty", lambda: False)
    assert run(["x.test"]) == run(["demo"]) == 2
    sentences = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Error: ")]
    assert sentences == [
        "Error: the app needs a terminal; tlsglass show TARGET writes a report without one",
        "Error: the app needs a terminal; tlsglass demo --serve runs the servers alone",
    ]
    assert _App.made == []


def test_show_is_handed_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that say how to look, the targets in their order, and where to write."""
    calls: list[tuple[Sequence[str], Look, bool, TextIO, TextIO]] = []

    def write_reports(targets: Sequence[str], look: Look, *, as_json: bool, out: TextIO, err: TextIO) -> int:
        calls.append((targets, look, as_json, out, err))
        return 3

    monkeypatch.setattr("tlsglass.cli.show.write_reports", write_reports)
    words = "show a.test b.test --json --sni s --address 192.0.2.1 --hostname h --timeout 1 --ca-store system"
    assert run([*words.split(), "--ca-file", "x", "--revocation", "--profile", "rfc5280"]) == 3
    look = Look(
        sni="s",
        address="192.0.2.1",
        hostname="h",
        profile=Profile.RFC5280,
        timeout=1,
        revocation=True,
        ca_store=("system",),
        ca_file=(Path("x"),),
        password=from_terminal,
    )
    assert calls == [(("a.test", "b.test"), look, True, sys.stdout, sys.stderr)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--nonsense"], "No such option"),
        (["demo", "b.test"], "unexpected extra argument"),
        (["show"], "Missing argument"),
        (["show", "a.test", "--timeout", "nan"], "nan is not a time"),
        (["show", "a.test", "--timeout", "0"], "0.0 is not a time"),
        (["a.test", "--timeout", "1e9"], "is not a time between"),
        (["a.test", "--ca-store", "mozila"], "'mozilla', 'system', 'none'"),
        (["a.test", "--profile", "x"], "'webpki', 'rfc5280'"),
        (["demo", "x"], "unexpected extra argument"),
    ],
)
def test_a_wrong_command_line_is_2(capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    """With a sentence and no trace."""
    assert run(words) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.startswith("Usage: tlsglass")
    assert captured.out == ""


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["example.test", "--help"]])
def test_help_is_of_the_whole(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """Wherever it is asked for: options, commands and examples, the same text."""
    assert run(words) == 0
    text = capsys.readouterr().out
    assert text.startswith("Usage: tlsglass [OPTIONS] [TARGET|FILE...]\n")
    for word in ("--sni NAME", "--ca-store mozilla|system|none|PATH", "--version", "\n  show  ", "\n  demo  "):
        assert word in text
    assert "tlsglass show --json a.example | jq" in text
    assert "`tlsglass -- show`" in text
    assert "\n  [TARGET" not in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_help_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit statuses are told one a line."""
    assert run(["show", "--help"]) == 0
    assert "\n    0  trusted\n    1  not trusted" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Name and version."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"tlsglass {__version__}\n"


def test_an_interrupt_before_anything_runs_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C while libraries load."""

    def interrupted(*_arguments: object, **_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("tlsglass.cli.show.write_reports", interrupted)
    assert run(["show", "a.test"]) == 130
    assert capsys.readouterr().err.strip() == ""


class _LeftError(Exception):
    """Stands in for the end of the process."""


def test_the_process_ends_at_once_with_the_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written is flushed first, whether anybody takes it or not; no thread that still works is waited for."""
    flushed = []

    class Broken(io.StringIO):
        def flush(self) -> None:
            flushed.append(self)
            raise BrokenPipeError

    def leave(status: int) -> NoReturn:
        raise _LeftError(status)

    monkeypatch.setattr(front, "run", lambda _words: 3)
    out, err = Broken(), Broken()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr("os._exit", leave)
    with pytest.raises(_LeftError) as ended:
        main()
    assert ended.value.args == (3,)
    assert flushed == [out, err]


@pytest.mark.parametrize(
    ("before", "incomplete", "expected"),
    [
        (["x.test", "--ca-store"], "m", {"mozilla", "m"}),
        ([], "", {"show", "demo"}),
        ([], "sh", {"show"}),
        ([], "--ca", {"--ca-store", "--ca-file"}),
        (["x.test"], "--sn", {"--sni"}),
        (["show", "--ca-store"], "", {"mozilla", "system", "none", ""}),
        (["show"], "--js", {"--json"}),
        (["--limit"], "to", {"total-time="}),
        (["show", "--limit"], "hea", {"headers=", "header-bytes="}),
    ],
)
def test_completion(before: list[str], incomplete: str, expected: set[str]) -> None:
    """The first word may be a command or a target; what follows completes by it."""
    completer = ShellComplete(front._front, {}, "tlsglass", "_TLSGLASS_COMPLETE")
    assert {item.value for item in completer.get_completions(before, incomplete)} == expected


def test_the_group_works_in_clicks_own_runner() -> None:
    """No command is a word that a host could be."""
    assert isinstance(front._front, click.Group)
    assert [name for name, command in front._front.commands.items() if not command.hidden] == ["show", "demo"]
    assert CliRunner().invoke(front._front, ["--version"]).exit_code == 0


def _loaded_by(*words: str) -> set[str]:
    """The top-level modules that a command loads in a process of its own."""
    script = (
        "import json, sys\n"
        "from tlsglass.cli.front import run\n"
        "run(sys.argv[1:])\n"
        "print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["show", "--help"], ["--nonsense"]])
def test_help_loads_neither_textual_nor_cryptography(words: list[str]) -> None:
    """A question is answered at once."""
    loaded = _loaded_by(*words)
    assert "click" in loaded
    assert not {"textual", "rich", "cryptography", "OpenSSL", "h11", "cryptodatahub"} & loaded


def test_show_never_loads_textual() -> None:
    """A report needs no screen."""
    loaded = _loaded_by("show", "127.0.0.1:1", "--json", "--timeout", "5")
    assert "OpenSSL" in loaded
    assert not {"textual", "rich"} & loaded


def test_a_moment_to_judge_for(app: type[_App]) -> None:
    """In UTC, whichever way it is typed; what is none is a usage error."""
    run(["--at", "2027-01-31T12:00+01:00", "a.test"])
    assert app.made[0][1].at == datetime(2027, 1, 31, 11, tzinfo=UTC)
    result = CliRunner().invoke(front._front, ["show", "--at", "soon", "a.test"])
    assert result.exit_code == 2
    assert "'soon' is no moment" in result.output
