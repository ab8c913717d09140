"""What is copied and saved from a site's screen, by what has the focus."""

from pathlib import Path

import pytest

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tlsglass.ui.clipboard import Clipboard
from tlsglass.ui.dialogs.copy_as import CopyAsScreen
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.dialogs.save_what import SaveWhatScreen


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the clipboard was given, and what it was called."""
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(Clipboard, "copy", lambda _, text, what, **__: given.append((text, what)))
    return given


async def test_c_copies_what_the_focus_is_on(make_app: AppMaker, copied: list[tuple[str, str]]) -> None:
    """The field's value, the finding, the answer."""
    async with make_app("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("c")
        text, what = copied.pop()
        assert what == "Not after"
        assert text.endswith("Z")
        await pilot.press("2", "c")
        text, what = copied.pop()
        assert what == "finding"
        assert text.startswith("expired: expired 3 days ago")
        await pilot.press("1", "c")
        text, what = copied.pop()
        assert what == "response"
        assert text.startswith("HTTP/1.1 200")
        screen.body.certificates.focus()
        await pilot.press("left", "left", "left", "c")
        text, what = copied.pop()
        assert what == "Certificate, PEM"
        assert text.startswith("-----BEGIN CERTIFICATE-----")


async def test_capital_c_offers_all_forms(make_app: AppMaker, copied: list[tuple[str, str]]) -> None:
    """The one that is chosen is copied; leaving copies nothing."""
    app = make_app("good.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CopyAsScreen))
        await pilot.press("escape")
        await finished(pilot)
        assert copied == []
        await pilot.press("C", *"pin", "enter")
        await finished(pilot)
        assert copied[0][0].startswith("sha256//")
        assert copied[0][1].startswith("SPKI pin")


async def test_nothing_is_copied_where_nothing_is(make_app: AppMaker, copied: list[tuple[str, str]]) -> None:
    """A sentence says so."""
    app = make_app("hangs-up.demo.test")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await finished(pilot)
        await pilot.press("c", "1", "c", "2", "c")
        assert copied == []
        assert any("nothing to copy" in notification.message for notification in app._notifications)


async def test_s_asks_what_and_where(make_app: AppMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is selected comes first; the file is there afterwards."""
    monkeypatch.chdir(tmp_path)
    app = make_app("good.demo.test")
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveWhatScreen))
        await pilot.press("escape")
        await finished(pilot)
        await pilot.press("s", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        await pilot.press("enter")
        file = tmp_path / "good.demo.test-chain.pem"
        await until(pilot, file.exists)
        await finished(pilot)
        assert file.read_text().count("BEGIN CERTIFICATE") == 2
