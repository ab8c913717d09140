"""What is piped in, and the terminal in its place."""

import os
import sys
from pathlib import Path

import click
import pytest

from tlsglass.cli import piped
from tlsglass.cli.piped import take_standard_input


def test_standard_input_is_read_and_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """To its end; what is read afterwards comes from the terminal."""
    terminal = tmp_path / "tty"
    terminal.write_bytes(b"typed")
    monkeypatch.setattr(piped, "_TERMINAL", str(terminal))
    reader, writer = os.pipe()
    os.write(writer, b"-----BEGIN")
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert take_standard_input() == b"-----BEGIN"
        assert stream.read() == b"typed"


def test_no_more_is_read_than_a_file_may_have(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One byte more shows that it is too large; the rest stays where it is."""
    monkeypatch.setattr(piped, "_TERMINAL", os.devnull)
    endless = tmp_path / "endless"
    endless.write_bytes(bytes(100))
    with endless.open("rb", buffering=0) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert take_standard_input(4) == bytes(5)


def test_without_a_terminal_there_is_no_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And it is said what works without."""
    monkeypatch.setattr(piped, "_TERMINAL", str(tmp_path / "gone"))
    with Path(os.devnull).open("rb", buffering=0) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(click.UsageError, match="tlsglass show -"):
            take_standard_input()
