"""No text from outside reaches a widget but by way of `printable`: each place that hands text over was looked at.

Textual draws what it is given, control characters and all. So whatever is handed to something that draws is a literal,
or comes from a function that makes text printable, or stands below with the reason why it is as it should be.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import tlsglass

_ROOM = Path(tlsglass.__file__).parent / "ui"
_DRAWING = frozenset({"notify", "Static", "Label", "Content", "Text", "styled", "Option", "set_label", "Button"})
_PRINTABLE = frozenset(
    [
        "printable",
        "printable_lines",
        "plain",
        "row",
        "cut",
        "indented",
        "stack",
        "size",
        "duration",
        "assemble",
        "styled",
        "Content",
        "Text",
        "join",
        "len",
        "round",
        "where",
        "said",
        "truncate",
        "pad_right",
        "wrap",
        "waiting_words",
        "silence_words",
        "ending_words",
        "failure_words",
    ]
)
"""Functions that make text printable, put together what is, or give numbers."""

_SEEN = {
    "clipboard.py: said": "made printable where it is put together",
    "content.py: hang": "a number of spaces",
    "content.py: indent": "a number of spaces",
    "faults.py: doing": "our own words",
    "faults.py: said": "a report, which is ASCII",
    "widgets/find_line.py: self.standing": "our own words and numbers",
    "judgements.py: *MARKS[severity]": "our own marks",
    "dialogs/copy_as.py: _line(form, labels)": "Content",
    "dialogs/copy_as.py: title": "Content",
    "dialogs/fix.py: _option(what, text, width)": "Content",
    "dialogs/fix.py: self._keys()": "our own words",
    "dialogs/fix.py: what": "our own words",
    "dialogs/help.py: __version__": "our own version",
    "dialogs/help.py: help_text(width, for_guests=self._for_guests)": "our own help",
    "dialogs/help.py: says": "our own help",
    "dialogs/help.py: title": "our own help",
    "dialogs/save.py: where": "made printable above",
    "dialogs/save_what.py: _line(choice)": "Content",
    "dialogs/save_what.py: choice.label": "our own words",
    "dialogs/what_if.py: WAYS": "our own words",
    "dialogs/premises.py: _line(each)": "Content",
    "dialogs/what_if.py: self._changed": "our own words and numbers",
    "dialogs/what_if.py: self._other_rules": "the name of a profile",
    "widgets/captions.py: count": "a number",
    "widgets/body.py: self._facts": "made printable by `words.facts`",
    "widgets/captions.py: symbol": "our own marks",
    "widgets/checks/lines.py: group.topic.value": "our own words",
    "widgets/checks/lines.py: number": "a number",
    "widgets/checks/lines.py: symbol": "our own marks",
    "widgets/checks/panel.py: each": "Content",
    "widgets/checks/panel.py: nothing": "our own words",
    "widgets/detail/text.py: ago": "a duration",
    "demo/exhibits.py: entry.id": "our own exhibits",
    "demo/exhibits.py: entry.text": "our own words",
    "demo/exhibits.py: self._line(entry)": "Content",
    "demo/exhibits.py: word[0]": "our own words",
    "widgets/headline.py: _more(report)": "a number",
    "widgets/headline.py: word": "our own words",
    "widgets/response/panel.py: described[1]": "made printable by `words.facts`",
    "widgets/response/panel.py: self._notice": "made by `words`",
    "widgets/response/panel.py: text": "made by `words`",
    "widgets/start.py: _line(example)": "Content",
    "widgets/start.py: demo": "our own words",
}
"""What is handed over as it is, by file, and why that is right."""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _doubtful(expression: ast.expr) -> Iterator[str]:
    """The parts of an expression that could be text from outside."""
    match expression:
        case ast.Constant():
            return
        case ast.JoinedStr(values=values):
            for value in values:
                if isinstance(value, ast.FormattedValue):
                    yield from _doubtful(value.value)
        case ast.Call() if _name(expression) in _PRINTABLE:
            return
        case ast.IfExp(body=body, orelse=orelse):
            yield from _doubtful(body)
            yield from _doubtful(orelse)
        case ast.BinOp(left=left, right=right):
            yield from _doubtful(left)
            yield from _doubtful(right)
        case _:
            yield ast.unparse(expression)


def _handed_over(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in _DRAWING and node.args:
            yield from _doubtful(node.args[0])


def test_each_text_that_is_drawn_is_printable() -> None:
    """A new place passes what it draws through `content` or `printable`, or is added above with its reason."""
    found = {
        f"{path.relative_to(_ROOM).as_posix()}: {text}"
        for path in _ROOM.rglob("*.py")
        for text in _handed_over(path.read_text())
    }
    assert found - set(_SEEN) == set()


def test_nothing_interprets_markup() -> None:
    """Square brackets of strangers are text."""
    for path in _ROOM.rglob("*.py"):
        tree = ast.parse(path.read_text())
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not [call for call in calls if _name(call) == "from_markup"]
        for call in calls:
            if _name(call) in {"notify", "Label"} or (_name(call) == "Static" and call.args):
                given = [word for word in call.keywords if word.arg == "markup"]
                drawn = call.args[0] if call.args else None
                is_content = isinstance(drawn, ast.Call) and _name(drawn) in _PRINTABLE
                is_literal = isinstance(drawn, ast.Constant) and "[" not in str(drawn.value)
                assert given or is_content or is_literal, f"{path.name}:{call.lineno}"


def test_the_check_can_fail() -> None:
    """What a stranger says is found in all shapes in which it may be handed over."""
    source = (
        'self.notify(f"a {x.name} {printable(y)}"); Static("b" + z); Label(c if d else "e"); Static(content.plain(f))'
    )
    assert set(_handed_over(source)) == {"x.name", "z", "c"}
