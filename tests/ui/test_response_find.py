"""The search of the response panel, as its reader drives it."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.response_host import HEAD, Host
from tlsglass.exchange.spool import Spool


@pytest.fixture
def host() -> Iterator[Host]:
    """An app with a panel and an empty spool."""
    with Spool() as spool:
        yield Host(spool)


async def searched(host: Host, pilot: Pilot[None]) -> None:
    """Wait until a search is through and shown."""
    await pilot.pause()
    await host.workers.wait_for_complete()
    await pilot.pause()


async def test_a_search_goes_through_the_matches_and_round(host: Host) -> None:
    """Typing finds, Enter goes back to the bytes, n and N step, round both ends; escape forgets."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"needle\n" + b"hay\n" * 5000 + b"NEEDLE\n" + b"hay\n" * 5000 + b"Needle\n")
        await pilot.press("slash", *"needle")
        await searched(host, pilot)
        assert host.found == "1 of 3"
        await pilot.press("enter", "n")
        await pilot.pause()
        assert host.found == "2 of 3"
        assert "NEEDLE" in host.rows()
        await pilot.press("n", "n")
        assert host.found == "1 of 3"
        await pilot.press("N")
        await pilot.pause()
        assert host.found == "3 of 3"
        assert "Needle" in host.rows()
        await pilot.press("escape")
        assert host.text("#response-line") == host.panel.facts
        assert host.focused is host.body


async def test_matches_are_marked(host: Host) -> None:
    """Each match has a background of its own, the current one another."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"ab xx ab\n")
        await pilot.press("slash", *"ab")
        await searched(host, pilot)
        backgrounds = [piece.style.bgcolor for piece in host.body.render_line(0) if piece.style and piece.text.strip()]
        assert len(backgrounds) == 3
        assert len(set(map(str, backgrounds))) == 3


async def test_a_search_starts_at_the_view(host: Host) -> None:
    """The first match shown is at or after what is in view, else the first of all."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"needle\n" + b"hay\n" * 500)
        await pilot.press("end", "slash", *"needle")
        await searched(host, pilot)
        assert host.found == "1 of 1"
        assert host.rows()[0] == "needle"


async def test_bytes_are_searched_in_the_hexadecimal_view(host: Host) -> None:
    """Pairs of digits are bytes there, and become text again with the text."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(HEAD + b"x" * 4000 + b"\x00\x01\x02")
        await pilot.press("x", "slash", *"00 01")
        await searched(host, pilot)
        assert host.found == "1 of 1"
        assert any("00 01 02" in row for row in host.rows())
        await pilot.press("enter", "x")
        await searched(host, pilot)
        assert host.found == "not found"


async def test_a_search_goes_on_as_bytes_arrive(host: Host) -> None:
    """What comes later is searched too."""
    async with host.run_test(size=(80, 12)) as pilot:
        host.answer(b"nee")
        await pilot.press("slash", *"needle")
        await searched(host, pilot)
        assert host.found == "not found"
        host.spool.append(b"dle\n")
        host.panel.grew(host.spool.size)
        await searched(host, pilot)
        assert host.found == "1 of 1"


async def test_a_match_far_to_the_right_is_brought_into_view(host: Host) -> None:
    """Without wrapping the view goes sideways to it."""
    async with host.run_test(size=(60, 12)) as pilot:
        host.answer(b"." * 1500 + b"needle" + b"." * 100 + b"\n")
        await pilot.press("w", "slash", *"needle")
        await searched(host, pilot)
        await pilot.pause()
        assert "needle" in host.rows()[0]


async def test_next_without_a_search_opens_one(host: Host) -> None:
    """The key n has something to do before anything was looked for."""
    async with host.run_test(size=(60, 12)) as pilot:
        host.answer(b"abc")
        await pilot.press("n")
        assert isinstance(host.focused, Input)
