"""The certificate tree: what stays open, where the cursor is, how a line is drawn, and 500 names."""

from typing import Any

import pytest
from rich.style import NULL_STYLE, Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets.tree import TreeNode

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished
from tlsglass.report.lines import Node
from tlsglass.trust.model import Severity
from tlsglass.ui.themes import DARK
from tlsglass.ui.widgets.certificate_tree import CertificateTree, Line
from tlsglass.x509.model import Field


def line(key: str, summary: str = "", *children: Node, **more: Any) -> Node:  # noqa: ANN401 - as Node has them
    """A line that shows a field."""
    label = more.pop("label", key.rpartition("/")[2].title())
    return Node(
        key=key,
        label=label,
        summary=summary,
        field=Field(id=key, label=label, value=summary),
        children=children,
        **more,
    )


LEAF = Node(
    key="leaf",
    label="a.test",
    summary="",
    note="sent #0",
    children=(line("leaf/subject", "CN=a.test"), line("leaf/names", "a.test", line("leaf/names.0", "a.test"))),
)
ROOT = Node(key="root", label="Root CA", summary="", note="from the store", children=(line("root/", "10"), LEAF))


class Host(App[None]):
    """An owner of a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.pointed: list[str | None] = []

    def compose(self) -> ComposeResult:
        """Only what is tested."""
        yield CertificateTree()

    def on_certificate_tree_pointed(self, message: CertificateTree.Pointed) -> None:
        """Remember it."""
        self.pointed.append(message.node.key if message.node else None)

    @property
    def tree_shown(self) -> CertificateTree:
        """The tree."""
        return self.query_one(CertificateTree)

    def lines(self) -> list[str]:
        """The lines as drawn."""
        tree = self.tree_shown
        return [tree.render_line(y).text.rstrip() for y in range(tree.last_line + 1)]


async def test_the_leaf_is_open_and_has_the_cursor() -> None:
    """What is above it opens for it; the owner is told."""
    host = Host()
    async with host.run_test(size=(60, 20)) as pilot:
        host.tree_shown.open_line("leaf")
        host.tree_shown.show((ROOT,), judged=True, point_at="leaf")
        await pilot.pause()
        assert len(host.lines()) == 5
        assert host.pointed[-1] == "leaf"
        assert host.lines()[0].endswith("from the store")
        assert host.lines()[2].endswith("sent #0")
        assert host.lines()[3].split() == ["Subject", "CN=a.test"]
        assert host.lines()[4].split() == ["▸", "Names", "a.test"]


async def test_another_event_changes_neither_what_is_open_nor_the_place() -> None:
    """The chain is linked once it is judged; the reader, who has moved, stays on the same line."""
    host = Host()
    async with host.run_test(size=(60, 20)) as pilot:
        host.tree_shown.focus()
        host.tree_shown.open_line("leaf")
        host.tree_shown.show((LEAF,), point_at="leaf")
        await pilot.press("down", "down", "right")
        assert host.pointed[-1] == "leaf/names"
        host.tree_shown.show((ROOT,), judged=True, point_at="leaf/subject")
        await pilot.pause()
        assert host.pointed[-1] == "leaf/names"
        node = host.tree_shown.cursor_node
        assert node is not None
        assert node.is_expanded
        await pilot.press("down")
        assert host.pointed[-1] == "leaf/names.0"


async def test_the_cursor_follows_the_main_reason_until_the_reader_moves_it() -> None:
    """It is on the leaf first, and goes to the field that is wrong once that is known."""
    host = Host()
    async with host.run_test(size=(60, 20)) as pilot:
        host.tree_shown.show((LEAF,), point_at="leaf")
        host.tree_shown.show((ROOT,), judged=True, point_at="leaf/names.0")
        await pilot.pause()
        assert host.pointed[-1] == "leaf/names.0"


async def test_left_and_right_close_and_open() -> None:
    """Right goes in, left goes out."""
    host = Host()
    async with host.run_test(size=(60, 20)) as pilot:
        host.tree_shown.focus()
        host.tree_shown.show((LEAF,), point_at="leaf")
        await pilot.press("right")
        assert len(host.lines()) == 3
        await pilot.press("right", "left")
        assert host.pointed[-1] == "leaf"
        await pilot.press("left")
        assert len(host.lines()) == 1
        await pilot.press("left", "right", "down", "right")
        assert host.pointed[-1] == "leaf/subject"


async def test_another_site_begins_closed() -> None:
    """Nothing of the last one stays."""
    host = Host()
    async with host.run_test(size=(60, 20)) as pilot:
        host.tree_shown.open_line("leaf")
        host.tree_shown.show((LEAF,), point_at="leaf")
        host.tree_shown.forget()
        await pilot.pause()
        assert host.pointed[-1] is None
        host.tree_shown.show((LEAF,), point_at="leaf")
        await pilot.pause()
        assert len(host.lines()) == 1
        assert not host.tree_shown.open_at("nothing")


async def test_lines_fit_and_say_their_marks() -> None:
    """Values are cut with …, marks stand before labels, values share a column."""
    host = Host()
    fields = (line("c/serial", "4f:1a:" * 40), line("c/validity", "expired", mark=Severity.ERROR))
    bad = Node(key="c", label="c" * 90, summary="", note="sent #0", mark=Severity.ERROR, children=fields)
    async with host.run_test(size=(50, 12)) as pilot:
        host.tree_shown.open_line("c")
        host.tree_shown.show((bad,), judged=True, point_at="c")
        await pilot.pause()
        first, serial, validity = host.lines()
        assert first.strip().startswith("▾ ✗ ccc")
        assert "…" in first
        assert max(map(len, (first, serial, validity))) <= 50
        assert serial.endswith("…")
        assert "✗ Validity" in validity
        assert serial.index("4f:1a") == validity.index("expired")


async def test_no_text_of_a_stranger_is_interpreted() -> None:
    """A label that is markup or an escape sequence is drawn as what it is."""
    host = Host()
    hostile = Node(key="h", label="[/x] [red]r[/red] \x1b[31m", summary="\u202e\x07", note="[b]")
    async with host.run_test(size=(90, 5)) as pilot:
        host.tree_shown.show((hostile,), point_at="h")
        await pilot.pause()
        drawn = host.lines()[0]
        assert r"[/x] [red]r[/red] \x1b[31m" in drawn
        assert r"\u202e\x07" in drawn
        assert drawn.endswith("[b]")
        assert host.tree_shown.render_label(host.tree_shown.root, NULL_STYLE, NULL_STYLE).plain == ""


async def test_five_hundred_names_open_without_a_stall(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, as lines and in full in the detail; of the lines only those are drawn that are in view."""
    drawn = []
    draw = CertificateTree.render_label

    def counted(tree: CertificateTree, node: TreeNode[Line], base_style: Style, style: Style) -> Text:
        drawn.append(node.id)
        return draw(tree, node, base_style, style)

    async with make_app("many-names.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        tree = screen.body.certificates
        while tree.pointed is None or tree.pointed.label != "Names":
            await pilot.press("down")
        before = tree.last_line
        monkeypatch.setattr(CertificateTree, "render_label", counted)
        await pilot.press("right")
        await pilot.pause()
        assert 0 < len(set(drawn)) <= tree.size.height + 1
        assert tree.last_line == before + 500
        assert screen.body.detail.text.count("many-names.demo.test") >= 500
