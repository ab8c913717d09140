"""Reading a reason in full, and what mends it: the screens behind Space and `f`."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, until
from tlsglass.trust.model import FindingCode
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.ui.dialogs.fix import FixScreen
from tlsglass.ui.dialogs.reason import ReasonScreen
from tlsglass.ui.dialogs.save import SaveScreen
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.themes import ANSI
from tlsglass.ui.widgets.checks import Row
from tlsglass.x509.pem import to_pem


def _text(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).render())


def _copied(pilot: Pilot[None]) -> list[str]:
    return pilot.app.copied  # type: ignore[attr-defined, no-any-return]  # the fixture below puts it there


@pytest.fixture
def make_copying(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> AppMaker:
    """Apps that keep what they copy."""

    def make(target: str, **options: object) -> object:
        app = make_app(target, **options)
        copied: list[str] = []
        monkeypatch.setattr(app, "copied", copied, raising=False)
        monkeypatch.setattr(app.copier, "copy", lambda text, _, **__: copied.append(text))
        return app

    return make  # type: ignore[return-value]  # it is such an app


async def _reason(pilot: Pilot[None], *keys: str) -> ReasonScreen:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, ReasonScreen) and bool(_text(pilot, "#reason-text")))
    screen = pilot.app.screen
    assert isinstance(screen, ReasonScreen)
    return screen


async def _fix(pilot: Pilot[None], *keys: str) -> FixScreen:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, FixScreen) and bool(_text(pilot, "#fix-text")))
    screen = pilot.app.screen
    assert isinstance(screen, FixScreen)
    return screen


async def test_a_finding_is_read_in_full_with_its_evidence(make_copying: AppMaker) -> None:
    """Title, paragraph, rule, certificate, field and bytes, fix; Enter goes there, `c` copies it with all that."""
    async with make_copying("expired.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        await _reason(pilot, "2", "space")
        shown = _text(pilot, "#reason-text")
        for part in (
            "✗ expired\nexpired 3 days ago",
            "The last moment of 'expired.demo.test' was",
            "Rule          RFC 5280 §4.1.2.5",
            "Certificate   expired.demo.test, sent #0",
            "Field         Not after, 15 bytes at 0x",
            "Bytes         17 0d ",
            "Judged by     store Mozilla",
            "Fix           Have it renewed",
        ):
            assert part in shown
        assert max(map(len, shown.splitlines())) <= 78
        await pilot.press("c")
        (copied,) = _copied(pilot)
        assert copied.startswith("expired: expired 3 days ago")
        assert "\nBytes: 17 0d" in copied
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        node = screen.body.certificates.pointed
        assert node is not None
        assert node.field is not None
        assert node.field.id == "validity.not_after"
        assert screen.body.front == "detail"


async def test_what_passed_is_read_in_full_and_leads_nowhere(make_app: AppMaker) -> None:
    """Enter opens it, as its line may be cut; the judges' own words are there."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("2", "z")
        checks = screen.body.checks
        for name, said in (("judged by OpenSSL", "Its words     accepted"), ("name", "is covered by")):
            places = [n for n, row in enumerate(checks._shown) if isinstance(row, Row) and row.name == name]
            checks.list.highlighted = places[0]
            await _reason(pilot, "enter")
            assert said in _text(pilot, "#reason-text")
            assert _text(pilot, "#reason-keys") == "c copies   Esc closes"
            await pilot.press("enter", "f")
            assert isinstance(pilot.app.screen, ReasonScreen)
            await pilot.press("escape")


async def test_revocation_says_who_said_what(make_app: AppMaker) -> None:
    """The stapled response is the evidence: when, until when, since when and why."""
    async with make_app("revoked.demo.test").run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        await _reason(pilot, "2", "space")
        shown = _text(pilot, "#reason-text")
        assert "Said          revoked by staple, as of " in shown
        assert "reason keyCompromise" in shown.replace("\n              ", " ")


async def test_a_finding_of_the_handshake_leads_to_it(make_app: AppMaker) -> None:
    """The tree has no line for the protocol."""
    async with make_app("tls10.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await _reason(pilot, "2", "space")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.body.front == "handshake"
        await pilot.press("2", "enter")
        await pilot.pause()
        assert screen.body.front == "handshake"


async def test_the_repaired_chain_is_shown_copied_and_saved(make_copying: AppMaker, tmp_path: Path) -> None:
    """In the right order, with what changes; the server's lines name the file that it was saved to."""
    async with make_copying("wrong-order.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        await _fix(pilot, "2", "f")
        shown = _text(pilot, "#fix-text").splitlines()
        signs = [line[:6].split() for line in shown if line.strip().endswith(("stays", "#3", "#1", "of the path"))]
        assert signs == [["#0"], ["~", "#1"], ["~", "#2"], ["\N{MINUS SIGN}"]]
        await pilot.press("c")
        assert screen.observation is not None
        assert screen.observation.trust is not None
        chain = repaired_chain(screen.observation.trust)
        assert chain is not None
        pem = "".join(to_pem(certificate.der) for certificate in chain)
        await pilot.press("down", "enter")
        assert _copied(pilot) == [pem, "ssl_certificate /etc/ssl/wrong-order.demo.test-repaired.pem;"]
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveScreen))
        file = tmp_path / "chain.pem"
        pilot.app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FixScreen))
        assert file.read_text(encoding="ascii") == pem
        await pilot.press("c")
        assert _copied(pilot)[-1] == f"ssl_certificate {file};"
        await pilot.press("escape")
        assert pilot.app.screen is screen


async def test_what_is_not_at_hand_is_fetched_from_there(make_app: AppMaker) -> None:
    """`A` fetches, and then the fix is whole."""
    async with make_app("missing-intermediate.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await _fix(pilot, "f")  # the cursor of the tree is on what is missing
        assert "http://ca.demo.test/demo-intermediate-ca.cer (A fetches it)" in _text(pilot, "#fix-text")
        assert _text(pilot, "#fix-keys") == "A fetches the issuer   Esc closes"
        assert not pilot.app.screen.query_one("#fix-lines").display
        before = screen.run
        await pilot.press("c", "s", "A")
        await until(pilot, lambda: screen.run is not before and pilot.app.screen is screen and not screen.running)
        await _fix(pilot, "2", "f")
        assert "+ #1  Demo Intermediate CA            added: fetched from" in _text(pilot, "#fix-text")


async def test_a_reason_leads_to_its_fix(make_app: AppMaker) -> None:
    """And a long one is scrolled while the lines keep the focus."""
    async with make_app("wrong-name.demo.test").run_test(size=(60, 14)) as pilot:
        screen = await finished(pilot)
        await _reason(pilot, "2", "space")
        fix = await _fix(pilot, "f")
        scroll = fix.query_one("#fix-scroll")
        assert scroll.scroll_offset.y == 0
        await pilot.press("pagedown")
        await pilot.pause()
        assert scroll.scroll_offset.y > 0
        await pilot.press("pageup", "q")
        assert pilot.app.screen is screen


def _code(screen: SiteScreen) -> FindingCode | None:
    return screen.body.finding.code if screen.body.finding is not None else None


async def test_the_finding_under_the_cursor_is_mended(make_app: AppMaker) -> None:
    """That of the checks, that of the tree, else the main one; where nothing was found there is no such key."""
    async with make_app("wrong-order.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _code(screen) is FindingCode.WRONG_ORDER
        unrelated = screen.body.line_of(screen.observation.trust.findings[1])  # type: ignore[union-attr]  # it is there
        assert unrelated is not None
        screen.body.certificates.open_at(unrelated.key)
        await pilot.pause()
        assert _code(screen) is FindingCode.UNRELATED_CERTIFICATE
        await pilot.press("2", "down")
        assert _code(screen) is FindingCode.UNRELATED_CERTIFICATE
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.body.finding is None
        await pilot.press("f")
        assert isinstance(pilot.app.screen, SiteScreen)
        screen.action_fix()
        assert isinstance(pilot.app.screen, SiteScreen)


async def test_copying_in_the_checks_takes_the_row_or_the_group(make_copying: AppMaker) -> None:
    """As text for a mail."""
    async with make_copying("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("2", "c", "up", "c")
        first, second = _copied(pilot)
        assert first.startswith("expired: expired 3 days ago")
        assert second.startswith(f"Validity\n{first}\n")
        assert screen.query_one("#checks-list", OptionList).has_focus


async def test_the_cursor_is_seen_in_the_terminals_own_colours(make_app: AppMaker) -> None:
    """Where there are no shades, and no colours at all."""
    async with make_app("expired.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        pilot.app.theme = ANSI.name
        await pilot.press("2")
        await pilot.pause()
        style = screen.body.checks.list.get_visual_style("option-list--option-highlighted")
        assert style.bold
        assert style.underline
