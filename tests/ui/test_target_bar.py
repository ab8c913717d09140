"""The target bar: recall, completion, and what it says of a target that is none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.ui.waiting import until
from tlsglass.observation import Observation
from tlsglass.target import parse_target
from tlsglass.ui.history import History
from tlsglass.ui.widgets.target_bar import TargetBar


class Host(App[None]):
    """An owner of a bar."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self.submitted: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Those of our themes."""
        return {"foreground-quiet": "#888888", "boost-focus": "#222222"}

    def compose(self) -> ComposeResult:
        """Only what is tested."""
        yield TargetBar(self.history)

    def on_target_bar_submitted(self, message: TargetBar.Submitted) -> None:
        """Remember it."""
        self.submitted.append(message.text)

    @property
    def bar(self) -> TargetBar:
        """The bar."""
        return self.query_one(TargetBar)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """A bar with three earlier targets, c.test the latest."""
    history = History(tmp_path / "history")
    for target in ("a.test", "b.test", "c.test"):
        history.add(target)
    return Host(history)


async def test_up_and_down_recall_as_in_a_shell(host: Host) -> None:
    """Up goes back, Down forward, and what was typed is at the end of it."""
    async with host.run_test() as pilot:
        await pilot.press("x", "up")
        assert host.bar.input.value == "c.test"
        await pilot.press("up", "up", "up")
        assert host.bar.input.value == "a.test"
        await pilot.press("down")
        assert host.bar.input.value == "b.test"
        await pilot.press("down", "down", "down")
        assert host.bar.input.value == "x"


async def test_what_is_shown_is_not_recalled_first(host: Host) -> None:
    """After a look the latest target stands in the bar; Up gives the one before it."""
    async with host.run_test() as pilot:
        host.bar.input.value = "c.test"
        await pilot.press("up")
        assert host.bar.input.value == "b.test"
        await pilot.press("x", "up")
        assert host.bar.input.value == "c.test"
        await pilot.press("down")
        assert host.bar.input.value == "b.testx"


async def test_right_takes_the_completion(host: Host) -> None:
    """The rest of the latest target that fits stands behind the cursor."""
    async with host.run_test() as pilot:
        await pilot.press("b")
        await until(pilot, lambda: host.bar.input._suggestion == "b.test")
        await pilot.press("right")
        assert host.bar.input.value == "b.test"


async def test_enter_hands_the_target_over_without_space_around_it(host: Host) -> None:
    """Recall begins at the latest again."""
    async with host.run_test() as pilot:
        await pilot.press("up", "up", "enter")
        host.bar.input.value = "  d.test "
        await pilot.press("enter")
        await pilot.pause()
        assert host.submitted == ["b.test", "d.test"]
        await pilot.press("up")
        assert host.bar.input.value == "c.test"


async def test_a_complaint_is_shown_printable_until_the_target_is_edited(host: Host) -> None:
    """It repeats what was typed, which may hold anything."""
    async with host.run_test() as pilot:
        host.bar.complain("'\x1b[31m[/x]' is no host.", "Try example.org.")
        assert host.bar.error == "'\\x1b[31m[/x]' is no host. Try example.org."
        assert host.bar.query_one("#target-error").display
        await pilot.press("a")
        assert host.bar.error == ""
        assert not host.bar.query_one("#target-error").display


@pytest.mark.parametrize(
    ("typed", "said", "deceives"),
    [
        ("a.test", "", False),
        ("192.0.2.1", "", False),
        ("xn--bcher-kva.test", "xn--bcher-kva.test reads as bücher.test.", False),
        ("bücher.test", "xn--bcher-kva.test reads as bücher.test.", False),
        (
            "xn--pple-43d.test",
            "xn--pple-43d.test reads as \u0430pple.test. Beware: it mixes Cyrillic and Latin and looks like 'apple'.",
            True,
        ),
    ],
)
async def test_a_name_is_shown_in_both_forms(host: Host, typed: str, said: str, deceives: bool) -> None:  # noqa: FBT001 - a table
    """What is sent and what is read, and whether that may deceive."""
    async with host.run_test() as pilot:
        host.bar.show(Observation(target=parse_target(typed), started=datetime.now(UTC)))
        await pilot.pause()
        place = host.bar.query_one("#target-reads", Static)
        assert str(place.content) == said
        assert (place.display, place.has_class("-deceives")) == (bool(said), deceives)
        host.bar.show(None)
        await pilot.pause()
        assert not place.display
