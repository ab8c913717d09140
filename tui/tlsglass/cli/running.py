"""The app from its start to its end, which waits for nobody."""

import asyncio
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tlsglass.ui.hangup import end_by_signals
from tlsglass.ui.precedence import Precedence, Watch

if TYPE_CHECKING:
    from textual.app import App

_FULL_COLLECTIONS = 400
"""Times that the garbage collector looks at what is young before it looks at everything, by default 10.

Everything may be the two hundred thousand values of a huge certificate, none of which is in a cycle: looking at them
stops all threads for longer than a key may take. Four hundred times are 2,800,000 values more than before; those who
make a pause don't come to that, since all is looked through then (`tlsglass.ui.idleness`).
"""


_HANDS_OVER = 0.0002
"""Seconds after which a thread that computes lets another go on that asks for it, by default 25 times as many.

The screen asks at each turn of its loop, of which a key takes a dozen, and would wait for that long at each where the
engine is at work.
"""


class Unwaited(ThreadPoolExecutor):
    """Threads that nobody waits for at the end: one that still reads a huge certificate can't be stopped."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base has it
        """Take no more work, and return at once, whatever is asked for."""
        del wait, cancel_futures
        super().shutdown(wait=False, cancel_futures=True)


def run_app(app: "App[None]", precedence: Precedence) -> int:
    """Run the app until it is left. The process is to end right after, with whatever its threads still do.

    Args:
        app: the app.
        precedence: hears when the app has something to do, so that others wait.

    Returns:
        Its exit status.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _FULL_COLLECTIONS)
    sys.setswitchinterval(_HANDS_OVER)
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(Watch(precedence))) as runner:
        loop = runner.get_loop()
        loop.set_default_executor(Unwaited())
        end_by_signals(app, loop)
        runner.run(app.run_async())
    return app.return_code or 0
