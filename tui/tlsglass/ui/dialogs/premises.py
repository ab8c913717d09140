"""What a chain's judgement rests on, each to be taken away: what was sent, and what is in the store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tlsglass.frozen import dataclass
from tlsglass.observation import Observation
from tlsglass.trust.supposition.model import Supposition
from tlsglass.ui import content
from tlsglass.x509.model import Certificate

_MOST_SENT = 100
"""Certificates of a file that are offered to be left out; of more, the tree takes them one by one."""

_CELLS = 28


class Where(Enum):
    """Where a certificate is, or is supposed to be."""

    SENT = "sent"
    ADDED = "supposed to be sent"
    STORE = "in the store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """One thing that the judgement rests on, and whether it is supposed to hold."""

    where: Where
    certificate: Certificate
    place: int | None = None
    """Its index in the order sent."""

    true: bool
    """Whether it holds in truth."""

    holds: bool
    """Whether it is supposed to."""


def passed_over(truth: Observation) -> int:
    """How many of the certificates that were sent are not offered.

    Args:
        truth: what was seen.
    """
    return max(0, len(truth.certificates) - _MOST_SENT)


def premises(truth: Observation, supposition: Supposition, is_anchor: Callable[[Certificate], bool]) -> list[Premise]:
    """All that can be taken away or made true, the certificates that were sent first.

    Args:
        truth: what was seen, judged as it is.
        supposition: what is supposed now.
        is_anchor: whether the store has a certificate, in truth.
    """
    return [*_sent(truth, supposition), *_in_store(truth, supposition, is_anchor)]


def _sent(truth: Observation, supposition: Supposition) -> Iterator[Premise]:
    for place, certificate in enumerate(truth.certificates[:_MOST_SENT]):
        holds = place not in supposition.dropped
        yield Premise(where=Where.SENT, certificate=certificate, place=place, true=True, holds=holds)
    for certificate in supposition.added:
        yield Premise(where=Where.ADDED, certificate=certificate, true=False, holds=True)


def _in_store(
    truth: Observation, supposition: Supposition, is_anchor: Callable[[Certificate], bool]
) -> Iterator[Premise]:
    paths = truth.trust.paths if truth.trust is not None else ()
    in_paths = [step.certificate for path in paths for step in reversed(path.steps)]
    known = (*in_paths, *reversed(truth.certificates[:_MOST_SENT]), *supposition.added, *supposition.trusted)
    anchors = {certificate: is_anchor(certificate) for certificate in (*known, *supposition.distrusted)}
    # The anchors first: they are what one wants to take away.
    for certificate, true in sorted(anchors.items(), key=lambda each: not each[1]):
        holds = (true or certificate in supposition.trusted) and certificate not in supposition.distrusted
        yield Premise(where=Where.STORE, certificate=certificate, true=true, holds=holds)


def supposed(premises: Sequence[Premise], supposition: Supposition) -> Supposition:
    """The same supposition, but for the chain and the store.

    Args:
        premises: what holds and what does not.
        supposition: what else is supposed.
    """
    at = {where: [each for each in premises if each.where is where] for where in Where}
    beyond = {place for place in supposition.dropped if place >= _MOST_SENT}
    return replace(
        supposition,
        dropped=frozenset(each.place for each in at[Where.SENT] if each.place is not None and not each.holds) | beyond,
        added=tuple(each.certificate for each in at[Where.ADDED] if each.holds),
        trusted=tuple(each.certificate for each in at[Where.STORE] if each.holds and not each.true),
        distrusted=tuple(each.certificate for each in at[Where.STORE] if each.true and not each.holds),
    )


def _drawn(shown: Sequence[Premise], further: int) -> Iterator[Option]:
    """A row each, and one that says how many more were sent."""
    yield from (Option(_line(each)) for each in shown)
    if further > 0:
        more = f"{further:,} more were sent: d in the tree leaves out the one under the cursor"
        yield Option(content.plain(more, "$text-muted"), disabled=True)


class Premises(OptionList):
    """The list of them, each to be toggled."""

    BINDINGS = [
        Binding("space", "flip", "Toggle", id="premises.toggle", tooltip="Suppose that it is so, or not"),
        Binding("enter", "judge", "Judge", id="premises.judge", tooltip="Judge by what is supposed"),
    ]
    DEFAULT_CSS = """
    Premises {
        height: auto; max-height: 9; border: none; padding: 0; background: $surface; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { border: none; background-tint: $foreground 0%; }
    }
    """

    class Submitted(Message):
        """The reader has done with them."""

    def __init__(self, shown: Sequence[Premise], further: int = 0) -> None:
        """Make the list.

        Args:
            shown: what it shows.
            further: how many more certificates were sent.
        """
        super().__init__(*_drawn(shown, further), id="what-if-premises", compact=True, markup=False)
        self.shown = list(shown)
        """What it shows, as the reader has it."""

        self._further = further

    def add(self, certificates: Sequence[Certificate], is_anchor: Callable[[Certificate], bool]) -> None:
        """Show more certificates, supposed to be sent; each can be supposed to be in the store instead.

        Args:
            certificates: what was not seen.
            is_anchor: whether the store has one, in truth.
        """
        sent = sum(each.where is not Where.STORE for each in self.shown)
        known = {each.certificate for each in self.shown if each.where is Where.STORE}
        added = {each.certificate for each in self.shown if each.where is Where.ADDED and each.holds}
        more = [Premise(where=Where.ADDED, certificate=each, true=False, holds=True) for each in certificates]
        self.shown[sent:sent] = [each for each in more if each.certificate not in added]
        for each in certificates:
            if each not in known:
                true = is_anchor(each)
                self.shown.append(Premise(where=Where.STORE, certificate=each, true=true, holds=true))
        self.set_options(_drawn(self.shown, self._further))
        self.highlighted = sent

    def action_flip(self) -> None:
        """Suppose that it is so, or not."""
        at = self.highlighted
        if at is not None:
            self.shown[at] = replace(self.shown[at], holds=not self.shown[at].holds)
            self.replace_option_prompt_at_index(at, _line(self.shown[at]))

    def action_judge(self) -> None:
        """Tell that the reader has done."""
        self.post_message(self.Submitted())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click toggles."""
        event.stop()
        self.highlighted = event.option_index
        self.action_flip()


def _line(premise: Premise) -> Content:
    """A premise as it is drawn: a box, where it is, what it is called, and that it is not so in truth."""
    box = "[x] " if premise.holds else "[ ] "
    where = premise.where.value if premise.place is None else f"sent #{premise.place}"
    changed = "" if premise.holds is premise.true else "  supposed"
    label = content.plain(premise.certificate.label, "" if premise.holds else "$text-muted", limit=80)
    return Content.assemble(box, f"{where:<{_CELLS - 8}}", "  ", label, (changed, "$text-accent"))
