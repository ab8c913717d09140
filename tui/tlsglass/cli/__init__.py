"""The command line: words become the app, a report or the demo. Loads what a command needs once it is known which."""

from tlsglass.cli.front import main

__all__ = ["main"]
