"""The list of what the demo has, in its groups: a line each, and after a visit what came of it."""

from collections.abc import Mapping

from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tlsglass.demo.exhibits import ENTRIES, GROUPS, Bundle, Entry
from tlsglass.errors import Failure, Fault
from tlsglass.observation import Observation
from tlsglass.trust.model import Severity, TrustReport, Verdict
from tlsglass.ui import content
from tlsglass.ui.judgements import WORDS
from tlsglass.ui.widgets.headline import reason

_NAME_CELLS = 25
_LEAST_SHOWN = 24
"""Cells from which it is worth beginning to say what an exhibit shows."""


def outcome(observation: Observation | None) -> tuple[Content, Content]:
    """A mark and a few words on what a visit showed.

    Args:
        observation: what was seen; None before a visit.
    """
    if observation is None:
        return Content.styled("·", "$foreground-quiet"), Content("")
    if observation.trust is not None and observation.trust.path:
        return _judged(observation.trust)
    failure = observation.failure
    if failure is None or failure.fault is Fault.CANCELLED:
        return Content.styled("·", "$foreground-quiet"), Content.styled("stopped", "$text-muted")
    return _failed(failure)


def _judged(report: TrustReport) -> tuple[Content, Content]:
    word, style = WORDS[report.verdict]
    if report.verdict is Verdict.TRUSTED:
        warned = [finding for finding in report.findings if finding.severity is not Severity.NOTICE]
        said = Content.assemble(
            ("trusted", style), content.plain(f" · {warned[0].title}" if warned else "", "$text-warning")
        )
    else:
        said = reason(report).stylize("$text-error")
    return Content.styled(word[0], style), said


def _failed(failure: Failure) -> tuple[Content, Content]:
    said = Content.assemble((f"{failure.phase}: ", "$text-warning"), content.plain(failure.message, limit=200))
    return Content.styled("✗", "$text-warning"), said


class Exhibits(OptionList):
    """The list; Enter opens, which stands among the keys."""

    BINDINGS = [Binding("enter", "select", "Open", id="demo.open", tooltip="Look at this")]
    DEFAULT_CSS = """
    Exhibits {
        border: none;
        padding: 0;
        background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $foreground 0%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $text-accent; text-style: bold; }
    }
    """

    def __init__(self, seen: Mapping[str, Observation]) -> None:
        """Make a list of all.

        Args:
            seen: what was seen, by the ids; it may grow.
        """
        super().__init__(id="demo-list", compact=True)
        self._shown = ENTRIES
        self._seen = seen

    def on_mount(self) -> None:
        """Show all."""
        self.narrow("")

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out for the new width."""
        del event
        self.call_after_refresh(self.draw)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What is in the list now."""
        return self._shown

    def narrow(self, typed: str) -> None:
        """Show only what each of some words occurs in, and stay where the cursor is, if that is still there.

        Args:
            typed: the words; none shows all.
        """
        words = typed.casefold().split()
        before = self.highlighted_option
        options: list[Option] = []
        shown: list[Entry] = []
        for group in GROUPS:
            fitting = [entry for entry in group.entries if _fits(words, entry, group.title)]
            if fitting:
                options.append(Option(content.plain(group.title), disabled=True))
                options += (Option(self._line(entry), id=entry.id) for entry in fitting)
                shown += fitting
        self._shown = tuple(shown)
        self.clear_options()
        self.add_options(options)
        if shown:
            stays = before is not None and before.id in {entry.id for entry in shown}
            self.highlighted = self.get_option_index(before.id or "") if before and stays else 1

    def draw(self) -> None:
        """Show what came of the visits."""
        for entry in self._shown:
            self.draw_line(entry)

    def draw_line(self, entry: Entry) -> None:
        """Show what came of one visit; nothing happens where it is not in the list now."""
        if entry in self._shown:
            self.replace_option_prompt(entry.id, self._line(entry))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Have the title of the first group in sight together with what is first in it."""
        super().watch_highlighted(highlighted)
        if highlighted == 1:
            self.scroll_home(animate=False)

    def _line(self, entry: Entry) -> Content:
        width = max(40, self.scrollable_content_region.width - 3)
        mark, said = outcome(self._seen.get(entry.id))
        name = content.cut(Content(entry.text if isinstance(entry, Bundle) else entry.id), _NAME_CELLS)
        line = Content.assemble(mark, " ", name.pad_right(_NAME_CELLS + 1 - name.cell_length), said)
        if width - line.cell_length > _LEAST_SHOWN:
            line = Content.assemble(line, "  " if said else "", (entry.shows, "$text-muted"))
        return content.cut(line, width)


def _fits(words: list[str], entry: Entry, group: str) -> bool:
    text = f"{entry.text} {entry.title} {entry.shows} {group}".casefold()
    return all(word in text for word in words)
