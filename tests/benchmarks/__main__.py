"""`python -m tests.benchmarks`: every budget of the program, measured on this machine."""

import shutil
import sys
import time
from pathlib import Path

from tlsglass.demo.zoo import Zoo

from tests.benchmarks.delaying_proxy import DelayingProxy
from tests.benchmarks.measuring import Row, median, paired, process_seconds
from tests.benchmarks.terminal import Terminal

_RUNS = 11
_DELAY = 0.05
_TLSGLASS = [sys.executable, "-m", "tlsglass"]
_BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]


def _first_paint(command: list[str], words: str) -> float:
    with Terminal(command) as terminal:
        return terminal.wait_until(lambda screen: words in screen) - terminal.started


def _port(zoo: Zoo, name: str) -> int:
    return next(exhibit.endpoint.port for exhibit in zoo.exhibits if exhibit.id == name and exhibit.endpoint)


def first_paint() -> list[Row]:
    """From exec to the target bar, beside an app with nothing behind it."""
    ours, bare, ratio = paired(lambda: _first_paint(_TLSGLASS, "tlsglass"), lambda: _first_paint(_BARE, "ready"), _RUNS)
    measured = f"{ours * 1000:.0f} ms, bare app {bare * 1000:.0f} ms, ratio {ratio:.2f}"
    return [Row(what="first paint on a pty", measured=measured, budget="1.25 x bare", held=ratio <= 1.25)]


def _tree_and_answer(port: int, ca_file: Path) -> tuple[float, float]:
    command = [*_TLSGLASS, "--ca-file", str(ca_file), "--ca-store", "none", "--hostname", "good.demo.test"]
    with Terminal(command) as terminal:
        terminal.wait_until(lambda screen: "tlsglass" in screen)
        terminal.type(f"127.0.0.1:{port}")
        terminal.wait_until(lambda screen: f"127.0.0.1:{port}" in screen)
        # The app has imported what a probe needs once it is idle; a person takes longer than this to type a name.
        _until_idle(terminal.pid)
        began = time.perf_counter()
        terminal.type("\r")
        tree = terminal.wait_until(lambda screen: "sent #0" in screen) - began
        answer = terminal.wait_until(lambda screen: "HTTP/1.1 200" in screen) - began
        return tree, answer


def _until_idle(pid: int) -> None:
    """Wait until a process has used no processor for a fifth of a second."""
    stat = Path(f"/proc/{pid}/stat")
    used, quiet_since = "", time.perf_counter()
    while time.perf_counter() - quiet_since < 0.2:
        now = " ".join(stat.read_text().split()[13:15])
        if now != used:
            used, quiet_since = now, time.perf_counter()


def enter_to_tree(zoo: Zoo) -> list[Row]:
    """From Enter to the tree, near and far."""
    port = _port(zoo, "good")
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


def show_json(zoo: Zoo) -> list[Row]:
    """`show --json` as a process, beside openssl and sslyze."""
    port = _port(zoo, "good")
    site = f"127.0.0.1:{port}"
    show = [*_TLSGLASS, "show", "--json", "--sni", "good.demo.test", "--hostname", "good.demo.test", site]
    s_client = ["openssl", "s_client", "-connect", site, "-servername", "good.demo.test", "-showcerts"]
    ours, other, ratio = paired(lambda: process_seconds(show), lambda: process_seconds(s_client), _RUNS)
    measured = f"{ours * 1000:.0f} ms, s_client {other * 1000:.0f} ms, ratio {ratio:.2f}"
    rows = [Row(what="show --json", measured=measured, budget="4 x s_client", held=ratio <= 4)]
    if sslyze := shutil.which("sslyze"):
        command = [sslyze, "--certinfo", site]
        ours, other, ratio = paired(lambda: process_seconds(show), lambda: process_seconds(command), 5)
        measured = f"{ours * 1000:.0f} ms, sslyze {other * 1000:.0f} ms, ratio {ratio:.2f}"
        rows.append(Row(what="show --json", measured=measured, budget="0.5 x sslyze", held=ratio <= 0.5))
    return rows


def memory() -> list[Row]:
    """The app's memory after a probe, and after 50 MB more, on the demo's own servers."""
    with Terminal([*_TLSGLASS, "demo"]) as terminal:
        terminal.wait_until(lambda screen: "expired" in screen)
        terminal.type("\r")
        terminal.wait_until(lambda screen: "200 OK" in screen)
        _until_idle(terminal.pid)
        demo = terminal.resident_megabytes()
    with Zoo() as zoo:
        options = ["--ca-file", str(zoo.ca_file), "--hostname", "good.demo.test"]
        good, large = (f"127.0.0.1:{zoo.exhibit(f'{name}.demo.test').port}" for name in ("good", "large"))
        with Terminal([*_TLSGLASS, *options, good]) as terminal:
            terminal.wait_until(lambda screen: "200 OK" in screen)
            _until_idle(terminal.pid)
            after_probe = terminal.resident_megabytes()
            terminal.type("\x0c" + "\x15" + large + "\r")
            terminal.wait_until(lambda screen: "total" in screen and "52.4 MB" in screen, 60)
            _until_idle(terminal.pid)
            after_large = terminal.resident_megabytes()
    more = after_large - after_probe
    return [
        Row(what="memory after a probe", measured=f"{after_probe:.0f} MB", budget="75 MB", held=after_probe <= 75),
        Row(what="memory after 50 MB of answer", measured=f"{more:.0f} MB more", budget="30 MB more", held=more <= 30),
        Row(what="memory with the zoo in the process", measured=f"{demo:.0f} MB", budget="none", held=True),
    ]


def main() -> None:
    """Measure everything and print the table; the exit status says nothing of the figures."""
    for row in first_paint():
        print(row, flush=True)
    with Zoo() as zoo:
        for row in [*enter_to_tree(zoo), *show_json(zoo)]:
            print(row, flush=True)
    for row in memory():
        print(row, flush=True)


if __name__ == "__main__":
    main()
