"""What if: the chain on the screen is judged again for another time or name, without a connection."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from tests.trust.authority import NOW, Authority
from tests.ui.conftest import AppMaker
from tests.ui.waiting import finished, headline_of, site_of, until
from tlsglass.demo.zoo import Zoo
from tlsglass.report.lines import Node
from tlsglass.trust.model import FindingCode, TrustReport, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.supposition.model import Supposition
from tlsglass.ui.demo.screen import DemoScreen
from tlsglass.ui.dialogs.premises import Premises
from tlsglass.ui.dialogs.what_if import WhatIfScreen
from tlsglass.ui.site import supposing
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.widgets.captions import worst
from tlsglass.ui.widgets.key_bar import KeyBar
from tlsglass.ui.widgets.panels import PaneTitle
from tlsglass.x509.pem import to_pem


async def _ask(pilot: Pilot[None]) -> WhatIfScreen:
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
    asked = pilot.app.screen
    assert isinstance(asked, WhatIfScreen)
    return asked


async def _suppose(pilot: Pilot[None], screen: SiteScreen, at: str = "", hostname: str = "") -> TrustReport:
    """Fill in the dialog and wait for the judgement."""
    before = _report(screen)
    asked = await _ask(pilot)
    asked.query_one("#what-if-at", Input).value = at
    asked.query_one("#what-if-name", Input).value = hostname
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is screen and _report(screen) is not before)
    return _report(screen)


def _report(screen: SiteScreen) -> TrustReport:
    assert screen.observation is not None
    assert screen.observation.trust is not None
    return screen.observation.trust


async def test_another_day_and_back(make_app: AppMaker) -> None:
    """The headline says that it is supposed, a message what it changes; empty fields bring the truth back."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        run = screen.run
        report = await _suppose(pilot, screen, at="+300d")
        assert screen.run is run
        assert (report.verdict, report.seen_at) == (Verdict.UNTRUSTED, truth.at)
        assert FindingCode.EXPIRED in {found.code for found in report.findings}
        assert headline_of(screen).startswith(f"What if at {report.at:%Y-%m-%d %H:%M} UTC   ✗ NOT TRUSTED   expired")
        assert [note.message for note in pilot.app._notifications] == [
            "Now NOT TRUSTED. New: expired, staple-unusable."
        ]
        asked = await _ask(pilot)
        assert asked.query_one("#what-if-at", Input).value == f"{report.at:%Y-%m-%dT%H:%M:%SZ}"
        await pilot.press("escape")
        back = await _suppose(pilot, screen)
        assert back == truth
        assert headline_of(screen).startswith("✓ TRUSTED")


async def test_another_name(make_app: AppMaker) -> None:
    """At the moment at which the site was seen; looking again is about the truth."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        report = await _suppose(pilot, screen, hostname="Other.test")
        assert (report.hostname, report.at, report.seen_at) == ("other.test", truth.at, truth.at)
        assert report.findings[0].code is FindingCode.NAME_MISMATCH
        assert headline_of(screen).startswith("What if for other.test   ✗ NOT TRUSTED")
        assert (await _ask(pilot)).query_one("#what-if-name", Input).value == "other.test"
        await pilot.press("escape", "r")
        await until(pilot, lambda: screen.observation is not None and screen.observation.finished)
        assert _report(screen).seen_at is None


async def test_what_can_not_be_supposed_is_complained_about(make_app: AppMaker) -> None:
    """Under the fields, until they are changed."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        await finished(pilot)
        asked = await _ask(pilot)
        await pilot.press(*"soon", "enter")
        assert "'soon' is no moment." in str(asked.query_one("#what-if-error").render())
        await pilot.press("ctrl+a", "ctrl+k", "tab", *"a..b")
        assert str(asked.query_one("#what-if-error").render()) == ""
        await pilot.press("enter")
        assert "a..b" in str(asked.query_one("#what-if-error").render())
        await pilot.press("escape")
        assert site_of(pilot).headline.observation is not None


async def test_a_file_is_judged_for_a_name_that_is_given_now(make_app: AppMaker, tmp_path: Path) -> None:
    """Nobody needs to open it again."""
    root = Authority.root()
    ca, chain = tmp_path / "ca.pem", tmp_path / "chain.pem"
    ca.write_text(to_pem(root.der), encoding="ascii")
    chain.write_text(to_pem(root.issues("a.test").der), encoding="ascii")
    async with make_app(str(chain), demo=False, ca_file=(ca,)).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        asked = await _ask(pilot)
        await pilot.press("enter")
        assert "Nobody has named a site yet" in str(asked.query_one("#what-if-error").render())
        await pilot.press("escape")
        report = await _suppose(pilot, screen, at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}", hostname="a.test")
        assert (report.verdict, report.hostname) == (Verdict.TRUSTED, "a.test")
        report = await _suppose(pilot, screen, at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}", hostname="b.test")
        assert report.verdict is Verdict.UNTRUSTED


async def test_the_demos_list_keeps_to_the_truth(make_app: AppMaker) -> None:
    """What was supposed about a server is not its verdict."""
    async with make_app().run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await pilot.press("enter")
        screen = await finished(pilot)
        await _suppose(pilot, screen, at="+300d")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        shown = pilot.app.export_screenshot()
        assert "NOT" not in shown


async def test_the_profile_stays_what_the_command_line_says(make_app: AppMaker) -> None:
    """And stands beside the store, since it is not that of browsers."""
    async with make_app("good.demo.test", profile=Profile.RFC5280).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert _report(screen).profile is Profile.RFC5280
        assert headline_of(screen).endswith(" + demo roots · rfc5280")
        report = await _suppose(pilot, screen, at="+1d")
        assert (report.profile, report.profile_supposed) == (Profile.RFC5280, False)


async def test_the_rules_of_the_other_profile(make_app: AppMaker) -> None:
    """By a button, and back by the same; the other fields hold beside it."""
    async with make_app("no-purpose.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        assert (truth.verdict, truth.profile) == (Verdict.UNTRUSTED, Profile.WEBPKI)

        async def other_rules() -> TrustReport:
            before, asked = _report(screen), await _ask(pilot)
            await pilot.click(asked.query_one("#what-if-rules"))
            await until(pilot, lambda: pilot.app.screen is screen and _report(screen) is not before)
            return _report(screen)

        private = await other_rules()
        assert (private.verdict, private.profile, private.profile_supposed) == (
            Verdict.TRUSTED,
            Profile.RFC5280,
            True,
        )
        assert headline_of(screen).startswith("What if by rfc5280   ✓ TRUSTED")
        later = await _suppose(pilot, screen, at="+300d")
        assert (later.verdict, later.profile) == (Verdict.UNTRUSTED, Profile.RFC5280)
        assert headline_of(screen).startswith("What if at ")
        await _suppose(pilot, screen)
        assert await other_rules() == truth


async def test_a_certificate_is_left_out_of_the_chain(make_app: AppMaker) -> None:
    """By its box in the dialog; the headline, the tree and a message say so, and `I` brings the truth back."""
    async with make_app("good.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        asked = await _ask(pilot)
        assert asked.query_one("#what-if-dialog").region.height <= 24
        premises = asked.query_one(Premises)
        assert _boxes(premises)[:3] == [
            "[x] sent #0 good.demo.test",
            "[x] sent #1 Demo Intermediate CA",
            "[x] in the store Demo Root CA",
        ]
        await pilot.click(premises, offset=(2, 2))
        assert _boxes(premises)[2] == "[ ] in the store Demo Root CA supposed"
        await pilot.click(premises, offset=(2, 2))
        premises.focus()
        await pilot.press("home", "down", "space", "enter")
        await until(pilot, lambda: pilot.app.screen is screen and _report(screen) is not truth)
        report = _report(screen)
        assert report.findings[0].code is FindingCode.MISSING_INTERMEDIATE
        assert headline_of(screen).startswith("What if 'Demo Intermediate CA' were not sent   ✗ NOT TRUSTED")
        assert _notes(pilot)[-1].startswith("Now NOT TRUSTED. New: missing-intermediate")
        assert _notes(pilot)[-1].endswith("The path is now good.demo.test, to no anchor.")
        assert screen.query_one("#tree-title", PaneTitle).note == "1 sent, as supposed"
        assert "I Truth" in str(screen.query_one(KeyBar).render())
        again = await _ask(pilot)
        assert _boxes(again.query_one(Premises))[1] == "[ ] sent #1 Demo Intermediate CA supposed"
        assert "As supposed: Now NOT TRUSTED." in str(again.query_one("#what-if-changes").render())
        await pilot.press("escape", "I")
        await until(pilot, lambda: _report(screen) == truth)
        assert "I Truth" not in str(screen.query_one(KeyBar).render())


async def test_what_was_not_sent_is_supposed_to_be(make_app: AppMaker, zoo: Zoo, tmp_path: Path) -> None:
    """From a file or pasted, as sent or in the store; what is none is complained about."""
    async with make_app("unknown-root.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        root = truth.path[-1].certificate
        asked = await _ask(pilot)
        field = asked.query_one("#what-if-add", Input)
        field.focus()
        field.value = str(tmp_path / "none.pem")
        await pilot.press("enter")
        await until(pilot, lambda: "can't be read" in str(asked.query_one("#what-if-error").render()))
        one = tmp_path / "one.pem"
        one.write_text(to_pem(zoo.roots[0]), encoding="ascii")
        field.value = str(one)
        await pilot.press("enter")
        premises = asked.query_one(Premises)
        await until(pilot, lambda: premises.has_focus)
        assert field.value == ""
        assert "[x] supposed to be sent Demo Root CA supposed" in _boxes(premises)
        await pilot.press("space")
        assert "[ ] supposed to be sent Demo Root CA" in _boxes(premises)
        name = asked.query_one("#what-if-name", Input)
        name.post_message(Paste("a.test"))
        await until(pilot, lambda: name.value == "a.test")
        name.value = ""
        name.focus()
        await until(pilot, lambda: name.has_focus)
        name.post_message(Paste(to_pem(root.der)))
        await until(pilot, lambda: premises.has_focus)
        assert name.value == ""
        known = len(_boxes(premises))
        premises.highlighted = None
        premises.post_message(Paste(to_pem(root.der)))  # a second time it is known
        await until(pilot, lambda: premises.highlighted is not None)
        assert len(_boxes(premises)) == known
        at = _boxes(premises).index(f"[ ] in the store {root.label}")
        premises.highlighted = at
        await pilot.press("space")
        await pilot.click("#what-if-judge")
        await until(pilot, lambda: pilot.app.screen is screen and _report(screen) is not truth)
        report = _report(screen)
        assert report.verdict is Verdict.TRUSTED
        assert report.supposed is not None
        assert report.supposed.trusted == report.supposed.added == (root,)
        assert screen.run is not None
        assert screen.run.truth.trust is truth


async def test_the_tree_supposes_the_certificate_under_the_cursor(make_app: AppMaker) -> None:
    """`d` not sent, `D` not in the store; a second time takes it back, also where it is shown as away."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        root, middle = truth.path[2].certificate, truth.path[1].certificate

        async def press(key: str, label: str, note: str) -> Supposition:
            tree = screen.body.certificates
            line = next(node for node in _lines(screen.body.pane._lines) if (node.label, node.note) == (label, note))
            assert tree.open_at(line.key)
            await pilot.pause()
            before = _report(screen)
            await pilot.press(key)
            await until(pilot, lambda: _report(screen) is not before)
            assert screen.run is not None
            return screen.run.supposition

        assert (await press("D", root.label, "from the store (demo roots)")).distrusted == (root,)
        assert _report(screen).verdict is Verdict.UNTRUSTED
        assert screen.body.certificates.pointed is not None
        assert screen.body.certificates.pointed.findings  # the cursor is at the reason, since where it was is gone
        assert await press("D", root.label, "supposed not to be in the store") == Supposition()
        assert _report(screen) == truth
        assert (await press("d", middle.label, "sent #1")).dropped == {1}
        assert await press("d", middle.label, "supposed not to be sent") == Supposition()
        assert (await press("d", root.label, "from the store (demo roots)")).added == (root,)
        assert await press("d", root.label, "supposed to be sent, in the store (demo roots)") == Supposition()
        assert (await press("D", middle.label, "sent #1")).trusted == (middle,)
        assert len(_report(screen).path) == 2
        assert await press("D", middle.label, "sent #1, supposed to be in the store") == Supposition()
        assert (await press("d", truth.path[0].certificate.label, "sent #0")).dropped == {0}


async def test_a_copy_that_was_sent_twice_is_left_out_alone(make_app: AppMaker, tmp_path: Path) -> None:
    """And brought back alone."""
    root = Authority.root()
    middle = root.intermediate()
    (tmp_path / "ca.pem").write_bytes(root.pem)
    (tmp_path / "chain.pem").write_bytes(middle.issues("a.test").pem + middle.pem * 2)
    options = {"hostname": "a.test", "ca_file": tmp_path / "ca.pem", "at": NOW}
    async with make_app(str(tmp_path / "chain.pem"), demo=False, **options).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        run = screen.run
        assert run is not None
        copies = [node for node in _lines(screen.body.pane._lines) if node.label == "Test Intermediate CA"]
        assert [supposing.with_other_sending(run, node) for node in copies] == [
            Supposition(at=NOW, dropped=frozenset({1})),
            Supposition(at=NOW, dropped=frozenset({2})),
        ]
        assert supposing.with_other_sending(run, Node(key="missing", label="", summary="")) is None


async def test_certificates_that_are_not_offered_are_counted(make_app: AppMaker, tmp_path: Path) -> None:
    """The first hundred are; what comes to them keeps its place before that line, which can't be chosen."""
    root = Authority.root()
    (tmp_path / "ca.pem").write_bytes(root.pem)
    (tmp_path / "chain.pem").write_bytes(root.issues("a.test").pem + root.intermediate().pem * 119)
    options = {"hostname": "a.test", "ca_file": tmp_path / "ca.pem", "at": NOW}
    async with make_app(str(tmp_path / "chain.pem"), demo=False, **options).run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        premises = (await _ask(pilot)).query_one(Premises)
        last = premises.get_option_at_index(premises.option_count - 1)
        assert str(last.prompt).startswith("20 more were sent: d in the tree leaves out")
        assert last.disabled
        premises.add([Authority.root("Other CA").parsed], lambda _: False)
        assert premises.option_count == len(premises.shown) + 1
        assert premises.get_option_at_index(premises.option_count - 1).disabled


async def test_nothing_is_supposed_of_what_was_not_judged(make_app: AppMaker, tmp_path: Path) -> None:
    """A file without a name: the keys do nothing, and neither does the way back."""
    (tmp_path / "chain.pem").write_bytes(Authority.root().pem)
    async with make_app(str(tmp_path / "chain.pem"), demo=False).run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        before = _report(screen)
        await pilot.press("d", "D", "I")
        screen.action_other_sending()
        screen.action_other_store()
        await _ask(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert _report(screen) is before


async def test_a_store_that_can_not_be_read_is_said(make_app: AppMaker, tmp_path: Path) -> None:
    """A file without a name needs it only now."""
    (tmp_path / "chain.pem").write_bytes(Authority.root().pem)
    app = make_app(str(tmp_path / "chain.pem"), demo=False, ca_file=tmp_path / "none.pem")
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        await pilot.press("i")
        await until(pilot, lambda: bool(_notes(pilot)))
        assert "can't be read" in _notes(pilot)[-1]


def _notes(pilot: Pilot[None]) -> list[str]:
    return [str(note.message) for note in pilot.app._notifications]


def _boxes(premises: Premises) -> list[str]:
    return [" ".join(str(option.prompt).split()) for option in premises.options]


def _lines(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.field is None:
            yield node
        yield from _lines(node.children)


async def test_the_command_line_supposes_for_every_look(make_app: AppMaker) -> None:
    """`--at` holds for what is looked at in the app."""
    at = NOW.replace(year=NOW.year + 5)
    async with make_app("good.demo.test", at=at).run_test(size=(120, 40)) as pilot:
        report = _report(await finished(pilot))
        assert report.at == at
        assert report.seen_at is not None
        assert report.verdict is Verdict.UNTRUSTED


async def test_a_chain_without_a_certificate_left_is_shown(make_app: AppMaker) -> None:
    """All that was sent is supposed away; the way back stays."""
    async with make_app("self-signed.demo.test").run_test(size=(80, 24)) as pilot:
        screen = await finished(pilot)
        truth = _report(screen)
        await pilot.press("home", "d")
        await until(pilot, lambda: _report(screen) is not truth)
        assert "self-signed.demo.test' were not sent   ? NOT JUDGED" in headline_of(screen)
        assert [node.note for node in _lines(screen.body.pane._lines)] == ["supposed not to be sent"]
        assert screen.observation is not None
        assert worst(screen.observation).plain == "\N{EN DASH}"
        await pilot.press("2", "f", "i", "escape", "I")
        await until(pilot, lambda: _report(screen) == truth)
