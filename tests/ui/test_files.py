"""Files in the app: named, pasted, piped in, opened from a dialog; with a password; very many certificates."""

from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DirectoryTree, Input

from tests.trust.authority import Authority
from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, site_of, until
from tlsglass.ui.dialogs.open_file import OpenFileScreen, completed
from tlsglass.ui.dialogs.password import PasswordScreen
from tlsglass.ui.dialogs.what_if import SourceInput
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.widgets.detail import HexView
from tlsglass.ui.widgets.typing import Line
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.pem import to_pem

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
BUNDLE = (to_pem(LEAF.parsed.der) + to_pem(ROOT.parsed.der)).encode()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A leaf and its root."""
    path = tmp_path / "chain.pem"
    path.write_bytes(BUNDLE)
    return path


def _labels(screen: SiteScreen) -> list[str]:
    return [line.data.node.label for line in screen.body.certificates.root.children if line.data is not None]


def _in_line(screen: SiteScreen) -> bool:
    return screen.target_bar.input.has_focus


async def test_a_file_is_shown_without_an_answer(make_app: AppMaker, bundle: Path) -> None:
    """Its certificates in their order, not judged and saying so; neither an answer nor a handshake."""
    app = make_app(str(bundle))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _labels(screen) == [LEAF.parsed.label, ROOT.parsed.label]
        assert "not checked: no name given" in str(screen.headline.render())
        assert "2 in PEM" in str(screen.body.query_one("#tree-title").render())
        assert screen.body.front == "checks"
        await pilot.press("1", "3")
        assert screen.body.front == "checks"
        assert not screen.body.query_one("#tab-response").display
        await pilot.press("slash", *"Test Root", "enter")
        await until(pilot, lambda: screen.body.pane.find_line.standing.startswith("1 of"))
        assert app.history.latest == (str(bundle),)
        screen.look_at("good.demo.test")
        await finished(pilot)
        await until(pilot, lambda: screen.body.front == "response")
        assert screen.body.query_one("#tab-response").display


async def test_a_file_is_judged_by_a_name(make_app: AppMaker, bundle: Path, tmp_path: Path) -> None:
    """As a site's chain is."""
    roots = tmp_path / "roots.pem"
    roots.write_text(to_pem(ROOT.parsed.der))
    app = make_app(str(bundle), demo=False, hostname="a.test", ca_file=(roots,), ca_store=("none",))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        assert screen.observation.trust is not None
        assert screen.observation.trust.hostname == "a.test"
        assert _labels(screen) == [ROOT.parsed.label]


async def test_several_files_stand_together(make_app: AppMaker, bundle: Path, tmp_path: Path) -> None:
    """What can't be read is a line of its own; a site among them is complained about."""
    app = make_app(str(bundle), also=(str(tmp_path / "gone.pem"),))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _labels(screen) == [LEAF.parsed.label, ROOT.parsed.label, "Note"]
        assert screen.target_bar.input.value == "chain.pem and 1 more"
        screen.look_at("chain.pem and 1 more")
        again = await finished(pilot)
        assert len(_labels(again)) == 3
    app = make_app(str(bundle), also=("good.demo.test",))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: site_of(pilot).target_bar.error != "")
        assert "good.demo.test" in site_of(pilot).target_bar.error


async def test_what_is_missing_is_said(make_app: AppMaker, tmp_path: Path) -> None:
    """With its reason."""
    async with make_app(str(tmp_path / "gone.pem")).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert "✗ NOT READ" in str(screen.headline.render())
        assert "No such file" in " ".join(str(screen.headline.render()).split())


@pytest.mark.parametrize("in_the_line", [True, False])
async def test_certificates_are_pasted(make_app: AppMaker, in_the_line: bool) -> None:  # noqa: FBT001 - both ways
    """Into the target line or anywhere else."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        place = screen.target_bar.input if in_the_line else screen.body.certificates
        place.focus()
        await pilot.pause()
        place.post_message(events.Paste(BUNDLE.decode()))
        await until(pilot, lambda: screen.observation is not None and screen.observation.contents is not None)
        await finished(pilot)
        assert _labels(screen) == [LEAF.parsed.label, ROOT.parsed.label]
        assert screen.target_bar.input.value == "pasted text"


async def test_a_target_is_pasted(make_app: AppMaker) -> None:
    """Into the line, where it waits for Enter; nothing at all is left alone."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        screen.body.certificates.focus()
        screen.body.certificates.post_message(events.Paste(" \n"))
        await pilot.pause()
        assert not _in_line(screen)
        screen.body.certificates.post_message(events.Paste("expired.demo.test\n"))
        await pilot.pause()
        assert _in_line(screen)
        assert screen.target_bar.input.value == "expired.demo.test"
        screen.target_bar.input.post_message(events.Paste(".x"))
        await pilot.pause()
        assert ".x" in screen.target_bar.input.value


async def test_what_was_piped_in(make_app: AppMaker) -> None:
    """`-` is what was read before the terminal took the place of standard input."""
    async with make_app("-", standard_input=BUNDLE).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _labels(screen) == [LEAF.parsed.label, ROOT.parsed.label]
    async with make_app("-").run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: site_of(pilot).target_bar.error != "")
        assert "nothing was piped in" in site_of(pilot).target_bar.error


def _sealed(tmp_path: Path) -> Path:
    path = tmp_path / "sealed.p12"
    certificate = x509.load_der_x509_certificate(LEAF.parsed.der)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"mine", None, certificate, None, BestAvailableEncryption(b"open sesame"))
    )
    return path


async def _asked(pilot: Pilot[None]) -> PasswordScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, PasswordScreen))
    screen = pilot.app.screen
    assert isinstance(screen, PasswordScreen)
    return screen


async def test_a_password_is_asked_for_without_echo(make_app: AppMaker, tmp_path: Path) -> None:
    """Again where it does not fit."""
    async with make_app(str(_sealed(tmp_path))).run_test(size=(120, 40)) as pilot:
        first = await _asked(pilot)
        assert first.query_one(Input).password
        await pilot.press(*"wrong", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PasswordScreen) and pilot.app.screen is not first)
        assert "does not open it" in str(pilot.app.screen.query_one("#password-title").render())
        await pilot.press(*"open", "space", *"sesame", "enter")
        screen = await finished(pilot)
        assert _labels(screen) == [LEAF.parsed.label]


async def test_nobody_knows_the_password(make_app: AppMaker, tmp_path: Path) -> None:
    """Escape leaves it, and what is missing is said; quitting is not held up by the question."""
    async with make_app(str(_sealed(tmp_path))).run_test(size=(120, 40)) as pilot:
        await _asked(pilot)
        await pilot.press("escape")
        screen = await finished(pilot)
        assert "needs a password" in str(screen.headline.render())
        await pilot.press("r")
        await _asked(pilot)


async def test_a_file_is_chosen_from_a_dialog(
    make_app: AppMaker, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By walking there, or by typing a path that completes itself."""
    monkeypatch.chdir(bundle.parent)
    (bundle.parent / "inner").mkdir()
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        screen.body.certificates.focus()
        await pilot.press("o")
        tree = pilot.app.screen.query_one(DirectoryTree)
        await until(pilot, lambda: len(tree.root.children) > 0)
        await pilot.press("backspace")
        await until(pilot, lambda: Path(tree.path) == bundle.parent.parent)
        await pilot.press("shift+tab", *"inner", "enter")
        await until(pilot, lambda: Path(tree.path) == bundle.parent / "inner")
        await pilot.press("shift+tab", "ctrl+a", "ctrl+k", *"nothing.pem", "enter")
        assert "nothing.pem" in str(pilot.app.screen.query_one("#open-error").render())
        await pilot.press("ctrl+a", "ctrl+k", *"chai", "right", "enter")
        await until(pilot, lambda: screen.observation is not None and screen.observation.contents is not None)
        assert _labels(await finished(pilot)) == [LEAF.parsed.label, ROOT.parsed.label]
        screen.body.certificates.focus()
        await pilot.press("o", "escape")
        assert pilot.app.screen is screen


async def test_a_file_is_chosen_in_the_tree(bundle: Path, make_app: AppMaker) -> None:
    """Enter on it gives its path."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        chosen: list[str | None] = []
        pilot.app.push_screen(OpenFileScreen(bundle.parent), chosen.append)
        await until(pilot, lambda: isinstance(pilot.app.screen, OpenFileScreen))
        tree = pilot.app.screen.query_one(DirectoryTree)
        await until(pilot, lambda: len(tree.root.children) > 0)
        await pilot.press("end", "enter")
        await until(pilot, lambda: chosen != [])
        assert chosen == [str(bundle)]


def test_paths_are_completed(bundle: Path) -> None:
    """By what is there; folders with their slash."""
    (bundle.parent / "inner").mkdir()
    assert completed("cha", bundle.parent) == "chain.pem"
    assert completed("./inn", bundle.parent) == "./inner/"
    assert completed("chain.pem", bundle.parent) is None
    assert completed("inner/", bundle.parent) is None
    assert completed("gone/x", bundle.parent) is None
    assert completed("~nobody-at-all/x", bundle.parent) is None
    assert completed("\0/x", bundle.parent) is None


async def test_ten_thousand_certificates_open_as_folders(make_app: AppMaker, tmp_path: Path) -> None:
    """None of them is read before it is looked at."""
    path = tmp_path / "many.pem"
    roots = certifi.contents()
    path.write_text(roots * (10_000 // roots.count("-----BEGIN") + 1), encoding="utf-8")
    async with make_app(str(path)).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        assert screen.observation.contents is not None
        assert len(screen.observation.contents.items) >= 10_000
        assert {found.kind for found in screen.observation.contents.items} == {Kind.CERTIFICATE}
        assert _labels(screen)[0] == "1 to 100"
        screen.body.certificates.focus()
        await pilot.press("end", "right", "down")
        await pilot.pause()
        pointed = screen.body.certificates.pointed
        assert pointed is not None
        assert pointed.certificate is not None
        assert screen.query_one(HexView).der == pointed.certificate.der


async def test_file_names_steer_no_terminal(
    make_app: AppMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the list they stand with escapes; the line completes only what can be typed."""
    evil = tmp_path / "chain\x1b]0;x\x07\u202e[red].pem"
    evil.write_text("x")
    assert completed("cha", tmp_path) is None
    monkeypatch.chdir(tmp_path)
    app = make_app(demo=False)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.is_running)
        screen = OpenFileScreen(tmp_path)
        app.push_screen(screen)
        await until(pilot, lambda: bool(screen.query("#open-tree")))
        tree = screen.query_one(DirectoryTree)
        await until(pilot, lambda: bool(tree.root.children))
        (leaf,) = tree.root.children
        assert str(leaf.label) == "chain\\x1b]0;x\\x07\\u202e[red].pem"


async def test_what_is_pasted_or_recalled_steers_no_terminal(make_app: AppMaker) -> None:
    """Textual's own line would hand control characters on to the terminal."""
    app = make_app(demo=False)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query(Input)))
        line = app.screen.query_one(Input)
        line.focus()
        line.value = "a\x1b[31m"
        assert line.value == "a\\x1b[31m"
        line.cursor_position = len(line.value)
        line.post_message(events.Paste("b\u202ec"))
        await until(pilot, lambda: "b" in line.value)
        assert line.value.endswith("b\\u202ec")
        assert line.cursor_position == len(line.value)


def test_passwords_stay_as_they_are_typed() -> None:
    """They are drawn as dots, so nothing in them steers anything, and an escape would be another password."""
    assert Line(password=True).validate_value("a\u00a0\x1b") == "a\u00a0\x1b"
    assert Line().validate_value("a\u00a0\x1b") == "a\\xa0\\x1b"


async def test_a_path_is_pasted_once_and_steers_nothing() -> None:
    """Also where certificates may be pasted into the same line."""

    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield SourceInput()

    async with Host().run_test() as pilot:
        line = pilot.app.query_one(SourceInput)
        line.focus()
        line.post_message(events.Paste("a\x1b.pem"))
        await until(pilot, lambda: bool(line.value))
        assert line.value == "a\\x1b.pem"
