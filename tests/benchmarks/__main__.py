"""`python -m tests.benchmarks`: every budget of the program, measured on this machine."""

import compileall
import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

import tlsglass
from tests.benchmarks.attacked import HEAD, attacked
from tests.benchmarks.delaying_proxy import DelayingProxy
from tests.benchmarks.judging import judgements
from tests.benchmarks.measuring import Row, median, paired, process_seconds
from tests.terminal import Terminal
from tlsglass.demo.authority import Authority, distinguished_name
from tlsglass.demo.exhibits import EXHIBITS
from tlsglass.observation import Observation
from tlsglass.report.outline import outline
from tlsglass.target_file import pasted
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.pem import certificates_in_pem, to_pem

_RUNS = 11
_DELAY = 0.05
_DOWN = "\x1b[B"
_LINE = 8000
"""Bytes a second of 64 kbit/s."""

_PANELS = (
    ("", "tree"),
    ("0\t", "detail"),
    ("1", "answer"),
    ("x", "hex"),
    ("2", "checks"),
    ("3", "handshake"),
    ("?", "help"),
    ("\x1bC", "copy as"),
    ("\x1b\x10", "palette"),
    ("\x1b\x1b", "demo list"),
)
"""Keys, one after the other, and where they lead to."""

_TLSGLASS = [sys.executable, "-m", "tlsglass"]
_LIBRARIES = [sys.executable, "-c", "import certifi, click, h11, OpenSSL.SSL"]
_BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]


def _first_paint(command: list[str], words: str) -> float:
    with Terminal(command) as terminal:
        return terminal.wait_for(words) - terminal.started


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The zoo in a process of its own, so that it takes no time from what is measured."""

    ports: Mapping[str, int]
    """By the exhibit's id."""

    ca_file: str


@contextlib.contextmanager
def _served() -> Iterator[Served]:
    command = [*_TLSGLASS, "demo", "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip("\n").split("\t") for _ in EXHIBITS]
        yield Served(ports={line[0]: int(line[3]) for line in lines}, ca_file=lines[0][4])
        process.terminate()


def first_paint() -> list[Row]:
    """From exec to the target bar, beside an app with nothing behind it."""
    ours, bare, ratio = paired(lambda: _first_paint(_TLSGLASS, "tlsglass"), lambda: _first_paint(_BARE, "ready"), _RUNS)
    measured = f"{ours * 1000:.0f} ms, bare app {bare * 1000:.0f} ms, ratio {ratio:.2f}"
    return [Row(what="first paint on a pty", measured=measured, budget="1.25 x bare", held=ratio <= 1.25)]


def _tree_and_answer(port: int, ca_file: str) -> tuple[float, float]:
    command = [*_TLSGLASS, "--ca-file", ca_file, "--ca-store", "none", "--hostname", "good.demo.test"]
    with Terminal(command) as terminal:
        terminal.wait_for("tlsglass")
        terminal.type(f"127.0.0.1:{port}")
        terminal.wait_for(str(port)[-1])
        # The app has imported what a probe needs once it is idle; a person takes longer than this to type a name.
        terminal.wait_until_idle()
        began = time.perf_counter()
        terminal.type("\r")
        tree = terminal.wait_for("sent #0") - began
        answer = terminal.wait_for("HTTP/1.1 200") - began
        return tree, answer


def enter_to_tree(zoo: Served) -> list[Row]:
    """From Enter to the tree, near and far."""
    port = zoo.ports["good"]
    tree = median(lambda: _tree_and_answer(port, zoo.ca_file)[0], _RUNS) * 1000
    rows = [Row(what="Enter to tree", measured=f"{tree:.0f} ms", budget="80 ms", held=tree <= 80)]
    with DelayingProxy(port, _DELAY) as proxy:
        far = [_tree_and_answer(proxy.port, zoo.ca_file) for _ in range(_RUNS)]
    trip = 2 * _DELAY * 1000
    far_tree, far_answer = (sorted(pair[i] for pair in far)[_RUNS // 2] * 1000 for i in (0, 1))
    return [
        *rows,
        Row(
            what="Enter to tree, 100 ms away (connect not delayed)",
            measured=f"{far_tree:.0f} ms",
            budget=f"1 trip + 80 = {trip + 80:.0f} ms",
            held=far_tree <= trip + 80,
        ),
        Row(
            what="Enter to first bytes of the answer, 100 ms away",
            measured=f"{far_answer:.0f} ms",
            budget=f"2 trips + 80 = {2 * trip + 80:.0f} ms",
            held=far_answer <= 2 * trip + 80,
        ),
    ]


def show_json(zoo: Served) -> list[Row]:
    """`show --json` as a process, beside openssl and sslyze."""
    port = zoo.ports["good"]
    site = f"127.0.0.1:{port}"
    show = [*_TLSGLASS, "show", "--json", "--sni", "good.demo.test", "--hostname", "good.demo.test", site]
    s_client = ["openssl", "s_client", "-connect", site, "-servername", "good.demo.test", "-showcerts"]
    ours, other, ratio = paired(lambda: process_seconds(show), lambda: process_seconds(s_client), _RUNS)
    measured = f"{ours * 1000:.0f} ms, s_client {other * 1000:.0f} ms, ratio {ratio:.2f}"
    rows = [Row(what="show --json", measured=measured, budget="4 x s_client", held=ratio <= 4)]
    alone, other, ratio = paired(lambda: process_seconds(_LIBRARIES), lambda: process_seconds(s_client), _RUNS)
    measured = f"{alone * 1000:.0f} ms, s_client {other * 1000:.0f} ms, ratio {ratio:.2f}"
    rows.append(Row(what="of that, loading the libraries", measured=measured, budget="none", held=True))
    if sslyze := shutil.which("sslyze"):
        command = [sslyze, "--certinfo", site]
        ours, other, ratio = paired(lambda: process_seconds(show), lambda: process_seconds(command), 5)
        measured = f"{ours * 1000:.0f} ms, sslyze {other * 1000:.0f} ms, ratio {ratio:.2f}"
        rows.append(Row(what="show --json", measured=measured, budget="0.5 x sslyze", held=ratio <= 0.5))
    return rows


def bundles() -> list[Row]:
    """Files of many certificates: `show --json` on 150 roots as a process, and opening 10,000."""
    roots = certificates_in_pem(Path(certifi.where()).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "roots.pem")
        path.write_text("".join(to_pem(roots[number % len(roots)]) for number in range(150)))
        shown = median(lambda: process_seconds([*_TLSGLASS, "show", "--json", str(path)]), _RUNS)
        judged = median(lambda: process_seconds(_thousand_bundles(Path(folder))), 3)
    many = "".join(to_pem(roots[number % len(roots)]) for number in range(10_000)).encode()
    opened = median(lambda: _seconds(lambda: unpack(many).certificates()), 3)
    return [
        Row(what="show --json, 150 roots", measured=f"{shown * 1000:.0f} ms", budget="600 ms", held=shown <= 0.6),
        Row(what="show --json, 1,000 bundles judged", measured=f"{judged:.1f} s", budget="10 s", held=judged <= 10),
        Row(what="open 10,000 certificates", measured=f"{opened * 1000:.0f} ms", budget="1 s", held=opened <= 1),
    ]


def _thousand_bundles(folder: Path) -> list[str]:
    """The command that judges a thousand chains, each of a leaf of its own and its issuer."""
    root = Authority.root("Benchmark Root CA", at=datetime.now(UTC).replace(microsecond=0))
    issuer = root.authority("Benchmark CA")
    files = [folder / f"{number}.pem" for number in range(1000)]
    if not files[0].exists():
        name = "a.test"
        for file in files:
            leaf = issuer.leaf(distinguished_name(name), [x509.DNSName(name)]).certificate
            file.write_text("".join(to_pem(each.public_bytes(Encoding.DER)) for each in (leaf, issuer.certificate)))
        (folder / "ca.pem").write_text(to_pem(root.certificate.public_bytes(Encoding.DER)))
    options = ["--hostname", "a.test", "--ca-file", str(folder / "ca.pem")]
    return [*_TLSGLASS, "show", "--json", *options, *map(str, files)]


def facts() -> list[Row]:
    """All facts and the tree of an ordinary certificate, each of the store once, so that nothing is kept."""
    ders = certificates_in_pem(Path(certifi.where()).read_bytes())
    remaining = iter(ders)
    before = Observation(target=pasted(b""), started=datetime(2026, 11, 24, tzinfo=UTC))

    def once() -> float:
        der = next(remaining)
        return _seconds(lambda: outline(replace(before, certificates=(parse_certificate(der),))))

    taken = median(once, len(ders) - 1)
    measured = f"{taken * 1000:.1f} ms"
    return [Row(what="facts and tree of a certificate", measured=measured, budget="3 ms", held=taken <= 0.003)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def memory(zoo: Served) -> list[Row]:
    """The app's memory after a probe, and after 50 MB more, on the demo's own servers."""
    with Terminal([*_TLSGLASS, "demo"]) as terminal:
        terminal.wait_for("expired")
        terminal.type("\r")
        terminal.wait_for("200 OK")
        terminal.wait_until_idle()
        demo = terminal.resident_megabytes()
    options = ["--ca-file", zoo.ca_file, "--hostname", "good.demo.test"]
    with Terminal([*_TLSGLASS, *options, f"127.0.0.1:{zoo.ports['good']}"]) as terminal:
        terminal.wait_for("200 OK")
        terminal.wait_until_idle()
        after_probe = terminal.resident_megabytes()
        terminal.type(f"\x0c\x15127.0.0.1:{zoo.ports['large']}\r")
        terminal.wait_for("50.0 MB received", 60)
        terminal.wait_until_idle()
        after_large = terminal.resident_megabytes()
    more = after_large - after_probe
    return [
        Row(what="memory after a probe", measured=f"{after_probe:.0f} MB", budget="75 MB", held=after_probe <= 75),
        Row(what="memory after 50 MB of answer", measured=f"{more:.0f} MB more", budget="30 MB more", held=more <= 30),
        Row(what="memory with the zoo in the process", measured=f"{demo:.0f} MB", budget="none", held=True),
    ]


def over_the_wire() -> list[Row]:
    """Bytes that reach the terminal over a line of 64 kbit/s, and how soon a dropped connection ends the process."""
    rows = []
    environment = {"TERM": "xterm-256color", "COLORTERM": None, "SSH_TTY": "/dev/pts/9"}
    with Terminal([*_TLSGLASS, "demo"], columns=80, rows=24, environment=environment) as terminal:
        terminal.wait_for("visited")
        terminal.wait_until_idle()
        start = len(terminal.written)
        terminal.type(f"{_DOWN}\r")
        terminal.wait_for("total")
        terminal.wait_until_idle()
        look = len(terminal.written) - start
        counted = [("first screen, 80x24", start), ("a look, 80x24", look)]
        for key, what in _PANELS:
            terminal.type(key)
            terminal.wait_until_idle()
            counted.append((f"a key held for a second, {what}, 80x24", _held(terminal)))
        rows = [
            Row(what=f"bytes: {what}", measured=f"{count:,}", budget=f"{_LINE:,}", held=count <= _LINE)
            for what, count in counted
        ]
        began = time.perf_counter()
        terminal.hang_up()
        terminal.wait_for_end()
        ended = time.perf_counter() - began
    return [*rows, Row(what="terminal closed to end", measured=f"{ended * 1000:.0f} ms", budget="1 s", held=ended <= 1)]


def _held(terminal: Terminal) -> int:
    """Bytes that are written while a key is held, thirty repeats a second, for a second."""
    before = len(terminal.written)
    began = time.perf_counter()
    for repeat in range(1, 31):
        terminal.type(_DOWN)
        terminal.read_until(began + repeat / 30)
    return len(terminal.written) - before


def main() -> None:
    """Measure everything and print the table; the exit status says nothing of the figures."""
    # An installed program has its modules compiled; here the environment may keep Python from writing them.
    compileall.compile_dir(Path(tlsglass.__file__).parent, quiet=1)
    for row in (*first_paint(), *facts(), *judgements(), *bundles(), *over_the_wire()):
        print(row, flush=True)
    with _served() as zoo:
        for measured in (enter_to_tree, show_json, memory):
            for row in measured(zoo):
                print(row, flush=True)
    print(HEAD)
    for answered in attacked():
        print(answered, flush=True)


if __name__ == "__main__":
    main()
