"""Several paths on the screen: `p` goes from one to the next, and the tree and the checks follow."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.peers import peer
from tests.probe.sites import giving, site
from tests.trust.authority import Authority, ec_key
from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tlsglass.trust.model import Finding
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.widgets.panels import PaneTitle

ROOT = Authority.root()
STRANGER = Authority.root("Stranger", key=ec_key(3))
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test")
CROSS = STRANGER.intermediate("Test Root CA", key=ec_key(100))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A chain with two ways up, and beside it the root that only one of them leads to."""
    file = tmp_path / "chain.pem"
    file.write_bytes(LEAF.pem + MIDDLE.pem + CROSS.pem)
    (tmp_path / "ca.pem").write_bytes(ROOT.pem)
    return file


def _title(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one("#tree-title", PaneTitle).note


def _keys(screen: SiteScreen) -> list[str]:
    return [entry.binding.key for entry in screen.active_bindings.values() if entry.enabled]


async def test_p_goes_from_path_to_path(make_app: AppMaker, bundle: Path) -> None:
    """The tree shows that path's nesting, the title which it is and why it is not in use, the checks its findings."""
    app = make_app(
        str(bundle), demo=False, hostname="a.test", ca_store=("none",), ca_file=(bundle.with_name("ca.pem"),)
    )
    async with app.run_test(size=(160, 40)) as pilot:
        screen = await finished(pilot)
        assert _title(pilot).endswith("path 1 of 2")
        first = [line.key for line in screen.body.pane._lines]
        assert first[0] == f"{ROOT.parsed.sha256}@store"
        assert "p" in _keys(screen)
        await pilot.press("p")
        await pilot.pause()
        assert "path 2 of 2: the issuer 'Stranger' is not known" in _title(pilot)
        lines = screen.body.pane._lines
        assert lines[0].key == "missing"
        assert screen.body._known is not None
        assert screen.body._known.trust is not None
        assert [found.code for found in screen.body._known.trust.findings if found.severity == "error"][-1:] == [
            "unknown-issuer"
        ]
        await pilot.press("p")
        await pilot.pause()
        assert [line.key for line in screen.body.pane._lines] == first
        assert screen.observation is not None
        assert screen.observation.trust is not None
        assert screen.observation.trust.path == screen.observation.trust.paths[0].steps


def _listed(screen: SiteScreen) -> tuple[Finding, ...]:
    """The findings that the checks list, in the order of the report."""
    found = [row.item for group in screen.body.checks._groups for row in group.findings]
    return tuple(each for each in found if isinstance(each, Finding))


@pytest.mark.parametrize("exhibit", ["cross-signed", "cross-expired", "wrong-order"])
async def test_the_checks_list_what_is_found_of_the_path_that_is_shown(make_app: AppMaker, exhibit: str) -> None:
    """Each path its own; what mends a finding is that of the shown path, too."""
    async with make_app(f"{exhibit}.demo.test").run_test(size=(160, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        assert screen.observation.trust is not None
        paths = screen.observation.trust.paths
        await pilot.press("2")
        screen.body.certificates.focus()
        for path in (*paths, paths[0]):
            await pilot.pause()
            assert set(_listed(screen)) == set(path.findings)
            assert (screen.body.finding in path.findings) is bool(path.findings)
            assert screen.body.shown is not None
            assert screen.body.shown.trust is not None
            assert screen.body.shown.trust.path == path.steps
            await pilot.press("p")


async def test_with_one_path_there_is_no_such_key(make_app: AppMaker) -> None:
    """Nor does the title count it."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _title(pilot) == "2 sent"
        assert not {"p", "A"} & set(_keys(screen))
        screen.body.show_next_path()
        screen.action_next_path()
        await pilot.pause()
        assert _title(pilot) == "2 sent"


async def test_another_look_begins_with_the_path_in_use(make_app: AppMaker, bundle: Path) -> None:
    """Whichever was shown before."""
    app = make_app(
        str(bundle), demo=False, hostname="a.test", ca_store=("none",), ca_file=(bundle.with_name("ca.pem"),)
    )
    async with app.run_test(size=(160, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("p")
        screen.action_again()
        await finished(pilot)
        await pilot.pause()
        assert _title(pilot).endswith("path 1 of 2")
        screen.body.clear(is_file=True)
        screen.body.show_next_path()
        assert screen.body.path_count == 0
        assert not screen.body.lacks_issuers


async def test_a_fetches_what_was_not_sent(make_app: AppMaker, tmp_path: Path) -> None:
    """Only then; the tree shows the whole path, with what was fetched marked as such."""
    (tmp_path / "ca.pem").write_bytes(ROOT.pem)
    with (
        peer(giving(MIDDLE.der)) as ca,
        site(tmp_path, f"http://127.0.0.1:{ca.endpoint.port}/middle.cer", times=2) as made,
    ):
        options = {"hostname": "a.test", "ca_store": ("none",), "ca_file": (tmp_path / "ca.pem",)}
        app = make_app(f"127.0.0.1:{made.endpoint.port}", demo=False, **options)
        async with app.run_test(size=(160, 40)) as pilot:
            screen = await finished(pilot)
            await until(pilot, lambda: "A" in _keys(screen))
            assert ca.heard == b""
            run = screen.run
            await pilot.press("A")
            await until(pilot, lambda: screen.run is not run and not screen.running)
            await until(pilot, lambda: screen.body.pane._lines[0].key == f"{ROOT.parsed.sha256}@store")
            assert screen.observation is not None
            assert screen.observation.trust is not None
            assert screen.observation.trust.anchored
            assert [each.certificate for each in screen.observation.trust.fetched] == [MIDDLE.parsed]
            assert "A" not in _keys(screen)
