"""The demo's list: opened before its servers are, visited one by one or all at once."""

import socket

import pytest
from textual.widgets import Static

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, furnished, until
from tlsglass.demo.exhibits import BUNDLES, ENTRIES, EXHIBITS, GROUPS
from tlsglass.demo.zoo import Zoo
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.demo.screen import DemoScreen
from tlsglass.ui.settings import Settings
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.target_bar import TargetInput


def lines_of(screen: DemoScreen) -> dict[str, str]:
    """The list's lines, by the exhibits' ids."""
    return {entry.id: str(screen.entries.get_option(entry.id).prompt) for entry in screen.entries.shown}


async def test_it_lists_what_there_is_and_says_what_to_look_at(make_app: AppMaker) -> None:
    """A line each, and the guide's words for the one under the cursor."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await pilot.pause()
        shown = lines_of(screen)
        assert all(shown[exhibit.id].startswith(f"· {exhibit.id}") for exhibit in EXHIBITS)
        await pilot.press("down")
        text = str(screen.query_one("#demo-text", Static).content)
        assert EXHIBITS[1].look_at in text
        assert EXHIBITS[1].host in text
        keys = str(screen.query_one(KeyBar).render())
        assert "Open" in keys
        assert "Visit all" in keys
        assert "Stop" not in keys


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_guide_speaks_from_the_beginning(make_app: AppMaker, size: tuple[int, int]) -> None:
    """All of what it says has its lines, to be seen or scrolled to."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        words = app.screen.query_one("#demo-text", Static)
        shown = "\n".join(words.render_line(line).text for line in range(words.size.height))
        assert "".join(str(words.content).split()) == "".join(shown.split())


async def test_enter_opens_and_escape_returns_with_the_verdict(make_app: AppMaker) -> None:
    """The site's screen is the same as for any site; the list remembers what was seen."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        screen.entries.highlighted = screen.entries.get_option_index("expired")
        await pilot.press("enter")
        site = await finished(pilot)
        assert site.target_bar.input.value == "expired.demo.test"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert lines_of(screen)["expired"].startswith("✗ expired")
        assert "expired 3 days ago" in lines_of(screen)["expired"]
        assert "1 of" in str(screen.query_one("#demo-title").render())


async def test_other_sites_can_be_typed(make_app: AppMaker) -> None:
    """Ctrl+L opens an empty screen; what it shows may be another exhibit."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await pilot.press("ctrl+l")
        site = await furnished(pilot)
        assert isinstance(site.focused, TargetInput)
        await pilot.press(*"tls12.demo.test", "enter")
        site = await finished(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert "trusted" in lines_of(screen)["tls12"]


async def test_the_tour_visits_all(make_app: AppMaker, monkeypatch: object) -> None:
    """One after another; verdicts fill in, and the three that never answer are said to."""
    del monkeypatch
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await pilot.press("a")
        assert screen.touring
        await until(pilot, lambda: not screen.touring)
        assert set(screen.seen) == {entry.id for entry in ENTRIES}
        shown = lines_of(screen)
        assert "trusted" in shown["good"]
        assert shown["revoked"].startswith("✗")
        assert "handshake: " in shown["silent"]
        assert "sent in the wrong order" in shown["wrong-order"]
        assert all(line.isprintable() for line in shown.values())


async def test_the_tour_stops_at_once(make_app: AppMaker) -> None:
    """Escape ends it where it is."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await pilot.press("a")
        await until(pilot, lambda: len(screen.seen) > 0)
        assert "Stop" in str(screen.query_one(KeyBar).render())
        await pilot.press("escape")
        await until(pilot, lambda: all(worker.is_finished for worker in app.workers))
        assert not screen.touring
        assert 0 < len(screen.seen) < len(ENTRIES)


async def test_words_narrow_the_list(make_app: AppMaker) -> None:
    """To what they occur in, under the titles of its groups; a tour then visits only that; Escape shows all again."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await pilot.press("slash", *"mail address")
        shown = {entry.id for entry in screen.entries.shown}
        assert shown == {"outside-mail", "excluded-mail"}
        options = [str(option.prompt) for option in screen.entries.options]
        assert options[0] == "Name constraints"
        assert "2 shown" in str(screen.query_one("#demo-title").render())
        await pilot.press("enter", "a")
        await until(pilot, lambda: not screen.touring)
        assert set(screen.seen) == shown
        assert "Show all" in str(screen.query_one(KeyBar).render())
        await pilot.press("slash", *"zzz")
        assert screen.entries.shown == ()
        assert "none has these words" in str(screen.query_one("#demo-title").render())
        await pilot.press("down", "a")
        assert not screen.touring
        await pilot.press("escape")
        assert screen.entries.shown == ENTRIES
        assert screen.entries.option_count == len(ENTRIES) + len(GROUPS)
        assert "Show all" not in str(screen.query_one(KeyBar).render())


async def test_files_open_like_sites(make_app: AppMaker) -> None:
    """By their name, judged by the name that comes with each; what came of it stands in the list."""
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        bundle = next(bundle for bundle in BUNDLES if bundle.id == "outside-address")
        screen.entries.highlighted = screen.entries.get_option_index(bundle.id)
        await pilot.pause()
        assert f"{bundle.text}, judged as 198.51.100.7" in str(screen.query_one("#demo-text", Static).content)
        await pilot.press("enter")
        site = await finished(pilot)
        assert site.target_bar.input.value == "outside-address.pem"
        await pilot.press("r")
        site = await finished(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert "Demo Outside-Address CA" in lines_of(screen)["outside-address"]


async def test_the_zoo_opens_after_the_first_paint_and_closes_with_the_app() -> None:
    """The list is there before any server is; none is left behind."""
    opened: list[Zoo] = []

    def open_zoo() -> Zoo:
        opened.append(Zoo())
        return opened[0]

    app = TlsglassApp(None, Settings(history_file=None), open_zoo)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        await until(pilot, lambda: bool(opened))
        await pilot.press("enter")
        site = await finished(pilot)
        assert isinstance(site, SiteScreen)
        assert site.observation is not None
        assert site.observation.handshake is not None
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((opened[0].publications.address, opened[0].publications.port))
