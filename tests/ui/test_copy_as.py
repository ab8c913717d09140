"""Copy as…: typing narrows, Enter and a click choose, escape leaves."""

import pytest
from textual.app import App
from textual.widgets import OptionList, Static

from tlsglass.report.forms import Form
from tlsglass.ui.dialogs.copy_as import CopyAsScreen

FORMS = (
    Form(id="value", label="Value", text="2026-11-20T12:00:00Z", note="2026-11-20T12:00:00Z"),
    Form(id="certificate-pem", label="Certificate, PEM", text="-" * 1200, note="1.2 kB"),
    Form(id="sha256", label="SHA-256 fingerprint", text="9C:4E", note="9C:4E"),
    Form(id="markup", label="Markup", text="[/x]\x1b[31m", note="[/x]\x1b[31m"),
)


class Host(App[None]):
    """Offers forms at once and keeps what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[Form | None] = []

    def on_mount(self) -> None:
        """Offer them."""
        self.push_screen(CopyAsScreen(FORMS, "[/evil]"), self.chosen.append)

    def labels(self) -> list[str]:
        """The lines of the list."""
        options = self.screen.query_one(OptionList).options
        return [str(option.prompt) for option in options]


async def test_forms_are_listed_with_what_they_hold() -> None:
    """A label and a preview each, in the order given, made printable."""
    host = Host()
    async with host.run_test(size=(80, 24)):
        assert host.labels() == [
            "Value                 2026-11-20T12:00:00Z",
            "Certificate, PEM      1.2 kB",
            "SHA-256 fingerprint   9C:4E",
            "Markup                [/x]\\x1b[31m",
        ]


async def test_typing_narrows_and_enter_chooses() -> None:
    """Each word that is typed must be in the label."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"pem cert")
        assert len(host.labels()) == 1
        await pilot.press("enter")
        await pilot.pause()
        assert host.chosen == [FORMS[1]]


async def test_arrows_choose_while_typing() -> None:
    """Down and up go through the list, the filter keeps the focus."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "down", "up", "enter")
        await pilot.pause()
        assert host.chosen == [FORMS[2]]


async def test_a_click_chooses() -> None:
    """Everything by mouse, too."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.click(OptionList, offset=(5, 1))
        await pilot.pause()
        assert host.chosen == [FORMS[1]]


async def test_nothing_found_is_said() -> None:
    """Enter then chooses nothing, and escape leaves."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"zzz", "enter")
        none = host.screen.query_one("#copy-none", Static)
        assert none.display
        assert host.chosen == []
        await pilot.press("escape")
        await pilot.pause()
        assert host.chosen == [None]


async def test_over_ssh_large_forms_carry_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal may cut them; a file doesn't."""
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    host = Host()
    async with host.run_test(size=(120, 24)):
        assert "s saves" in host.labels()[1]
        assert "s saves" not in host.labels()[0]
