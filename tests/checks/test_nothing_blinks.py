"""Nothing on the screen moves that is no news."""

import ast
from pathlib import Path

from tlsglass.ui.dialogs.palette import CommandLine
from tlsglass.ui.widgets.typing import Line, Lines

_BLINKING = {"Input", "TextArea", "MaskedInput", "CommandInput", "CommandPalette"}
UI = Path(__file__).resolve().parents[2] / "tui" / "tlsglass" / "ui"


def test_the_cursor_stays() -> None:
    """Where the reader types, the cursor doesn't blink."""
    assert not Line().cursor_blink
    assert not Lines().cursor_blink
    assert not CommandLine().cursor_blink


def test_the_reader_types_into_our_lines_only() -> None:
    """No widget is made of Textual's own, whose cursor blinks, nor a screen that makes one."""
    made = [
        (path.name, node.func.id)
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BLINKING
    ]
    assert made == []
