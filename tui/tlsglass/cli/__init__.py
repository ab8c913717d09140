"""The command line: words become the app, a report or the demo. Loads what a command needs once it is known which."""

import gc

from tlsglass.cli.interrupts import end_at_once


def main() -> None:
    """The command `tlsglass`."""
    gc.disable()  # until the command has loaded what it needs: `tlsglass.cli.loading`
    end_at_once()
    from tlsglass.cli.front import main as front  # noqa: PLC0415 - loads click, amid which Ctrl+C may come

    front()


__all__ = ["main"]
