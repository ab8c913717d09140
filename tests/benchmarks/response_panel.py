"""What a large answer costs the response panel: `python -m tests.benchmarks.response_panel [megabytes]`.

Fills a spool from a thread at full speed while the panel shows it, then pages, jumps and searches, and prints a line
a figure: the longest that the event loop was held, how long a search of all took, and the memory that was added.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.widgets import Input

from tlsglass.exchange.model import Ending, Request, Response, ResponseHead
from tlsglass.exchange.spool import Spool
from tlsglass.ui.widgets.response import ResponsePanel

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
KINDS: dict[str, bytes] = {
    "lines": b"The quick brown fox jumps over the lazy dog, 0123456789 <a href='x'>\n",
    "one line": b"The quick brown fox jumps over the lazy dog, 0123456789 <a href='x'> ",
    "tabs and wide": "\tDer schnelle Fuchs springt über 日本語 den Hund\r\n".encode(),
}
_PROBE = 0.002
_Value = TypeVar("_Value")


class Host(App[None]):
    """Shows the panel and watches its own loop."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self.busiest = 0.0
        self.spool = Spool()

    def compose(self) -> ComposeResult:
        """Nothing but the panel."""
        yield ResponsePanel()

    @property
    def panel(self) -> ResponsePanel:
        """The panel."""
        return self.query_one(ResponsePanel)

    async def watch_loop(self) -> None:
        """Note the longest time between two turns of the loop, and how much of it was work of this thread."""
        before, worked = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(_PROBE)
            now, work = time.perf_counter(), time.thread_time()
            self.longest = max(self.longest, now - before - _PROBE)
            self.busiest = max(self.busiest, work - worked)
            before, worked = now, work

    def held(self) -> str:
        """The longest hold since this was last asked."""
        said = f"loop held {self.longest * 1000:6.1f} ms, of it work {self.busiest * 1000:6.1f} ms"
        self.longest = self.busiest = 0.0
        return said


def resident() -> float:
    """Resident memory of this process in megabytes (Linux)."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * 4096 / 1e6


async def measured(kind: str, megabytes: int) -> None:
    """One kind of answer, start to end."""
    app = Host()
    async with app.run_test(size=(120, 40)) as pilot:
        watcher = asyncio.create_task(app.watch_loop())
        panel = app.panel
        panel.show_request(Request(method="GET", path="/", headers=()))
        panel.attach(app.spool)
        await pilot.pause()
        gc.collect()
        gc.freeze()  # a full collection of what the libraries loaded takes 40 ms, which is nobody's fault here
        memory = resident()
        app.held()

        began = time.perf_counter()
        await asyncio.to_thread(fill, app, KINDS[kind], megabytes)
        panel.ended(Response(head=None, size=app.spool.size, truncated=False, ended_by=Ending.EOF))
        await pilot.pause()
        print(f"{kind:<14} arrives   {time.perf_counter() - began:6.2f} s   {app.held()}")

        panel.focus_body()
        for name, keys in {
            "pages": ["pagedown"] * 20,
            "end": ["end", "pageup", "home"],
            "no wrap": ["w", "end", "pageup", "right", "w"],
            "hex": ["x", "end", "pageup", "x"],
        }.items():
            await pilot.press(*keys)
            await pilot.pause()
            print(f"{kind:<14} {name:<9}            {app.held()}")

        began = time.perf_counter()
        panel.action_find()
        panel.query_one(Input).value = "zebra"
        while not any(worker.group == "search" for worker in app.workers):
            await pilot.pause(0.01)
        await app.workers.wait_for_complete()
        print(f"{kind:<14} search    {time.perf_counter() - began:6.2f} s   {app.held()}")
        panel.query_one(Input).value = "e"
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.press(*["n"] * 20, "N")
        print(f"{kind:<14} matches             {app.held()}")
        gc.collect()
        print(f"{kind:<14} memory    {resident() - memory:+6.1f} MB")
        watcher.cancel()
    app.spool.close()


def fill(app: Host, unit: bytes, megabytes: int) -> None:
    """Append as the engine does: records of 16 KiB, told of some times a second."""
    record = (unit * (16384 // len(unit) + 1))[: 16384 // len(unit) * len(unit)]
    app.spool.append(HEAD)
    head = ResponseHead(
        status=200, reason="OK", version="1.1", headers=(("Content-Type", "text/html"),), length=len(HEAD)
    )
    tell(app, app.panel.head_received, head)
    told = time.monotonic()
    while app.spool.size < megabytes * 1_000_000:
        app.spool.append(record)
        if time.monotonic() - told > 1 / 20:
            tell(app, app.panel.grew, app.spool.size)
            told = time.monotonic()
    tell(app, app.panel.grew, app.spool.size)


def tell(app: Host, told: Callable[[_Value], None], value: _Value) -> None:
    """Call the panel in the app's own thread."""
    app.call_from_thread(told, value)


if __name__ == "__main__":
    for each in KINDS:
        asyncio.run(measured(each, int(sys.argv[1]) if len(sys.argv) > 1 else 50))
