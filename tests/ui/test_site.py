"""A site's screen: what is on it, where keys and the mouse lead, and how it fits its terminal."""

from textual.widgets import OptionList

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, furnished, until
from tlsglass.target import Target
from tlsglass.trust.model import FindingCode
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.status_line import StatusLine
from tlsglass.ui.widgets.target_bar import TargetInput


async def test_first_start_offers_targets(make_app: AppMaker) -> None:
    """Examples, earlier targets, and the demo; the bar has the focus, letters are text."""
    app = make_app(demo=False)
    app.history.add("earlier.test:8443")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await furnished(pilot)
        assert isinstance(screen.focused, TargetInput)
        options = screen.query_one("#start-list", OptionList)
        shown = [str(option.prompt) for option in options.options]
        assert any(line.startswith("example.com") for line in shown)
        assert "earlier.test:8443" in shown
        assert any("tlsglass demo" in str(static.render()) for static in screen.query("Start Static"))
        keys = str(screen.query_one(KeyBar).render())
        assert "Quit" not in keys
        assert "F1 Help" in keys
        await pilot.press("q")
        assert screen.target_bar.input.value == "q"


async def test_an_example_is_looked_at_by_enter(make_app: AppMaker, nobody: int) -> None:
    """The list is reached by Tab, Enter takes the highlighted target."""
    app = make_app(demo=False)
    app.history.add(f"127.0.0.1:{nobody}")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await furnished(pilot)
        await pilot.press("tab", "end", "enter")
        screen = await finished(pilot)
        assert screen.observation is not None
        assert isinstance(screen.observation.target, Target)
        assert screen.observation.target.port == nobody
        assert screen.target_bar.input.value == f"127.0.0.1:{nobody}"


async def test_panels_come_to_the_front_by_key_and_by_mouse(make_app: AppMaker) -> None:
    """1 2 3 and a click on the name do the same; the headline leads to the reasons."""
    async with make_app("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        body = screen.body
        assert body.front == "response"
        for key, panel in (("2", "checks"), ("3", "handshake"), ("1", "response")):
            await pilot.press(key)
            assert body.front == panel
            assert screen.focused is not None
            assert body.query_one(f"#{panel}") in screen.focused.ancestors_with_self
        await pilot.click("#tab-handshake")
        assert body.front == "handshake"
        await pilot.click("Headline")
        assert body.front == "checks"
        assert body.checks.finding is not None
        assert body.checks.finding.code is FindingCode.EXPIRED
        await pilot.press("1")
        screen.headline.focus()
        await pilot.press("enter")
        assert body.front == "checks"


async def test_keys_can_be_clicked(make_app: AppMaker) -> None:
    """The footer does what its keys do."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        at = str(screen.query_one(KeyBar).render()).index("Site")
        await pilot.click(KeyBar, offset=(at + 1, 0))
        assert isinstance(screen.focused, TargetInput)


async def test_panes_stack_where_they_do_not_fit(make_app: AppMaker) -> None:
    """80 columns: detail is a panel; 120: it stands beside the tree. Both ways, while the app runs."""
    async with make_app("expired.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        body = screen.body
        assert body.front == "detail"
        assert body.detail.region.y > body.certificates.region.y
        assert body.detail.region.width == 80
        await pilot.press("2")
        assert not body.detail.is_on_screen or body.query_one("#detail-pane").region.height == 0
        assert "TLS_AES_256_GCM_SHA384" in str(screen.query_one(StatusLine).render())
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert body.front == "checks"
        assert body.detail.region.x > body.certificates.region.right - 1
        assert body.detail.region.y == body.certificates.region.y
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert body.front == "checks", "what is read stays in front"
        assert screen.focused is body.checks.list
        await pilot.press("0")
        assert screen.focused is not None
        assert screen.focused.id == "detail-scroll"
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert body.front == "response"


async def test_a_finding_leads_to_its_field(make_app: AppMaker) -> None:
    """Enter on a row of Checks puts the tree's cursor on the field."""
    async with make_app("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("home", "2", "enter")
        await pilot.pause()
        node = screen.body.certificates.pointed
        assert node is not None
        assert node.field is not None
        assert node.field.id == "validity.not_after"
        assert screen.focused is screen.body.certificates


async def test_find_goes_to_the_answer(make_app: AppMaker) -> None:
    """The slash works from the other panels too; in the tree it finds lines."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("3", "slash")
        assert screen.body.front == "response"
        assert screen.focused is not None
        assert screen.focused.id == "response-find-input"


async def test_the_next_site_is_opened_at_what_matters(make_app: AppMaker) -> None:
    """The tree of a second site is opened as that of a first one is; where the cursor stood before says nothing."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        first = screen.body.certificates.pointed
        await pilot.press("ctrl+l")
        screen.target_bar.input.value = "expired.demo.test"
        await pilot.press("enter")
        await until(pilot, lambda: screen.observation is not None and "expired" in screen.observation.target.text)
        await finished(pilot)
        pointed = screen.body.certificates.pointed
        assert first is not None
        assert pointed is not None
        assert pointed.label == "Not after"


async def test_the_answers_keys_work_from_the_tree_too(make_app: AppMaker) -> None:
    """While it is in front; with another panel there they do nothing."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.focused is screen.body.certificates
        await pilot.press("x")
        assert "hex" in screen.body.response.facts
        await pilot.press("x", "w")
        assert "no wrap" in screen.body.response.facts
        await pilot.press("2")
        screen.body.certificates.focus()
        await pilot.press("x")
        assert "no wrap" in screen.body.response.facts


async def test_what_is_typed_right_after_the_key_goes_into_the_target_bar(make_app: AppMaker) -> None:
    """A terminal that pastes sends the key and the name in one go."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("ctrl+l", "ctrl+u", *"sha1.demo.test")
        assert screen.target_bar.input.value == "sha1.demo.test"
