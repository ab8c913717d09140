"""The command line: words become the app, a report or the demo. Loads what a command needs once it is known which."""

from tlsglass.cli.interrupts import end_at_once


def main() -> None:
    """The command `tlsglass`."""
    end_at_once()
    from tlsglass.cli.front import main as front  # noqa: PLC0415 - loads click, amid which Ctrl+C may come

    front()


__all__ = ["main"]
