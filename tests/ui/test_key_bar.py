"""The footer names what one wants to press next, wherever one is."""

import pytest

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished
from tlsglass.ui.widgets.key_bar import KeyBar

_EVERYWHERE = {"^l Site", "c Copy", "s Save", "/ Find", "? Help"}
_ANSWER = {"x Hex", "w Wrap", "e Edit"}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", {*_EVERYWHERE, "r Again", "f Fix"}),
        ("0", {*_EVERYWHERE, "r Again", "f Fix"}),
        ("b", {*_EVERYWHERE, "r Again", "f Fix"}),
        ("1", {*_EVERYWHERE, *_ANSWER}),
        ("2", {*_EVERYWHERE, "r Again", "f Fix"}),
        ("3", {*_EVERYWHERE, "r Again", "f Fix"}),
    ],
    ids=["tree", "detail", "bytes", "answer", "checks", "handshake"],
)
async def test_each_panel_has_its_keys(
    make_app: AppMaker, size: tuple[int, int], keys: str, expected: set[str]
) -> None:
    """First its own, then what matters most; the one that tells the rest is always there."""
    async with make_app("expired.demo.test").run_test(size=size) as pilot:
        screen = await finished(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        bar = screen.query_one(KeyBar)
        shown = str(bar.render())
        assert expected <= set(shown.split("  "))
        assert len(shown) <= bar.content_size.width
        if size[0] > 100 and keys != "1":
            assert "1-3 Panels" in shown


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(("slash", *"demo"), {"n Next", "esc Leave"}), (("1", "slash", *"html"), {"esc Leave"})],
    ids=["tree", "answer"],
)
async def test_a_search_can_be_left(make_app: AppMaker, keys: tuple[str, ...], expected: set[str]) -> None:
    """As long as it is on; while one types, letters are text."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        bar = screen.query_one(KeyBar)
        await pilot.press(*keys)
        await pilot.pause()
        assert "esc Leave" in str(bar.render())
        assert "n Next" not in str(bar.render())
        await pilot.press("enter")
        await pilot.pause()
        assert expected <= set(str(bar.render()).split("  "))
        await pilot.press("escape")
        await pilot.pause()
        assert "n Next" not in str(bar.render())
        assert "esc Leave" not in str(bar.render())
