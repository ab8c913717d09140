"""From a field to its bytes and back, the ASN.1 elements, and finding in lines and bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.themes import DARK
from tlsglass.ui.widgets.detail import HexView
from tlsglass.ui.widgets.detail.hex_rows import hex_rows, page_top
from tlsglass.x509.model import Span


def _pointed(screen: SiteScreen) -> str:
    node = screen.body.certificates.pointed
    assert node is not None
    return node.key.partition("/")[2]


async def _leaf_at(pilot: Pilot[None], field: str) -> SiteScreen:
    """The screen with the cursor on a field of the leaf."""
    screen = await finished(pilot)
    assert screen.observation is not None
    assert screen.body.certificates.open_at(f"{screen.observation.certificates[0].sha256}/{field}")
    await pilot.pause()
    return screen


async def test_the_bytes_of_a_field_stand_out(make_app: AppMaker) -> None:
    """All of the certificate is there, scrolled to the field; what is derived has none."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await _leaf_at(pilot, "extensions")
        view = screen.body.detail.hex_view
        node = screen.body.certificates.pointed
        assert node is not None
        assert node.certificate is not None
        assert node.field is not None
        assert view.der == node.certificate.der
        assert view.span == node.field.span
        assert view.span is not None
        assert view.cursor == view.span.start
        assert view.scroll_offset.y > 0
        screen.body.certificates.open_at(f"{node.certificate.sha256}/fingerprints")
        await pilot.pause()
        assert view.span is None


async def test_the_cursor_in_the_bytes_selects_the_field(make_app: AppMaker) -> None:
    """Both ways: the tree follows byte by byte, and the bytes follow the tree."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await _leaf_at(pilot, "serial")
        view = screen.body.detail.hex_view
        assert view.span is not None
        await pilot.press("b")
        assert screen.focused is view
        start, end = view.span.start, view.span.end
        await pilot.press(*["right"] * (end - start - 1))
        await pilot.pause()
        assert (view.cursor, _pointed(screen)) == (end - 1, "serial")
        await pilot.press("right")
        await pilot.pause()
        assert _pointed(screen).startswith("signature")
        assert view.cursor == end
        await pilot.press("home")
        await pilot.pause()
        assert (view.cursor, _pointed(screen)) == (0, "")
        await pilot.press("end", "pageup", "pagedown", "up", "down")
        await pilot.pause()
        assert view.cursor == len(view.der) - 1
        assert _pointed(screen).startswith("signature")
        screen.body.certificates.focus()
        await pilot.press("left")
        await pilot.pause()
        pointed = screen.body.certificates.pointed
        assert pointed is not None
        assert pointed.field is not None
        assert screen.body.detail.hex_view.span == pointed.field.span


async def test_elements_and_fields_lead_to_each_other(make_app: AppMaker) -> None:
    """`a` goes from a field to its element and back to the field of the element that one went to."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await _leaf_at(pilot, "validity.not_after")
        before = screen.body.detail.hex_view.span
        await pilot.press("a")
        await pilot.pause()
        node = screen.body.certificates.pointed
        assert node is not None
        assert node.field is not None
        assert node.field.span == before
        assert "UTCTime" in node.label
        assert screen.body.pane.shows_asn1
        await pilot.press("up", "up", "slash", *"2.5.29.15", "enter")
        await until(pilot, lambda: screen.body.pane.find_line.standing == "1 of 1")
        assert screen.focused is screen.body.certificates
        found = screen.body.certificates.pointed
        assert found is not None
        assert found.summary == "2.5.29.15 keyUsage"
        await pilot.press("a")
        await pilot.pause()
        assert _pointed(screen).startswith("extensions.2.5.29.15")


async def test_a_line_without_bytes_has_no_elements(make_app: AppMaker) -> None:
    """The line for what is missing says so."""
    async with make_app("missing-intermediate.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        screen.body.certificates.focus()
        await pilot.press("home")
        assert screen.body.certificates.open_at("missing")
        await pilot.pause()
        await pilot.press("a")
        assert not screen.body.pane.shows_asn1


async def test_lines_are_found(make_app: AppMaker) -> None:
    """Step by step, round the end, and no more after Escape."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await _leaf_at(pilot, "serial")
        screen.body.certificates.focus()
        line = screen.body.pane.find_line
        await pilot.press("slash", *"no such text at all")
        await until(pilot, lambda: line.standing == "not found")
        await pilot.press("ctrl+a", "ctrl+k", *"digitalsig", "enter")
        await until(pilot, lambda: line.standing.startswith("1 of"))
        first = screen.body.certificates.pointed
        await pilot.press("n")
        await until(pilot, lambda: line.standing.startswith("2 of"))
        assert screen.body.certificates.pointed != first
        await pilot.press("N", "N")
        assert line.standing.partition(" ")[0] == line.standing.rpartition(" ")[2]
        await pilot.press("slash", "escape")
        assert not line.is_on
        assert screen.focused is screen.body.certificates
        await pilot.press("slash", "ctrl+a", "ctrl+k", "enter")
        assert not line.display
        assert screen.focused is screen.body.certificates


@pytest.mark.parametrize(("keys", "wanted"), [((), "digitalsig"), (("b",), "551d11")], ids=["tree", "bytes"])
async def test_escape_ends_a_search_before_it_leaves_the_site(
    make_app: AppMaker, keys: tuple[str, ...], wanted: str
) -> None:
    """Whoever steps through the hits is still searching: the first Escape is for that, the second one goes back."""
    async with make_app().run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        screen = await finished(pilot)
        screen.body.certificates.focus()
        await pilot.press(*keys, "slash", *wanted, "enter", "escape")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


async def test_bytes_are_found(make_app: AppMaker) -> None:
    """In the hex view: the match is marked, and the tree goes to its field."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await _leaf_at(pilot, "subject")
        view, line = screen.body.detail.hex_view, screen.body.detail.find_line
        await pilot.press("b", "slash", *"551d11", "enter")
        await until(pilot, lambda: line.standing == "1 of 1")
        assert view.der[view.cursor : view.cursor + 3] == b"\x55\x1d\x11"
        assert _pointed(screen).startswith("extensions")
        assert screen.focused is view
        await pilot.press("n")
        await pilot.press("slash", "escape")
        assert not line.is_on


async def test_where_there_is_little_room_the_focus_decides(make_app: AppMaker) -> None:
    """At 80 by 24 text and bytes share the panel by turns."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await _leaf_at(pilot, "serial")
        await pilot.press("b")
        await pilot.pause()
        detail = screen.body.detail
        assert not detail.query_one("#detail-scroll").display
        assert detail.hex_view.region.height >= 5
        await pilot.press("0")
        await pilot.pause()
        assert detail.query_one("#detail-scroll").display


async def test_the_text_follows_while_the_bytes_have_the_room(make_app: AppMaker) -> None:
    """At 80 by 24: what is shown in full afterwards is the field that the cursor went to."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await _leaf_at(pilot, "serial")
        serial = screen.body.detail.text
        await pilot.press("b", "end", "0")
        await pilot.pause()
        assert _pointed(screen).startswith("signature")
        assert screen.body.detail.text != serial


class Host(App[None]):
    """An owner of a hex view."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """Only what is tested."""
        yield HexView()


async def test_rows() -> None:
    """Offset, bytes, characters; the last row may be short; what is clicked gets the cursor."""
    host = Host()
    async with host.run_test(size=(80, 10)) as pilot:
        view = host.query_one(HexView)
        view.show(bytes(range(0x38, 0x38 + 20)), Span(start=2, header=2, end=8, tag="x"))
        await pilot.pause()
        rows = [view.render_line(y).text.rstrip() for y in range(3)]
        assert rows[0] == "0000  38 39 3a 3b 3c 3d 3e 3f  40 41 42 43 44 45 46 47  89:;<=>?@ABCDEFG"
        assert rows[1] == "0010  48 49 4a 4b" + " " * 39 + "HIJK"
        assert rows[2] == ""
        assert view.cursor == 2
        await pilot.click(HexView, offset=(rows[0].index("41"), 0))
        assert view.cursor == 9
        await pilot.click(HexView, offset=(rows[0].index("F"), 0))
        assert view.cursor == 14
        await pilot.click(HexView, offset=(79, 0))
        await pilot.click(HexView, offset=(1, 0))
        await pilot.click(HexView, offset=(rows[0].index("47"), 1))
        assert view.cursor == 14
        styles = {segment.text: segment.style for segment in view.render_line(0) if segment.text.strip()}
        assert styles["3a"] == styles["3b"] != styles["3c"] == styles["3f"] != styles["40"] == styles["39"]


_FIELD = Span(start=0x150, header=4, end=0x200, tag="x")


@pytest.mark.parametrize(
    ("before", "size"),
    [((), (80, 12)), ((0x3FF,), (80, 12)), ((0, 0x140), (80, 12)), ((0x150,), (80, 30)), ((0x1A0,), (60, 12))],
)
async def test_a_field_stands_where_it_stands(before: tuple[int, ...], size: tuple[int, int]) -> None:
    """Wherever one comes from, and whatever room there was."""
    host = Host()
    async with host.run_test(size=size) as pilot:
        view = host.query_one(HexView)
        view.show(bytes(0x400), None)
        await pilot.pause()
        for offset in before:
            view.go_to(offset)
        view.show(view.der, _FIELD)
        await pilot.resize_terminal(80, 12)
        await pilot.pause()
        assert view.scroll_offset.y == 0x15 // 6 * 6
        view.scroll_to(y=0, animate=False)
        view.show(view.der, _FIELD)
        assert view.scroll_offset.y == 0  # where the reader has scrolled to


async def test_bytes_that_were_looked_for_are_seen_whole() -> None:
    """Also in the middle of a field that is shown from its beginning."""
    host = Host()
    async with host.run_test(size=(80, 12)) as pilot:
        view = host.query_one(HexView)
        view.show(bytes(0x400), _FIELD)
        await pilot.pause()
        top = view.scroll_offset.y
        view.go_to((top + 11) * 16, length=40, matched=True)
        assert view.scroll_offset.y == (top + 11) // 6 * 6
        view.go_to((top + 11) * 16)
        assert view.scroll_offset.y == top


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 60))
def test_pages(element: int, cursor: int, height: int) -> None:
    """The cursor is in sight; where the element is too, it begins in the upper half."""
    top = page_top(element, cursor, height)
    assert top <= cursor < top + height
    if element <= cursor < element + height // 2:
        assert top <= element < top + max(1, height // 2)


@pytest.mark.parametrize("width", [20, 30, 40, 61, 62, 72, 100])
def test_layouts(width: int) -> None:
    """As much as fits; each byte has a cell of its own, and its cell leads back to it."""
    rows = hex_rows(5000, width)
    assert rows.width <= max(width, 34)
    cells = [rows.cell(index) for index in range(rows.per_row)]
    assert all(after - before >= 2 for before, after in pairwise(cells))
    for index, cell in enumerate(cells):
        assert rows.index_at(cell) == rows.index_at(cell + 1) == index
        assert rows.index_at(rows.text_at + index) == index
    assert rows.index_at(0) is None
    assert rows.index_at(rows.width) is None
    assert hex_rows(0x12345, width).digits == 5
