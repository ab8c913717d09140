"""Words that are drawn, and laid out, only where that changes something."""

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget

from tlsglass.ui.widgets.words import Words


class Host(App[None]):
    """Words whose width is theirs, and words that get one."""

    CSS = "#free { width: auto; height: 1; } #given { width: 9; height: 1; }"

    def compose(self) -> ComposeResult:
        """Both."""
        yield Words(id="free")
        yield Words(id="given")


@pytest.mark.parametrize(
    ("id_", "said", "drawn"),
    [
        ("free", Content("b"), [True]),
        ("free", Content.styled("a", "bold"), [True]),
        ("free", Content("a"), []),
        ("given", Content("b"), [False]),
        ("given", Content("a"), []),
    ],
)
async def test_what_is_said_again_costs_nothing(
    id_: str, said: Content, drawn: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other words or another style are drawn; the rest of the screen moves only where it might."""
    asked: list[bool] = []

    def refresh(self: Widget, *_: object, layout: bool = False, **__: object) -> Widget:
        asked.append(layout)
        return self

    async with Host().run_test() as pilot:
        words = pilot.app.query_one(f"#{id_}", Words)
        words.say(Content("a"))
        await pilot.pause()
        monkeypatch.setattr(Words, "refresh", refresh)
        words.say(said)
        assert asked == drawn
        monkeypatch.undo()
        assert str(words.content) == str(said)
