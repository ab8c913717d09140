"""Looks at sites: runs that begin, are stopped and superseded, and what stays of them."""

import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.conftest import AppMaker
from tests.ui.waiting import DEADLINE, finished, furnished, headline_of, site_of, until
from tlsglass import events, report
from tlsglass.errors import Fault
from tlsglass.exchange.http import default_request
from tlsglass.observation import Observation
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.target import Target
from tlsglass.ui.dialogs.help import HelpScreen
from tlsglass.ui.dialogs.request import RequestScreen
from tlsglass.ui.engine import EventsArrived, PasswordWanted, Run
from tlsglass.ui.means import Means
from tlsglass.ui.site.looking import LookingScreen
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.widgets.status_line import StatusLine


async def running(pilot: Pilot[None]) -> SiteScreen:
    """Wait until a run is in its handshake."""
    await until(
        pilot,
        lambda: (
            isinstance(pilot.app.screen, SiteScreen)
            and pilot.app.screen.observation is not None
            and pilot.app.screen.observation.phase == "handshake"
            and pilot.app.screen.headline.observation is pilot.app.screen.observation
        ),
    )
    return site_of(pilot)


async def test_a_target_on_the_command_line_is_looked_at_at_once(make_app: AppMaker) -> None:
    """The bar shows it, the tree has the focus, the facts are on the screen."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.target_bar.input.value == "good.demo.test"
        assert screen.focused is screen.body.certificates
        status = str(screen.query_one(StatusLine).render())
        for said in ("resolve ", "connect ", "TLS ", "first byte ", "total ", "received", "127.0.0.1:"):
            assert said in status
        facts = str(screen.query_one("Negotiated").render())
        assert facts == "TLSv1.3 · TLS_AES_256_GCM_SHA384 · X25519MLKEM768 · http/1.1"
        assert "store: Mozilla" in headline_of(screen)
        assert "+ demo roots" in headline_of(screen)


async def test_nothing_is_sent_for_nonsense(make_app: AppMaker) -> None:
    """A sentence under the bar says what is wrong and what would be right, until the target is edited."""
    async with make_app().run_test() as pilot:
        await pilot.press("ctrl+l")  # from the demo's list to a site's screen
        screen = await furnished(pilot)
        screen.target_bar.input.value = "http://a.test"
        await pilot.press("enter")
        assert "without TLS" in screen.target_bar.error
        assert screen.run is None
        await pilot.press("x")
        assert screen.target_bar.error == ""


async def test_escape_stops_at_once_and_keeps_what_was_seen(make_app: AppMaker) -> None:
    """The silent server would go on for the whole timeout."""
    async with make_app("silent.demo.test", timeout=60.0).run_test(size=(120, 40)) as pilot:
        screen = await running(pilot)
        assert "Esc stops" in headline_of(screen)
        await pilot.press("escape")
        screen = await finished(pilot)
        assert screen.observation is not None
        assert screen.observation.failure is not None
        assert screen.observation.failure.fault is Fault.CANCELLED
        assert "STOPPED" in headline_of(screen)
        assert screen.observation.endpoint is not None


async def test_a_look_goes_on_on_the_screen_after_help(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was to be done once help was painted is lost with it, and what happens then is shown all the same."""
    monkeypatch.setattr(HelpScreen, "_invoke_later", lambda *_: None)
    async with make_app("silent.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await running(pilot)
        assert screen.run is not None
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        screen.run.put(events.ResponseGrew(at=1.0, size=1))
        await until(pilot, lambda: screen.observation is not None and screen.observation.received == 1)
        screen.run.halt()
        await pilot.press("escape")
        await finished(pilot)
        assert "STOPPED" in headline_of(screen)


async def test_panes_are_made_ready_while_a_server_is_waited_for(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the clock, and not once its certificates are there, which then would have to wait for that."""
    monkeypatch.setattr(LookingScreen, "_tick", lambda _: None)
    async with make_app("silent.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await running(pilot)
        assert "handshake" in headline_of(screen)
        assert screen.body.certificates.has_focus


async def test_the_clock_rests_behind_another_screen(make_app: AppMaker) -> None:
    """All would be dimmed and drawn anew for that, which holds up keys; it goes on once the screen is in front."""
    async with make_app("silent.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await running(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        before = screen.headline.elapsed
        screen._tick()
        assert screen.headline.elapsed == before
        assert screen.run is not None
        screen.run.put(events.ResponseGrew(at=1.0, size=123))
        await until(pilot, lambda: screen.observation is not None and screen.observation.received == 123)
        assert "123 B" not in str(screen.query_one(StatusLine).render())
        await pilot.press("escape")
        await until(pilot, lambda: "123 B" in str(screen.query_one(StatusLine).render()))
        await until(pilot, lambda: screen.headline.elapsed > before)


async def test_the_trees_lines_are_made_in_the_engines_thread(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of a huge certificate take long; in the screen's thread they are only looked up."""
    made: list[tuple[int, str]] = []

    def noted(observation: Observation) -> Sequence[Node]:
        nodes = outline(observation)
        made.append((threading.get_ident(), nodes[0].key))
        return nodes

    monkeypatch.setattr("tlsglass.ui.engine.outline", noted)
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        misses = report.outline._outline.cache_info().misses
        shown = outline(screen.observation)
        assert report.outline._outline.cache_info().misses == misses
    assert threading.get_ident() not in {ident for ident, _ in made}
    assert made[-1][1] == shown[0].key


async def test_a_new_target_supersedes_the_one_that_runs(make_app: AppMaker) -> None:
    """The old run is stopped, and what it still says is dropped."""
    async with make_app("silent.demo.test", timeout=60.0).run_test(size=(120, 40)) as pilot:
        screen = await running(pilot)
        old = screen.run
        assert old is not None
        await pilot.press("ctrl+l", *"good.demo.test", "enter")
        screen = await finished(pilot)
        assert old.stop.is_set()
        assert screen.observation is not None
        assert isinstance(screen.observation.target, Target)
        assert screen.observation.target.host == "good.demo.test"
        known = screen.observation
        screen.post_message(EventsArrived(old.number))
        await pilot.pause()
        assert screen.observation is known
        assert "TRUSTED" in headline_of(screen)


async def test_nothing_moves_while_a_look_goes_on(make_app: AppMaker, nobody: int) -> None:
    """The lines of the last answer are kept free until the next is there, which may need as many."""
    async with make_app(f"127.0.0.1:{nobody}").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        before, lines = screen.body.region, screen.headline.size.height
        assert lines > 1
        await pilot.press("ctrl+l", *"silent.demo.test", "enter")
        screen = await running(pilot)
        assert len(headline_of(screen).split("\n")) == 1
        assert screen.body.region == before
        await pilot.press("ctrl+l", *"good.demo.test", "enter")
        screen = await finished(pilot)
        assert screen.headline.size.height == 1
        assert screen.body.region.height == before.height + lines - 1


async def test_quitting_waits_for_no_engine(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is told to stop, and the app has ended before its thread has."""
    began, released = threading.Event(), threading.Event()
    ran = []

    def linger(run: Run, _: Means) -> None:
        ran.append(run)
        began.set()
        released.wait(DEADLINE)
        run.leave()

    monkeypatch.setattr(Run, "carry_out", linger)
    try:
        async with make_app("silent.demo.test").run_test() as pilot:
            await until(pilot, began.is_set)
            await pilot.press("q")
        assert ran[0].stop.is_set()
        assert not released.is_set()
    finally:
        released.set()


async def test_a_refused_connection_is_an_error_with_a_way_out(make_app: AppMaker, nobody: int) -> None:
    """It stands where the verdict would, with the hint below it; the words of before are gone."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        screen.look_at(f"127.0.0.1:{nobody}")
        screen = await finished(pilot)
        said = headline_of(screen)
        assert said.startswith("✗ NO ANSWER   connect: ")
        assert len(said.splitlines()) > 1
        assert screen.body.certificates.pointed is None
        assert screen.body.detail.text.startswith("What the cursor points at")


async def test_a_server_without_tls_is_named(make_app: AppMaker) -> None:
    """What it said leads to the hint."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"220 mail.test ESMTP\r\n")
                peer.recv(4096)

        thread = threading.Thread(target=greet)
        thread.start()
        async with make_app(f"127.0.0.1:{listener.getsockname()[1]}").run_test(size=(120, 40)) as pilot:
            screen = await finished(pilot)
            assert "NO ANSWER" in headline_of(screen)
            assert screen.observation is not None
            assert screen.observation.failure is not None
            assert screen.observation.failure.fault is Fault.NOT_TLS
        thread.join()


async def test_a_ca_file_that_is_none_is_said_by_the_first_look(make_app: AppMaker) -> None:
    """It is read after the first paint, so the screen has to say it."""
    app = make_app("127.0.0.1:1", demo=False, ca_file=(Path("/nowhere/ca.pem"),))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert "input: " in headline_of(screen)
        assert screen.observation is not None
        assert screen.observation.failure is not None
        assert screen.observation.failure.fault is Fault.BAD_CA_FILE


async def test_again_looks_anew_and_keeps_the_place(make_app: AppMaker) -> None:
    """The same target is asked again; the cursor stays where the reader put it."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        await pilot.press("down", "down")
        before, run = screen.body.certificates.pointed, screen.run
        assert before is not None
        await pilot.press("r")
        screen = await finished(pilot)
        assert screen.run is not run
        after = screen.body.certificates.pointed
        assert after is not None
        assert after.key == before.key


async def test_an_edited_request_is_sent_over_a_new_look(make_app: AppMaker) -> None:
    """The response panel asks for it, the answer is to it."""
    async with make_app("good.demo.test").run_test(size=(120, 40)) as pilot:
        screen = await finished(pilot)
        assert screen.observation is not None
        assert isinstance(screen.observation.target, Target)
        request = replace(default_request(screen.observation.target), method="HEAD")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, RequestScreen))
        pilot.app.screen.query_one("#request-method", Input).value = "HEAD"
        await pilot.press("enter")
        await until(pilot, lambda: screen.run is not None and screen.run.request == request)
        screen = await finished(pilot)
        assert screen.observation is not None
        assert screen.observation.request == request
        assert screen.observation.head is not None
        before = screen.run
        await pilot.press("e", "escape")
        assert screen.run is before


def test_a_run_wakes_the_screen_once_for_all_that_waits(make_app: AppMaker) -> None:
    """A server can't flood the event loop, however fast its answer grows."""
    means: Means = make_app("good.demo.test").means
    arrived: list[EventsArrived | PasswordWanted] = []
    run = Run(7, means.parse("good.demo.test"), arrived.append)
    run.carry_out(means)
    assert len(arrived) == 1
    assert arrived[0].run == 7
    assert run.take()
    assert run.observation.finished
    assert run.take() == []
    run.abandon()
    assert run.spool.size == 0
