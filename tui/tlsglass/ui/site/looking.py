"""One run on the screen: begun, shown while it goes on, superseded by the next, ended."""

import time
from typing import TYPE_CHECKING

from textual import work
from textual.events import Paste
from textual.timer import Timer
from textual.worker import Worker

from tlsglass.errors import InputError, Phase
from tlsglass.target import Target
from tlsglass.target_file import FileTarget
from tlsglass.ui.faults import announce
from tlsglass.ui.history import History
from tlsglass.ui.means import Means
from tlsglass.ui.site.furnished import FurnishedScreen
from tlsglass.ui.site.news import only_grew, worth_drawing
from tlsglass.ui.widgets.start import Start
from tlsglass.ui.widgets.status_line import StatusLine
from tlsglass.ui.widgets.target_bar import Pasted, TargetInput, is_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlsglass.exchange.model import Request
    from tlsglass.observation import Observation
    from tlsglass.ui.engine import EventsArrived, PasswordWanted, Run

_TICK = 0.1
"""Seconds between two looks at the clock while a run goes on."""

_FAR = 0.04
"""Seconds without an answer to the first message of a handshake after which a server is taken to be far away: the panes
are made ready while one waits for what it sends, and not once it is there."""


class LookingScreen(FurnishedScreen):
    """Looks at sites, one at a time. Closing it stops the run."""

    AUTO_FOCUS = None

    def __init__(
        self, means: Means, history: History, target_text: str | None = None, also: "Sequence[str]" = ()
    ) -> None:
        """Make the screen.

        Args:
            means: what all looks share.
            history: earlier targets.
            target_text: what to look at first; None waits for the reader.
            also: more files, which are looked at together with the first.
        """
        super().__init__(history, target_text)
        self._means = means
        self._also = also
        self._run: Run | None = None
        self._runs = 0
        self._began = 0.0
        self._cleared = True
        """Whether the panes are ready for what the run shows."""

        self._is_other = True
        """Whether the run is about another target than the one before."""

        self._clock: Timer | None = None
        self._seen: dict[str, Observation] = {}

    def on_mount(self) -> None:
        """Begin with the first target, or wait for one."""
        self._clock = self.set_interval(_TICK, self._tick, pause=True)

    def on_unmount(self) -> None:
        """Stop the run: nothing may delay quitting."""
        self._leave_run()

    def _examples(self) -> tuple[tuple[str, str], ...]:
        """What guests may look at; empty where there are none."""
        return self._means.examples() if self._means.is_kiosk else ()

    @property
    def run(self) -> "Run | None":
        """The run that is shown; None before the first."""
        return self._run

    @property
    def observation(self) -> "Observation | None":
        """What is known of the site that is shown; None before the first look."""
        return self._run.observation if self._run is not None else None

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._run is not None and not self._run.observation.finished and not self._run.stop.is_set()

    def look_at(self, text: str) -> None:
        """Look at another site, instead of the one that may be looked at now.

        Args:
            text: the target as typed; what can't be one is complained about, and nothing else happens.
        """
        if not self.is_furnished:
            super().look_at(text)
            return
        run = self._run
        if run is not None and run.target.text == text and isinstance(run.target, FileTarget):
            self._start(run.target)  # what was pasted can't be typed
            return
        also, self._also = self._also, ()
        try:
            target = self._means.parse_all((text, *also))
        except InputError as error:
            self.target_bar.complain(error.message, error.hint)
            self.target_bar.input.focus()
            return
        self.target_bar.complain("")
        if also:
            self.target_bar.input.value = target.text
        else:
            self._history.add(text if isinstance(target, Target) else target.lasting_text)
        self._start(target)

    def on_paste(self, event: Paste) -> None:
        """Look at certificates that are pasted anywhere; anything else that is short is taken for a target."""
        event.stop()
        if is_document(event.text):
            self.post_message(Pasted(event.text))
        elif event.text.strip():
            self.target_bar.input.focus()
            self.target_bar.input.value = event.text.strip()

    def _start(self, target: "Target | FileTarget", request: "Request | None" = None, **further: bool) -> None:
        from tlsglass.ui.engine import Run  # noqa: PLC0415 - after the first paint

        before = self.observation
        self._leave_run()
        self._runs += 1
        limits = self._means.settings.limits
        self._run = Run(
            self._runs, target, self.post_message, request=request, gives_way=True, limits=limits, **further
        )
        self._began = time.monotonic()
        self._cleared = False
        self._is_other = before is None or before.target != target
        self._look(self._run)
        if self._clock is not None:
            self._clock.resume()
        self.refresh_bindings()

    def _clear(self) -> None:
        """Make room for what the run shows.

        Not done at its start but with the first that it shows: drawing empty panes would only hold the engine up.
        """
        if self._run is None or self._cleared:
            return
        self._cleared = True
        for start in self.query(Start):
            start.display = False
        self.body.can_focus_children = True
        if self._is_other:
            self.body.clear(is_file=isinstance(self._run.target, FileTarget))
        self.body.response.attach(self._run.spool)
        if isinstance(self.focused, TargetInput) or self.focused is None:
            self.body.certificates.focus()

    @work(thread=True, group="probe", name="probe", exit_on_error=False)
    def _look(self, run: "Run") -> None:
        run.carry_out(self._means)

    def _leave_run(self) -> None:
        if self._run is not None:
            self._run.abandon()

    def on_events_arrived(self, message: "EventsArrived") -> None:
        """Fold and show what has happened; what a superseded run still says is dropped."""
        run = self._run
        if run is None or message.run != run.number:
            return
        known = run.observation
        taken = run.take()
        if only_grew(taken) and not self.is_active:
            run.listen()  # what is behind another screen would be dimmed and drawn anew
            return
        if worth_drawing(known, run.observation):
            self._clear()
        if run.observation.phase is Phase.HANDSHAKE is not known.phase:
            self.set_timer(_FAR, self._make_ready)
        for event in taken:
            self.body.feed(event)
        if worth_drawing(known, run.observation):
            self._show()
            self.body.certificates.call_after_refresh(run.listen)
        else:
            run.listen()

    def on_screen_resume(self) -> None:
        """Listen on: Textual gives what is to be done after a paint to the screen in front, and drops it with that."""
        if self._run is not None:
            self._run.listen()
            if self.running and self._run.observation.received:
                self.body.response.grew(self._run.observation.received)
        self._tick()

    def _show(self) -> None:
        """Show what is known, everywhere."""
        observation = self.observation
        if observation is None:
            return
        self._clear()
        self.headline.elapsed = time.monotonic() - self._began
        self.headline.observation = observation
        self.target_bar.show(observation)
        self.query_one(StatusLine).observation = observation
        before = self.body.path_count
        self.body.show(observation)
        if self.body.path_count != before:
            self.refresh_bindings()
        if observation.finished:
            supposed = observation.trust is not None and observation.trust.seen_at is not None
            if not supposed:
                target = observation.target
                self._seen[target.host if isinstance(target, Target) else target.text] = observation
            if self._clock is not None:
                self._clock.pause()
            self.refresh_bindings()

    def on_password_wanted(self, message: "PasswordWanted") -> None:
        """Ask for the password of a file."""
        from tlsglass.ui.dialogs.password import PasswordScreen  # noqa: PLC0415 - first needed here

        run = self._run
        if run is not None and run.number == message.run:
            self.app.push_screen(
                PasswordScreen(run.target.origin.rpartition("/")[2], again=message.attempt > 0), run.answer
            )

    def action_look_further(self, how: str) -> None:
        """Look again, and ask others than the server: for issuers that it did not send, or about revocation."""
        if self._run is not None:
            self._start(self._run.target, self._run.request, **{how: True})

    def _make_ready(self) -> None:
        """Make room for what is waited for, if it is."""
        if self.running and not self._cleared:
            self._show()

    def _tick(self) -> None:
        """Show the time, unless something stands in front: that would be drawn anew as well."""
        if self.running and self.is_active:
            self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A run that ended by a fault of ours has ended all the same."""
        if announce(self.app, event) and event.worker.group == "probe" and self._run is not None:
            self._run.give_up(time.monotonic() - self._began)
