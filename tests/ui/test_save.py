"""Saving asks for a path, never destroys unasked, and says what it did."""

import stat
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tlsglass.exchange.spool import Spool
from tlsglass.ui.dialogs.save import SaveScreen


class Host(App[None]):
    """Opens the dialog at once and keeps what came of it."""

    def __init__(self, source: bytes | Spool, name: str, offset: int = 0) -> None:
        super().__init__()
        self.source = source
        self.name_suggested = name
        self.offset = offset
        self.saved: list[Path | None] = []

    def on_mount(self) -> None:
        """Open it."""
        screen = SaveScreen(self.name_suggested, self.source, offset=self.offset, reason="[/x] is large.")
        self.push_screen(screen, self.saved.append)

    @property
    def said(self) -> str:
        """What the dialog says under the path."""
        return str(self.screen.query_one("#save-said", Static).content)

    async def enter(self, pilot: Pilot[None], path: object) -> None:
        """Type a path and press Enter, until what follows is through."""
        self.screen.query_one("#save-path", Input).value = str(path)
        await pilot.pause()
        await pilot.press("enter")
        await self.workers.wait_for_complete()
        await pilot.pause()

    def toasts(self) -> list[str]:
        """What was said in passing."""
        return [notification.message for notification in self._notifications]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_the_suggested_name_is_one_key_away(here: Path) -> None:
    """Enter writes it into the folder that one is in, for its owner alone."""
    host = Host(b"PEM", "a.pem")
    async with host.run_test(size=(80, 24)) as pilot:
        assert host.said == f"In {here}"
        await pilot.press("enter")
        await host.workers.wait_for_complete()
        await pilot.pause()
        assert host.saved == [here / "a.pem"]
        assert (here / "a.pem").read_bytes() == b"PEM"
        assert stat.S_IMODE((here / "a.pem").stat().st_mode) == 0o600
        assert host.toasts() == [f"Saved 3 B to {here / 'a.pem'}"]


async def test_a_file_is_replaced_only_when_asked_twice(here: Path) -> None:
    """The first Enter says that there is one; another path takes the consent back."""
    (here / "a").write_bytes(b"old")
    (here / "b").write_bytes(b"old")
    host = Host(b"new", "a")
    async with host.run_test(size=(80, 24)) as pilot:
        await host.enter(pilot, "a")
        assert "exists" in host.said
        await host.enter(pilot, "b")
        assert "exists" in host.said
        assert (here / "b").read_bytes() == b"old"
        await pilot.press("enter")
        await host.workers.wait_for_complete()
        await pilot.pause()
        assert (here / "b").read_bytes() == b"new"
        assert (here / "a").read_bytes() == b"old"


async def test_the_home_folder_may_be_written_as_a_tilde(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell has it."""
    monkeypatch.setenv("HOME", str(here))
    host = Host(b"x", "a")
    async with host.run_test(size=(80, 24)) as pilot:
        await host.enter(pilot, "~/t.bin")
        assert host.saved == [here / "t.bin"]


async def test_what_cannot_be_written_is_a_sentence(here: Path) -> None:
    """A missing folder, a folder for a file, a file for a folder, no name."""
    (here / "file").write_bytes(b"")
    (here / "folder").mkdir()
    host = Host(b"x", "a")
    async with host.run_test(size=(80, 24)) as pilot:
        for path, said in {
            "missing/a": "There is no folder",
            "folder": "is a folder",
            "file/a": "is not a folder",
            "": "Name a file",
            "x" * 300: "It can't be written",
        }.items():
            await host.enter(pilot, path)
            assert said in host.said
        assert host.saved == []


async def test_a_large_spool_is_written_in_a_thread(here: Path) -> None:
    """All of it, or from an offset on."""
    with Spool() as spool:
        for _ in range(5):
            spool.append(b"0123456789abcdef" * 65536)
        host = Host(spool, "all.bin", offset=3)
        async with host.run_test(size=(80, 24)) as pilot:
            await host.enter(pilot, "all.bin")
            assert host.saved == [here / "all.bin"]
        written = (here / "all.bin").read_bytes()
        assert len(written) == 5 * 1048576 - 3
        assert written == spool.read(3, len(written))


async def test_leaving_saves_nothing(here: Path) -> None:
    """Escape and the button."""
    host = Host(b"x", "a")
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        host.push_screen(SaveScreen("a", b"x"), host.saved.append)
        await pilot.pause()
        await pilot.click("#save-leave")
        await pilot.pause()
        assert host.saved == [None, None]
        assert not (here / "a").is_file()
